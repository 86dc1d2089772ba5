"""Ways to break a file itself: how it is saved, its YAML, its keys and ids."""

from tests.broken.breaking import Way

TITLE = "title: 確かめます"
BACK = "back: {label: 戻る, to: ask}"
STAGES = "stages: {first: ①入力}"
NOTES = "notes: [hint, {note: hint, when: {check: back}}]"

WAYS = [
    # how it is saved
    *(
        Way(f"saved as {encoding}", "not-utf-8", "title: お手伝い", "‸title: お手伝い", encoding=encoding)
        for encoding in ("cp932", "shift_jisx0213", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
    ),
    Way("a lone surrogate in bytes", "not-utf-8", TITLE, "title: ‸\ud800確かめます", encoding="utf-8"),
    *(
        Way(f"an invisible character U+{ord(sign):04X}", "control-character", TITLE, f"title: ‸確{sign}かめます")
        for sign in "\0\x07\x1b\x7f\x85\xad\u200b\u200e\u202e\u2028\u2066\u2060\u061c\ufeff\ufffe\U000e0041"
    ),
    Way("an escaped bell", "control-character", TITLE, 'title: ‸"確\\aかめます"'),
    Way("an escaped right-to-left", "control-character", TITLE, 'title: ‸"確\\u202eかめます"'),
    Way("an invisible character in a comment", "control-character", TITLE, f"{TITLE} # ‸前\u202e後"),
    Way("an invisible character in a key", "control-character", "  check:\n", "  ‸che\u200bck:\n"),
    Way("a character lost in saving", "lost-character", TITLE, "title: ‸確\ufffdかめます"),
    Way("an escaped surrogate", "escape", TITLE, 'title: ‸"\\ud83d\\ude00"'),
    # signs of another keyboard
    Way("a full-width colon", "full-width-colon", TITLE, "‸title：確かめます"),
    Way("a full-width colon in braces", "full-width-colon", BACK, "back: {label‸：戻る, to: ask}"),
    Way("a full-width colon in the last key of braces", "full-width-colon", BACK, "back: {label: 戻る, ‸to：ask}"),
    Way("a full-width colon behind a state", "full-width-colon", "  check:\n", "  ‸check：\n"),
    Way("a full-width colon at the margin", "full-width-colon", "language: ja", "‸language：ja"),
    Way("a full-width colon in a stage", "full-width-colon", STAGES, "stages: {‸first：①入力}"),
    Way("a full-width space behind a colon", "full-width-space", TITLE, "‸title:　確かめます"),
    Way("a full-width space that indents", "full-width-space", f"    {TITLE}", f"‸　　{TITLE}"),
    Way(
        "a full-width space in a key",
        "full-width-space",
        TITLE,
        "‸　title: 確かめます",
        also=frozenset({"missing-key"}),
    ),
    Way("full-width brackets", "full-width-sign", NOTES, "notes: ‸［hint］"),
    Way("full-width braces", "full-width-sign", STAGES, "stages: ‸｛first: ①入力｝"),
    Way("full-width braces around a choice", "full-width-sign", BACK, "back: ‸｛label: 戻る, to: ask｝"),
    Way("a full-width comma", "full-width-sign", BACK, "back: {label: 戻る‸，to: ask}"),
    Way("a Japanese comma", "full-width-sign", BACK, "back: {label: 戻る‸、to: ask}"),
    Way("a Japanese comma between notes", "full-width-sign", NOTES, "notes: [‸hint、hint]"),
    Way("a full-width comma in a guard", "full-width-sign", "when: {check: [back]}", "when: {check: [‸back，back]}"),
    Way("a full-width hash sign", "full-width-sign", TITLE, f"{TITLE}\n    ‸＃ 説明"),
    Way("full-width hyphens", "full-width-sign", "          - try\n", "          ‸－ try\n"),
    Way(
        "full-width quotes around a key",
        "full-width-sign",
        TITLE,
        "‸“title”: 確かめます",
        also=frozenset({"missing-key"}),
    ),
    Way(
        "full-width letters in a key",
        "full-width-sign",
        TITLE,
        "‸ｔｉｔｌｅ: 確かめます",
        also=frozenset({"missing-key"}),
    ),
    Way("a full-width number", "bad-number", "no: 2\n", "no: ‸２\n"),
    Way("full-width letters in an id", "bad-id", "  old:\n", "  ‸ｏｌｄ:\n"),
    # what YAML reads otherwise
    Way("a tab", "tab", f"    {TITLE}", f"‸\t{TITLE}"),
    Way("a tab behind spaces", "tab", f"    {TITLE}", f"‸  \t{TITLE}"),
    Way("a cut text", "cut-by-comment", TITLE, "title: 手順 ‸#1 を見る"),
    Way("a cut text in braces", "cut-by-comment", BACK, "back: {label: 手順 ‸#1, to: ask}"),
    Way("a cut text in a list", "cut-by-comment", "script: 読み上げます。", "script:\n      - 手順 ‸#1\n      - 次"),
    Way("a cut text behind a tab", "cut-by-comment", TITLE, "title: 手順\t‸#1 を見る"),
    Way("nothing before the hash sign", "cut-by-comment", TITLE, "title: ‸#1 を見る"),
    Way("a button first", "bracket", TITLE, "title: ‸[次へ] を押します"),
    Way("a button first in braces", "bracket", BACK, "back: {label: ‸[次へ]を押す, to: ask}"),
    Way("a button first in a list", "bracket", "script: 読み上げます。", "script:\n      - ‸[次へ] を押します"),
    Way("a button alone", "wrong-type", TITLE, "title: ‸[次へ]"),
    Way("a fact first", "brace", TITLE, "title: ‸{phone} に電話します"),
    Way("a fact alone", "wrong-type", TITLE, "title: ‸{phone}"),
    *(
        Way(f"{sign} first", "special-start", TITLE, f"title: ‸{sign}重要")
        for sign in ("%", "@", "`", ">", "|", "* ", "& ", ", ", "] ", "} ", "? ", "- ", "!")
    ),
    Way("a star first in a list", "special-start", "script: 読み上げます。", "script:\n      - ‸*重要*"),
    Way("a per cent sign in braces", "special-start", BACK, "back: {label: ‸%引き, to: ask}"),
    Way("a star and a word", "alias", TITLE, "title: ‸*important"),
    Way("an ampersand and a word", "anchor", TITLE, "title: ‸&important 重要"),
    Way("an exclamation mark and a word", "tag", TITLE, "title: ‸!important 重要"),
    Way("a question mark as a key", "no-colon", TITLE, f"{TITLE}\n    ? ‸本当ですか"),
    Way("a colon in a text", "colon-in-text", TITLE, "title: ‸注意: 押さない"),
    Way("a colon in a listed text", "wrong-type", "script: 読み上げます。", "script:\n      - [‸注意: 押さない]"),
    Way("a comma in braces", "no-colon", BACK, "back: {label: はい, ‸戻る, to: ask}"),
    Way("no space behind a colon", "no-space", TITLE, "‸title:確かめます"),
    Way("no space behind a colon in braces", "no-space", BACK, "back: {‸label:戻る, to: ask}"),
    Way("text behind a quote", "after-quote", TITLE, 'title: "次へ"‸を押します'),
    Way("text behind a single quote", "after-quote", TITLE, "title: '次へ'‸を押します"),
    Way("text behind a quote in braces", "after-quote", BACK, 'back: {label: "次へ"‸を押す, to: ask}'),
    Way("a quote that is not closed", "open-quote", TITLE, 'title: ‸"確かめます'),
    Way("a single quote that is not closed", "open-quote", TITLE, "title: ‸'確かめます"),
    Way(
        "a quote in braces that is not closed",
        "open-quote",
        "      back: {label: 戻る, to: ask}\n      fine: {label: よい",
        '      back: {label: ‸"戻る, to: ask}\n      fine: {label: "よい"',
    ),
    Way(
        "a quote above another that is not closed",
        "open-quote",
        "    title: 確かめます\n    choices:\n      back: {label: 戻る",
        "    title: ‸'確かめます\n    choices:\n      back: {label: '戻る'",
    ),
    Way("a quote that nothing opens", "stray-quote", TITLE, 'title: ‸確かめます"'),
    Way("a quote that nothing opens in braces", "stray-quote", BACK, "back: {label: ‸戻る', to: ask}"),
    Way("a path in double quotes", "escape", TITLE, 'title: ‸"C:\\windows"'),
    Way("a brace that is not closed", "open-bracket", BACK, "back: ‸{label: 戻る, to: ask"),
    Way("a bracket that is not closed", "open-bracket", "was: [checked]", "was: ‸[checked"),
    Way("a bracket too many", "syntax", "was: [checked]", "was: [checked]‸]"),
    Way("no comma in braces", "missing-comma", "was: [checked]", "was: ['checked' ‸'tested']"),
    Way("a line too deep", "indentation", f"    {TITLE}", f"‸      {TITLE}"),
    Way("a line too shallow", "indentation", f"    {TITLE}", f"‸   {TITLE}"),
    Way("a list too shallow", "indentation", "          - try\n", "‸        - try\n"),
    Way("a line without a colon", "no-colon", TITLE, f"{TITLE}\n    ‸確かめます"),
    # what is not taken at all
    Way("a merge", "merge", BACK, "back: {label: 戻る, to: ask, ‸<<: {screen: entry}}"),
    Way(
        "an object of Python",
        "tag",
        TITLE,
        "title: ‸!!python/object/apply:os.system [touch owned]",
        also=frozenset({"wrong-type"}),
    ),
    Way(
        "a second document", "several-documents", "results: {code-1: ask}\n", "results: {code-1: ask}\n‸---\ntitle: x\n"
    ),
    Way("a key twice", "duplicate-key", TITLE, f"{TITLE}\n    ‸title: もう一度"),
    Way(
        "a state twice",
        "duplicate-key",
        "  old:\n",
        "  ‸check:\n    no: 7\n    title: もう一度\n    outcome: resolved\n  old:\n",
    ),
    Way("a choice twice", "duplicate-key", BACK, f"{BACK}\n      ‸back: {{label: 戻らない, to: ask}}"),
    Way("a list for a key", "bad-key", STAGES, "stages: {‸[a]: b, first: ①入力}"),
    Way("too deep", "too-deep", "script: 読み上げます。", f"script: ‸{'[' * 30}a{']' * 30}"),
    # keys and ids
    Way("a key is missing", "missing-key", "    no: 2\n", "", also=frozenset()),
    Way("a misspelt key", "unknown-key", TITLE, "‸titel: 確かめます", also=frozenset({"missing-key"})),
    Way(
        "a misspelt key of a choice",
        "unknown-key",
        BACK,
        "back: {‸lable: 戻る, to: ask}",
        also=frozenset({"missing-key"}),
    ),
    Way("a key of a choice in a state", "unknown-key", TITLE, f"{TITLE}\n    ‸label: 戻る"),
    Way("a key of a state in a choice", "unknown-key", BACK, "back: {label: 戻る, to: ask, ‸title: x}"),
    Way("a key of a state in the flow", "unknown-key", "language: ja", "language: ja\n‸notes: [hint]"),
    Way("a key of the flow in a state", "unknown-key", TITLE, f"{TITLE}\n    ‸language: ja"),
    Way("a key in another language", "unknown-key", TITLE, f"{TITLE}\n    ‸題名: x"),
    Way("a choice that is a key of the state", "unknown-key", TITLE, f"{TITLE}\n    ‸again: {{label: x, to: ask}}"),
    Way("a state in another", "unknown-key", TITLE, f"{TITLE}\n    ‸deep: {{no: 9, title: x}}"),
    Way("a key of the state among its choices", "wrong-type", BACK, f"{BACK}\n      script: ‸x"),
    Way("an empty title", "empty-value", TITLE, "‸title:"),
    Way("an empty list of targets", "empty-value", BACK, "back: {label: 戻る, to: ‸[]}"),
    Way(
        "a text for choices",
        "wrong-type",
        "    choices:\n      found: {label: あった, to: ask}\n",
        "    choices: ‸戻る\n",
    ),
    Way("a list for choices", "wrong-type", "      found: {label: あった", "      ‸- {label: あった"),
    Way("a list for a state", "wrong-type", "  old:\n    no: 5\n    gone: check\n", "  old: ‸[no, gone]\n"),
    Way("a number of letters", "bad-number", "no: 2\n", "no: ‸two\n"),
    Way("a number with a point", "bad-number", "no: 2\n", "no: ‸2.5\n"),
    Way("an octal number", "bad-number", "no: 2\n", "no: ‸012\n"),
    Way("a number of a time", "bad-number", "no: 2\n", "no: ‸1:30\n"),
    Way("a number twice", "duplicate-number", "no: 2\n", "no: ‸1\n"),
    Way("no lines of the manual", "bad-value", '"12, 34-41"', "‸34ページ"),
    Way("a language that is none", "bad-value", "language: ja", "language: ‸日本語"),
    Way("an id with a capital", "bad-id", "  old:\n", "  ‸Old:\n"),
    Way("an id of a path", "bad-id", "  old:\n", "  ‸../old:\n"),
    Way("an id too long", "bad-id", "  old:\n", f"  ‸{'o' * 41}:\n"),
    Way("an id with an underscore", "bad-id", "      closed: {", "      ‸has_closed: {"),
    *(
        Way(f"a state named {name}", "reserved-id", "  old:\n", f"  ‸{name}:\n")
        for name in ("con", "nul", "lpt9", "not")
    ),
    Way("a trigger named lost", "reserved-id", BACK, "‸lost: {label: 戻る, to: ask}"),
    Way("a trigger named default", "reserved-id", BACK, "‸default: {label: 戻る, to: ask}"),
    Way("a former name of another", "former-name-in-use", "was: [checked]", "was: [‸help]"),
    Way("a guard that is a word", "bad-guard", "when: {check: [back]}", "when: ‸back"),
    Way("a guard that is code", "bad-guard", "when: {check: [back]}", "when: ‸subprocess.getoutput"),
    Way("a guard that is empty", "bad-guard", "when: {check: [back]}", "when: ‸{}"),
    Way("a guard of a list", "bad-guard", "when: {check: [back]}", "when: ‸[check, back]"),
    Way("any of one", "bad-guard", "when: {check: [back]}", "when: ‸{any: {check: back}}"),
]
