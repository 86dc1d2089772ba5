"""Catalogues: a folder of flows is read whole, or refused with every problem."""

import os
from pathlib import Path

import pytest

from assistant.catalog import check_paths, open_catalog
from assistant.catalog.files import read
from assistant.catalog.sources import Memory
from assistant.flow.problem import FlowError, Problem
from tests.flow.good_flow import GOOD, SHARED, write_flows

OTHER = "".join(
    f"    no: {line.split()[1]}0\n" if line.startswith("    no: ") else line for line in GOOD.splitlines(True)
)


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def refused(folder: Path) -> list[str]:
    with pytest.raises(FlowError) as raised:
        open_catalog(folder)
    return [problem.code for problem in raised.value.problems]


def test_a_good_folder_becomes_guides_by_name(tmp_path: Path) -> None:
    write_flows(write_flows(tmp_path), OTHER, "other")
    catalog = open_catalog(tmp_path)

    assert list(catalog.guides) == ["demo", "other"]
    assert catalog.guides["demo"].languages == ("ja",)
    assert catalog.guides["demo"].shortest["ended"] == catalog.guides["demo"].exploration.shortest()["ended"]
    assert catalog.warnings == ()
    assert check_paths([tmp_path]) == []


def test_the_version_depends_on_the_files_alone(tmp_path: Path) -> None:
    one, two = write_flows(tmp_path / "one"), write_flows(tmp_path / "two")

    assert open_catalog(one).version == open_catalog(two).version


@pytest.mark.parametrize("file", ["demo/flow.yaml", "common/facts.yaml", "common/notes.yaml", "common/screens.yaml"])
def test_the_version_changes_with_every_file(tmp_path: Path, file: str) -> None:
    before = open_catalog(write_flows(tmp_path)).version
    with (tmp_path / file).open("a", encoding="utf-8") as stream:
        stream.write("# more\n")

    assert open_catalog(tmp_path).version != before


def test_the_version_changes_with_a_translation(tmp_path: Path) -> None:
    before = open_catalog(write_flows(tmp_path)).version
    _translate(tmp_path / "demo", "en")

    assert open_catalog(tmp_path).version != before


def _translate(folder: Path, language: str, text: str = 'msgctxt "title"\nmsgid "お手伝い"\nmsgstr "Help"\n') -> None:
    (folder / "locales").mkdir(exist_ok=True)
    (folder / "locales" / f"{language}.po").write_text(text, "utf-8")


def test_the_languages_of_a_flow_are_its_own_first_and_those_it_is_translated_to(tmp_path: Path) -> None:
    write_flows(tmp_path)
    _translate(tmp_path / "demo", "en")
    _translate(tmp_path / "demo", "de")
    guide = open_catalog(tmp_path).guides["demo"]

    assert guide.languages == ("ja", "de", "en")
    assert guide.words["en"].say("title", "お手伝い") == "Help"
    assert guide.words["ja"].say("title", "お手伝い") == "お手伝い"


def test_missing_translations_are_warnings_and_do_not_stop_a_start(tmp_path: Path) -> None:
    write_flows(tmp_path)
    _translate(tmp_path / "demo", "en")

    assert {problem.code for problem in open_catalog(tmp_path).warnings} == {"missing-translation"}


def test_a_translation_file_that_cannot_be_read_stops_a_start(tmp_path: Path) -> None:
    write_flows(tmp_path)
    _translate(tmp_path / "demo", "en", 'msgid "a\n')

    assert refused(tmp_path) == ["bad-po-file"]


def test_numbers_are_unique_over_all_flows(tmp_path: Path) -> None:
    write_flows(write_flows(tmp_path), GOOD, "other")
    problems = check_paths([tmp_path])

    assert set(codes(problems)) == {"duplicate-number"}
    assert len(problems) == GOOD.count("    no: ")
    assert "other/flow.yaml" in problems[0].path
    assert "belongs to 'ask' (" in str(problems[0].message)
    assert "demo/flow.yaml" in str(problems[0].message)


@pytest.mark.parametrize("name", ["Demo", "デモ", "con", "static", "healthz", "api", "1-demo", "a.b"])
def test_a_flow_is_not_named_by_what_could_not_stand_in_a_url(tmp_path: Path, name: str) -> None:
    write_flows(tmp_path, name=name)

    assert refused(tmp_path) == ["bad-flow-name"]


