"""`assistant diff`: sides of every kind, what is printed for people and programs, and exit codes."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from assistant.cli import main
from tests.flow.good_flow import GOOD, write_flows
from tests.git_repositories import commit, needs_git

REWORDED = GOOD.replace("title: 何が出ましたか", "title: 何が見えますか")
# Who closes the window is now called instead of asked again.
REDIRECTED = GOOD.replace("closed: {label: 閉じた, to: ask}", "closed: {label: 閉じた, to: ended}")
NEVER = "  never:\n    no: 7\n    title: だれも来ません\n    outcome: resolved\n"
ENGLISH = 'msgctxt "ask.title"\nmsgid "何が出ましたか"\nmsgstr "What came up?"\n'


def run(*arguments: object, **environment: str) -> Result:
    result = CliRunner().invoke(main, ["diff", *map(str, arguments)], env={"LANGUAGE": "en", **environment})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def data(*arguments: object) -> dict[str, Any]:
    result = run("--format", "json", *arguments)
    assert result.stderr == ""
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def without_stories(folder: Path, name: str) -> Path:
    """The folder, in which no story can fail because of what the tests change."""
    (folder / name / "scenarios.yaml").unlink()
    return folder


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A folder of flows with one flow, `demo`, and its English words."""
    folder = without_stories(write_flows(tmp_path / "old"), "demo")
    (folder / "demo" / "locales").mkdir()
    (folder / "demo" / "locales" / "en.po").write_text(ENGLISH, "utf-8")
    return folder


def changed(tmp_path: Path, flow: str, name: str = "demo") -> Path:
    folder = without_stories(write_flows(tmp_path / "new", flow, name), name)
    (folder / name / "locales").mkdir()
    (folder / name / "locales" / "en.po").write_text(ENGLISH, "utf-8")
    return folder


def test_nothing_is_told_where_nothing_changed(old: Path) -> None:
    result = run(old, old)

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == (
        "Endings that change: 0. Saved links that stop early: 0. Texts that change: 0. Translations to look at: 0.\n"
    )


def test_other_words_are_told_and_end_with_0(old: Path, tmp_path: Path) -> None:
    result = run(old, changed(tmp_path, REWORDED))

    assert result.exit_code == 0
    assert result.stdout == (
        "Flow 'demo'\n"
        "  Texts\n"
        "    ask.title [ja]\n"
        "      何が[-出ましたか-]{+見えますか+}\n"
        "  Translations made for another text\n"
        "    ask.title [en]: What came up?\n"
    )


def test_another_ending_is_told_in_a_sentence_and_ends_with_1(old: Path, tmp_path: Path) -> None:
    result = run(old, changed(tmp_path, REDIRECTED))

    assert result.exit_code == 1
    assert "Page 4 「試します」, 「閉じた」: leads to 6 「おわり」, no longer to 1 「何が出ましたか」." in result.stdout
    assert "Someone who answers 1 「また出た」 → 4 「閉じた」 now ends at 6 「おわり」" in result.stdout


def test_a_new_choice_is_told_as_one_that_did_not_exist_before(old: Path, tmp_path: Path) -> None:
    with_choice = GOOD.replace("      fine: {", "      done: {label: もうできた, to: ended}\n      fine: {")
    came, went = run(old, changed(tmp_path, with_choice)), run(tmp_path / "new", old)

    assert (
        "Page 2 「確かめます」, 「もうできた」: leads to 6 「おわり」; this choice did not exist before.\n"
        in came.stdout
    )
    assert "now ends at 6 「おわり」; this choice did not exist before.\n" in came.stdout
    assert "Page 2 「確かめます」, 「もうできた」: this choice is gone; it led to 6 「おわり」.\n" in went.stdout
    assert "ended at 6 「おわり」; this choice is gone now.\n" in went.stdout


def test_the_first_example_of_equals_is_not_of_somebody_lost(old: Path, tmp_path: Path) -> None:
    pages = (
        "  two: {no: 7, title: 二つ, choices: {a: {label: ア, to: back}, b: {label: イ, to: on}}}\n"
        "  back: {no: 8, title: 戻り, choices: {yes: {label: はい, to: ask}}}\n"
        "  on: {no: 9, title: 進み, choices: {yes: {label: はい, to: new-end}}}\n"
        "  new-end: {no: 10, title: 新しい終わり, outcome: resolved}\n"
    )
    flow = GOOD.replace("lost:\n", "lost:\n  - {to: ended, when: {two: a}}\n").replace(
        "  ended:\n", f"{pages}  ended:\n"
    )
    flow = flow.replace("      fine: {", "      done: {label: もうできた, to: two}\n      fine: {")
    told = run(old, changed(tmp_path, flow)).stdout

    assert "「もうできた」 → 7 「イ」 → 9 「はい」 now ends at 10 「新しい終わり」" in told
    assert "「もうできた」 → 7 「ア」" not in told


