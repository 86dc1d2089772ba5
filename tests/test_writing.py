"""Several files are written all or none, in one step each, in the manner in which they were written before."""

import os
from pathlib import Path

import pytest

from assistant.writing import ChangedMeanwhile, Rewrite, encoded, write_all


def rewrite(path: Path, after: str) -> Rewrite:
    return Rewrite(path, path.read_bytes() if path.exists() else None, after.encode())


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    one, other = tmp_path / "one.yaml", tmp_path / "other.yaml"
    one.write_bytes(b"1")
    other.write_bytes(b"2")
    return one, other


def test_files_are_written_and_nothing_is_left_beside_them(two: tuple[Path, Path], tmp_path: Path) -> None:
    new = tmp_path / "locales" / "fr.po"
    write_all([rewrite(two[0], "one"), rewrite(new, "neuf")])

    assert (two[0].read_text(), two[1].read_text(), new.read_text()) == ("one", "2", "neuf")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["locales", "one.yaml", "other.yaml"]


def test_nothing_is_written_when_somebody_else_wrote_one_of_the_files(two: tuple[Path, Path], tmp_path: Path) -> None:
    rewrites = [rewrite(two[0], "one"), rewrite(two[1], "two")]
    two[1].write_bytes(b"mine")

    with pytest.raises(ChangedMeanwhile, match=r"other\.yaml"):
        write_all(rewrites)
    assert (two[0].read_text(), two[1].read_text()) == ("1", "mine")
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, OSError])
def test_files_are_as_before_when_writing_is_interrupted(
    interruption: type[BaseException], two: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, done = Path.replace, list[Path]()

    def interrupted(self: Path, target: Path) -> Path:
        if len(done) == 1:
            done.append(target)
            raise interruption
        done.append(target)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(interruption):
        write_all([rewrite(two[0], "one"), rewrite(two[1], "two")])

    assert (two[0].read_text(), two[1].read_text()) == ("1", "2")
    assert len(list(tmp_path.iterdir())) == 2


def test_nothing_is_left_when_one_of_the_files_cannot_be_written(two: tuple[Path, Path], tmp_path: Path) -> None:
    blocked = tmp_path / "one.yaml" / "in-a-file.po"

    with pytest.raises(OSError, match=r"one\.yaml"):
        write_all([rewrite(tmp_path / "new.po", "new"), Rewrite(blocked, None, b"x")])
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.skipif(os.name == "nt", reason="modes and links of POSIX")
def test_modes_and_links_stay(two: tuple[Path, Path], tmp_path: Path) -> None:
    two[0].chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to(two[0])
    write_all([rewrite(link, "one")])

    assert (link.is_symlink(), two[0].read_text(), two[0].stat().st_mode & 0o777) == (True, "one", 0o640)


def test_a_byte_order_mark_stays() -> None:
    assert encoded("日", b"\xef\xbb\xbfx") == b"\xef\xbb\xbf\xe6\x97\xa5"
    assert encoded("日", b"x") == encoded("日", None) == b"\xe6\x97\xa5"