@pytest.mark.parametrize(
    ("file", "data", "code"),
    [
        ("demo/flow.yaml", "title: ログイン".encode("cp932"), "not-utf-8"),
        ("demo/flow.yaml", b"", "empty"),
        ("demo/flow.yaml", GOOD.replace("start: ask", "start: aks").encode(), "unknown-target"),
        ("demo/scenarios.yaml", b"scenarios: [{title: a, answers: [ask.no], ends: end}]", "scenario-fails"),
        ("demo/scenarios.yaml", b"scenarios: [{title: a, answers: [ask], ends: end}]", "bad-answer"),
        ("common/facts.yaml", b"facts: {phone: {about: a}}", "missing-key"),
        ("common/notes.yaml", b"notes: {other: {title: a, text: b}}", "unknown-note"),
        ("common/screens.yaml", SHARED["screens.yaml"].replace("look: 入", "look: 出").encode(), "bad-look"),
    ],
)
def test_a_folder_with_a_faulty_file_is_refused(tmp_path: Path, file: str, data: bytes, code: str) -> None:
    (write_flows(tmp_path) / file).write_bytes(data)

    assert set(refused(tmp_path)) == {code}


def test_a_folder_without_flows_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path) == ["no-flow"]


def test_files_of_windows_with_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    write_flows(tmp_path)
    for file in tmp_path.rglob("*.yaml"):
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))

    assert check_paths([tmp_path]) == []


@pytest.mark.parametrize("inside", ["", "demo", "demo/flow.yaml"])
def test_a_flow_is_checked_by_its_file_its_folder_or_the_folder_of_flows(tmp_path: Path, inside: str) -> None:
    write_flows(tmp_path, GOOD.replace("{phone}", "{fone}"))
    problems = check_paths([tmp_path / inside])

    assert codes(problems) == ["unknown-fact"]
    assert problems[0].path.endswith("demo/flow.yaml")


def test_a_flow_outside_a_folder_of_flows_is_checked_with_what_is_installed(tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "flow.yaml").write_text(GOOD, "utf-8")

    assert set(codes(check_paths([tmp_path / "demo"]))) == {"unknown-fact", "unknown-note", "unknown-screen"}


def test_problems_come_in_the_order_in_which_an_author_reads(tmp_path: Path) -> None:
    write_flows(tmp_path, GOOD.replace("start: ask", "start: aks").replace("no: 2\n", "no: 1\n"))
    (tmp_path / "common" / "notes.yaml").write_text("notes: {hint: {title: a, text: '{fone}'}}\n", "utf-8")
    problems = check_paths([tmp_path])

    assert codes(problems) == ["unknown-fact", "unknown-target", "duplicate-number"]


def test_a_path_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nowhere"):
        check_paths([tmp_path / "nowhere"])


def test_a_hidden_folder_is_no_flow(tmp_path: Path) -> None:
    write_flows(write_flows(tmp_path), GOOD, ".backup")

    assert list(open_catalog(tmp_path).guides) == ["demo"]


def test_a_reading_that_remembers_the_last_one_finds_the_same(tmp_path: Path) -> None:
    folder, memory = write_flows(tmp_path), Memory()
    flow = folder / "demo" / "flow.yaml"
    texts = (GOOD, GOOD.replace("start: ask", "start: aks"), GOOD.replace("確かめます", "見ます"), GOOD)
    found = []
    for text in texts:
        flow.write_text(text, "utf-8")
        found.append((read(folder, memory), read(folder)))

    assert [(one.problems, one.version) for one, _ in found] == [(one.problems, one.version) for _, one in found]
    assert len({len(one.problems) for one, _ in found}) == 2


@pytest.mark.parametrize("file", ["demo/flow.yaml", "demo/scenarios.yaml", "demo/locales/en.po", "common/facts.yaml"])
@pytest.mark.parametrize("stands", ["a folder", "a pipe", "a link to itself", "a link to a device"])
def test_what_stands_where_a_file_should_be_is_told(tmp_path: Path, file: str, stands: str) -> None:
    path = write_flows(tmp_path) / file
    path.unlink(missing_ok=True)
    path.parent.mkdir(exist_ok=True)
    _put(path, stands)

    assert [(problem.code, problem.path) for problem in check_paths([tmp_path])] == [("unreadable", str(path))]


def _put(path: Path, stands: str) -> None:
    match stands:
        case "a folder":
            path.mkdir()
        case "a pipe":
            os.mkfifo(path)
        case "a link to itself":
            path.symlink_to(path)
        case _:
            path.symlink_to("/dev/zero")


def test_a_file_in_place_of_the_folder_of_translations_is_told(tmp_path: Path) -> None:
    (write_flows(tmp_path) / "demo" / "locales").touch()

    assert codes(check_paths([tmp_path])) == ["unreadable"]


