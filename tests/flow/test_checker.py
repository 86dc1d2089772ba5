"""One small good flow, and for every problem that an author can make a copy that is broken in just that way."""

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

import pytest

from assistant.flow import checker, explorer
from assistant.flow.checker import check_flow, check_words
from assistant.flow.common import Codes, Common, Facts, Notes, Screens
from assistant.flow.document import Document
from assistant.flow.loader import Loaded, load, load_flow
from assistant.flow.model import Flow
from assistant.flow.problem import Mark, Problem
from assistant.flow.rules.common import check_common
from assistant.flow.translation import Words, flow_entries
from tests.flow.good_flow import COMMON, GOOD


class Broken(NamedTuple):
    """Replace `old`, which stands once in the good flow, by `new`: then `code` is told at the `^` of `at`."""

    name: str
    old: str
    new: str
    code: str
    at: str


LOST = GOOD[GOOD.index("lost:") : GOOD.index("outcomes:")]
# What is true besides, because of the same mistake.
FOLLOWS: Mapping[str, set[str]] = {
    "unknown-key": {"missing-key", "unknown-stage"},
    "ending-with-choices": {"missing-default"},
    "no-lost": {"unreachable"},
}

CASES = [
    # what stands where something else belongs
    Broken("a key is missing", "start: ask\n", "", "missing-key", "^title: お手伝い"),
    Broken("a state has no number", "    no: 2\n", "", "missing-key", "  ^check:\n"),
    Broken("a state has no title", "    title: 確かめます\n", "", "missing-key", "  ^check:\n"),
    Broken("a choice has no label", "{label: 戻る, to: ask}", "{to: ask}", "missing-key", "^back: {to"),
    Broken("a choice leads nowhere", "{label: 戻る, to: ask}", "{label: 戻る}", "missing-key", "^back: {label"),
    Broken("a message has no subject", "subject: 件名, ", "", "missing-key", "^message:"),
    Broken("a key is misspelt", "    was: [", "    wos: [", "unknown-key", "^wos"),
    Broken("a key of a choice is misspelt", "{label: 戻る", "{lable: 戻る", "unknown-key", "^lable"),
    Broken("a key of the flow is misspelt", "stages: {", "stage: {", "unknown-key", "^stage: {"),
    Broken("a key stands at the wrong depth", "    was: [checked]\n", "    label: x\n", "unknown-key", "^label: x"),
    Broken("a title is empty", "title: 確かめます", "title:", "empty-value", "title:^\n"),
    Broken("a label is empty", "label: 戻る", "label: ''", "empty-value", "label: ^''"),
    Broken("a target is empty", "{label: 戻る, to: ask}", "{label: 戻る, to: []}", "empty-value", "to: ^[]"),
    Broken("a text is a list of lists", "script: 読み上げます。", "script: [[a]]", "wrong-type", "script: [^[a"),
    Broken("a title is a list", "title: 確かめます", "title: [次へ]", "wrong-type", "title: ^[次へ]"),
    Broken("a title is a fact without quotes", "title: 確かめます", "title: {phone}", "wrong-type", "title: ^{phone"),
    Broken(
        "choices are a list", "      found: {label: あった", "      - {label: あった", "wrong-type", "^- {label: あ"
    ),
    Broken("a state is a text", "  old:\n    no: 5\n    gone: check\n", "  old: x\n", "wrong-type", "old: ^x"),
    Broken(
        "notes are a list of lists",
        "notes: [hint, {note: hint, when: {check: back}}]",
        "notes: [[a]]",
        "wrong-type",
        "notes: [^[a",
    ),
    Broken("a colon is full-width", "    was: [checked]\n", "    was：checked\n", "full-width-colon", "was^："),
    Broken("a space in a key is full-width", "    was: [", "    　was: [", "full-width-space", "^　was"),
    Broken("a source is no lines", '"12, 34-41"', "page 3", "bad-value", "manual: ^page"),
    Broken("a source runs backwards", '"12, 34-41"', "41-34", "bad-value", "manual: ^41"),
    Broken("a source begins at zero", '"12, 34-41"', "0-3", "bad-value", "manual: ^0-3"),
    Broken("a language is a word", "language: ja", "language: 日本語", "bad-value", "language: ^日"),
    Broken("a message goes to nobody known", "to: helpdesk", "to: everybody", "bad-value", "to: ^everybody"),
    Broken("a number has a leading zero", "no: 2\n", "no: 02\n", "bad-number", "no: ^02"),
    Broken("a number is zero", "no: 2\n", "no: 0\n", "bad-number", "no: ^0"),
    Broken("a number is too large", "no: 2\n", "no: 10000\n", "bad-number", "no: ^10000"),
    Broken("a number is a word", "no: 2\n", "no: 二\n", "bad-number", "no: ^二"),
    # ids
    Broken("a state's id has a capital", "  old:\n", "  Old:\n", "bad-id", "^Old:"),
    Broken("a state's id is Japanese", "  old:\n", "  古い:\n", "bad-id", "^古い:"),
    Broken("a state's id is too long", "  old:\n", f"  {'o' * 41}:\n", "bad-id", f"^{'o' * 41}:"),
    Broken("a state's id could be a file", "  old:\n", "  old.txt:\n", "bad-id", "^old.txt"),
    Broken("a state's id is a device of Windows", "  old:\n", "  com1:\n", "reserved-id", "^com1"),
    Broken("a state's id is a word of guards", "  old:\n", "  any:\n", "reserved-id", "^any"),
    Broken("a trigger has a dot", "      back: {", "      go.back: {", "bad-id", "^go.back"),
    Broken("a trigger is named lost", "      back: {", "      lost: {", "reserved-id", "^lost: {label"),
    Broken("a trigger is named default", "      back: {", "      default: {", "reserved-id", "^default: {label"),
    Broken("a stage's id is no id", "{first: ①入力}", "{First: ①入力}", "bad-id", "^First"),
    # guards
    Broken("a guard is a word", "when: {check: [back]}", "when: check", "bad-guard", "when: ^check}"),
    Broken("a guard is empty", "when: {check: [back]}", "when: {}", "bad-guard", "when: ^{}"),
    Broken("a guard reads nothing", "when: {check: [back]}", "when: {check: []}", "bad-guard", "when: ^{check: []"),
    Broken("any has no list", "when: {check: [back]}", "when: {any: back}", "bad-guard", "when: ^{any"),
    Broken("not has a list", "when: {check: [back]}", "when: {not: [back]}", "bad-guard", "when: ^{not: [back]"),
    Broken("a guard calls", "when: {check: [back]}", "when: subprocess.getoutput", "bad-guard", "when: ^subprocess"),
    Broken("a guard names no state", "when: {check: [back]}", "when: {chek: [back]}", "unknown-guard-state", "{^chek"),
    Broken(
        "a guard names no trigger", "when: {check: [back]}", "when: {check: [bak]}", "unknown-guard-trigger", "[^bak"
    ),
    Broken(
        "a guard reads an ending", "when: {check: [back]}", "when: {ended: lost}", "unknown-guard-trigger", "^lost}}\n"
    ),
    Broken(
        "a guard reads a removed state",
        "when: {check: [back]}",
        "when: {old: gone}",
        "unknown-guard-trigger",
        "{old: ^gone",
    ),
    Broken(
        "a guard of lost names no state", "{not: {help: lost}}", "{not: {hilf: lost}}", "unknown-guard-state", "{^hilf"
    ),
    Broken(
        "a guard on a text names no state",
        "です。, when: {check",
        "です。, when: {chek",
        "unknown-guard-state",
        "{^chek",
    ),
    Broken(
        "a guard on a note names no trigger",
        "hint, when: {check: back",
        "hint, when: {check: bak",
        "unknown-guard-trigger",
        "^bak",
    ),
    Broken(
        "a guard asks a question for results",
        "when: {check: [back]}",
        "when: {check: [code-1]}",
        "unknown-guard-trigger",
        "[^code-1",
    ),
    # names of other things
    Broken("the start is no state", "start: ask", "start: aks", "unknown-target", "start: ^aks"),
    Broken("lost leads to no state", "- to: ended", "- to: endet", "unknown-target", "to: ^endet"),
    Broken("a choice leads to no state", "戻る, to: ask", "戻る, to: aks", "unknown-target", "to: ^aks"),
    Broken("a target in a list is no state", "- try\n", "- tri\n", "unknown-target", "- ^tri\n"),
    Broken(
        "a guarded target is no state",
        "{to: check, when: {check",
        "{to: chek, when: {check",
        "unknown-target",
        "to: ^chek",
    ),
    Broken("a result leads to no state", "signed-in: ended", "signed-in: endet", "unknown-target", "signed-in: ^endet"),
    Broken("what is gone leads to no state", "gone: check", "gone: chek", "unknown-target", "gone: ^chek"),
    Broken("a choice calls", "戻る, to: ask", "戻る, to: os.system", "unknown-target", "to: ^os.system"),
    Broken("a choice leads to a removed state", "戻る, to: ask", "戻る, to: old", "removed-target", "to: ^old}"),
    Broken(
        "a removed state has a title", "gone: check\n", "gone: check\n    title: x\n", "gone-with-more", "^gone: che"
    ),
    Broken("a former name is no id", "was: [checked]", "was: [Again x]", "bad-id", "was: [^Again x"),
    Broken("a guard says or", "when: {not: {help: lost}}", "when: {or: [{help: lost}]}", "bad-guard", "when: ^{or"),
    Broken("a removed state leads to itself", "gone: check", "gone: old", "removed-target", "gone: ^old"),
    Broken("a stage is not declared", "stage: first", "stage: frist", "unknown-stage", "stage: ^frist"),
    Broken("an outcome is not declared", "outcome: resolved", "outcome: solved", "unknown-outcome", "outcome: ^solved"),
    Broken("a note does not exist", "notes: [hint,", "notes: [hind,", "unknown-note", "[^hind"),
    Broken("a screen is not drawn", "screen: entry\n", "screen: enter\n", "unknown-screen", "screen: ^enter"),
    Broken("a choice's screen is not drawn", "screen: entry}", "screen: enter}", "unknown-screen", "screen: ^enter"),
    Broken("a fact does not exist", "{phone}に", "{fone}に", "unknown-fact", '- ^"{fone}'),
    Broken("a fact in a label does not exist", "label: 戻る", 'label: "{fone}"', "unknown-fact", 'label: ^"{fone'),
    Broken("a fact in a message does not exist", "text: 本文", 'text: "{fone}"', "unknown-fact", 'text: ^"{fone'),
    Broken("a link runs a script", "(https://example.com/)", "(javascript:alert)", "bad-link", '- ^"{phone}'),
    Broken("a link is relative", "(https://example.com/)", "(/login)", "bad-link", '- ^"{phone}'),
    Broken("a link has no scheme", "(https://example.com/)", "(example.com)", "bad-link", '- ^"{phone}'),
    Broken("a link to a fact that does not exist", "(https://example.com/)", "({fone})", "unknown-fact", '- ^"{phone}'),
    # what a state is
    Broken(
        "a removed state still ends",
        "gone: check\n",
        "gone: check\n    outcome: resolved\n",
        "gone-with-more",
        "^gone: check",
    ),
    Broken(
        "an ending has choices",
        "    outcome: resolved\n",
        "    outcome: resolved\n    choices: {a: {label: b, to: ask}}\n",
        "ending-with-choices",
        "^outcome: resolved",
    ),
    Broken(
        "an ending runs a sign-in",
        "    outcome: resolved\n",
        "    outcome: resolved\n    invoke: sign-in\n",
        "ending-with-choices",
        "^outcome: resolved",
    ),
    Broken(
        "a question has a message",
        "    was: [checked]\n",
        "    message: {to: helpdesk, subject: a, text: b}\n",
        "message-without-outcome",
        "^message: {to: helpdesk, subject: a",
    ),
    Broken(
        "a state leads nowhere", "    choices:\n      found: {label: あった, to: ask}\n", "", "loose-end", "  ^help:\n"
    ),
    Broken("results come from nowhere", "    invoke: sign-in\n", "", "results-without-invoke", "^results"),
    Broken("something else is invoked", "invoke: sign-in", "invoke: os.system", "unknown-invoke", "^invoke"),
    Broken("no result is the default", ", default: check", "", "missing-default", "^results"),
    Broken(
        "a sign-in has no results",
        "    results: {signed-in: ended, default: check}\n",
        "",
        "missing-default",
        "  ^try:\n",
    ),
    Broken("a result never comes", "signed-in: ended", "signedin: ended", "unknown-result", "^signedin"),
    Broken("a code begins with zero", "signed-in: ended", "code-050126: ended", "unknown-result", "^code-050126"),
    Broken("a choice is named as a result", "closed: {", "signed-in: {", "trigger-used-twice", "results: {^signed-in"),
    Broken("a result of the flow never comes", "{code-1: ask}", "{signedin: ask}", "unknown-result", "{^signedin"),
    Broken("a result of the flow leads nowhere", "code-1: ask", "code-1: aks", "unknown-target", "code-1: ^aks"),
    Broken("a result of the flow leads to a removed state", "code-1: ask", "code-1: old", "removed-target", "1: ^old"),
    Broken("a result of the flow has no target", "code-1: ask", "code-1: []", "empty-value", "code-1: ^[]"),
    Broken("a result of the flow is no id", "code-1: ask", "Code-1: ask", "bad-id", "{^Code-1"),
    Broken(
        "a result of the flow stands behind one that always wins",
        "code-1: ask",
        "code-1: [ask, check]",
        "dead-target",
        "[ask, ^check",
    ),
    Broken(
        "a guard of the flow's results names no state",
        "code-1: ask",
        "code-1: [{to: check, when: {chek: back}}, ask]",
        "unknown-guard-state",
        "when: {^chek",
    ),
    Broken(
        "a guard of the flow's results names no trigger",
        "code-1: ask",
        "code-1: [{to: check, when: {check: bakc}}, ask]",
        "unknown-guard-trigger",
        "check: ^bakc",
    ),
    Broken(
        "a choice is named as a result of the flow", "closed: {", "code-1: {", "trigger-used-twice", "^code-1: {label"
    ),
    Broken(
        "a result of the flow is closed at times",
        "code-1: ask",
        "code-1: [{to: check, when: {check: back}}]",
        "closed-result",
        "  ^try:\n",
    ),
    Broken("an error page signs in", "invoke: sign-in", "invoke: error-code", "unknown-result", "results: {^signed-in"),
    Broken("a former name is in use", "was: [checked]", "was: [help]", "former-name-in-use", "was: [^help"),
    Broken(
        "a former name belongs to two",
        "  help:\n",
        "  help:\n    was: checked\n",
        "former-name-in-use",
        "was: ^checked\n",
    ),
    Broken("two states share a number", "no: 2\n", "no: 1\n", "duplicate-number", "no: ^1\n    was"),
    Broken(
        "a target stands behind one that always wins",
        "          - try\n",
        "          - try\n          - help\n",
        "dead-target",
        "- ^help",
    ),
    Broken(
        "a result stands behind one that always wins",
        "default: check}",
        "default: [check, help]}",
        "dead-target",
        "[check, ^help",
    ),
    Broken("braces hold no fact", "{phone}に", "{Phone}に", "stray-braces", '- ^"{Phone'),
    Broken(
        "a link has full-width parentheses",
        "](https://example.com/)",
        "]（https://example.com/）",
        "bad-link",
        '- ^"{phone',
    ),
    # the machine
    Broken(
        "nothing leads to a state",
        "to: help, when: {not: {help",
        "to: ended, when: {not: {help",
        "unreachable",
        "  ^help:\n",
    ),
    Broken(
        "a choice is never open",
        "      fine: {",
        "      x: {label: x, to: ask, when: {help: found, all: [{help: lost}]}}\n      fine: {",
        "never-open",
        "^x: {",
    ),
    Broken(
        "a result is never taken",
        "{signed-in: ended",
        "{cancelled: [{to: ask, when: {help: found, all: [{help: lost}]}}], signed-in: ended",
        "closed-result",
        "  ^try:\n",
    ),
    Broken(
        "a result is closed at times",
        "default: check}",
        "default: [{to: check, when: {check: back}}]}",
        "closed-result",
        "  ^try:\n",
    ),
    Broken("nobody gets out", "signed-in: ended", "signed-in: check", "no-way-out", "  ^ask:\n"),
    Broken("the lost get nowhere", "  - to: ended\n", "", "lost-never-ends", "^lost:\n"),
    Broken("the lost go round", "  - to: ended\n", "  - to: check\n", "lost-never-ends", "^lost:\n"),
    Broken("nobody cares for the lost", LOST, "", "no-lost", "^title: お手伝い"),
    Broken(
        "a page has seven choices",
        "      found: {",
        "".join(f"      c{n}: {{label: c, to: ask}}\n" for n in range(6)) + "      found: {",
        "too-many-choices",
        "^choices:\n      c0",
    ),
]


