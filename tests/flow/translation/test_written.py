"""PO files are written back as they were read, whatever somebody's tool made of them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.flow.translation import read_words
from assistant.flow.translation.written import Field, new_entry, read_entries, write_entries

ROOT = Path(__file__).parents[3]
SHIPPED = sorted([*ROOT.glob("flows/*/locales/*.po"), *ROOT.glob("templates/locales/*.po")])

BUSY = """\
# A remark on the file.
# Two lines.
msgid ""
msgstr "Language: en\\n"

# ---- a section ----

# What a translator wrote.
#. 12 · /en/12
#: flow.yaml:3
#, fuzzy, no-wrap
#| msgctxt "ask.title"
#| msgid ""
#| "before\\n"
#| "before\\n"
msgctxt "ask.title"
msgid ""
"wrapped "
"by a tool"
msgstr "said"

# Nobody needs this one.
#, fuzzy
#~| msgid "older"
#~ msgctxt "ask.text"
#~ msgid "old"
#~ msgstr "gone"

msgid "one"
msgid_plural "many"
msgstr[0] "1"
msgstr[1] "2"

# A remark at the end.
"""


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_shipped_file_is_written_back_letter_by_letter(path: Path) -> None:
    text = path.read_text("utf-8")

    assert write_entries(read_entries(text)) == text


def test_remarks_flags_previous_texts_plurals_and_obsolete_entries_are_kept() -> None:
    assert write_entries(read_entries(BUSY)) == BUSY


def test_texts_over_several_lines_are_read_whole() -> None:
    entry = read_entries(BUSY)[1]

    assert entry.key == ("ask.title", "wrapped by a tool")
    assert entry.previous[-1].text == "before\nbefore\n"


def test_line_ends_of_windows_are_no_part_of_a_text() -> None:
    assert read_entries(BUSY.replace("\n", "\r\n")) == read_entries(BUSY)


words = st.text(st.sampled_from('ab日{}"\\\n\t|#~ ,'), max_size=30)


@given(words, words.filter(bool), words)
def test_whatever_is_written_is_read_back_by_us_and_by_babel(context: str, source: str, said: str) -> None:
    text = write_entries([new_entry(context, source, said)])
    found, problems = read_words("en.po", text, "en")

    (entry,) = read_entries(text)
    assert (entry.key, entry.text("msgstr")) == ((context, source), said)
    assert (problems, found.say(context, source)) == ([], said or source)


@given(words)
def test_a_field_keeps_its_text(text: str) -> None:
    (entry,) = read_entries("\n".join(('msgid "x"', *Field.of("msgstr", text).lines)))

    assert entry.text("msgstr") == text
