"""What `assistant identify` answers about a text: for people in lines, for programs as data."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from assistant.catalog import Guide
from assistant.cli.language import said
from assistant.flow.message import say
from assistant.flow.recognising.distinction import Distinction
from assistant.flow.recognising.identifier import FULL, LEAST_RELEVANCE, Identification, Identifier
from assistant.flow.recognising.index import Index, phrases_of
from assistant.flow.recognising.plain import plain
from assistant.flow.recognising.reading import Read
from assistant.flow.recognising.secret import without_secrets
from assistant.flow.screen import Screen

_BAR: Final = 20
_WHOLE: Final = "…"


class Answering:
    """Answers what a text is about, for one flow."""

    def __init__(
        self, guide: Guide, screens: Mapping[str, Screen], index: Index, read: Read, *, explain: bool = False
    ) -> None:
        """Take the screens of an index; `read` is what it was built with, and `explain` lets every answer say why."""
        self._guide, self._screens, self._identifier = guide, screens, Identifier(index)
        self._read, self._explain = read, explain
        self._distinction = Distinction(
            {entry.screen: screens[entry.screen] for entry in index.entries}, guide.engine.flow.language
        )

    def data(self, text: str) -> dict[str, Any]:
        """Return the answer for programs; a text with secrets in it comes back without them."""
        cleaned = without_secrets(text, self._identifier.index.numbers)
        found = self._identifier.identify(cleaned.text)
        candidates: list[dict[str, Any]] = [
            {"screen": each.screen, "state": each.state, "score": each.score / FULL} for each in found.candidates
        ]
        data: dict[str, Any] = {"text": cleaned.text if cleaned.had_secrets else text, "candidates": candidates}
        if found.number is not None:
            data["number"] = found.number
        if cleaned.had_secrets:
            data["warning"] = "secret"
        if self._explain:
            for candidate in candidates:
                evidence = vars(self._identifier.explain(cleaned.text, candidate["screen"]))
                candidate.update(evidence, phrase=self._as_written(evidence["phrase"], candidate["screen"]))
            data["relevance"] = self._identifier.relevance(cleaned.text, self._identifier.scores(cleaned.text))
            data["question"] = self._question(found)
        return data

    def lines(self, text: str) -> Iterator[str]:
        """Yield the lines of the answer for people."""
        cleaned = without_secrets(text, self._identifier.index.numbers)
        found = self._identifier.identify(cleaned.text)
        if cleaned.had_secrets:
            yield said(say("What looks like a password or a one-time code was left out; nobody should give it to us."))
        if found.number is not None:
            yield said(say("Error number {number}", number=found.number))
        if not found.candidates:
            yield said(say("None of the screens."))
        for candidate in found.candidates:
            state = self._guide.engine.flow.states[candidate.state]
            bar = "█" * (candidate.score * _BAR // FULL)
            yield f"{candidate.score / FULL:.3f} {bar:<{_BAR}} {candidate.screen} → {state.no} {candidate.state}"
            yield f"      {self._screens[candidate.screen].name}"
            if self._explain:
                yield from self._evidence(cleaned.text, candidate.screen)
        if self._explain:
            yield from self._verdict(cleaned.text)
        if (question := self._question(found)) is not None:
            shown = ", ".join(question["shown"])
            about = question["text"] or say("any")
            yield said(
                say(
                    "To tell them apart: {kind} 「{words}」? yes: {shown}",
                    kind=question["kind"],
                    words=about,
                    shown=shown,
                )
            )

    def _question(self, found: Identification) -> dict[str, Any] | None:
        screens = [candidate.screen for candidate in found.near]
        questions = self._distinction.questions(screens) if len(screens) > 1 else []
        return vars(questions[0]) if questions else None

    def _evidence(self, text: str, screen: str) -> Iterator[str]:
        evidence = self._identifier.explain(text, screen)
        score, phrase = f"{evidence.closeness / FULL:.3f}", self._as_written(evidence.phrase, screen)
        yield said(say("      closest {score} to 「{phrase}」", score=score, phrase=phrase))
        words = " ".join(f"「{part}」" for part in evidence.words)
        score, words = f"{evidence.coverage / FULL:.3f}", "".join(filter(str.isprintable, words))
        yield said(say("      covered {score} by {words}", score=score, words=words))

    def _as_written(self, phrase: str, screen: str) -> str:
        written = phrases_of(self._screens[screen])
        return next((text for text in written if phrase in (plain(text), plain(self._read(text)))), _WHOLE)

    def _verdict(self, text: str) -> Iterator[str]:
        scores = self._identifier.scores(text)
        relevance = self._identifier.relevance(text, scores)
        yield said(say("Nothing to do with any screen: {score}", score=f"{scores[-1] / FULL:.3f}"))
        least = LEAST_RELEVANCE
        yield said(say("Relevance {relevance}; at least {least} makes candidates", relevance=relevance, least=least))