def broken(case: Broken) -> tuple[Loaded[Flow], Mark]:
    assert GOOD.count(case.old) == 1, case
    text = GOOD.replace(case.old, case.new)
    before, after = case.at.split("^")
    assert before + after in text, case
    start = text.index(before + after) + len(before)
    return load_flow("flow.yaml", text), Mark(text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))


def test_the_good_flow_gives_nothing() -> None:
    assert check_flow(load_flow("flow.yaml", GOOD), COMMON) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_broken_copy_is_told_with_its_place(case: Broken) -> None:
    loaded, mark = broken(case)
    found = [problem for problem in check_flow(loaded, COMMON) if problem.code == case.code]

    assert found, check_flow(loaded, COMMON)
    assert found[0].mark == mark


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_nothing_else_is_told_beside_it(case: Broken) -> None:
    loaded, _ = broken(case)

    assert {problem.code for problem in check_flow(loaded, COMMON)} - FOLLOWS.get(case.code, set()) == {case.code}


@pytest.mark.parametrize(
    ("old", "new", "advice"),
    [
        ("start: ask", "start: aks", "no state 'aks'; did you mean 'ask'?"),
        ("screen: entry\n", "screen: enttry\n", "no screen 'enttry'; did you mean 'entry'?"),
        ("{phone}に", "{phon}に", "no fact '{phon}'; did you mean 'phone'?"),
        ("check: [back]}", "check: [bakc]}", "'bakc' cannot be answered in 'check'; did you mean 'back'?"),
        ("signed-in: ended", "signd-in: ended", "did you mean 'signed-in'?"),
        ("    was: [", "    wass: [", "no key 'wass' is known here; did you mean 'was'?"),
        ("    was: [checked]\n", "    label: x\n", "the key 'label' belongs to a choice; check the indentation"),
        ("no: 2\n", "no: 1\n", "the number 1 belongs to 'ask' (line 11) already; 7 is free"),
        ("gone: check", "gone: old", "'gone' leads in a circle, old → old; name a state that is still there"),
        ("gone: check", "gone: older\n  older: {no: 51, gone: old}", "circle, older → old → older;"),
        (
            "戻る, to: ask}\n      fine: {label: よい, to: try}\n",
            "戻る, to: older}\n      fine: {label: よい, to: try}\n  older: {no: 51, gone: old}\n",
            "the state 'older' was removed (gone); lead to 'check' instead",
        ),
        ("when: {not: {help: lost}}", "when: {or: [{help: lost}]}", "list of triggers; did you mean 'any'?"),
        ("when: {not: {help: lost}}", "when: {nott: {help: lost}}", "list of triggers; did you mean 'not'?"),
        ("language: ja", "language: jp", "did you mean the language 'ja'?"),
        ("戻る, to: ask", "戻る, to: old", "the state 'old' was removed (gone); lead to 'check' instead"),
    ],
)
def test_a_problem_says_what_to_write_instead(old: str, new: str, advice: str) -> None:
    problems = check_flow(load_flow("flow.yaml", GOOD.replace(old, new)), COMMON)

    assert advice in str(problems[0].message)


