"""How a question about a screen is put: by the kind of thing to look for, with the words that stand there."""

from collections.abc import Mapping
from typing import Final

from markupsafe import Markup, escape

from assistant.flow.recognising.distinction import Question
from assistant.web.speech import Speech

WORDED: Final[Mapping[str, str]] = {
    "error": "画面に、赤い字で「{words}」と出ていますか？",
    "title": "見出しに「{words}」と書いてありますか？",
    "text": "画面に「{words}」と書いてありますか？",
    "tile": "選べるものの中に「{words}」がありますか？",
    "link": "押せる文字（リンク）「{words}」がありますか？",
    "check": "四角い印（チェック）の横に「{words}」と書いてありますか？",
    "field": "「{words}」と書かれた、文字を入れる欄がありますか？",
    "buttons": "「{words}」というボタンがありますか？",
}
ANY: Final[Mapping[str, str]] = {
    "error": "エラーや赤い字が出ていますか？",
    "number": "大きな数字が出ていますか？",
    "field": "文字を入れる欄がありますか？",
    "tile": "選ぶものが、一覧で並んでいますか？",
    "check": "四角い印（チェック）がありますか？",
    "mail": "見ているのは、メールですか？",
    "identity": "見出しの上に、メールアドレスが出ていますか？",
}
WORDS: Final = "{words}"


def put(question: Question, speech: Speech) -> Markup:
    """Return a question in the guide's language; words of a screen stand there in the language of the drawings."""
    if question.text is None:
        return escape(speech.page(ANY[question.kind]))
    before, _, after = speech.page(WORDED[question.kind]).partition(WORDS)
    return Markup('{}<span lang="{}">{}</span>{}').format(before, speech.screen_language, question.text, after)
