"""The Markdown subset of texts: what it renders, and that nothing else ever gets through to a page."""

import time
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.flow.markup import Voice, html, inline, plain, plain_inline, safe_target, targets

HOSTILE = {
    "markup": "**太字** [印](https://evil.example/) 「次へ」",
    "tag": "<script>alert(1)</script>",
    "quote": "\"' onmouseover=alert(1) x='",
    "address": "https://service.example/?a=1&b=2",
    "script": "javascript:alert(1)",
    "braces": "{tag}",
}
VOICE = Voice(fact=lambda name: HOSTILE.get(name, "?"), label=lambda words: {"次へ": "Next"}.get(words, words))
PLAIN = Voice(fact=lambda name: name, label=lambda words: words)


class Page(HTMLParser):
    """What a browser makes of a piece of HTML: its tags with their attributes, and its words."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.others = 0
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_comment(self, data: str) -> None:
        self.others += 1

    def handle_decl(self, decl: str) -> None:
        self.others += 1

    def handle_pi(self, data: str) -> None:
        self.others += 1

    def unknown_decl(self, data: str) -> None:
        self.others += 1


@pytest.mark.parametrize(
    ("text", "rendered"),
    [
        ("語", "<p>語</p>"),
        ("一\n二", "<p>一<br>二</p>"),
        ("一\n\n二", "<p>一</p>\n<p>二</p>"),
        ("一\n  \n\n二\n", "<p>一</p>\n<p>二</p>"),
        ("- 一\n- 二", "<ul><li>一</li><li>二</li></ul>"),
        ("1. 一\n2. 二", "<ol><li>一</li><li>二</li></ol>"),
        ("先に:\n- 一\n- 二\n後で", "<p>先に:</p>\n<ul><li>一</li><li>二</li></ul>\n<p>後で</p>"),
        ("- 一\n1. 二", "<ul><li>一</li></ul>\n<ol><li>二</li></ol>"),
        ("-一\n1.二", "<p>-一<br>1.二</p>"),
        ("**太い**語", "<p><strong>太い</strong>語</p>"),
        ("**[次へ]を押す**", '<p><strong><span class="button-name">[Next]</span>を押す</strong></p>'),
        ("[次へ]を押す", '<p><span class="button-name">[Next]</span>を押す</p>'),
        ("[次](へ)", "<p>次</p>"),
        ("「次へ」と“次へ”と次へ", "<p>「Next」と“Next”と次へ</p>"),
        ("[窓口](https://e.example/?a=1&b)", '<p><a href="https://e.example/?a=1&amp;b">窓口</a></p>'),
        ("[窓口](mailto:a@e.example)", '<p><a href="mailto:a@e.example">窓口</a></p>'),
        ("[窓口]({address})", '<p><a href="https://service.example/?a=1&amp;b=2">窓口</a></p>'),
        ("[窓口]({script})", "<p>窓口</p>"),
        ("[窓口](javascript:x)", "<p>窓口</p>"),
        ("[窓口](//e.example)", "<p>窓口</p>"),
        ("[窓口](data:text/html,x)", "<p>窓口</p>"),
        ("{unknown}{Unknown}{次へ}", "<p>?{Unknown}{次へ}</p>"),
        ("{braces}", "<p>{tag}</p>"),
        ("<b>太い</b> &amp; {{ 7 * 7 }} {% x %}", "<p>&lt;b&gt;太い&lt;/b&gt; &amp;amp; {{ 7 * 7 }} {% x %}</p>"),
        ("{markup}", "<p>**太字** [印](https://evil.example/) 「次へ」</p>"),
        ("[{tag}]", '<p><span class="button-name">[&lt;script&gt;alert(1)&lt;/script&gt;]</span></p>'),
        (
            "[{quote}](https://e.example)",
            '<p><a href="https://e.example">&quot;&#x27; onmouseover=alert(1) x=&#x27;</a></p>',
        ),
        ("", ""),
    ],
)
def test_a_text_is_rendered_as_html(text: str, rendered: str) -> None:
    assert html(text, VOICE) == rendered


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("一\n二\n\n三", "一\n二\n\n三"),
        ("- 一\n- 二\n\n1. 三\n2. 四", "- 一\n- 二\n\n1. 三\n2. 四"),
        ("**太い**[次へ]「次へ」", "太い[Next]「Next」"),
        ("[窓口](https://e.example)", "窓口 (https://e.example)"),
        ("[窓口]({script})", "窓口"),
        ("{tag} & <b>", "<script>alert(1)</script> & <b>"),
    ],
)
def test_a_text_is_rendered_as_plain_words(text: str, said: str) -> None:
    assert plain(text, VOICE) == said


def test_a_line_is_rendered_without_a_block_around_it() -> None:
    assert inline("- [次へ]", VOICE) == '- <span class="button-name">[Next]</span>'
    assert plain_inline("- **[次へ]**", VOICE) == "- [Next]"


@pytest.mark.parametrize(
    "target", ["https://e.example", "http://e.example/a?b#c", "HTTPS://E.EXAMPLE", "mailto:a@b.example"]
)
def test_links_may_lead_to_the_web_and_to_mail(target: str) -> None:
    assert safe_target(target)


@pytest.mark.parametrize(
    "target",
    [
        *("javascript:alert(1)", "data:x", "vbscript:x", "blob:https://e.example", "ftp://e.example"),
        *("/a", "//e.example", "e.example", "https:", "", " https://e.example", "https://e.example\njavascript:x"),
    ],
)
def test_links_lead_nowhere_else(target: str) -> None:
    assert not safe_target(target)


def test_link_targets_of_a_text_are_found() -> None:
    text = "[次へ]を押して[窓口](https://e.example)か[案内]({address})を見ます。「戻る」 **[完了]**"

    assert list(targets(text)) == ["https://e.example", "{address}"]


PIECES = st.sampled_from(
    [
        *"<>&\"'[](){}*-#「」“”:/\\ \n\t語",
        *("**", "- ", "1. ", "](", "[次へ]", "https://", "javascript:", *(f"{{{name}}}" for name in HOSTILE)),
        *("<script>", "</p>", "<img src=x onerror=alert(1)>", "&lt;", "&#60;", "<!--", "-->", "<![CDATA[", "<?x"),
    ]
)
TEXTS = st.lists(PIECES | st.characters(exclude_categories=["Cs"]), max_size=30).map("".join)


@settings(max_examples=400)
@given(TEXTS)
def test_no_html_of_an_author_or_of_a_fact_ever_gets_through(text: str) -> None:
    page = Page(html(text, VOICE))

    for tag, attributes in page.tags:
        assert tag in {"p", "br", "ul", "ol", "li", "strong", "a", "span"}
        assert set(attributes) == {"a": {"href"}, "span": {"class"}}.get(tag, set())
        assert tag != "a" or (attributes["href"] or "").lower().startswith(("https://", "http://", "mailto:"))
        assert attributes.get("class", "button-name") == "button-name"
    assert page.others == 0


@settings(max_examples=200)
@given(TEXTS)
def test_a_label_is_as_safe_as_a_text(text: str) -> None:
    page = Page(inline(text, VOICE))

    assert {tag for tag, _ in page.tags} <= {"strong", "a", "span"}
    assert unescape(page.words) == page.words or "&" in plain_inline(text, VOICE)


@given(
    st.text(
        st.characters(exclude_categories=["C", "Zl", "Zp"], exclude_characters="*[]()「」“”{}-.0123456789"), max_size=40
    )
)
def test_words_without_markup_stay_as_they_are(text: str) -> None:
    assert Page(html(text, PLAIN)).words == text.strip()
    assert plain(text, PLAIN) == text.strip()


@pytest.mark.parametrize("piece", ["[", "**", "「", "[a](", "{a", "- ", "1. ", "\n\n"])
def test_a_long_text_of_half_open_signs_takes_no_long_time(piece: str) -> None:
    text = piece * 3_000

    begin = time.process_time()
    html(text, PLAIN)

    assert time.process_time() - begin < 2