def test_several_problems_of_one_flow_are_told_in_one_run() -> None:
    text = (
        GOOD.replace("start: ask", "start: aks")
        .replace("no: 2\n", "no: 02\n")
        .replace("stage: first", "stage: frist")
        .replace("title: 助けます\n", "title: 手順 #1\n")
        .replace("signed-in: ended", "signd-in: ended")
    )
    problems = check_flow(load_flow("flow.yaml", text), COMMON)

    assert {problem.code for problem in problems} == {
        "unknown-target",
        "bad-number",
        "unknown-stage",
        "cut-by-comment",
        "unknown-result",
    }


def test_what_leads_to_a_state_that_cannot_be_read_is_not_told_beside_it() -> None:
    problems = check_flow(load_flow("flow.yaml", GOOD.replace("title: 確かめます", "titel: 確かめます")), COMMON)

    assert [problem.code for problem in problems] == ["unknown-key"]


def test_only_what_is_a_matter_of_taste_is_a_warning() -> None:
    warned = {case.code for case in CASES for problem in _problems(case) if problem.severity == "warning"}

    assert warned == {"no-lost", "too-many-choices", "stray-braces"}


def _problems(case: Broken) -> list[Problem]:
    return check_flow(broken(case)[0], COMMON)


def test_no_way_out_and_lost_name_the_answers_that_lead_there() -> None:
    text = GOOD.replace("      found: {label: あった, to: ask}", "      found: {label: あった, to: help}")
    problems = check_flow(load_flow("flow.yaml", text), COMMON)

    assert [problem.code for problem in problems] == ["no-way-out"]
    assert str(problems[0].message) == "from 'help' at /ja/flow/ask.lost/, no ending can be reached"


