"""The Markdown subset of flow texts, to HTML and to plain text: paragraphs, lists, bold, links, [buttons], {facts}.

Nothing an author writes is HTML or a template; everything is escaped. Facts are filled in after the text was taken
apart, so a fact can never become markup.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Final, TypeAlias

FACT: Final = re.compile(r"\{([a-z][a-z0-9-]*)\}")
_SAFE_TARGET: Final = re.compile(r"(?:https?://[^\s]+|mailto:[^\s]+)", re.IGNORECASE)
_INLINE: Final = re.compile(
    r"\*\*(?P<bold>.+?)\*\*"
    r"|\[(?P<words>[^\[\]]+)\]\((?P<target>[^()\s]+)\)"
    r"|\[(?P<button>[^\[\]]+)\]"
    r"|(?P<open>[「“])(?P<quoted>[^「」“”\[\]]+)(?P<close>[」”])"
)
_ITEM: Final = re.compile(r"(?P<mark>-|[0-9]+\.)\s+(?P<words>.+)")
_MARKDOWN: Final = re.compile(r"[\\`*_\[\]<>&#|~!]")
_OPENS_BLOCK: Final = re.compile(r"^(?P<before>\s*[0-9]*)(?P<sign>[.)+=-])")

Fill: TypeAlias = Callable[[str], str]


@dataclass(frozen=True)
class Voice:
    """How a text is said here: `fact` gives a fact's text, `label` the words on the reader's own screens.

    With words in `outside`, links to the web open beside the page and say so: someone who is being guided must not lose
    the guide.
    """

    fact: Fill
    label: Fill
    outside: str = ""

    def fill(self, text: str) -> str:
        """Fill the facts into plain words."""
        return FACT.sub(lambda found: self.fact(found.group(1)), text)


def html(text: str, voice: Voice) -> str:
    """Render blocks of text as HTML."""
    return "\n".join(_block(kind, lines, lambda line: inline(line, voice)) for kind, lines in _blocks(text))


def plain(text: str, voice: Voice) -> str:
    """Render blocks of text as plain text: list marks stay, links become `words (target)`."""
    return "\n\n".join(_plain_block(kind, lines, voice) for kind, lines in _blocks(text))


def inline(text: str, voice: Voice) -> str:
    """Render one line as HTML without a block around it."""
    return "".join(_html_part(part, voice) for part in _parts(text))


def plain_inline(text: str, voice: Voice) -> str:
    """Render one line as plain text."""
    return "".join(_plain_part(part, voice) for part in _parts(text))


def markdown(text: str, voice: Voice) -> str:
    """Render blocks of text as CommonMark, facts filled in; nothing in them is markup that was not meant as such."""
    return "\n\n".join(_markdown_block(kind, lines, voice) for kind, lines in _blocks(text))


def markdown_inline(text: str, voice: Voice) -> str:
    """Render one line as CommonMark."""
    return "".join(_markdown_part(part, voice) for part in _parts(text))


def escaped(words: str) -> str:
    """Return plain words as CommonMark that says just these words, also at the beginning of a line."""
    return _OPENS_BLOCK.sub(r"\g<before>\\\g<sign>", _MARKDOWN.sub(r"\\\g<0>", words))


def stray_link(text: str) -> str | None:
    """Return the beginning of what looks like a link and is none, such as a full-width parenthesis behind [words]."""
    rest = "".join(part if isinstance(part, str) else "\0" if part["target"] else part[0] for part in _parts(text))
    found = re.search(r"\][(（]\S{0,20}", rest)
    return found[0] if found else None


def targets(text: str) -> Iterator[str]:
    """Yield the link targets of a text as they are written."""
    for part in _parts(text):
        if not isinstance(part, str) and part.group("target"):
            yield part.group("target")


def names(text: str) -> Iterator[tuple[str, bool]]:
    """Yield what a text names as it may stand on a screen, and whether in brackets, not in quotation marks."""
    for part in _parts(text):
        if isinstance(part, str):
            continue
        if part["bold"]:
            yield from names(part["bold"])
        elif part["button"] or part["quoted"]:
            yield part["button"] or part["quoted"], part["button"] is not None


def structure(text: str) -> list[tuple[str, int]]:
    """Return the blocks of a text, in order: `p`, `ul` or `ol`, and how many items it has (a paragraph has one)."""
    return [(kind, 1 if kind == "p" else len(lines)) for kind, lines in _blocks(text)]


def safe_target(target: str) -> bool:
    """Say whether a link may lead there: http, https or mailto."""
    return _SAFE_TARGET.fullmatch(target) is not None


def _blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    for chunk in re.split(r"\n\s*\n", text.strip()):
        kind, lines = "p", list[str]()
        for line in map(str.strip, chunk.splitlines()):
            item = _ITEM.fullmatch(line)
            here = "p" if item is None else "ul" if item["mark"] == "-" else "ol"
            if here != kind and lines:
                yield kind, lines
                lines = []
            kind = here
            lines.append(line if item is None else item["words"])
        if lines:
            yield kind, lines


def _block(kind: str, lines: list[str], render: Fill) -> str:
    if kind == "p":
        return f"<p>{'<br>'.join(map(render, lines))}</p>"
    return f"<{kind}>{''.join(f'<li>{render(line)}</li>' for line in lines)}</{kind}>"


def _plain_block(kind: str, lines: list[str], voice: Voice) -> str:
    said = [plain_inline(line, voice) for line in lines]
    if kind == "ul":
        said = [f"- {line}" for line in said]
    elif kind == "ol":
        said = [f"{number}. {line}" for number, line in enumerate(said, 1)]
    return "\n".join(said)


def _markdown_block(kind: str, lines: list[str], voice: Voice) -> str:
    said = [markdown_inline(line, voice) for line in lines]
    if kind == "p":
        return "\\\n".join(said)
    marks = ["-"] * len(said) if kind == "ul" else [f"{number}." for number in range(1, len(said) + 1)]
    return "\n".join(f"{mark} {line}" for mark, line in zip(marks, said, strict=True))


def _markdown_part(part: str | re.Match[str], voice: Voice) -> str:
    if isinstance(part, str):
        return escaped(voice.fill(part))
    if part["bold"]:  # in tags, because asterisks beside Japanese punctuation are none in CommonMark
        return f"<strong>{markdown_inline(part['bold'], voice)}</strong>"
    if part["button"]:
        return f"\\[{escaped(_label(part['button'], voice))}\\]"
    if part["quoted"]:
        return f"{part['open']}{escaped(_label(part['quoted'], voice))}{part['close']}"
    words, target = escaped(voice.fill(part["words"])), voice.fill(part["target"])
    return f"[{words}](<{target}>)" if safe_target(target) else words


def _parts(text: str) -> Iterator[str | re.Match[str]]:
    end = 0
    for found in _INLINE.finditer(text):
        if found.start() > end:
            yield text[end : found.start()]
        yield found
        end = found.end()
    if end < len(text):
        yield text[end:]


def _html_part(part: str | re.Match[str], voice: Voice) -> str:
    if isinstance(part, str):
        return escape(voice.fill(part))
    if part["bold"]:
        return f"<strong>{inline(part['bold'], voice)}</strong>"
    if part["button"]:
        return f'<span class="button-name">[{escape(_label(part["button"], voice))}]</span>'
    if part["quoted"]:
        return escape(f"{part['open']}{_label(part['quoted'], voice)}{part['close']}")
    words, target = escape(voice.fill(part["words"])), voice.fill(part["target"])
    if not safe_target(target):
        return words
    if not voice.outside or target.lower().startswith("mailto:"):
        return f'<a href="{escape(target)}">{words}</a>'
    hint = f'<span class="outside">{escape(voice.outside)}</span>'
    return f'<a href="{escape(target)}" target="_blank" rel="noopener">{words}{hint}</a>'


def _plain_part(part: str | re.Match[str], voice: Voice) -> str:
    if isinstance(part, str):
        return voice.fill(part)
    if part["bold"]:
        return plain_inline(part["bold"], voice)
    if part["button"]:
        return f"[{_label(part['button'], voice)}]"
    if part["quoted"]:
        return f"{part['open']}{_label(part['quoted'], voice)}{part['close']}"
    words, target = voice.fill(part["words"]), voice.fill(part["target"])
    return f"{words} ({target})" if safe_target(target) else words


def _label(words: str, voice: Voice) -> str:
    return voice.fill(voice.label(words))
