"""Ways to break words, what flows share, translations and promises."""

from tests.broken.breaking import Way

LINK = "[案内](https://example.com/)"
SCREENS = "common/screens.yaml"
CODES = "common/codes.yaml"
PO = "demo/locales/en.po"
STORIES = "demo/scenarios.yaml"

WAYS = [
    Way("no such stage", "unknown-stage", "stage: first", "stage: ‸frist"),
    Way("no such outcome", "unknown-outcome", "outcome: resolved", "outcome: ‸solved"),
    Way("no such note", "unknown-note", "notes: [hint, {", "notes: [‸hind, {"),
    Way("no such screen", "unknown-screen", "screen: entry\n", "screen: ‸enter\n"),
    Way("a screen that is a path", "unknown-screen", "screen: entry\n", "screen: ‸../../etc/passwd\n"),
    Way("no such screen of a choice", "unknown-screen", "screen: entry}", "screen: ‸enter}"),
    Way("no such fact", "unknown-fact", "{phone}に", "‸{fone}に"),
    Way("no such fact in a title", "unknown-fact", "title: 助けます", 'title: ‸"{fone}です"'),
    Way("a template of Jinja", "stray-braces", "title: 助けます", 'title: ‸"{{ 7*7 }}"'),
    Way("a fact in Japanese", "stray-braces", "title: 助けます", 'title: ‸"電話は {窓口} です"'),
    Way("a fact in full-width braces", "stray-braces", "title: 助けます", "title: ‸電話は｛phone｝です"),
    Way("a button in full-width brackets", "wide-button", "title: 助けます", "title: ‸［Shift］を押します"),
    Way("a bracket of each width", "wide-button", "title: 助けます", "title: ‸次の [Shift］を押します"),
    *(
        Way(f"a link to {target}", "bad-link", LINK, f"‸[案内]({target})")
        for target in (
            "javascript:alert",
            "data:text/html,x",
            "//evil.example",
            "/login",
            "example.com",
            "file:///etc/passwd",
        )
    ),
    Way("a link in full-width parentheses", "bad-link", LINK, "‸[案内]（https://example.com/）"),
    Way(
        "seven choices",
        "too-many-choices",
        "    choices:\n      found: {",
        "    ‸choices:\n" + "".join(f"      c{n}: {{label: c, to: ask}}\n" for n in range(6)) + "      found: {",
    ),
    # what flows share
    Way("a page of the web without a host", "missing-key", "frame: window, ", "", SCREENS),
    Way("no such frame", "bad-value", "frame: window", "frame: television", SCREENS),
    Way("no such element", "bad-drawing", "[title: 入力]", "[headline: 入力]", SCREENS),
    Way("no such icon", "bad-drawing", "[title: 入力]", "[icon: cat, title: 入力]", SCREENS),
    Way("an element that is a text", "bad-drawing", "[title: 入力]", "[入力]", SCREENS),
    Way("an empty drawing", "empty-value", "[title: 入力]", "[]", SCREENS),
    Way("a place to look at that is nowhere", "bad-look", "look: 入力", "look: 次へ", SCREENS),
    Way("a place to look at that is twice", "bad-look", "[title: 入力]", "[title: 入力, text: 入力]", SCREENS),
    Way(
        "few sentences",
        "few-sentences",
        "says: [入れるところ, 入力と出た, 何か書く画面]",
        "says: [入れるところ]",
        SCREENS,
    ),
    Way("a screen without a name", "missing-key", "name: 画面, ", "", SCREENS),
    Way("a misspelt key of a screen", "unknown-key", "says: [", "said: [", SCREENS, frozenset({"few-sentences"})),
    Way("a screen that is called by code", "tag", "name: 画面", "name: !!python/name:os.system x", SCREENS),
    Way("a fact without words", "missing-key", ", text: 窓口の番号", "", "common/facts.yaml"),
    Way("a fact with a capital", "bad-id", "phone:", "Phone:", "common/facts.yaml", frozenset({"unknown-fact"})),
    Way("a note without words", "missing-key", ", text: ヒントです。", "", "common/notes.yaml"),
    Way("a note that names no fact", "unknown-fact", "text: ヒントです。", 'text: "{fone}"', "common/notes.yaml"),
    Way(
        "a note that links to a script",
        "bad-link",
        "text: ヒントです。",
        'text: "[a](javascript:b)"',
        "common/notes.yaml",
    ),
    Way(
        "no unknown code",
        "missing-unknown",
        "  unknown: {who: helpdesk, text: 番号を伝えます。}\n",
        "",
        CODES,
        at="codes:",
    ),
    Way("a code of letters", "bad-value", "50126:", "AADSTS50126:", CODES),
    Way("a code of nobody", "bad-value", "who: customer", "who: ‸nobody", CODES),
    Way(
        "a code without words",
        "missing-key",
        "  50126: {who: customer, text: 入れ直します。}",
        "  ‸50126: {who: customer}",
        CODES,
    ),
    Way(
        "what has to do with no screen is a text",
        "wrong-type",
        "ja: [今日は天気がよい]",
        "ja: ‸今日は天気がよい",
        "common/elsewhere.yaml",
    ),
    Way(
        "shared words in CP932",
        "not-utf-8",
        "text: ヒントです。",
        "text: ヒントです。",
        "common/notes.yaml",
        frozenset({"unknown-note"}),
        "cp932",
    ),
    # translations and promises
    Way("a translation without a quote", "bad-po-file", 'msgstr "Help"', 'msgstr "Help', PO),
    Way("a translation outside quotes", "bad-po-file", 'msgstr "Help"', "msgstr Help", PO),
    Way(
        "a stale translation",
        "stale-translation",
        'msgctxt "title"',
        '#, fuzzy\nmsgctxt "title"',
        PO,
        at="title: お手伝い",
        told_in="demo/flow.yaml",
    ),
    Way("a translation in CP932", "not-utf-8", "お手伝い", "お手伝い", PO, encoding="cp932"),
    Way("a story that ends elsewhere", "scenario-fails", "ends: resolved", "ends: ‸ask", STORIES),
    Way("a story of no answers there are", "scenario-fails", "ask.again, ", "‸ask.agian, ", STORIES),
    Way("a story through no state", "scenario-fails", "through: [try]", "through: [‸trai]", STORIES),
    Way(
        "a story that mentions nothing there", "scenario-fails", "mentions: [おわり]", "mentions: [‸はじまり]", STORIES
    ),
    Way("an answer that is a label", "bad-answer", "ask.again, ", "‸また出た, ", STORIES),
    Way("an answer that is two words", "bad-answer", "ask.again, ", "‸ask again, ", STORIES),
    Way("a story without an end", "missing-key", "    ends: resolved\n", "", STORIES, at="  - title"),
    Way(
        "a misspelt key of a story",
        "unknown-key",
        "    ends: resolved",
        "    ‸end: resolved",
        STORIES,
        frozenset({"missing-key"}),
    ),
    Way(
        "a story in a full-width list",
        "full-width-sign",
        "[ask.again, try.signed-in]",
        "‸［ask.again, try.signed-in］",
        STORIES,
    ),
]