@pytest.mark.parametrize(
    ("lost", "why"),
    [
        ("ask", "no 'lost' is open in 'ask', because"),
        ("[{to: help, when: {ask: seen}}]", "no 'lost' is open in 'ask', because"),
        ("[{to: help, when: {not: {help: lost}}}, check]", "no 'lost' is open in 'check', because"),
        ("[{to: help, when: {not: {help: lost}}}, check, ask]", "it leads in a circle, check → ask → check;"),
    ],
)
def test_the_lost_who_never_end_are_told_once_with_one_way_to_see_it(lost: str, why: str) -> None:
    problems = check_flow(load_flow("flow.yaml", GOOD.replace(LOST, f"lost: {lost}\n")), COMMON)
    told = [problem for problem in problems if problem.code == "lost-never-ends"]

    assert [problem.mark for problem in told] == [Mark(5, 1)]
    assert f"such as from 'ask' at /ja/flow/: {why}" in str(told[0].message)


def test_a_default_of_the_flow_is_enough_for_every_state() -> None:
    text = GOOD.replace(", default: check}", "}").replace("{code-1: ask}", "{default: check}")

    assert check_flow(load_flow("flow.yaml", text), COMMON) == []


def test_an_error_code_page_needs_no_results_of_its_own() -> None:
    text = GOOD.replace("invoke: sign-in", "invoke: error-code").replace(
        "    results: {signed-in: ended, default: check}\n", ""
    )
    text = text.replace("{code-1: ask}", "{code-1: ended, default: check}")

    assert check_flow(load_flow("flow.yaml", text), COMMON) == []


