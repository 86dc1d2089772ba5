"""A flow's manual as Markdown (CommonMark): for a wiki, a repository, or another program."""

from collections.abc import Iterable, Iterator

from assistant.flow import markup
from assistant.web.drawing import ScreenView
from assistant.web.manual.reading import Letter, Manual, Note, Onward, Page, Passage, Section, Way
from assistant.web.speech import PAGE_NUMBER, Speech

INTRODUCTION = (
    "ひとつの番号が、ひとつのページです。番号順に読む必要はありません。"
    "書かれていることをして、あてはまる行の番号へ進みます。"
)


class Writer:
    """Writes one manual; `speech` fills facts and names buttons as the reader's screens do."""

    def __init__(self, manual: Manual, speech: Speech) -> None:
        """Take what is to be written."""
        self._manual = manual
        self._speech = speech

    def text(self) -> str:
        """Return the whole manual, a newline at its end."""
        return "\n\n".join(self._blocks()) + "\n"

    def _blocks(self) -> Iterator[str]:
        manual, page = self._manual, self._speech.page
        yield f"# {self._inline(manual.title)}"
        yield page(INTRODUCTION)
        if manual.lost:
            yield page("書かれている画面と違うとき、わからないときは、どのページからでも、次へ進みます。")
            yield self._list(self._onward(target, None) for target in manual.lost)
        yield f"## {page('目次')}"
        yield "\n".join(self._contents())
        for index, section in enumerate(manual.sections, 1):
            yield from self._section(index, section)
        if manual.notes:
            yield _heading(2, page("注"), "notes")
            for note in manual.notes:
                yield from self._note(note)
        if manual.numbers:
            yield _heading(2, page("エラー番号から進むとき"), "numbers")
            yield self._ways(manual.numbers, None)

    def _contents(self) -> Iterator[str]:
        for index, section in enumerate(self._manual.sections, 1):
            yield f"- [{self._inline(section.title)}](#section-{index})"
            for page in section.pages:
                yield f"  - [{page.number} {self._inline(page.title, page)}](#page-{page.number})"
        if self._manual.notes:
            yield f"- [{self._speech.page('注')}](#notes)"
        if self._manual.numbers:
            yield f"- [{self._speech.page('エラー番号から進むとき')}](#numbers)"

    def _section(self, index: int, section: Section) -> Iterator[str]:
        yield _heading(2, self._inline(section.title), f"section-{index}")
        for page in section.pages:
            yield _heading(3, f"{page.number} {self._inline(page.title, page)}", f"page-{page.number}")
            yield from self._passages(page.text, page)
            if page.drawing:
                yield _drawn(page.drawing)
            if page.notes:
                uses = (_conditional(use.condition, self._reference(use.note, page)) for use in page.notes)
                yield self._list(uses, "*")  # another mark than the ways that follow, or both would be one list
            if page.letter:
                yield from self._letter(page, page.letter)
            if page.ways:
                yield self._ways(page.ways, page)
            if page.invoke and self._manual.numbers:
                yield f"[{self._speech.page('エラー番号から進むとき')}](#numbers)"

    def _passages(self, passages: Iterable[Passage], page: Page) -> Iterator[str]:
        for passage in passages:
            if passage.condition:
                yield f"*{markup.escaped(passage.condition)}:*"
            yield markup.markdown(passage.text, self._speech.voice(page.screen))

    def _note(self, note: Note) -> Iterator[str]:
        yield _heading(3, self._note_title(note, None), f"note-{note.number}")
        for text in note.text:
            yield markup.markdown(text, self._speech.voice(None))

    def _reference(self, note: Note, page: Page) -> str:
        return f"[{self._note_title(note, page)}](#note-{note.number})"

    def _note_title(self, note: Note, page: Page | None) -> str:
        return f"{self._speech.page('注')}{note.number}: {self._inline(note.title, page)}"

    def _letter(self, page: Page, letter: Letter) -> Iterator[str]:
        whom = "会社のシステム管理者に送る文章" if letter.to == "administrator" else "ヘルプデスクに送る文章"
        yield f"**{self._speech.page(whom)}**"
        voice = self._speech.voice(None)
        lines = [f"{self._speech.page('件名')}: {markup.plain_inline(letter.subject, voice)}"]
        for passage in letter.text:
            lines += ["", *([f"({passage.condition})"] if passage.condition else []), markup.plain(passage.text, voice)]
        lines += ["", f"{self._speech.page(PAGE_NUMBER)}: {page.number}"]
        yield "\n".join(f"    {line}" if line else "" for text in lines for line in text.split("\n"))

    def _ways(self, ways: Iterable[Way], page: Page | None) -> str:
        return self._list(self._way(way, page) for way in ways)

    def _way(self, way: Way, page: Page | None) -> str:
        label = _conditional(way.condition, self._inline(way.label, page))
        if len(way.targets) == 1 and not way.targets[0].condition:
            return f"{label} → {self._onward(way.targets[0], page)}"
        return "\n".join([label, *(f"  - → {self._onward(target, page)}" for target in way.targets)])

    def _onward(self, target: Onward, page: Page | None) -> str:
        link = f"[{target.number} {self._inline(target.title, page)}](#page-{target.number})"
        return _conditional(target.condition, link)

    def _list(self, items: Iterable[str], mark: str = "-") -> str:
        return "\n".join(f"{mark} {item}" for item in items)

    def _inline(self, text: str, page: Page | None = None) -> str:
        return markup.markdown_inline(text, self._speech.voice(page.screen if page else None))


def _heading(level: int, words: str, anchor: str) -> str:
    return f'<a id="{anchor}"></a>\n\n{"#" * level} {words}'


def _conditional(condition: str | None, words: str) -> str:
    return f"*({markup.escaped(condition)})* {words}" if condition else words


def _drawn(view: ScreenView) -> str:
    """Return a drawing as a quotation of what it shows."""
    return f"> {markup.escaped(view.alternative)}"
