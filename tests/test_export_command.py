"""`assistant export`: one page to print, Markdown, and a site whose links all lead somewhere."""

import os
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from posixpath import join, normpath
from shutil import copytree

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result

from assistant import resources
from assistant.catalog import Catalog, open_catalog
from assistant.cli import main
from assistant.config import Config
from assistant.web.export.folder import MARKER, NotOurs, write_folder
from assistant.web.export.site import File, Site
from tests.web.asking import SMALL_FLOWS

LINK = re.compile(rb'(?:href|src|action|data-index|data-features|data-cards)="([^"]*)"|content="0; url=([^"]*)"')


def run(*arguments: str, **environment: str) -> Result:
    result = CliRunner().invoke(main, ["export", *arguments], env=environment)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture(scope="module")
def shipped() -> Catalog:
    return open_catalog(resources.folder("flows"))


@pytest.fixture(scope="module")
def files(shipped: Catalog) -> dict[str, bytes]:
    """Every file of the site of the shipped flows, by its path."""
    return {file.path: file.data for file in Site(Config(), shipped).files()}


def links(path: str, data: bytes) -> Iterator[str]:
    """The files that a page leads to or needs; an address elsewhere stays as it is."""
    for found in LINK.finditer(data):
        address = (found[1] or found[2]).decode().partition("#")[0].partition("?")[0]
        if address and not address.startswith("mailto:"):
            inside = not re.match(r"[a-z]+:", address)
            target = normpath(join(*path.rpartition("/")[:1], address)) if inside else address
            yield f"{target}/index.html".removeprefix("./") if inside and address.endswith(("/", "..", ".")) else target


def page(files: dict[str, bytes], path: str) -> BeautifulSoup:
    return BeautifulSoup(files[path], "html.parser")


def test_every_link_of_every_page_leads_to_a_file_of_the_site(files: dict[str, bytes]) -> None:
    broken = {
        (path, target)
        for path, data in files.items()
        if path.endswith(".html")
        for target in set(links(path, data))
        if target not in files and not target.startswith("https:")
    }

    assert broken == set()


def test_every_state_has_its_page_in_every_language_and_its_number_leads_there(
    files: dict[str, bytes], shipped: Catalog
) -> None:
    for name, guide in shipped.guides.items():
        for state, content in guide.engine.flow.states.items():
            if content.gone is not None:
                continue
            below = "" if state == guide.engine.flow.start else f"{state}/"
            for language in guide.languages:
                body = page(files, f"{language}/{name}/{below}index.html").find("main")
                assert body is not None
                assert (body["data-state"], body["data-number"]) == (state, str(content.no))
                assert f"{language}/{content.no}/index.html" in files
            moved = files[f"{content.no}/index.html"].decode()
            assert f'content="0; url=../ja/{name}/{below}"' in moved


def test_no_page_asks_anybody_else_for_anything_or_sends_anything(files: dict[str, bytes]) -> None:
    for path, data in files.items():
        if path.endswith(".html"):
            assert b'method="post"' not in data, path
            assert b'http-equiv="Content-Security-Policy"' in data, path
            assert not re.search(rb'<(?:script|img|link)[^>]*(?:src|href)="https?:', data), path


def test_an_ending_keeps_its_ready_made_text_with_the_number_and_no_way_it_does_not_know(
    files: dict[str, bytes],
) -> None:
    text = page(files, "ja/login/admin-password/index.html").select_one(".message pre")

    assert text is not None
    assert "ページの番号: 92" in text.get_text()
    assert "通った番号" not in text.get_text()


def test_signing_in_is_a_link_and_error_numbers_lead_on(shipped: Catalog) -> None:
    config = Config.from_environ({})
    files = {file.path: file.data for file in Site(config, shipped, ("ja",)).files()}
    sign_in = page(files, "ja/login/try-sign-in/index.html")

    assert sign_in.find("form") is None
    assert [str(item["data-number"]) for item in sign_in.select(".codes li")][:2] == ["16000", "16001"]


def test_pages_for_different_earlier_answers_are_different_files(files: dict[str, bytes]) -> None:
    first, again = (page(files, f"ja/login/open-service{which}/index.html") for which in ("", ".2"))

    assert "はじめて使うパソコンでは" in first.get_text()
    assert "前に使ったパソコンでは" in again.get_text()


def test_searching_by_words_says_that_it_needs_javascript(files: dict[str, bytes]) -> None:
    box = page(files, "ja/login/identify/index.html")

    assert "JavaScript" in " ".join(each.get_text() for each in box.select("noscript"))
    assert box.select_one("textarea[name]") is None


def test_one_language_may_be_chosen(shipped: Catalog) -> None:
    paths = [file.path for file in Site(Config(), shipped, ("en",)).files()]

    assert {path.split("/")[0] for path in paths if path.endswith(".html")} & {"ja", "en"} == {"en"}