def test_getting_stuck_after_certain_answers_only_is_found() -> None:
    text = GOOD.replace("あった, to: ask}", "あった, to: ended, when: {ask: again}}")
    problems = check_flow(load_flow("flow.yaml", text), COMMON)

    assert [str(problem) for problem in problems] == [
        "flow.yaml:35:3: from 'help' at /ja/flow/ask.lost/, no ending can be reached [no-way-out]"
    ]


def test_too_many_configurations_are_told_and_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checker, "explore", partial(explorer.explore, maximum=500))
    questions = "".join(
        f"  q{n}: {{no: {n}, title: t, choices: {{a: {{label: a, to: q{n + 1}}}, b: {{label: b, to: q{n + 1}}}}}}}\n"
        for n in range(1, 10)
    )
    reads = "".join(f"      - {{text: t, when: {{q{n}: a}}}}\n" for n in range(1, 10))
    head = "title: t\nlanguage: ja\nstart: q1\nlost: q10\noutcomes: {o: o}\nstates:\n"
    end = f"  q10:\n    no: 10\n    title: t\n    outcome: o\n    text:\n{reads}"
    problems = check_flow(load_flow("flow.yaml", head + questions + end), Common())

    assert [problem.code for problem in problems] == ["too-many-configurations"]
    assert problems[0].severity == "error"


