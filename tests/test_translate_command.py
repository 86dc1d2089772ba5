"""`assistant translate` brings translations up to date and says how far they are."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.catalog import check_paths
from assistant.cli import main
from tests.flow.good_flow import GOOD, write_flows

SHIPPED = Path(__file__).parents[1] / "flows"


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")


@pytest.fixture
def flows(tmp_path: Path) -> Path:
    return write_flows(tmp_path)


def run(*arguments: str, flows: Path) -> Result:
    return CliRunner().invoke(main, ["translate", *arguments, "--flows", str(flows)])


def po(flows: Path, language: str = "en", name: str = "demo") -> Path:
    return flows / name / "locales" / f"{language}.po"


def test_a_new_language_gets_a_file_with_the_page_of_every_text(flows: Path) -> None:
    result = run("--language", "fr", flows=flows)
    text = po(flows, "fr").read_text("utf-8")

    assert (result.exit_code, result.stdout.splitlines()[0].partition(": ")[2]) == (0, "4 new")
    assert '#. /fr/demo/\nmsgctxt "title"' in text
    assert '#. 1 · /fr/1\nmsgctxt "ask.title"\nmsgid "何が出ましたか"\nmsgstr ""' in text
    assert '#. 1 · /fr/1\nmsgctxt "screens.entry.name"' in po(flows, "fr", "common").read_text("utf-8")
    assert '#. 電話\nmsgctxt "facts.phone.text"' in po(flows, "fr", "common").read_text("utf-8")
    assert {problem.code for problem in check_paths([flows])} <= {"missing-translation", "transition-untested"}


def test_what_is_new_is_told_with_the_line_where_its_translation_is_written(flows: Path) -> None:
    told = run("demo", "--language", "fr", flows=flows).stdout
    lines = po(flows, "fr").read_text("utf-8").splitlines()
    places = re.findall(r"demo/locales/fr\.po:(\d+): new: (\S+) 「(.+)」", told)

    assert len(places) == 19
    for line, context, source in places:
        assert lines[int(line) - 1] == 'msgstr ""'
        assert f'msgctxt "{context}"' in lines[int(line) - 5 : int(line) - 1]
        assert lines[int(line) - 2].startswith(f'msgid "{source.removesuffix("…")}')


def test_the_table_is_headed_in_the_language_of_the_computer(flows: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("demo", "--language", "en", flows=flows)
    monkeypatch.setenv("LANGUAGE", "ja")
    heading, row = run("demo", "--status", flows=flows).stdout.splitlines()

    assert heading.split() == ["フロー", "言語", "文", "訳あり", "原文が変わった訳", "訳なし", "%"]
    assert row.startswith("demo    en    19")  # a Japanese letter is two columns wide


def test_a_second_run_writes_nothing(flows: Path) -> None:
    run("--language", "en", flows=flows)
    times = [path.stat().st_mtime_ns for path in (po(flows), po(flows, name="common"))]
    result = run(flows=flows)

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "all translations are up to date (2 files)\n"
    assert [path.stat().st_mtime_ns for path in (po(flows), po(flows, name="common"))] == times


def test_check_says_what_would_change_and_changes_nothing(flows: Path) -> None:
    run("--language", "en", flows=flows)
    po(flows).write_text(
        po(flows).read_text("utf-8").replace('"お手伝い"\nmsgstr ""', '"お手伝い"\nmsgstr "Help"'), "utf-8"
    )
    before = po(flows).read_bytes()
    (flows / "demo" / "flow.yaml").write_text(GOOD.replace("title: お手伝い", "title: ご案内"), "utf-8")
    result = run("--check", "demo", flows=flows)

    assert (result.exit_code, po(flows).read_bytes()) == (1, before)
    assert "1 stale\n  stale: title 「お手伝い」 → 「ご案内」\n" in result.stdout
    assert (run("demo", flows=flows).exit_code, run("--check", "demo", flows=flows).exit_code) == (0, 0)


def test_the_table_counts_texts_translated_stale_and_missing(flows: Path) -> None:
    run("demo", "--language", "en", flows=flows)
    text = po(flows).read_text("utf-8").replace('msgid "お手伝い"\nmsgstr ""', 'msgid "お手伝い"\nmsgstr "Help"')
    text = text.replace(
        'msgctxt "ask.title"\nmsgid "何が出ましたか"\nmsgstr ""',
        '#, fuzzy\nmsgctxt "ask.title"\nmsgid "何が出ましたか"\nmsgstr "?"',
    )
    po(flows).write_text(text, "utf-8")
    table = run("demo", "--status", flows=flows).stdout.splitlines()
    data = json.loads(run("demo", "--status", "--format", "json", flows=flows).stdout)

    counts = {"texts": 19, "translated": 1, "stale": 1, "missing": 17, "percent": 5}
    assert data == {"translations": [{"flow": "demo", "language": "en", **counts}]}
    assert table[1].split() == ["demo", "en", "19", "1", "1", "17", "5", "%"]


def test_the_table_shows_a_language_that_only_another_flow_has(flows: Path) -> None:
    run("demo", "--language", "fr", flows=flows)
    rows = [line.split() for line in run("--status", flows=flows).stdout.splitlines()[1:]]

    assert [(row[0], row[1], row[-2]) for row in rows] == [("common", "fr", "0"), ("demo", "fr", "0")]


def test_line_ends_and_byte_order_mark_of_a_file_stay(flows: Path) -> None:
    run("--language", "en", flows=flows)
    po(flows).write_bytes(b"\xef\xbb\xbf" + po(flows).read_bytes().replace(b"\n", b"\r\n"))
    before = po(flows).read_bytes()
    unchanged = run(flows=flows)
    (flows / "demo" / "flow.yaml").write_text(GOOD.replace("title: お手伝い", "title: ご案内"), "utf-8")
    run(flows=flows)

    assert unchanged.stdout == ""
    assert po(flows).read_bytes() == before.replace("お手伝い".encode(), "ご案内".encode())


@pytest.mark.parametrize("name", ["demo", "common"])
def test_a_path_means_what_is_there(name: str, flows: Path) -> None:
    result = CliRunner().invoke(main, ["translate", str(flows / name), "--language", "en"])

    assert (result.exit_code, po(flows, name=name).exists()) == (0, True)
    assert [path.parent.parent.name for path in flows.glob("*/locales/en.po")] == [name]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["dmeo"], "no flow 'dmeo'; did you mean 'demo'?"),
        (["--language", "xx-nope"], "'xx-nope' is no language"),
        (["--language", "../en"], "'../en' is no language"),
        (["--language", "ja"], "the texts are written in 'ja'"),
        (["--format", "json"], "--format json is for the table of --status"),
    ],
)
def test_wrong_use_is_explained(arguments: list[str], message: str, flows: Path) -> None:
    result = run(*arguments, flows=flows)

    assert result.exit_code == 2
    assert message in result.stderr


def test_texts_that_cannot_all_be_read_leave_translations_alone(flows: Path) -> None:
    run("--language", "en", flows=flows)
    before = po(flows).read_bytes()
    (flows / "demo" / "flow.yaml").write_text(GOOD.replace("title: 確かめます", "titel: 確かめます"), "utf-8")
    result = run(flows=flows)

    assert (result.exit_code, po(flows).read_bytes()) == (1, before)
    assert "nothing was changed; these problems have to be mended first" in result.stderr


def test_a_broken_translation_file_is_left_alone(flows: Path) -> None:
    po(flows).parent.mkdir()
    po(flows).write_text('msgid "a\nmsgstr "b"\n', "utf-8")
    result = run(flows=flows)

    assert (result.exit_code, po(flows).read_text("utf-8")) == (1, 'msgid "a\nmsgstr "b"\n')
    assert "[bad-po-file]" in result.stderr


def test_a_file_that_is_named_for_no_language_is_told_and_left_alone(flows: Path) -> None:
    po(flows, "messages").parent.mkdir()
    po(flows, "messages").write_text('msgid "a"\nmsgstr "b"\n', "utf-8")
    result = run("demo", flows=flows)

    assert (result.exit_code, po(flows, "messages").read_text("utf-8")) == (1, 'msgid "a"\nmsgstr "b"\n')
    assert "messages.po is named for no language" in result.stderr


def test_what_flows_share_is_written_in_the_language_of_most_flows(flows: Path) -> None:
    for name, number in (("guide", 11), ("other", 21)):
        text = "".join(re.sub(r"no: ([0-9])$", rf"no: {number}\1", line) for line in GOOD.splitlines(keepends=True))
        (flows / name).mkdir()
        (flows / name / "flow.yaml").write_text(text.replace("language: ja", "language: en"), "utf-8")
    run("--language", "ja", flows=flows)
    result = run("--language", "en", flows=flows)

    assert result.exit_code == 0
    assert sorted(path.parent.parent.name for path in flows.glob("*/locales/ja.po")) == ["common", "guide", "other"]
    assert [path.parent.parent.name for path in flows.glob("*/locales/en.po")] == ["demo"]


def test_the_shipped_translations_are_complete_and_compared_without_a_warning() -> None:
    data = json.loads(run("--status", "--format", "json", flows=SHIPPED).stdout)["translations"]

    assert {(row["language"], row["stale"], row["missing"]) for row in data} == {("en", 0, 0)}
    assert [str(problem) for problem in check_paths([SHIPPED]) if problem.code.startswith("translated-")] == []
