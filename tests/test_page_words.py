"""The words of the pages themselves: every one of them is said in every language of the templates."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.flow.translation import Words, read_words
from assistant.web import door, drawing, private, speech
from assistant.web.identify import wording
from assistant.web.manual import condition, reading

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
LOCALES = sorted((TEMPLATES / "locales").glob("*.po"))


def _said() -> Iterator[str]:
    for path in TEMPLATES.rglob("*.html"):
        yield from re.findall(r'_\("([^"]+)"\)', path.read_text("utf-8"))
    yield from (
        speech.LOST_LABEL,
        speech.OUTSIDE,
        speech.UNSURE_LABEL,
        speech.CODE_RESULT,
        speech.OTHER_RESULT,
        speech.PAGE_NUMBER,
        speech.TRAIL,
        drawing.LOOK_HERE,
        private.SERVICE,
        *(door.CORRELATION_ID, door.REQUEST_ID, door.TIME, door.TIME_IN_JAPAN, door.SUBJECT),
    )
    yield from (reading.START, reading.MORE, reading.EVERYTHING, reading.OTHERWISE)
    yield from (condition.GIVEN, condition.NOT_GIVEN, condition.WHEN, condition.AND, condition.OR)
    yield from (condition.OR_ANSWER, condition.QUOTED, condition.LISTED, condition.AT_LEAST, condition.FEWER)
    yield from (words for message in door.MESSAGES.values() for words in message if words is not None)
    yield from speech.RESULT_LABELS.values()
    yield from drawing.KIND_NAMES.values()
    yield from (*wording.WORDED.values(), *wording.ANY.values())


def _words(path: Path) -> Words:
    words, problems = read_words(path.name, path.read_text("utf-8"), path.stem)
    assert problems == []
    return words


@pytest.mark.parametrize("path", LOCALES, ids=lambda path: path.stem)
def test_every_page_word_has_a_translation(path: Path) -> None:
    words = _words(path)

    assert [said for said in _said() if not words.has("", said)] == []


@pytest.mark.parametrize("path", LOCALES, ids=lambda path: path.stem)
def test_no_translation_is_left_over(path: Path) -> None:
    said = set(_said())

    assert [source for _, source in _words(path).translated if source not in said] == []