def test_too_many_configurations_are_told_where_the_most_answers_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checker, "explore", partial(explorer.explore, maximum=2))
    text = GOOD.replace("back: {label: 戻る,", "back: {label: 戻る, when: {any: [{ask: again}, {ask: seen}]},")
    problems = check_flow(load_flow("flow.yaml", text), COMMON)

    before = text[: text.index("when: {any")]
    place = Mark(before.count("\n") + 1, len(before.rsplit("\n", 1)[1]) + 1)
    assert [(problem.code, problem.mark) for problem in problems] == [("too-many-configurations", place)]


@pytest.mark.parametrize("state", ["{no: x, title: t, outcome: resolved}", "{no: 1, title: t, outcome: resolved}"])
def test_the_last_of_a_thousand_problems_says_that_there_are_more(state: str) -> None:
    text = GOOD.replace("results: {code-1", "".join(f"  s{n}: {state}\n" for n in range(1_200)) + "results: {code-1")
    problems = check_flow(load_flow("flow.yaml", text), COMMON)
    codes = [problem.code for problem in problems]

    assert len(codes) == 1_000
    assert (codes.count("too-many-problems"), codes[-1]) == (1, "too-many-problems")


def test_a_flow_that_cannot_be_read_at_all_is_told_once() -> None:
    problems = check_flow(load_flow("flow.yaml", "- a\n"), Common())

    assert [problem.code for problem in problems] == ["wrong-type"]