def test_what_is_said_of_the_lost_is_what_stands_on_their_page(old: Path, tmp_path: Path) -> None:
    elsewhere = GOOD.replace("  - {to: help, when: {not: {help: lost}}}\n", "")
    told = run(old, changed(tmp_path, elsewhere)).stdout

    assert "1 「this is not what I see」" in told
    assert "2 「none of these」" in told


def test_of_many_alike_the_rest_is_counted_in_words(old: Path, tmp_path: Path) -> None:
    ends = "".join(
        f"  end-{number}: {{no: 1{number}, title: 終わり{number}, outcome: resolved}}\n" for number in range(6)
    )
    found = "".join(f"      c{number}: {{label: 答え{number}, to: end-{number}}}\n" for number in range(6))
    flow = GOOD.replace("  ended:\n", f"{ends}  ended:\n").replace("      found: {label: あった, to: ask}\n", found)
    told = run(old, changed(tmp_path, flow.replace("label: よい, to: try", "label: よい, to: help"))).stdout

    assert re.search(r"and \d+ more like this$", told, re.MULTILINE)
    assert "json" not in told


def test_answers_of_one_page_that_do_the_same_are_told_together(old: Path, tmp_path: Path) -> None:
    found = "      found: {label: あった, to: ask}\n"
    many = "".join(f"      c{number}: {{label: 答え{number}, to: ask}}\n" for number in range(8))
    (old / "demo" / "flow.yaml").write_text(GOOD.replace(found, many), "utf-8")
    result = run(old, changed(tmp_path, GOOD.replace(found, many.replace("to: ask", "to: ended"))))

    labels = ", ".join(f"「答え{number}」" for number in range(6))
    assert f"Page 3 「助けます」, {labels} and 2 more: leads to 6 「おわり」, no longer to 1" in result.stdout


def test_the_sentences_are_japanese_where_the_locale_is(old: Path, tmp_path: Path) -> None:
    result = run(old, changed(tmp_path, REDIRECTED), LANGUAGE="ja")

    assert "ページ4 「試します」の「閉じた」: 1 「何が出ましたか」ではなく、6 「おわり」に進みます。" in result.stdout


def test_programs_get_the_documented_keys(old: Path, tmp_path: Path) -> None:
    found = data(old, changed(tmp_path, REDIRECTED))

    assert {"endings", "states", "texts", "translations", "links"} <= found.keys()
    assert "flows" not in found
    (ending,) = [each for each in found["endings"] if each["before"] is None]
    assert (ending["flow"], ending["after"], ending["decided_by"]) == ("demo", "ended", "try.closed")
    assert ending["answers"] == ["ask.again", "try.closed"]
    assert found["states"]["choices"]["redirected"] == [
        {"choice": "try.closed", "before": ["ask"], "after": ["ended"]},
    ]


def test_programs_get_texts_word_by_word_and_stale_translations(old: Path, tmp_path: Path) -> None:
    found = data(old, changed(tmp_path, REWORDED))

    assert found["endings"] == []
    assert found["texts"] == [
        {
            "flow": "demo",
            "context": "ask.title",
            "language": "ja",
            "before": "何が出ましたか",
            "after": "何が見えますか",
            "changes": [["equal", "何が"], ["delete", "出ましたか"], ["insert", "見えますか"]],
        }
    ]
    (stale,) = found["translations"]
    assert {"flow": "demo", "context": "ask.title", "language": "en"}.items() <= stale.items()
    assert (stale["source"], stale["translation"]) == ("何が見えますか", "What came up?")


def test_a_flow_s_folder_a_file_and_a_folder_of_flows_name_the_same_flow(old: Path, tmp_path: Path) -> None:
    new = changed(tmp_path, REDIRECTED)
    expected = data(old, new)

    for before in (old, old / "demo", old / "demo" / "flow.yaml"):
        for after in (new, new / "demo", new / "demo" / "flow.yaml"):
            assert data(before, after) == expected


def test_flows_of_two_folders_are_told_apart(old: Path, tmp_path: Path) -> None:
    new = changed(tmp_path, REDIRECTED)
    for folder, name in ((old, "gone"), (new, "come"), (old, "other"), (new, "other")):
        text = GOOD if name != "other" or folder == old else REDIRECTED
        (folder / name).mkdir()
        for number in range(6, 0, -1):
            text = text.replace(f"no: {number}\n", f"no: {number}{len(name)}{ord(name[0]) - 95}\n")
        (folder / name / "flow.yaml").write_text(text, "utf-8")
    found = data(old, new)

    assert found["flows"] == {"gained": ["come"], "lost": ["gone"]}
    assert {each["flow"] for each in found["endings"]} == {"demo", "other"}
    assert {each["flow"] for each in found["states"]["choices"]["redirected"]} == {"demo", "other"}
    assert "The flow 'gone' is gone" in run(old, new).stdout


