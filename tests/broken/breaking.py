"""Good files and how to break them: each way replaces words that stand once, and marks the place to be told."""

from pathlib import Path
from typing import NamedTuple

from tests.flow.good_flow import GOOD, SHARED

HERE = "‸"
ENGLISH = """\
msgctxt "title"
msgid "お手伝い"
msgstr "Help"
"""
STORY = """\
scenarios:
  - title: また出た
    answers: [ask.again, try.signed-in]
    ends: resolved
    through: [try]
    mentions: [おわり]
"""
CODES = """\
codes:
  50126: {who: customer, text: 入れ直します。}
  unknown: {who: helpdesk, text: 番号を伝えます。}
"""
FILES = {
    "demo/flow.yaml": GOOD,
    "demo/scenarios.yaml": STORY,
    "demo/locales/en.po": ENGLISH,
    **{f"common/{name}": text for name, text in SHARED.items()},
    "common/codes.yaml": CODES,
    "common/elsewhere.yaml": "elsewhere:\n  ja: [今日は天気がよい]\n",
}
# What is told of a story that leaves answers out, and of a translation that has only begun, is not about the break.
ASIDE = frozenset({"untested-transition", "missing-translation"})


class Way(NamedTuple):
    """One way to break the good files: in `file` replace `old` by `new`, in which `‸` marks the place; then `code`.

    Where the place is elsewhere, `at` are the words of its line, and `told_in` is its file. `also` are codes that
    honestly follow from the same mistake.
    """

    name: str
    code: str
    old: str
    new: str
    file: str = "demo/flow.yaml"
    also: frozenset[str] = frozenset()
    encoding: str = "utf-8"
    at: str = ""
    told_in: str = ""


def broken(way: Way) -> tuple[str, int]:
    """Return the broken file, and the line to be told."""
    text = FILES[way.file]
    assert text.count(way.old) == 1, (way.name, text.count(way.old))
    marked = text.replace(way.old, way.new if HERE in way.new else HERE + way.new)
    before, _, after = marked.partition(HERE)
    whole = before + after
    if way.at:
        place = FILES[way.told_in] if way.told_in else whole
        before = place[: place.index(way.at)]
    return whole, before.count("\n") + 1


def write(folder: Path, way: Way) -> int:
    """Write the files of a way into an empty folder; returns the line to be told."""
    text, line = broken(way)
    write_files(folder, {way.file: text.encode(way.encoding, "surrogatepass")})
    return line


def write_files(folder: Path, replaced: dict[str, bytes]) -> None:
    """Write the good files, some of them replaced, into an empty folder."""
    for name, content in {**{name: text.encode() for name, text in FILES.items()}, **replaced}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