def test_every_text_without_a_translation_is_told_at_its_place() -> None:
    loaded = load_flow("flow.yaml", GOOD)
    assert loaded.data is not None
    assert loaded.document is not None
    entries = list(flow_entries(loaded.data))
    key = ("check.title", "確かめます")
    translated = {(entry.context, entry.source): "words" for entry in entries if entry.context != "ask.text"}
    problems = list(check_words(entries, loaded.document, Words("en", translated, frozenset({key}))))

    assert [(problem.code, problem.severity, problem.mark) for problem in problems] == [
        ("missing-translation", "warning", Mark(17, 9)),
        ("missing-translation", "warning", Mark(18, 9)),
        ("stale-translation", "warning", Mark(31, 12)),
    ]


GOOD_SCREENS = """\
screens:
  entry:
    name: 入力の画面
    host: login.example.com
    wording:
      ja:
        drawing:
          - icon: lock
          - title: 入力
          - buttons: [戻る, 次へ]
        look: 次へ
        aliases: [入力してください]
        says: [入力と出ました, 次へのボタンがある, 何か入れる画面]
      en:
        drawing:
          - icon: lock
          - title: Entry
          - buttons: [Back, Next]
        look: Next
        says: [it says entry, a button next, something to type]
"""

SCREEN_CASES = [
    Broken("a page of the web has no host", "    host: login.example.com\n", "", "missing-key", "  ^entry:\n"),
    Broken("a screen has no name", "    name: 入力の画面\n", "", "missing-key", "  ^entry:\n"),
    Broken("a frame is unknown", "    host:", "    frame: tv\n    host:", "bad-value", "frame: ^tv"),
    Broken("an element is unknown", "- title: Entry", "- headline: Entry", "bad-drawing", "- ^headline"),
    Broken(
        "an icon is unknown",
        "- icon: lock\n          - title: 入",
        "- icon: cat\n          - title: 入",
        "bad-drawing",
        "- ^icon: cat",
    ),
    Broken(
        "an element has two kinds", "- title: Entry", "- {title: Entry, text: a}", "bad-drawing", "- ^{title: Entry"
    ),
    Broken("an element is a text", "- title: Entry", "- Entry", "bad-drawing", "- ^Entry"),
    Broken("an element is empty", "- title: Entry", "- title: ''", "empty-value", "^"),
    Broken("an element has no buttons", "[Back, Next]", "[]", "empty-value", "^"),
    Broken("look names nothing", "look: 次へ", "look: 次に", "bad-look", "look: ^次に"),
    Broken("look names two things", "title: 入力", "title: 次へ", "bad-look", "look: ^次へ"),
    Broken("look is missing", "        look: Next\n", "", "missing-key", "^en:"),
    Broken("a language has a button more", "[Back, Next]", "[Back, Help, Next]", "drawing-differs", "^en:"),
    Broken(
        "a language has another order",
        "          - icon: lock\n          - title: Entry\n",
        "          - title: Entry\n          - icon: lock\n",
        "drawing-differs",
        "^en:",
    ),
    Broken("a key is misspelt", "aliases: [入", "alias: [入", "unknown-key", "^alias: ["),
]


