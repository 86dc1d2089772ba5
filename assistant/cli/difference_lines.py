"""What `assistant diff` prints for people: sentences with labels and titles, the most important first."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

import click

from assistant.cli.language import said
from assistant.cli.page_names import PageNames
from assistant.cli.versions import Comparison
from assistant.flow.difference import Difference
from assistant.flow.difference.endings import Ending
from assistant.flow.difference.states import States
from assistant.flow.difference.texts import Text, Texts
from assistant.flow.difference.wording import Change
from assistant.flow.message import say
from assistant.flow.model import LOST, Answer

# Of what one answer decides a few examples show what happens; programs get all.
MAXIMUM_EXAMPLES: Final = 3
MAXIMUM_LINKS: Final = 10
MAXIMUM_LABELS: Final = 6
# Deleted and inserted words can be told apart without colours, too.
_MARKS: Final[Mapping[str, Callable[[str], str]]] = {
    "equal": str,
    "delete": lambda words: click.style(f"[-{words}-]", fg="red"),
    "insert": lambda words: click.style(f"{{+{words}+}}", fg="green"),
}


def lines_of(comparison: Comparison) -> Iterator[str]:
    """Yield the lines for people, flow by flow; what flows share comes last."""
    for name in comparison.gained:
        yield said(say("The flow '{flow}' is new.", flow=name))
    for name in comparison.lost:
        yield said(say("The flow '{flow}' is gone; nobody comes to an ending there.", flow=name))
    for name, difference in comparison.differences.items():
        names = PageNames(comparison.old[name], comparison.new[name])
        yield from _under(said(say("Flow '{flow}'", flow=name)), _flow(difference, names))
    yield from _under(said(say("Shared by the flows")), _texts(comparison.common))


def summary(comparison: Comparison) -> str:
    """Return how much differs, in one line."""
    flows = comparison.differences.values()
    texts = [*(each.texts for each in flows), comparison.common]
    return said(
        say(
            "Endings that change: {endings}. Saved links that stop early: {links}. Texts that change: {texts}. "
            "Translations to look at: {translations}.",
            endings=sum(len(each.endings) for each in flows),
            links=sum(len(each.links) for each in flows),
            texts=sum(len(each.changed) for each in texts),
            translations=sum(len(each.stale) for each in texts),
        )
    )


def _flow(difference: Difference, names: PageNames) -> Iterator[str]:
    yield from _under(said(say("Who ends elsewhere")), _endings(difference.endings, names))
    yield from _under(said(say("Saved links that now stop early")), _links(difference, names))
    yield from _under(said(say("Pages and choices")), _states(difference.states, names))
    yield from _texts(difference.texts)


def _under(heading: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield lines indented under a heading, nothing if there are none."""
    for index, line in enumerate(lines):
        if index == 0:
            yield click.style(heading, bold=True)
        yield f"  {line}"


def _endings(endings: Iterable[Ending], names: PageNames) -> Iterator[str]:
    """Yield what changes by page and where its answers lead, so that answers that do the same are told together."""
    groups: dict[object, list[Ending]] = {}
    for ending in endings:
        groups.setdefault((ending.decided_by.state, ending.led_before, ending.led_after), []).append(ending)
    for group in groups.values():
        yield _decision(group, names)
        yield from _kind([each for each in group if each.before and each.after], MAXIMUM_EXAMPLES, names)
        yield from _kind([each for each in group if not each.after], 1, names)
        yield from _kind([each for each in group if not each.before], 1, names)


def _kind(endings: Iterable[Ending], maximum: int, names: PageNames) -> Iterator[str]:
    """Yield the shortest examples of endings of one kind, and how many more there are."""
    shortest = sorted(endings, key=lambda ending: (len(ending.answers), _is_of_the_lost(ending)))
    yield from (f"- {_ending(ending, names)}" for ending in shortest[:maximum])
    if len(shortest) > maximum:
        yield f"  {_more(len(shortest) - maximum)}"


def _is_of_the_lost(ending: Ending) -> bool:
    return any(answer.trigger == LOST for answer in ending.answers)


def _more(count: int) -> str:
    return said(say("and {count} more like this", count=count))


def _decision(group: Sequence[Ending], names: PageNames) -> str:
    """Say what the deciding answers of a page do in both versions."""
    ending = group[0]
    deciding = list(dict.fromkeys(each.decided_by for each in group))
    told = {"page": names.page(ending.decided_by), "label": _labels(deciding, names)}
    before = None if ending.led_before is None else names.old(ending.led_before)
    after = None if ending.led_after is None else names.new(ending.led_after)
    if before is None and names.is_new(ending.decided_by):
        return said(
            say("Page {page}, {label}: leads to {after}; this choice did not exist before.", after=after, **told)
        )
    if before is None:
        return said(say("Page {page}, {label}: leads to {after}; before, it was not open.", after=after, **told))
    if after is None and names.is_gone(ending.decided_by):
        return said(say("Page {page}, {label}: this choice is gone; it led to {before}.", before=before, **told))
    if after is None:
        return said(say("Page {page}, {label}: is not open any more; it led to {before}.", before=before, **told))
    if ending.led_before and ending.led_after and names.same(ending.led_before, ending.led_after):
        return said(say("Page {page}, {label}: leads to {after} as before, which ends otherwise.", after=after, **told))
    return said(
        say("Page {page}, {label}: leads to {after}, no longer to {before}.", after=after, before=before, **told)
    )


