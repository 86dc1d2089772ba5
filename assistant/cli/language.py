"""The language of the command line, Japanese or English, as the locale says."""

import locale
import os
import sys
from functools import cache, partial
from typing import TYPE_CHECKING, Final

from assistant.flow.message import Message, Translate

if TYPE_CHECKING:
    from assistant.flow.translation import Words

# The order in which gettext asks; the first that is set decides.
_VARIABLES: Final = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def language() -> str:
    """Return `ja` where the locale is Japanese, else `en`."""
    named = next((os.environ[name] for name in _VARIABLES if os.environ.get(name)), None)
    if named is None and sys.platform == "win32":
        named = locale.getlocale()[0] or ""
    return "ja" if (named or "").lower().startswith(("ja", "japanese")) else "en"


def translate(template: str) -> str:
    """Return the template in the language of the command line, itself where there is no other."""
    return template if language() == "en" else _japanese().say("", template)


def into(code: str) -> Translate:
    """Return what says templates in a language, whatever the locale is: Japanese for `ja`, else English."""
    return partial(_japanese().say, "") if code == "ja" else str


def said(message: Message) -> str:
    """Say a message in the language of the command line."""
    return message.said(translate)


@cache
def _japanese() -> "Words":
    from assistant import resources
    from assistant.flow.problem import FlowError
    from assistant.flow.translation import read_words

    path = resources.locales_folder() / "ja.po"
    words, problems = read_words(path.name, path.read_text("utf-8"), "ja")
    if problems:
        raise FlowError(problems)
    return words
