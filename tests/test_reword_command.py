"""`assistant reword` changes a wording of Microsoft's screens everywhere, after asking, in all files or none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.catalog import check_paths, open_catalog
from assistant.cli import main
from assistant.flow.recognising.identifier import Identifier
from assistant.flow.recognising.index import build_index
from assistant.flow.recognising.reading import japanese
from tests.flow.good_flow import GOOD, write_flows

SHIPPED = Path(__file__).parents[1] / "flows"
FLOW = GOOD.replace("title: 確かめます", "title: '[入力] を押します'").replace("label: よい", "label: 入力した")

LISTED = """\
screens:
  entry:
    name: 画面
    frame: window
    wording:
      ja:
        drawing: [title: 入力]
        look: 入力
        aliases:
          - 記入欄
        says: [入れるところ, 入力と出た, 何か書く画面]
      en: {drawing: [title: Sign in], look: Sign in, says: [sign in page, it says sign in, where I sign in]}
"""


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")


@pytest.fixture
def flows(tmp_path: Path) -> Path:
    folder = write_flows(tmp_path, FLOW)
    (folder / "demo" / "locales").mkdir()
    (folder / "demo" / "locales" / "en.po").write_text(
        'msgctxt "check.title"\nmsgid "[入力] を押します"\nmsgstr "Press [入力]"\n', "utf-8"
    )
    return folder


def run(*arguments: str, flows: Path) -> Result:
    return CliRunner().invoke(main, ["reword", *arguments, "--flows", str(flows)])


def contents(folder: Path) -> dict[str, str]:
    paths = [*folder.glob("*/*.yaml"), *folder.glob("*/locales/*.po")]
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in paths}


def test_every_place_is_shown_and_nothing_is_changed_unasked(flows: Path) -> None:
    before = contents(flows)
    result = run("入力", "記入", flows=flows)

    assert (result.exit_code, contents(flows)) == (1, before)
    assert "nothing was changed; add --yes to change it" in result.stderr
    assert "demo/flow.yaml:31:14\n  - title: '[»入力«] を押します'\n  + title: '[»記入«] を押します'\n" in result.stdout
    assert "part of a sentence; --words changes it, too\n--verbose shows these places\n" in result.stdout
    assert "fine: {label: 入力した, to: try}" not in result.stdout


def test_each_place_that_is_not_changed_is_shown_on_demand(flows: Path) -> None:
    told = run("入力", "記入", "--verbose", flows=flows).stdout

    assert ": part of a sentence; --words changes it, too: fine: {label: 入力した, to: try}" in told
    assert "--verbose" not in told


def test_a_line_that_is_added_says_to_which_list(flows: Path) -> None:
    (flows / "common" / "screens.yaml").write_text(LISTED, "utf-8")

    assert "common/screens.yaml:11:1\n  + aliases: »- 入力«\n" in run("入力", "記入", flows=flows).stdout


def test_what_the_same_place_reads_in_another_language_is_told_with_the_command(flows: Path) -> None:
    (flows / "common" / "screens.yaml").write_text(LISTED, "utf-8")
    told = run("入力", "記入", "--language", "ja", "--yes", flows=flows).stdout

    assert "In 'en' the same place reads 'Sign in'." in told
    assert 'renamed, too: assistant reword "Sign in" NEW --language en\n' in told


def test_texts_drawings_and_both_sides_of_translations_change_together(flows: Path) -> None:
    before = contents(flows)
    result = run("[入力]", "「記入」", "--yes", flows=flows)
    after = contents(flows)

    assert result.exit_code == 0
    assert after["demo/flow.yaml"] == before["demo/flow.yaml"].replace("'[入力]", "'[記入]")
    assert after["demo/locales/en.po"] == before["demo/locales/en.po"].replace("[入力]", "[記入]")
    assert after["common/screens.yaml"] == before["common/screens.yaml"].replace(
        "[title: 入力], look: 入力,", "[title: 記入], look: 記入, aliases: [入力],"
    )
    assert {name for name in after if after[name] != before[name]} == {
        *("demo/flow.yaml", "demo/locales/en.po", "common/screens.yaml"),
    }
    assert "stale-translation" not in {problem.code for problem in check_paths([flows])}


def test_afterwards_the_drawings_and_pages_to_look_at_are_listed(flows: Path) -> None:
    lines = run("入力", "記入", "--yes", flows=flows).stdout.rpartition("Look at:\n")[2].splitlines()

    assert lines[:3] == [
        "  the drawing of entry",
        "  1 「何が出ましたか」 /ja/demo/",
        "  2 「[記入] を押します」 /ja/demo/ask.seen/",
    ]
    assert lines[3] == "assistant preview shows each page at its number: write /2 behind the address"
    assert lines[-2].startswith("'入力' is still recognised")
    assert "assistant check --strict" in lines[-1]


def test_pages_whose_translation_alone_changes_are_listed_in_its_language(flows: Path) -> None:
    (flows / "demo" / "locales" / "en.po").write_text(
        'msgctxt "check.title"\nmsgid "[入力] を押します"\nmsgstr "Press [Enter]"\n', "utf-8"
    )
    lines = run("Enter", "Return", "--language", "en", "--yes", flows=flows).stdout.rpartition("Look at:\n")[2]

    assert lines.splitlines()[0] == "  2 「[入力] を押します」 /en/demo/ask.seen/"


def test_sentences_change_on_demand(flows: Path) -> None:
    run("入力", "記入", "--yes", "--words", "--no-alias", flows=flows)
    after = contents(flows)

    assert "label: 記入した" in after["demo/flow.yaml"]
    assert "aliases" not in after["common/screens.yaml"]
    assert "[入れるところ, 記入と出た, 何か書く画面]" in after["common/screens.yaml"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["入力欄", "記入"], 1, "'入力欄' stands nowhere; did you mean '入力'?"),
        (["出た", "来た", "--language", "ja"], 0, ""),
        (["力", "カ"], 1, "'力' is nowhere a whole label"),
        (["入力", "入力"], 2, "OLD and NEW are the same"),
        (["入力", " "], 2, "NEW must be words in one line"),
        (["入\n力", "x"], 2, "OLD must be words in one line"),
        (["入力", "a]b"], 2, "NEW must be words in one line"),
        (["入力", "記入", "--language", "fr"], 2, "nothing is written in 'fr'; known are: en, ja"),
    ],
)
def test_what_cannot_be_meant_is_explained(arguments: list[str], code: int, message: str, flows: Path) -> None:
    before = contents(flows)
    result = run(*arguments, "--yes", flows=flows)

    assert result.exit_code == code
    assert message in result.stderr
    assert code == 0 or contents(flows) == before


def test_flows_that_cannot_all_be_read_are_left_alone(flows: Path) -> None:
    (flows / "common" / "notes.yaml").write_text("notes: {hint: {titel: x, text: 入力}}\n", "utf-8")
    before = contents(flows)
    result = run("入力", "記入", "--yes", flows=flows)

    assert (result.exit_code, contents(flows)) == (1, before)
    assert "these problems have to be mended first" in result.stderr


def test_another_language_that_has_the_new_wording_already_is_not_told(flows: Path) -> None:
    (flows / "common" / "screens.yaml").write_text(LISTED, "utf-8")

    assert "same place" not in run("入力", "Sign in", "--language", "ja", "--yes", flows=flows).stdout


@pytest.mark.skipif(os.name == "nt", reason="needs a terminal of POSIX")
@pytest.mark.parametrize(("answer", "code", "changed"), [("n", 1, False), ("y", 0, True)])
def test_at_a_terminal_the_author_is_asked(answer: str, code: int, changed: bool, flows: Path) -> None:
    import pty

    before = contents(flows)
    ours, theirs = pty.openpty()
    try:
        os.write(ours, f"{answer}\n".encode())
        command = [sys.executable, "-m", "assistant.cli", "reword", "入力", "記入", "--flows", str(flows)]
        done = subprocess.run(command, stdin=theirs, capture_output=True, timeout=60, check=False)
    finally:
        os.close(ours)
        os.close(theirs)

    assert (done.returncode, contents(flows) != before) == (code, changed)
    assert "Change 6 places in 3 files?" in done.stderr.decode()


def candidates(folder: Path, text: str) -> list[str]:
    catalog = open_catalog(folder)
    index = build_index(catalog.guides["login"].engine.flow, catalog.common, japanese())
    return [each.screen for each in Identifier(index).identify(text).candidates]


@pytest.mark.parametrize(
    ("old", "new", "language"),
    [("パスワードの入力", "パスワードをご入力ください", "ja"), ("Enter password", "Type your password: now", "en")],
)
def test_renaming_a_real_label_makes_no_problem_in_the_shipped_flows(
    old: str, new: str, language: str, tmp_path: Path
) -> None:
    folder = tmp_path / "flows"
    shutil.copytree(SHIPPED, folder)
    before, found = contents(folder), candidates(folder, old)
    problems = [problem.code for problem in check_paths([folder])]
    result = run(old, new, "--language", language, "--yes", flows=folder)
    after = contents(folder)

    assert result.exit_code == 0
    assert "login/locales/en.po" in {name for name in after if after[name] != before[name]}
    assert [problem.code for problem in check_paths([folder])] == problems
    assert (candidates(folder, old)[:1], candidates(folder, new)[:1]) == (found[:1], found[:1])


def test_renaming_there_and_back_leaves_texts_and_translations_as_they_were(tmp_path: Path) -> None:
    folder = tmp_path / "flows"
    shutil.copytree(SHIPPED, folder)
    before = contents(folder)
    for old, new in (("サインイン", "新"), ("新", "サインイン")):
        run(old, new, "--no-alias", "--yes", flows=folder)

    assert contents(folder) == before