def test_the_same_flows_give_the_same_bytes(files: dict[str, bytes], shipped: Catalog) -> None:
    again = Site(Config(), shipped).files()

    assert all(files[file.path] == file.data for file in again)


def test_a_site_is_written_and_written_anew(tmp_path: Path) -> None:
    target = tmp_path / "public"
    first = run("--format", "site", "--output", str(target), "--flows", str(SMALL_FLOWS))
    (target / "left-over.html").write_text("old")
    second = run("--format", "site", "--output", str(target), "--flows", str(SMALL_FLOWS))

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert (target / "ja" / "small" / "index.html").is_file()
    assert not (target / "left-over.html").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["public"]


def test_a_folder_that_no_export_wrote_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    result = run("--format", "site", "--output", str(tmp_path), "--flows", str(SMALL_FLOWS))

    assert result.exit_code == 1
    assert "--force" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_force_replaces_it(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "letter.txt").write_text("mine")
    result = run("--format", "site", "--output", str(tmp_path / "site"), "--flows", str(SMALL_FLOWS), "--force")

    assert result.exit_code == 0
    assert not (tmp_path / "site" / "letter.txt").exists()


def test_an_interrupted_export_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "site"
    for _ in write_folder(target, [File("a.html", b"first")]):
        pass

    def interrupted() -> Iterator[File]:
        yield File("a.html", b"second")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(write_folder(target, interrupted()))

    assert {path.name: path.read_bytes() for path in target.iterdir()} == {"a.html": b"first", MARKER: b""}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_what_is_not_ours_is_not_replaced_without_being_asked(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(NotOurs):
        list(write_folder(tmp_path / "file", []))

    assert (tmp_path / "file").read_text() == "mine"


def test_one_page_to_print_needs_no_other_file() -> None:
    result = run("small", "--flows", str(SMALL_FLOWS))
    soup = BeautifulSoup(result.stdout, "html.parser")

    assert result.exit_code == 0
    assert soup.select("link[href], script[src], img[src]") == []
    assert all(str(link["href"]).startswith(("#", "https:", "mailto:")) for link in soup.select("a[href]"))
    assert "@page" in str(soup.style)


def test_the_installations_facts_are_in_what_is_written(tmp_path: Path) -> None:
    facts = tmp_path / "facts.yaml"
    facts.write_text("phone: 03-1111-2222\n", "utf-8")
    result = run("small", "--flows", str(SMALL_FLOWS), ASSISTANT_FACTS=str(facts))

    assert "03-1111-2222" in result.stdout


def test_markdown_is_written_in_the_language_that_is_chosen(tmp_path: Path) -> None:
    output = tmp_path / "small.md"
    result = run(
        "small", "--flows", str(SMALL_FLOWS), "--format", "markdown", "--language", "en", "--output", str(output)
    )

    assert (result.exit_code, result.stdout) == (0, "")
    assert output.read_text("utf-8").startswith("# ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name the FLOW"),
        (["smal"], "did you mean 'small'?"),
        (["small", "--format", "site"], "--output FOLDER"),
        (["small", "--language", "fr"], "there is ja, en"),
        (["small", "--language", "ja", "--language", "en"], "one file has one language"),
        (["small", "--screen", "fr"], "no drawings in the language 'fr'"),
    ],
)
def test_wrong_use_says_what_to_write(arguments: list[str], said: str) -> None:
    result = run(*arguments, "--flows", str(SMALL_FLOWS), LANGUAGE="en")

    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize("command", [["export", "small"], ["draw", "small"]])
def test_a_pipe_is_written_to_and_not_replaced(command: list[str], tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text("utf-8")))
    reader.start()
    result = CliRunner().invoke(main, [*command, "--flows", str(SMALL_FLOWS), "--output", str(pipe)])
    reader.join(20)

    assert (result.exit_code, pipe.is_fifo(), read[0][:1]) == (0, True, "<")


def test_a_link_to_a_folder_stays_a_link_to_the_new_site(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    result = run("--format", "site", "--output", str(tmp_path / "link"), "--flows", str(SMALL_FLOWS))

    assert (result.exit_code, (tmp_path / "link").is_symlink()) == (0, True)
    assert (tmp_path / "real" / "index.html").is_file()


def test_force_goes_nowhere_where_something_would_be_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flows = tmp_path / "flows"
    copytree(SMALL_FLOWS, flows)
    (tmp_path / "work" / ".git").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for target in (flows, tmp_path, tmp_path / "work", Path(), Path.home()):
        result = run("--format", "site", "--output", str(target), "--flows", str(flows), "--force", LANGUAGE="en")

        assert (result.exit_code, "not to be lost" in result.stderr) == (2, True)
    assert (flows / "small" / "flow.yaml").is_file()
