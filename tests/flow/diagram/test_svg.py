"""The SVG: whole, escaped, linked, and free of all that a strict Content-Security-Policy forbids."""

import re
from dataclasses import replace
from xml.etree import ElementTree

from hypothesis import given

from assistant.flow.diagram.model import Diagram, Edge, Node
from assistant.flow.diagram.svg import as_svg
from tests.flow.diagram.drawn import copier, diagrams

SVG = "{http://www.w3.org/2000/svg}"


def nowhere(state: str) -> None:
    """Link to nothing."""


def parsed(diagram: Diagram, current: str | None = None) -> ElementTree.Element:
    return ElementTree.fromstring(as_svg(diagram, lambda state: f"/{state}?a=1&b=2", current))


def words(element: ElementTree.Element) -> set[str]:
    return {text.text or "" for text in element.iter(f"{SVG}text")}


@given(diagrams)
def test_every_state_is_a_link_with_its_number(diagram: Diagram) -> None:
    links = [link for link in parsed(diagram).iter(f"{SVG}a") if link.get("class") == "state"]

    assert {(link.get("data-state"), link.get("data-number"), link.get("href")) for link in links} == {
        (node.state, str(node.number), f"/{node.state}?a=1&b=2") for node in diagram.nodes
    }
    assert len(links) == len(diagram.nodes)


@given(diagrams)
def test_every_edge_is_there_once_with_all_its_words(diagram: Diagram) -> None:
    found = {
        (element.get("data-source"), element.get("data-target")): element.findtext(f"{SVG}title")
        for element in parsed(diagram).iter()
        if element.get("data-source")
    }

    assert set(found) == {(edge.source, edge.target) for edge in diagram.edges}
    for edge in diagram.edges:
        assert " / ".join(edge.labels) in (found[edge.source, edge.target] or "")


@given(diagrams)
def test_nothing_in_it_needs_a_style_a_script_or_an_id(diagram: Diagram) -> None:
    for element in parsed(diagram, diagram.start).iter():
        assert element.tag in {f"{SVG}{name}" for name in ("svg", "title", "g", "a", "rect", "path", "text")}
        assert [name for name in element.attrib if name in ("style", "id") or name.startswith("on")] == []


@given(diagrams)
def test_the_same_diagram_gives_the_same_bytes(diagram: Diagram) -> None:
    assert as_svg(diagram, nowhere) == as_svg(replace(diagram), nowhere)


def test_words_are_shown_as_they_are_written() -> None:
    node = Node("a", 1, "<b> & \"x\" 'y'", "s")
    diagram = Diagram('<t> & "', "ja", "a", (node,), (Edge("a", "a", ("<i>&",)),), {"s": "<s>&"}, {})

    text = as_svg(diagram, lambda state: '/"><script>', "a")

    assert {"<s>&", "<i>&", "<b> & \"x\" 'y'"} <= words(ElementTree.fromstring(text))
    assert "<script>" not in text


def test_a_state_without_address_is_no_link_but_keeps_its_number() -> None:
    text = as_svg(copier(), nowhere)

    assert "href" not in text
    assert 'data-state="pull" data-number="4"' in text


def test_with_links_it_is_a_document_and_without_a_picture() -> None:
    assert parsed(copier()).get("role") == "graphics-document"
    assert 'role="img" aria-label="コピー機のお手伝い"' in as_svg(copier(), nowhere)


def test_only_the_current_state_is_highlighted() -> None:
    root = parsed(copier(), "pull")
    current = [link.get("data-state") for link in root.iter(f"{SVG}a") if link.get("aria-current") == "step"]

    assert current == ["pull"]
    assert [group.get("class") for group in root.iter(f"{SVG}g")].count("card current") == 1


def test_an_ending_is_told_apart_without_colour_by_two_borders_and_the_name_of_its_outcome() -> None:
    link = next(link for link in parsed(copier()).iter(f"{SVG}a") if link.get("data-state") == "done")

    assert len(list(link.iter(f"{SVG}rect"))) == 2
    assert {"90", "直りました", "解決", "◎ おわり"} == words(link)


def test_a_state_that_runs_something_says_what() -> None:
    link = next(link for link in parsed(copier()).iter(f"{SVG}a") if link.get("data-state") == "retry")

    assert "▷ sign-in" in words(link)


def test_a_guarded_edge_is_dashed_and_marked() -> None:
    group = next(group for group in parsed(copier()).iter(f"{SVG}g") if group.get("data-target") == "power")

    assert "◇何も出ない" in words(group)
    assert any(path.get("stroke-dasharray") for path in group.iter(f"{SVG}path"))


def test_the_words_of_the_legend_are_english_for_all_languages_but_japanese() -> None:
    assert "● Start" in words(parsed(replace(copier(), language="fr")))


def test_numbers_have_one_digit_at_most_after_the_point() -> None:
    assert re.findall(r"[ \"MVHC]-?\d+\.\d\d", as_svg(copier(), nowhere)) == []


def test_an_empty_diagram_is_an_empty_picture() -> None:
    assert parsed(replace(copier(), nodes=(), edges=())).findtext(f"{SVG}title") == "コピー機のお手伝い"
