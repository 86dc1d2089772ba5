"""The header of a PO file: kept as somebody wrote it, with what is missing in it added."""

from dataclasses import replace

from babel import Locale, UnknownLocaleError
from babel.messages.plurals import get_plural

from assistant.flow.translation.written import Field, PoEntry, new_entry


def language_name(language: str) -> str | None:
    """Return the English name of a language such as `fr` or `pt-br`, or None if nobody knows it."""
    try:
        return Locale.parse(language, sep="-").english_name
    except (UnknownLocaleError, ValueError):
        return None


def header_for(language: str, present: PoEntry | None) -> PoEntry:
    """Return the header for a language that `language_name` knows: the present one, completed, or a new one.

    No dates are in a new one: they would change a file that nobody changed.
    """
    if present is None:
        present = replace(new_entry("", ""), comments=(f"# {language_name(language)} words of the guide.",))
        lines: list[str] = ["Project-Id-Version: sign-in-assistant VERSION"]
    else:
        lines = present.text("msgstr").splitlines()
    names = {line.partition(":")[0].strip().lower() for line in lines}
    missing = [f"{name}: {value}" for name, value in _fields(language).items() if name.lower() not in names]
    text = "".join(f"{line}\n" for line in [*lines, *missing])
    return present if not missing else replace(present, fields=(Field.of("msgid", ""), Field.of("msgstr", text)))


def _fields(language: str) -> dict[str, str]:
    return {
        "Language": str(Locale.parse(language, sep="-")),
        "Plural-Forms": get_plural(Locale.parse(language, sep="-")).plural_forms,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    }