@pytest.mark.parametrize("folder", ["demo", "common", "demo/locales"])
def test_a_folder_that_nobody_may_open_is_told(tmp_path: Path, folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    locked = write_flows(tmp_path) / folder
    _translate(tmp_path / "demo", "en")
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: path != locked and allowed(path, mode))
    problems = [(problem.code, problem.path) for problem in check_paths([tmp_path])]

    assert ("unreadable", str(locked)) in problems
    assert {code for code, _ in problems} <= {"unreadable", "missing-translation"}


@pytest.mark.parametrize("name", ["flow.yml", "Flow.yaml", "flow.yaml.txt", "flows.yaml", "ｆｌｏｗ.yaml"])
@pytest.mark.parametrize("inside", ["", "demo"])
def test_a_flow_under_a_wrong_name_is_an_error(tmp_path: Path, name: str, inside: str) -> None:
    flow = write_flows(tmp_path) / "demo" / "flow.yaml"
    flow.rename(flow.with_name(name))
    problems = check_paths([tmp_path / inside])

    assert [(problem.code, problem.path) for problem in problems] == [("no-flow", str(flow.with_name(name)))]


@pytest.mark.parametrize(
    "file", ["demo/scenario.yaml", "demo/scenarios.yml", "demo/flow.yml", "common/fact.yaml", "common/Notes.yml"]
)
def test_a_file_under_a_wrong_name_is_a_warning(tmp_path: Path, file: str) -> None:
    (write_flows(tmp_path) / file).touch()

    assert [(problem.code, problem.path) for problem in check_paths([tmp_path])] == [
        ("misnamed-file", str(tmp_path / file))
    ]


@pytest.mark.parametrize("name", ["english", "xx_YY", "EN", "jp"])
def test_a_translation_named_for_no_language_is_told_and_not_served(tmp_path: Path, name: str) -> None:
    _translate(write_flows(tmp_path) / "demo", name)
    files = read(tmp_path)

    assert [(problem.code, problem.path) for problem in files.problems] == [
        ("bad-po-file", f"{tmp_path}/demo/locales/{name}.po")
    ]
    assert list(files.flows["demo"].words) == ["ja"]


@pytest.mark.parametrize(("name", "told"), [(b"bad\xff", r"bad\xff"), (b"two\nlines", r"two\nlines")])
def test_a_name_that_cannot_be_printed_is_escaped(tmp_path: Path, name: bytes, told: str) -> None:
    write_flows(tmp_path, name=os.fsdecode(name))
    (problem,) = check_paths([tmp_path])

    assert problem.path == f"{tmp_path}/{told}/flow.yaml"
    assert str(problem).isascii()
    assert problem.code == "bad-flow-name"


@pytest.mark.parametrize("content", ["", "facts：\n", "fact: {}\n", "facts: [\n", None])
def test_of_a_shared_file_that_cannot_be_read_only_itself_is_told(tmp_path: Path, content: str | None) -> None:
    facts = write_flows(tmp_path) / "common" / "facts.yaml"
    facts.unlink()
    facts.mkdir() if content is None else facts.write_text(content, "utf-8")

    assert {problem.path for problem in check_paths([tmp_path])} == {str(facts)}


@pytest.mark.parametrize("path", [Path("/dev/null"), Path("pipe")])
def test_a_path_that_is_neither_file_nor_folder_is_refused(tmp_path: Path, path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(FileNotFoundError, match="not a file or folder of flows"):
        check_paths([tmp_path / path])


@pytest.mark.parametrize("inside", ["demo/locales", "common/locales"])
def test_a_folder_of_translations_means_what_it_translates(tmp_path: Path, inside: str) -> None:
    write_flows(tmp_path, GOOD.replace("{phone}", "{fone}"))
    (tmp_path / inside).mkdir()

    assert codes(check_paths([tmp_path / inside])) == ["unknown-fact"]


def test_a_language_that_what_flows_share_does_not_have_is_told_once(tmp_path: Path) -> None:
    for name in ("demo", "other"):
        write_flows(tmp_path, GOOD if name == "demo" else OTHER, name)
        _translate(tmp_path / name, "en")
    told = [problem for problem in check_paths([tmp_path]) if "common" in problem.path]

    assert [(problem.code, problem.path, problem.severity) for problem in told] == [
        ("missing-translation", str(tmp_path / "common" / "locales" / "en.po"), "warning")
    ]


def test_problems_of_one_place_come_in_the_order_of_their_words(tmp_path: Path) -> None:
    (write_flows(tmp_path) / "demo" / "flow.yaml").write_text("title: x\n", "utf-8")
    told = [str(problem.message) for problem in check_paths([tmp_path])]

    assert len(told) > 2
    assert told == sorted(told)
