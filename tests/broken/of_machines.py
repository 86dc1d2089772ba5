"""Ways to break a machine: where choices lead, what guards read, what a state is."""

from tests.broken.breaking import Way

BACK = "back: {label: 戻る, to: ask}"
GUARD = "when: {check: [back]}"

WAYS = [
    Way("the start is no state", "unknown-target", "start: ask", "start: ‸aks"),
    Way("the start is a page of the web", "unknown-target", "start: ask", "start: ‸https://example.com"),
    Way("a choice leads to no state", "unknown-target", BACK, "back: {label: 戻る, to: ‸aks}"),
    Way("a choice leads to two words", "unknown-target", BACK, "back: {label: 戻る, to: ‸ask check}"),
    Way("a choice leads to code", "unknown-target", BACK, "back: {label: 戻る, to: ‸os.system}"),
    Way("a choice leads to a template", "unknown-target", BACK, 'back: {label: 戻る, to: ‸"{{7*7}}"}'),
    Way("a choice leads to a path", "unknown-target", BACK, "back: {label: 戻る, to: ‸../../etc/passwd}"),
    Way("a choice leads to null", "unknown-target", BACK, "back: {label: 戻る, to: ‸null}"),
    Way("one of two targets is no state", "unknown-target", "          - try\n", "          - ‸tri\n"),
    Way("lost leads to no state", "unknown-target", "- to: ended", "- to: ‸endet"),
    Way("a result leads to no state", "unknown-target", "signed-in: ended", "signed-in: ‸endet"),
    Way("a result of the flow leads to no state", "unknown-target", "code-1: ask", "code-1: ‸aks"),
    Way("what is gone leads to no state", "unknown-target", "gone: check", "gone: ‸chek"),
    Way("a choice leads to what is gone", "removed-target", BACK, "back: {label: 戻る, to: ‸old}"),
    Way("lost leads to what is gone", "removed-target", "- to: ended", "- to: ‸old"),
    Way("a removed state leads to itself", "removed-target", "gone: check", "gone: ‸old"),
    Way("a guard reads no state", "unknown-guard-state", GUARD, "when: {‸chek: [back]}"),
    Way("a guard reads no state within not", "unknown-guard-state", GUARD, "when: {not: {‸chek: [back]}}"),
    Way(
        "a guard reads no state within any", "unknown-guard-state", GUARD, "when: {any: [{check: back}, {‸chek: back}]}"
    ),
    Way("a guard of lost reads no state", "unknown-guard-state", "{not: {help: lost}}", "{not: {‸hlp: lost}}"),
    Way("a guard reads no trigger", "unknown-guard-trigger", GUARD, "when: {check: [‸bakc]}"),
    Way("a guard reads a label", "unknown-guard-trigger", GUARD, "when: {check: [‸戻る]}"),
    Way("a guard reads an ending", "unknown-guard-trigger", GUARD, "when: {‸ended: lost}"),
    Way("a guard reads default", "unknown-guard-trigger", GUARD, "when: {‸try: default}"),
    Way(
        "a target behind one that always wins",
        "dead-target",
        "          - try\n",
        "          - try\n          - ‸check\n",
    ),
    Way("a result that never comes", "unknown-result", "signed-in: ended", "‸signedin: ended"),
    Way("a code with a zero first", "unknown-result", "signed-in: ended", "‸code-050126: ended"),
    Way("a result of the flow that never comes", "unknown-result", "code-1: ask", "‸signd-in: ask"),
    Way("no default", "missing-default", ", default: check", ""),
    Way("something else is run", "unknown-invoke", "invoke: sign-in", "‸invoke: signin"),
    Way("a command is run", "unknown-invoke", "invoke: sign-in", "‸invoke: os.system"),
    Way("results of nothing", "results-without-invoke", "    invoke: sign-in\n    results", "    ‸results"),
    Way("a choice named as a result", "trigger-used-twice", "closed: {", "signed-in: {", at="    results: {signed-in"),
    Way(
        "an ending with choices",
        "ending-with-choices",
        "    title: おわり\n",
        "    title: おわり\n    choices: {back: {label: 戻る, to: ask}}\n",
        at="    outcome: resolved",
    ),
    Way(
        "an ending that runs something",
        "ending-with-choices",
        "    title: おわり\n",
        "    title: おわり\n    invoke: sign-in\n",
        at="    outcome: resolved",
        also=frozenset({"missing-default"}),
    ),
    Way("a removed state with more", "gone-with-more", "gone: check\n", "‸gone: check\n    outcome: resolved\n"),
    Way(
        "a message of a question",
        "message-without-outcome",
        "    title: 助けます\n",
        "    title: 助けます\n    ‸message: {to: helpdesk, subject: a, text: b}\n",
    ),
    Way(
        "a loose end",
        "loose-end",
        "  help:\n    no: 3\n    title: 助けます\n    choices:\n      found: {label: あった, to: ask}\n",
        "  ‸help:\n    no: 3\n    title: 助けます\n",
    ),
    Way(
        "a state that nothing leads to",
        "unreachable",
        "  old:\n",
        "  ‸alone:\n    no: 7\n    title: ひとり\n    choices: {on: {label: 進む, to: ended}}\n  old:\n",
    ),
    Way(
        "two states that lead to each other only",
        "unreachable",
        "  old:\n",
        "  ‸one:\n    no: 7\n    title: 一\n    choices: {on: {label: 進む, to: two}}\n"
        "  two:\n    no: 8\n    title: 二\n    choices: {on: {label: 進む, to: one}}\n  old:\n",
    ),
    Way("nobody gets out", "no-way-out", "signed-in: ended", "signed-in: check", at="  ask:"),
    Way(
        "nobody gets out of one state",
        "no-way-out",
        "found: {label: あった, to: ask}",
        "found: {label: あった, to: help}",
        at="  help:",
    ),
    Way("the lost go round", "lost-never-ends", "  - to: ended\n", "  - to: check\n", at="lost:"),
    Way("the lost get nowhere", "lost-never-ends", "  - to: ended\n", "", at="lost:"),
    Way(
        "a result is closed at times",
        "closed-result",
        "default: check}",
        "default: [{to: check, when: {check: back}}]}",
        at="  try:",
    ),
]