def _labels(answers: Sequence[Answer], names: PageNames) -> str:
    named = ", ".join(map(names.label, answers[:MAXIMUM_LABELS]))
    left = len(answers) - MAXIMUM_LABELS
    return said(say("{labels} and {count} more", labels=named, count=left)) if left > 0 else named


def _ending(ending: Ending, names: PageNames) -> str:
    way = names.way(ending.answers)
    before = None if ending.before is None else names.old(ending.before)
    after = None if ending.after is None else names.new(ending.after)
    if before is None and names.is_new(ending.decided_by):
        return said(
            say(
                "Someone who answers {way} now ends at {after}; this choice did not exist before.", way=way, after=after
            )
        )
    if before is None:
        return said(
            say(
                "Someone who answers {way} now ends at {after}; before, these answers came to no ending.",
                way=way,
                after=after,
            )
        )
    if after is None and names.is_gone(ending.decided_by):
        return said(
            say("Someone who answers {way} ended at {before}; this choice is gone now.", way=way, before=before)
        )
    if after is None:
        return said(
            say(
                "Someone who answers {way} no longer ends at {before}; now these answers come to no ending.",
                way=way,
                before=before,
            )
        )
    return said(
        say("Someone who answers {way} now ends at {after} instead of {before}.", way=way, after=after, before=before)
    )


def _links(difference: Difference, names: PageNames) -> Iterator[str]:
    groups = [
        (path, state, stop, [link.answers[-1] for link in links])
        for (path, state, stop), links in groupby(
            difference.links, lambda link: (link.answers[:-1], link.answers[-1].state, link.stops_at)
        )
    ]
    for path, _, stop, answers in groups[:MAXIMUM_LINKS]:
        values = {
            "page": names.page(answers[0]),
            "labels": _labels(answers, names),
            "stop": names.new(stop),
        }
        if path:
            written = "/".join(map(str, path))
            yield said(say("After {path}, page {page}: {labels}. The link stops at {stop}.", path=written, **values))
        else:
            yield said(say("At the start, page {page}: {labels}. The link stops at {stop}.", **values))
    if len(groups) > MAXIMUM_LINKS:
        yield _more(sum(len(answers) for *_, answers in groups[MAXIMUM_LINKS:]))


def _states(states: States, names: PageNames) -> Iterator[str]:
    choices = states.choices
    yield from (said(say("New page: {page}", page=names.new(name))) for name in states.gained)
    yield from (said(say("Page gone: {page}", page=names.old(name))) for name in states.lost)
    for old, new in states.renamed:
        yield said(say("Page {page}: its id is now '{new}', it was '{old}'", page=names.new(new), new=new, old=old))
    for each in states.renumbered:
        yield said(say("Page {page}: it had the number {before}", page=names.new(each.state), before=each.before))
    for answer in choices.gained:
        yield said(say("Page {page}: new choice {label}", page=names.page(answer), label=names.label(answer)))
    for answer in choices.lost:
        yield said(say("Page {page}: choice {label} is gone", page=names.page(answer), label=names.label(answer)))
    for change in choices.redirected:
        before, after = ", ".join(map(names.old, change.before)), ", ".join(map(names.new, change.after))
        values = {"page": names.page(change.choice), "label": names.label(change.choice)}
        yield said(
            say("Page {page}: {label} leads to {after}, no longer to {before}", **values, before=before, after=after)
        )
    for answer in choices.reguarded:
        values = {"page": names.page(answer), "label": names.label(answer)}
        yield said(say("Page {page}: other earlier answers decide about {label}", **values))
    for name in states.unreachable:
        yield said(say("No answers lead to the ending {page} any more", page=names.old(name)))
    for outcome in states.unreachable_outcomes:
        yield said(say("No answers lead to the outcome '{outcome}' any more", outcome=outcome))


def _texts(texts: Texts) -> Iterator[str]:
    yield from _under(said(say("Texts")), (line for text in texts.changed for line in _text(text)))
    yield from _under(
        said(say("Translations made for another text")),
        (f"{stale.context} [{stale.language}]: {stale.translation}" for stale in texts.stale),
    )


def _text(text: Text) -> Iterator[str]:
    """Yield the lines of a text in which something changed, and … for those in between."""
    yield f"{text.context} [{text.language}]"
    lines: list[list[Change]] = [[]]
    for kind, words in text.changes:
        first, *others = words.split("\n")
        lines[-1].append((kind, first))
        lines += [[(kind, part)] for part in others]
    changed = [any(kind != "equal" and part for kind, part in line) for line in lines]
    for differs, group in groupby(zip(changed, lines, strict=True), lambda each: each[0]):
        for _, line in group if differs else ():
            yield "  " + "".join(_MARKS[kind](part) for kind, part in line if part)
        if not differs:
            yield "  …"
