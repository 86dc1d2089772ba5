"""`assistant draw`: pictures of flows, whole and in part, for people and for other programs."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from assistant.cli.draw import draw
from tests.flow.good_flow import GOOD, write_flows

SVG = "{http://www.w3.org/2000/svg}"


def run(*arguments: object, **environment: str) -> Result:
    env = {"LANGUAGE": "en", "ASSISTANT_FLOWS": None, **environment}
    result = CliRunner().invoke(draw, [*map(str, arguments)], env=env)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def drawn(*arguments: object) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def states(text: str) -> set[str | None]:
    links = ElementTree.fromstring(text).iter(f"{SVG}a")
    return {link.get("data-state") for link in links if link.get("class") == "state"}


@pytest.fixture
def flows(tmp_path: Path) -> Path:
    write_flows(tmp_path, GOOD)
    return tmp_path


def home(flows: Path) -> Path:
    return next(path.parent for path in flows.rglob("flow.yaml"))


def test_the_shipped_flow_is_drawn_with_all_its_states() -> None:
    assert len(states(drawn("login"))) == 143


def test_a_flow_is_named_by_its_id_its_folder_or_its_file(flows: Path) -> None:
    by_id = drawn(home(flows).name, "--flows", flows)

    assert states(by_id) >= {"ask", "check", "help", "try"}
    assert drawn(home(flows)) == drawn(home(flows) / "flow.yaml") == by_id


def test_a_large_flow_is_as_wide_as_a_window_and_a_small_one_as_large_as_it_is(flows: Path) -> None:
    shape = re.compile(r' width="([\d.]+)" height="([\d.]+)" viewBox="0 0 ([\d.]+) ([\d.]+)"')
    large, small = (
        [float(number) for number in shape.findall(drawn(*arguments))[0]]
        for arguments in (("login",), ("demo", "--flows", flows))
    )

    assert large[0] == 1200
    assert large[1] == pytest.approx(1200 * large[3] / large[2], abs=0.1)
    assert small[:2] == small[2:]


def test_links_lead_to_the_numbers_of_the_guide_only_if_its_address_is_given(flows: Path) -> None:
    assert 'href="https://help.example.com/sign-in/2"' in drawn(
        home(flows), "--base-url", "https://help.example.com/sign-in/"
    )
    assert "href" not in drawn(home(flows))


def test_the_file_is_written_whole_and_a_second_time_too(flows: Path, tmp_path: Path) -> None:
    path = tmp_path / "picture.svg"
    for _ in range(2):
        assert drawn(home(flows), "--output", path) == ""

    assert path.read_text("utf-8") == drawn(home(flows))
    assert [found.name for found in tmp_path.glob(".*picture*")] == []


def test_a_file_that_cannot_be_written_is_said_so(flows: Path, tmp_path: Path) -> None:
    result = run(home(flows), "--output", home(flows) / "flow.yaml" / "picture.svg")

    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


@pytest.mark.parametrize(("form", "begins"), [("svg", "<svg "), ("mermaid", "flowchart TD\n"), ("dot", "digraph ")])
def test_each_format_is_what_it_says(flows: Path, form: str, begins: str) -> None:
    assert drawn(home(flows), "--format", form).startswith(begins)


def test_around_a_state_or_its_number_only_what_is_near_is_drawn_and_the_state_highlighted() -> None:
    near = drawn("login", "--around", "password-entry", "--distance", 1)

    assert {"password-entry", "after-credential"} <= states(near)
    assert len(states(near)) < 20
    assert near.count('aria-current="step"') == 1
    assert drawn("login", "--around", 31, "--distance", 1) == near


def test_stages_are_drawn_alone() -> None:
    assert len(states(drawn("login", "--stage", "consent"))) == 9
    assert len(states(drawn("login", "--stage", "consent", "--stage", "account"))) == 9 + 24


def test_lost_is_drawn_if_asked_for(flows: Path) -> None:
    assert "わからない" in drawn(home(flows), "--lost", "--format", "dot")
    assert "わからない" not in drawn(home(flows), "--format", "dot")


def test_the_words_are_those_of_the_language() -> None:
    assert 'lang="en"' in drawn("login", "--language", "en")
    assert "Which screen" in drawn("login", "--language", "en")


def test_a_flow_with_problems_is_drawn_if_it_can_run_and_its_problems_are_told(flows: Path) -> None:
    path = home(flows) / "flow.yaml"
    alone = "  alone: {no: 999, title: 一人, outcome: resolved}\n  ended:"
    path.write_text(path.read_text("utf-8").replace("  ended:", alone), "utf-8")

    result = run(home(flows))

    assert (result.exit_code, "[unreachable]" in result.stderr) == (0, True)
    assert "alone" in states(result.stdout)


def test_a_flow_that_cannot_run_is_not_drawn(flows: Path) -> None:
    path = home(flows) / "flow.yaml"
    path.write_text(path.read_text("utf-8").replace("start: ask", "start: aks"), "utf-8")

    result = run(home(flows))

    assert (result.exit_code, result.stdout) == (1, "")
    assert "these problems have to be mended first" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["logn"], "did you mean 'login'?"),
        (["login", "--language", "fr"], "it has ja, en"),
        (["login", "--stage", "acount"], "did you mean 'account'?; known are: account, credential, consent"),
        (["login", "--around", "pasword-entry"], "did you mean 'password-entry'?"),
        (["login", "--around", "9999"], "no state '9999'"),
        (["login", "--around", "situation", "--distance", "0", "--stage", "consent"], "nothing to draw"),
        (["login", "--distance", "2"], "--distance belongs to --around"),
        (["login", "--every-line", "--format", "dot"], "--every-line belongs to --format svg"),
        (["login", "--base-url", "help.example.com"], "such as https://help.example.com"),
        (["login", "--base-url", 'https://a.example/"'], "such as https://help.example.com"),
    ],
)
def test_wrong_use_says_what_to_write_instead(arguments: list[str], said: str) -> None:
    result = run(*arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_mistakes_are_told_in_japanese_where_the_locale_is() -> None:
    assert (
        "描くものがありません"
        in run(*("login", "--around", "1", "--distance", "0", "--stage", "consent"), LANGUAGE="ja").stderr
    )