def test_a_flow_that_is_gone_ends_with_1_and_a_new_one_with_0(old: Path, tmp_path: Path) -> None:
    more = write_flows(tmp_path / "more")
    (more / "new").mkdir()
    text = GOOD
    for number in range(1, 7):
        text = text.replace(f"no: {number}\n", f"no: {number}0\n")
    (more / "new" / "flow.yaml").write_text(text, "utf-8")

    assert run(old, more).exit_code == 0
    assert run(more, old).exit_code == 1


def test_what_flows_share_is_compared_once(old: Path, tmp_path: Path) -> None:
    new = changed(tmp_path, GOOD)
    (new / "common" / "notes.yaml").write_text("notes: {hint: {title: ヒント, text: よいヒントです。}}\n", "utf-8")

    assert [(each["flow"], each["context"]) for each in data(old, new)["texts"]] == [("common", "notes.hint.text")]
    assert "Shared by the flows\n  Texts\n    notes.hint.text [ja]\n" in run(old, new).stdout


def test_of_a_long_text_only_the_lines_that_changed_are_shown(old: Path, tmp_path: Path) -> None:
    paragraph = "text: |-\n        一行目。\n        二行目。\n        三行目。\n"
    (old / "demo" / "flow.yaml").write_text(
        GOOD.replace("title: 助けます\n", f"title: 助けます\n    {paragraph}"), "utf-8"
    )
    edited = paragraph.replace("二行目。", "二行目、新しい。")
    result = run(old, changed(tmp_path, GOOD.replace("title: 助けます\n", f"title: 助けます\n    {edited}")))

    assert "      …\n      二行目{+、新しい+}。\n      …\n" in result.stdout


def test_marks_are_coloured_on_a_terminal_unless_the_person_wants_none(old: Path, tmp_path: Path) -> None:
    arguments = ["diff", str(old), str(changed(tmp_path, REWORDED))]
    coloured = CliRunner().invoke(main, arguments, color=True, env={"NO_COLOR": ""})
    plain = CliRunner().invoke(main, arguments, color=True, env={"NO_COLOR": "1"})

    assert "\x1b[32m{+見えますか+}\x1b[0m" in coloured.stdout
    assert "\x1b" not in plain.stdout


@needs_git
def test_a_revision_is_compared_with_the_files_of_today(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(tmp_path)
    (old / "demo" / "flow.yaml").write_text(REDIRECTED, "utf-8")
    monkeypatch.chdir(tmp_path)

    assert run("main:old/demo", "old/demo").exit_code == 1
    assert run("main:old", "HEAD:old").exit_code == 0
    assert data("main:old/demo", "old/demo") == data("main:old", "old")


@needs_git
def test_problems_in_a_revision_are_placed_as_git_places_them(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (old / "demo" / "flow.yaml").write_text(GOOD.replace("start: ask", "start: aks"), "utf-8")
    commit(tmp_path)
    monkeypatch.chdir(tmp_path)
    result = run("main:old/demo", "old/demo")

    assert result.exit_code == 2
    assert result.stderr.startswith("main:old/demo/flow.yaml:3:8: ")


def test_flows_that_run_but_fail_a_proof_are_compared(old: Path, tmp_path: Path) -> None:
    new = changed(tmp_path, GOOD.replace("  ended:\n", f"{NEVER}  ended:\n"))
    result = run(old, new)

    assert result.exit_code == 0
    assert "New page: 7 「だれも来ません」" in result.stdout
    assert result.stderr.startswith(f"'{new}' has problems; assistant check tells which\n")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["old"], "Missing argument 'NEW'"),
        (["old", "nowhere"], "no file or folder 'nowhere'; a Git revision is written main:flows/login"),
        (["C:\\flows", "old"], "no file or folder 'C:\\flows'; a Git revision is written main:flows/login"),
        (["old", "empty"], "no folder in here holds a 'flow.yaml'"),
        (["old/demo", "others"], "no flow 'demo' in 'others'; did you mean 'demo-2'?"),
        (["old", "old", "--format", "xml"], "Invalid value for '--format'"),
    ],
)
def test_wrong_use_says_what_is_wrong_and_ends_with_2(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], expected: str
) -> None:
    (tmp_path / "empty").mkdir()
    write_flows(tmp_path / "others", GOOD, "demo-2")
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert expected in result.stderr


def test_faulty_flows_are_told_with_their_places_and_end_with_2(old: Path, tmp_path: Path) -> None:
    result = run(old, changed(tmp_path, GOOD.replace("start: ask", "start: aks")))

    assert (result.exit_code, result.stdout) == (2, "")
    assert "flow.yaml:3:8: no state 'aks'; did you mean 'ask'? [unknown-target]" in result.stderr
    assert result.stderr.endswith("assistant: these problems have to be mended first\n")


def test_help_tells_the_exit_codes_and_an_example() -> None:
    told = " ".join(run("--help").stdout.split())

    assert "0 nobody's ending changes, 1 someone's ending changes, 2 wrong use" in told
    assert "assistant diff main:flows/login flows/login" in told
