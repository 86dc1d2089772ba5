"""Texts of flows as CommonMark, read by a parser that nobody here wrote: they say just what they say on a page."""

import re
from html import escape, unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.flow.markup import Voice, escaped, html, markdown

READER = MarkdownIt("commonmark")
VOICE = Voice(lambda name: f"<{name}>*_", lambda label: label)


def words(page: str) -> str:
    """The words of HTML, with any white space as one space."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", page))).strip()


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1))
def test_plain_words_say_just_these_words(text: str) -> None:
    assert READER.render(escaped(text)) == "<p>" + escape(text, quote=False).replace('"', "&quot;") + "</p>\n"


@pytest.mark.parametrize(
    "text",
    [
        "一行目\n二行目",
        "- 一つ目\n- 二つ目",
        "1. 一つ目\n2. 二つ目\n\nそのあと",
        "**「太字」**です",
        "[次へ] を押します",
        "[案内](https://example.com/a_b?c=d*e)",
        "{phone}へ",
        "# 見出しではない",
        "1986. 年ではない",
    ],
)
def test_a_text_says_the_same_as_on_a_page(text: str) -> None:
    assert words(READER.render(markdown(text, VOICE))) == words(html(text, VOICE))


def test_a_list_stays_a_list_and_a_link_a_link() -> None:
    rendered = READER.render(markdown("- 一つ目\n- [案内](https://example.com/)", VOICE))

    assert rendered.count("<li>") == 2
    assert '<a href="https://example.com/">案内</a>' in rendered
