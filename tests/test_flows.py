"""The shipped flows, walked to the last edge: forward, back and change, in every language; and what they promise."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urljoin

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import resources
from assistant.catalog import Catalog, Guide, check_paths, open_catalog
from assistant.config import Config
from assistant.flow.common import UNKNOWN
from assistant.flow.engine import Person, Position, machine_step
from assistant.flow.explorer import Configuration
from assistant.flow.model import DEFAULT, LOST, RESULTS, Answer, code_of
from assistant.web import create_app
from assistant.web.address import guide_path
from tests.web.asking import ask

# The manual that customers are sent has this many lines; every one of them is the source of some state.
MANUAL_LINES = 59
# The AADSTS numbers that customers of an invited-guest system most plausibly meet.
MET = """
16000 16001 16003 50014 50020 50034 50053 50055 50056 50057 50059 50064 50072 50074 50076 50078 50079 50087 50088
50089 50097 50105 50126 50128 50144 51004 53000 53001 53003 53011 65001 65004 90072 90094 90101
500121 500208 500212 500213 530032
"""
SECOND_DOOR = "trouble-signing-in"
HELP = {"administrator": "company-admin", "helpdesk": "helpdesk", "customer": "resolved"}
HELP_CLICKS = 4
STORIES = 30
COMMONEST = 10
CLICKS = 6
WALK = 200

STATE = re.compile(r'<main [^>]*data-state="([a-z0-9-]+)"')
BACK = re.compile(r'<a class="back" href="([^"]*)"')
CHOICE = re.compile(r'<a href="([^"]*)"( data-trigger="([a-z0-9-]+)")?>')
GIVEN = re.compile(r'href="\?change=([0-9]+)"')
PAGE_OF_GUIDE = re.compile("{guide-address}/([0-9]+)$", re.MULTILINE)
HOLE = re.compile("[{\ue000-\uf8ff]")


class Visitor:
    """Opens pages of the guide; they are read with patterns, not parsed, because there are tens of thousands."""

    def __init__(self, catalog: Catalog) -> None:
        self._app = create_app(Config(), catalog)

    def open(self, target: str) -> str:
        answer = ask(self._app, target)
        assert answer.status == 200, f"{answer.status} at {target}"
        return answer.body.decode()


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return open_catalog(resources.folder("flows"))


@pytest.fixture(scope="session")
def visitor(catalog: Catalog) -> Visitor:
    return Visitor(catalog)


def guides(catalog: Catalog) -> Iterator[tuple[Guide, str]]:
    for guide in catalog.guides.values():
        for language in guide.languages:
            yield guide, language


def found(pattern: re.Pattern[str], page: str) -> str:
    match = pattern.search(page)
    assert match, f"no {pattern.pattern}"
    return match[1]


def choices(page: str) -> list[tuple[str, str | None]]:
    listed = page.partition('<ul class="choices')[2].partition("</ul>")[0]
    return [(link, trigger or None) for link, _, trigger in CHOICE.findall(listed)]


def read(path: str) -> Any:
    return yaml.load((resources.folder("flows") / path).read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)


def stories(guide: Guide) -> Any:
    return read(f"{guide.id}/scenarios.yaml")["scenarios"]


def answers_of(story: Any) -> list[Answer]:
    return [Answer(*answer.split(".")) for answer in story["answers"]]


def test_check_finds_nothing_wrong_with_what_is_shipped() -> None:
    assert [str(problem) for problem in check_paths([resources.folder("flows")])] == []


def test_table_and_machine_agree_on_every_edge_of_every_configuration(catalog: Catalog) -> None:
    for guide in catalog.guides.values():
        engine = guide.engine
        for here in guide.exploration.first:
            # Triggers of other states are the same for all configurations of a state, so once is enough.
            for trigger in engine.table[here.state] if here.memory else engine.machine.events:
                latest = dict(here.memory)
                person = Person(here.state, dict(latest))
                moved = machine_step(engine.machine, person, trigger)
                target = engine.target(here.state, trigger, latest) if trigger in engine.table[here.state] else None
                assert (person.state if moved else None) == target, f"{trigger} in {here}"


def test_every_edge_of_every_configuration_leads_to_its_page_and_back(catalog: Catalog, visitor: Visitor) -> None:
    for guide, language in guides(catalog):
        exploration = guide.exploration
        for here, edges in exploration.edges.items():
            answers = exploration.answers(here)
            path = guide_path(language, guide.id, answers)
            for trigger, there in edges:
                step = f"{path}{here.state}.{trigger}/"
                page = visitor.open(step)
                assert found(STATE, page) == there.state, step
                assert urljoin(step, found(BACK, page)) == path


def test_the_choices_of_every_configuration_are_the_ones_that_are_open(catalog: Catalog, visitor: Visitor) -> None:
    for guide, language in guides(catalog):
        exploration, engine = guide.exploration, guide.engine
        for here in exploration.first:
            answers = exploration.answers(here)
            position = engine.replay(answers)
            path = guide_path(language, guide.id, answers)

            triggers = [trigger for trigger, _ in engine.open_choices(position)]
            assert choices(visitor.open(path)) == [(f"{here.state}.{trigger}/", trigger) for trigger in triggers], path
            assert bool(triggers) != (engine.flow.states[here.state].outcome is not None), f"a dead end at {path}"


def test_every_earlier_answer_can_be_changed_on_the_way_to_every_state(catalog: Catalog, visitor: Visitor) -> None:
    for guide, language in guides(catalog):
        engine = guide.engine
        for answers in guide.shortest.values():
            path = guide_path(language, guide.id, answers)
            listed = GIVEN.findall(visitor.open(path))
            assert listed == [str(number) for number in range(1, len(answers) + 1)]
            for number in range(1, len(answers) + 1):
                page = visitor.open(f"{path}?change={number}")
                before = engine.replay(answers[: number - 1])
                revised = [engine.revise(answers, number - 1, trigger) for trigger, _ in engine.open_choices(before)]
                assert found(STATE, page) == before.state
                assert [urljoin(path, link) for link, _ in choices(page)] == [
                    guide_path(language, guide.id, kept) for kept in revised
                ]
                assert not [trigger for _, trigger in choices(page) if trigger]


def test_changing_an_answer_to_itself_changes_nothing(catalog: Catalog) -> None:
    for guide in catalog.guides.values():
        for here in guide.exploration.first:
            answers = guide.exploration.answers(here)
            for index, answer in enumerate(answers):
                assert guide.engine.revise(answers, index, answer.trigger) == answers


def test_no_page_has_a_hole_or_a_leftover_mark(catalog: Catalog, visitor: Visitor) -> None:
    for guide, language in guides(catalog):
        every = [guide.exploration.answers(here) for here in guide.exploration.first]
        targets = [guide_path(language, guide.id, answers) for answers in every]
        targets += [
            f"{guide_path(language, guide.id, answers)}?screen={screen}"
            for answers in guide.shortest.values()
            for screen in ("ja", "en")
        ]
        for target in targets:
            page = visitor.open(target)
            assert HOLE.search(page) is None, target
            assert '"None"' not in page, target
            assert ">None<" not in page, target


def test_every_line_of_the_manual_is_the_source_of_some_state(catalog: Catalog) -> None:
    flow = catalog.guides["login"].engine.flow
    covered = frozenset[int]().union(*(state.source.lines() for state in flow.states.values() if state.source))

    assert flow.source is not None
    assert covered == flow.source.lines() == frozenset(range(1, MANUAL_LINES + 1))


def test_every_number_that_customers_meet_is_explained(catalog: Catalog) -> None:
    assert set(catalog.common.codes) >= {*MET.split(), UNKNOWN}


def test_every_explained_number_and_no_other_has_a_branch_of_its_own(catalog: Catalog) -> None:
    results = catalog.guides["login"].engine.flow.results

    assert set(results) == {f"code-{number}" for number in catalog.common.codes}


def test_what_is_run_has_a_branch_of_its_own_for_every_result(catalog: Catalog) -> None:
    flow = catalog.guides["login"].engine.flow
    invoking = [state for state in flow.states.values() if state.invoke is not None]
    assert {state.invoke for state in invoking} == set(RESULTS)

    for state in invoking:
        assert set(flow.results_of(state)) >= {*RESULTS[str(state.invoke)], DEFAULT}, state.no


def numbers_on_buttons(guide: Guide) -> dict[str, tuple[Answer, str]]:
    """Return for every number that is written on a button which answer it is and where it leads."""
    engine = guide.engine
    return {
        number: (Answer(name, trigger), target)
        for name, state in engine.flow.states.items()
        for trigger, choice in state.choices.items()
        for number in re.findall("[0-9]{4,}", choice.label)
        if (target := engine.target(name, trigger, {})) is not None
    }


def test_a_number_leads_where_its_button_leads(catalog: Catalog) -> None:
    guide = catalog.guides["login"]
    engine = guide.engine
    buttons = numbers_on_buttons(guide)

    assert set(buttons) == set(catalog.common.codes) - {UNKNOWN}
    for number, (button, target) in buttons.items():
        assert engine.target(SECOND_DOOR, f"code-{number}", {}) == target, button


def test_every_button_with_a_number_is_few_pages_behind_the_second_door(catalog: Catalog) -> None:
    engine = catalog.guides["login"].engine
    pages, here = [SECOND_DOOR], engine.target(SECOND_DOOR, "other", {})
    while here is not None and engine.flow.states[here].outcome is None:
        pages.append(here)
        here = engine.target(here, "other", {})

    assert here == engine.target(SECOND_DOOR, "code-unknown", {})
    assert {button.state for button, _ in numbers_on_buttons(catalog.guides["login"]).values()} == set(pages)
    assert len(pages) <= 5


def test_a_button_says_the_same_numbers_in_every_language(catalog: Catalog) -> None:
    guide = catalog.guides["login"]
    for button, _ in numbers_on_buttons(guide).values():
        context, label = f"{button.state}.choices.{button.trigger}", guide.engine.flow.states[button.state].choices
        for words in guide.words.values():
            said = words.say(context, label[button.trigger].label)
            assert re.findall("[0-9]+", said) == re.findall("[0-9]+", label[button.trigger].label)


def endings_near(guide: Guide, start: str, clicks: int) -> set[str | None]:
    """Return the outcomes that a person can come to from a state with at most this many answers, never being lost."""
    exploration, states = guide.exploration, guide.engine.flow.states
    reached = {here for here in exploration.first if here.state == start}
    seen = set[Configuration](reached)
    for _ in range(clicks):
        steps = {there for here in reached for trigger, there in exploration.edges[here] if _is_chosen(trigger)}
        reached = steps - seen
        seen |= reached
    return {states[here.state].outcome for here in seen} - {None}


def _is_chosen(trigger: str) -> bool:
    return trigger not in {LOST, DEFAULT} and code_of(trigger) is None


def test_a_number_leads_near_the_help_of_who_can_mend_it(catalog: Catalog) -> None:
    guide = catalog.guides["login"]
    for number, code in catalog.common.codes.items():
        target = guide.engine.target(SECOND_DOOR, f"code-{number}", {})
        assert target is not None
        help_of = {HELP[code.who]} if code.who in HELP else set(HELP.values())
        assert help_of <= endings_near(guide, target, HELP_CLICKS), number
        ending = guide.engine.flow.states[target].outcome
        assert ending is None or {ending} == help_of, f"{number} ends at once, and not where it can be mended"


def test_a_password_is_never_a_matter_of_the_helpdesk(catalog: Catalog) -> None:
    passwords = {"50053", "50055", "50056", "50057", "50064", "50126", "50144"}
    phones = {"50072", "50074", "50076", "50078", "50079", "500121"}

    # Whether it is the company's or a personal account is asked later, unless the number tells.
    assert {catalog.common.codes[number].who for number in passwords} == {"administrator", "depends"}
    assert {catalog.common.codes[number].who for number in phones} == {"helpdesk"}
    assert (catalog.common.codes["500212"].who, catalog.common.codes["500213"].who) == ("administrator", "helpdesk")


def test_a_sign_in_can_be_tried_within_two_answers_and_its_success_is_asked_about(catalog: Catalog) -> None:
    guide = catalog.guides["login"]
    engine = guide.engine
    signing_in = [name for name, state in engine.flow.states.items() if state.invoke == "sign-in"]

    assert min(len(guide.shortest[name]) for name in signing_in) <= 2
    for name in signing_in:
        asked = engine.target(name, "signed-in", {})
        assert asked is not None
        assert engine.flow.states[asked].outcome is None
        assert "{service-address}" in " ".join(part.text for part in engine.flow.states[asked].text)


def test_every_text_for_an_administrator_names_the_page_that_says_what_to_click(catalog: Catalog) -> None:
    login, administrator = (catalog.guides[name].engine.flow.states for name in ("login", "administrator"))
    notes = {state.no: {use.note for use in state.notes} for state in administrator.values()}
    texts = {name: state.message for name, state in login.items() if state.message is not None}
    for name, message in texts.items():
        for words in catalog.guides["login"].words.values():
            said = [words.say(f"{name}.message.text", part.text) for part in message.text]
            named = [int(number) for text in said for number in PAGE_OF_GUIDE.findall(text)]
            assert len(named) == (message.to == "administrator"), name
            assert all("request-genuine" in notes[number] for number in named), name


@pytest.mark.parametrize(
    ("base_url", "shown"), [("https://help.example.com", "https://help.example.com"), ("", "このご案内のアドレス")]
)
def test_a_text_for_an_administrator_shows_where_the_guide_is_open_if_that_is_known(
    catalog: Catalog, base_url: str, shown: str
) -> None:
    guide = catalog.guides["login"]
    page = ask(
        create_app(Config(base_url=base_url), catalog), guide_path("ja", guide.id, guide.shortest["admin-password"])
    )

    assert f"確かめ方: {shown}/210" in page.body.decode()


def test_every_choice_of_the_administrators_guide_is_made_in_some_story(catalog: Catalog) -> None:
    guide = catalog.guides["administrator"]
    told = {answer for story in stories(guide) for answer in answers_of(story)}

    offered = {Answer(name, trigger) for name, state in guide.engine.flow.states.items() for trigger in state.choices}
    assert offered - told == set()


def test_stories_are_told_for_every_result_and_for_ten_numbers_at_least(catalog: Catalog) -> None:
    told = {answer.trigger for story in stories(catalog.guides["login"]) for answer in answers_of(story)}

    assert told >= RESULTS["sign-in"] | RESULTS["error-code"]
    assert len([trigger for trigger in told if code_of(trigger)]) >= 10


def test_every_story_of_a_customer_ends_as_it_says(catalog: Catalog) -> None:
    told = [(guide, story) for guide in catalog.guides.values() for story in stories(guide)]
    assert len(told) >= STORIES

    for guide, story in told:
        position = guide.engine.replay(answers_of(story))
        state = guide.engine.flow.states[position.state]
        passed = [answer.state for answer in position.answers]
        assert story["ends"] in {position.state, state.outcome}, story["title"]
        assert set(story.get("through", ())) <= {*passed, position.state}, story["title"]


def test_the_last_page_of_a_story_mentions_what_it_promises(catalog: Catalog, visitor: Visitor) -> None:
    for guide in catalog.guides.values():
        for story in stories(guide):
            page = visitor.open(guide_path(guide.engine.flow.language, guide.id, answers_of(story)))
            words = " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())
            for mentioned in story.get("mentions", ()):
                assert mentioned in words, story["title"]


def test_the_ten_commonest_stories_take_at_most_six_answers(catalog: Catalog) -> None:
    commonest = stories(catalog.guides["login"])[:COMMONEST]

    assert [story["title"] for story in commonest if len(story["answers"]) > CLICKS] == []


def test_who_always_feels_lost_comes_to_an_ending(catalog: Catalog, visitor: Visitor) -> None:
    for guide in catalog.guides.values():
        for here in guide.exploration.first:
            position = guide.engine.replay(guide.exploration.answers(here))
            for _ in range(10):
                following = guide.engine.step(position, LOST)
                if following is None:
                    break
                position = following
            assert guide.engine.flow.states[position.state].outcome is not None, here


@settings(max_examples=15)
@given(data=st.data())
def test_a_walk_of_two_hundred_steps_meets_no_fault_no_dead_end_and_loses_no_answer(
    catalog: Catalog, visitor: Visitor, data: st.DataObject
) -> None:
    guide, language = data.draw(st.sampled_from(list(guides(catalog))))
    moves = data.draw(st.lists(st.integers(0, 10**6), min_size=WALK, max_size=WALK))
    target, answered = f"/{language}/{guide.id}/", list[Answer]()

    for move in moves:
        page = visitor.open(target)
        position = guide.engine.replay(answered)
        assert found(STATE, page) == position.state
        assert len(GIVEN.findall(page)) == len(answered)
        ways = choices(page) or [(found(BACK, page), None)]
        link, trigger = ways[move % len(ways)]
        target = urljoin(target, link)
        answered = following(guide, position, target, trigger)


def following(guide: Guide, position: Position, target: str, trigger: str | None) -> list[Answer]:
    """The answers after following a link: one more, one fewer, or the shortest ones that mean the same."""
    if trigger is not None:
        return [*position.answers, Answer(position.state, trigger)]
    answers = [Answer(*part.split(".")) for part in target.split("/")[3:-1]]
    if answers != list(position.answers[:-1]):
        before = guide.exploration.configuration(position)
        after = guide.exploration.configuration(guide.engine.replay(answers))
        assert after in [there for _, there in guide.exploration.edges[before]]
    return answers
