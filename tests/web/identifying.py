"""Find out which screen it is, as a browser without JavaScript does."""

from flask import Flask

from assistant.catalog import Guide
from assistant.flow.model import Answer as Given
from assistant.flow.recognising.index import homes_of
from tests.web.asking import Answer, ask

START = "/ja/login/identify/"


def say(app: Flask, text: str, page: str = START) -> Answer:
    """Send words from the box of a page."""
    return ask(app, page, "POST", form={"text": text})


def offered(page: Answer) -> list[str]:
    """The screens whose pictures a page shows, in order."""
    return [str(card["data-screen"]) for card in page.soup.select("li[data-screen]")]


def ways(page: Answer) -> dict[str, str]:
    """Where the picture of each screen leads."""
    return {
        str(card["data-screen"]): page.resolved(str(card.select("a")[0]["href"]))
        for card in page.soup.select("li[data-screen]")
    }


def link(page: Answer, words: str) -> str:
    """Where the link with these words leads."""
    [target] = [each.target for each in page.links("main a") if each.words == words]
    return target


def home(guide: Guide, screen: str) -> str:
    """The state that is a screen's home."""
    return homes_of(guide.engine.flow)[screen]


def given_in(target: str) -> tuple[Given, ...]:
    """The answers in the path of a page."""
    parts = target.partition("?")[0].strip("/").split("/")[2:]
    return tuple(Given(*part.split(".")) for part in parts if "." in part)