CODE = "{name: N, who: customer, text: a}"


def check_shared(name: str, text: str) -> list[Problem]:
    """Check one of the files that flows share as a catalogue does."""
    models: Mapping[str, type[Facts] | type[Notes] | type[Screens] | type[Codes]] = {
        "facts": Facts,
        "notes": Notes,
        "screens": Screens,
        "codes": Codes,
    }
    loaded = load(f"{name}.yaml", text, models[name], name)
    parts = {name: getattr(loaded.data, name)} if loaded.data is not None else {}
    documents: dict[str, Document] = {} if loaded.document is None else {name: loaded.document}
    return [*loaded.problems, *check_common(Common(**parts), documents)]


def test_good_codes_give_nothing() -> None:
    assert check_shared("codes", f"codes: {{50126: {CODE}, unknown: {{who: helpdesk, text: [a, b]}}}}\n") == []


def test_good_screens_give_nothing() -> None:
    assert check_shared("screens", GOOD_SCREENS) == []


@pytest.mark.parametrize("case", SCREEN_CASES, ids=lambda case: case.name)
def test_a_broken_screen_is_told_with_its_place(case: Broken) -> None:
    assert GOOD_SCREENS.count(case.old) == 1
    text = GOOD_SCREENS.replace(case.old, case.new)
    problems = check_shared("screens", text)

    assert [problem.code for problem in problems] == [case.code]
    if case.at != "^":
        before, after = case.at.split("^")
        start = text.index(before + after) + len(before)
        assert problems[0].mark == Mark(text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))


@pytest.mark.parametrize(
    ("name", "text", "code", "mark"),
    [
        ("facts", "facts: {phone: {about: 電話}}\n", "missing-key", Mark(1, 9)),
        ("facts", "facts: {Phone: {about: 電話, text: 番号}}\n", "bad-id", Mark(1, 9)),
        ("facts", "facts: {phone: 番号}\n", "wrong-type", Mark(1, 16)),
        ("facts", 'facts: {phone: {about: a, text: "{fone}"}}\n', "unknown-fact", Mark(1, 33)),
        ("notes", "notes: {hint: {title: a, text: []}}\n", "empty-value", Mark(1, 32)),
        ("notes", 'notes: {hint: {title: a, text: ["{fone}"]}}\n', "unknown-fact", Mark(1, 33)),
        ("notes", 'notes: {hint: {title: "[a](b)", text: c}}\n', "bad-link", Mark(1, 23)),
        ("notes", "notes:\n", "empty-value", Mark(1, 7)),
        ("codes", "codes: {50126: {who: customer, text: a}}\n", "missing-unknown", Mark(1, 1)),
        ("codes", f"codes: {{x1: {CODE}, unknown: {CODE}}}\n", "bad-value", Mark(1, 9)),
        ("codes", f"codes: {{050126: {CODE}, unknown: {CODE}}}\n", "bad-value", Mark(1, 9)),
        ("codes", f"codes: {{５: {CODE}, unknown: {CODE}}}\n", "bad-value", Mark(1, 9)),
        ("codes", f"codes: {{123456789: {CODE}, unknown: {CODE}}}\n", "bad-value", Mark(1, 9)),
        ("codes", "codes: {unknown: {who: helpdesk}}\n", "missing-key", Mark(1, 9)),
        ("codes", "codes: {unknown: {text: a}}\n", "missing-key", Mark(1, 9)),
        ("codes", "codes: {unknown: {who: nobody, text: a}}\n", "bad-value", Mark(1, 24)),
        ("codes", "codes: {unknown: {who: helpdesk, text: []}}\n", "empty-value", Mark(1, 40)),
        ("codes", "codes: {unknown: {who: helpdesk, what: a, text: a}}\n", "unknown-key", Mark(1, 34)),
        ("codes", 'codes: {unknown: {who: helpdesk, text: "{fone}"}}\n', "unknown-fact", Mark(1, 40)),
    ],
)
def test_a_broken_fact_note_or_code_is_told_with_its_place(name: str, text: str, code: str, mark: Mark) -> None:
    problems = check_shared(name, text)

    assert [(problem.code, problem.mark) for problem in problems] == [(code, mark)]
