"""The preview shows what customers get, keeps the last good version, says what is wrong, and lets nobody else look."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import pytest
from bs4 import BeautifulSoup
from werkzeug.test import Client, TestResponse

from assistant.catalog import open_catalog
from assistant.config import LOOPBACK, Config
from assistant.flow.explanation import read_explanations
from assistant.resources import explanations_folder
from assistant.web import create_app
from assistant.web.preview import Preview
from assistant.web.preview.current import Current, Now
from assistant.web.preview.gate import ENTRANCE, LocalGate, SharedGate, Tokens
from tests.previewing import WITHIN, save_by_renaming
from tests.web.asking import SMALL_FLOWS

PAGES = (
    "/ja/small/",
    "/en/small/",
    "/ja/small/begin.again/",
    "/ja/small/begin.again/menu.typed/?screen=en",
    "/4",
    "/ja/",
)
EXPLAINED = read_explanations((explanations_folder() / "machine.yaml").read_text("utf-8"))["unknown-target"]
NEW_STATE = """
  brand-new:
    no: 77
    title: 新しい状態
    outcome: resolved
"""


@dataclass
class Author:
    """Somebody who writes the small flow with the preview open."""

    folder: Path
    client: Client

    @property
    def flow(self) -> Path:
        return self.folder / "small" / "flow.yaml"

    def open(self, path: str, language: str = "ja") -> BeautifulSoup:
        answer = self.client.get(path, headers={"Accept-Language": language}, follow_redirects=True)
        assert answer.status_code == 200, answer.status
        return BeautifulSoup(answer.data, "html.parser")

    def save(self, change: Callable[[str], str]) -> None:
        """Save the flow, and wait for the news of it."""
        stamp = self.stamp
        save_by_renaming(self.flow, change(self.flow.read_text("utf-8")))
        answer = self.client.get(f"/preview/news?stamp={stamp}")
        assert json.loads(answer.data)["stamp"] != stamp

    @property
    def stamp(self) -> int:
        return int(str(self.open("/preview/").select("main")[0]["data-stamp"]))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL_FLOWS, tmp_path / "flows"))


@pytest.fixture
def writing(folder: Path) -> Iterator[Callable[[], Author]]:
    """Start a preview of the folder as it is by then."""
    started: list[tuple[Preview, Thread]] = []

    def start() -> Author:
        made = preview_of(folder)
        thread = Thread(target=made.serve)
        thread.start()
        started.append((made, thread))
        return Author(folder, Client(LocalGate(made.app, LOOPBACK), TestResponse))

    yield start
    for made, thread in started:
        made.stop()
        thread.join(WITHIN)


@pytest.fixture
def author(writing: Callable[[], Author]) -> Author:
    return writing()


def preview_of(folder: Path) -> Preview:
    messages: dict[str, Callable[[str], str]] = {"ja": lambda template: f"〈{template}〉", "en": str}
    return Preview(folder, Config(), flow=None, waiting=2, messages=messages, told=lambda now: None)


def words(page: BeautifulSoup, panel: str) -> str:
    return page.select(f"[data-panel={panel}]")[0].get_text(" ", strip=True)


def misspell(text: str) -> str:
    return text.replace("to: menu}", "to: mneu}", 1)


@pytest.mark.parametrize("path", PAGES)
def test_the_guide_is_what_serve_gives_but_for_what_may_be_kept_and_framed(author: Author, path: str) -> None:
    served = Client(create_app(Config(), open_catalog(author.folder)), TestResponse).get(path)
    shown = author.client.get(path)

    assert (shown.status, shown.data, shown.location) == (served.status, served.data, served.location)
    assert (shown.headers["Cache-Control"], "ETag" in shown.headers) == ("no-store", False)
    assert shown.headers["Content-Security-Policy"] == served.headers["Content-Security-Policy"].replace(
        "frame-ancestors 'none'", "frame-ancestors 'self'"
    )


def test_nobody_may_put_the_preview_itself_into_a_frame(author: Author) -> None:
    policy = author.client.get("/preview/ja/small/").headers["Content-Security-Policy"]

    assert {"frame-ancestors 'none'", "frame-src 'self'"} <= set(policy.split("; "))
    assert "unsafe" not in policy


def test_a_save_is_shown_at_the_same_position(author: Author) -> None:
    author.save(lambda text: text.replace("くりかえします", "何度でもできます"))
    page = author.open("/preview/ja/small/begin.again/menu.other/")

    assert "何度でもできます" in words(page, "state")
    assert "何度でもできます" in author.client.get(str(page.select("#guide")[0]["src"])).text


def test_a_bad_save_keeps_the_last_good_version_and_says_what_is_wrong_and_where(author: Author) -> None:
    author.save(misspell)
    page = author.open("/preview/ja/small/")

    assert "最後に正しかったとき" in page.select("#news")[0].get_text()
    assert re.search(
        r"このページ 間違い 〈no state .*〉 flows/small/flow.yaml:\d+:\d+ .*\[unknown-target\]", words(page, "problems")
    )
    assert "いまの状況を選びます" in author.client.get("/ja/small/").text


def test_a_bad_save_that_is_mended_is_shown_again(author: Author) -> None:
    good = author.flow.read_text("utf-8")
    author.save(misspell)
    author.save(lambda text: good.replace("はじめに", "さいしょに"))
    page = author.open("/preview/ja/small/")

    assert page.select(".fault") == []
    assert "さいしょに" in author.client.get("/ja/small/").text


@pytest.mark.parametrize("broken", ["", "title: [", "\ttitle: x", "states: {}", "\x00", "- a\n- b"])
def test_whatever_is_saved_the_page_stays(author: Author, broken: str) -> None:
    author.save(lambda text: broken)

    assert author.client.get("/ja/small/begin.again/").status_code == 200
    assert author.open("/preview/ja/small/begin.again/").select("#guide") != []


def test_a_folder_that_vanishes_leaves_the_last_good_version(author: Author) -> None:
    stamp = author.stamp
    author.folder.rename(author.folder.with_name("elsewhere"))
    author.client.get(f"/preview/news?stamp={stamp}")
    page = author.open("/preview/ja/small/")

    assert "[no-flow]" in words(page, "problems")
    assert page.select("#guide") != []


def test_flows_that_are_faulty_at_the_start_are_shown_once_they_are_mended(
    folder: Path, writing: Callable[[], Author]
) -> None:
    flow = folder / "small" / "flow.yaml"
    good = flow.read_text("utf-8")
    flow.write_text(misspell(good), "utf-8")
    author = writing()
    before = author.open("/preview/")
    guide = author.client.get("/ja/small/")
    author.save(lambda text: good)
    after = author.open("/preview/")

    assert (before.select("#guide"), guide.location) == ([], "/preview/")
    assert "[unknown-target]" in words(before, "problems")
    assert after.select("#guide") != []


def test_answers_that_lead_nowhere_any_more_lead_to_the_furthest_position_which_says_so(author: Author) -> None:
    author.save(lambda text: text.replace("failed: {label: できない", "not-done: {label: できない"))
    answer = author.client.get("/preview/ja/small/begin.again/menu.other/circle.failed/?width=phone")
    page = author.open(answer.location)

    assert answer.location == "/preview/ja/small/begin.again/menu.other/?changed&width=phone"
    assert page.select("#guide")[0]["src"] == "/ja/small/begin.again/menu.other/?changed"


def test_a_state_that_nothing_leads_to_yet_is_shown_without_a_way_to_it(author: Author) -> None:
    author.save(lambda text: text + NEW_STATE)
    page = author.open("/preview/ja/small/")

    assert "このままでは公開できません" in page.select("#news")[0].get_text()
    assert "77 新しい状態 (まだ、どこからも来られません)" in words(page, "states")


def test_one_can_start_at_a_state_that_was_written_a_moment_ago(author: Author) -> None:
    author.save(
        lambda text: text.replace("done: {label: できた, to: done}", "done: {label: できた, to: brand-new}") + NEW_STATE
    )
    page = author.open("/preview/ja/small/?width=phone")
    link = next(str(link["href"]) for link in page.select(".states a") if "77" in link.get_text())
    there = author.open(link)

    assert link == "/preview/ja/77?width=phone"
    assert there.select("#guide")[0]["src"] == "/ja/small/begin.again/menu.other/circle.done/"
    assert there.select(".phone") != []


def test_the_place_of_the_state_and_of_every_problem_can_be_opened_in_the_authors_editor(author: Author) -> None:
    author.save(misspell)
    page = author.open("/preview/ja/small/begin.again/")
    lines = author.flow.read_text("utf-8").splitlines()
    links = [str(link["href"]) for link in page.select(".editor")]

    assert f"vscode://file{author.flow.as_posix()}:{lines.index('  menu:') + 1}:3" in links
    assert len(links) == len(page.select(".place"))


def test_problems_of_the_state_that_is_looked_at_come_first(author: Author) -> None:
    author.save(lambda text: text.replace("screen: other, to: circle", "screen: otter, to: circle"))
    there = author.open("/preview/ja/small/begin.again/").select("[data-panel=problems] .error")[0]
    elsewhere = author.open("/preview/ja/small/").select("[data-panel=problems] .error")[0]
    headings = [error.find_previous("h3").get_text() for error in (there, elsewhere)]  # type: ignore[union-attr]

    assert headings == ["このページ", "ほかの場所"]


def test_a_code_is_explained_beside_its_problem(author: Author) -> None:
    author.save(misspell)
    japanese, english = (author.open("/preview/ja/small/", language) for language in ("ja", "en"))
    explained = [page.select(".problems .error .explained p")[0].get_text() for page in (japanese, english)]

    assert explained == [EXPLAINED.why.ja, EXPLAINED.why.en]
    assert [EXPLAINED.wrong, EXPLAINED.right] == [pre.get_text() for pre in japanese.select(".error pre")[:2]]


def test_problems_are_said_in_the_readers_language(author: Author) -> None:
    author.save(misspell)
    japanese = words(author.open("/preview/ja/small/", "ja"), "problems")
    english = words(author.open("/preview/ja/small/", "en"), "problems")

    assert ("〈" in japanese, "〈" in english) == (True, False)


def test_the_diagram_leads_to_every_state_and_shows_the_present_one(author: Author) -> None:
    page = author.open("/preview/ja/small/begin.again/")
    cards = {str(card["data-number"]): card.get("href") for card in page.select(".picture a.state")}

    assert cards["2"] == "/preview/ja/2"
    assert page.select(".picture .current a")[0]["data-state"] == "menu"


def test_texts_without_a_translation_are_marked_and_counted(author: Author) -> None:
    author.save(
        lambda text: (
            text.replace("いまの状況を選びます。", "- 一つ\n        - 二つ")
            .replace("text: - 一つ", "text: |-\n        - 一つ")
            .replace("title: はじめに", "title: はじめて")
        )
    )
    page = author.open("/preview/en/small/")
    source = str(page.select("#guide")[0]["src"])
    guide = BeautifulSoup(author.client.get(source).data, "html.parser")
    marked = [mark.get_text() for mark in guide.select("mark.untranslated")]

    assert source == "/marked/en/small/"
    assert {"はじめて", "一つ", "二つ"} <= set(marked)
    assert [mark.parent.name for mark in guide.select("main .text li > mark") if mark.parent] == ["li", "li"]
    assert "はじめて" in words(page, "missing")
    assert re.search("[\ue000\ue001]", str(guide)) is None


def test_translated_texts_are_not_marked_and_marks_can_be_put_off(author: Author) -> None:
    author.save(lambda text: text.replace("title: はじめに", "title: はじめて"))
    deeper = BeautifulSoup(author.client.get("/marked/en/small/begin.again/").data, "html.parser")
    off = author.open("/preview/en/small/?marks=off")

    assert "untranslated" not in str(deeper.select("main h1")[0])
    assert off.select("#guide")[0]["src"] == "/en/small/"
    assert "<mark" not in author.client.get("/en/small/").text


def test_a_marked_page_differs_from_the_guides_own_by_marks_only(author: Author) -> None:
    for path in (
        "/en/small/",
        "/en/small/begin.first/",
        "/en/small/begin.again/menu.other/circle.failed/",
        "/en/small/manual/",
    ):
        marked = author.client.get(f"/marked{path}").text
        bare = re.sub(
            r'<mark class="untranslated">|</mark>|<link rel="stylesheet" href="[^"]*preview-marks.css">\n', "", marked
        )
        plain = author.client.get(path).text

        assert re.sub(r'data-version="\w+"', "", bare) == re.sub(r'data-version="\w+"', "", plain)


def test_switches_keep_position_and_each_other(author: Author) -> None:
    page = author.open("/preview/ja/small/begin.again/?screen=en&width=phone")
    links = {str(link["href"]) for link in page.select("#switches a")}

    assert "/preview/ja/small/begin.again/?width=phone" in links
    assert "/preview/ja/small/begin.again/?screen=en" in links
    assert "/preview/en/small/begin.again/?width=phone" in links


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.168.0.7:8001", ""])
def test_a_page_elsewhere_whose_name_leads_here_sees_nothing(author: Author, host: str) -> None:
    for path in ("/preview/", "/ja/small/", "/preview/news?stamp=0", "/healthz"):
        answer = author.client.get(path, headers={"Host": host})

        assert answer.status_code == 403


@pytest.mark.parametrize("host", ["127.0.0.1:8001", "localhost:8001", "[::1]:8001", "LOCALHOST"])
def test_this_computer_is_known_by_its_names(author: Author, host: str) -> None:
    assert author.client.get("/ja/small/", headers={"Host": host}).status_code == 200


@pytest.fixture
def tokens() -> Tokens:
    return Tokens.new()


@pytest.fixture
def shared(folder: Path, tokens: Tokens) -> Callable[[], Client]:
    """A new browser of somebody in the network."""
    app = SharedGate(preview_of(folder).app, tokens, 8001)
    return lambda: Client(app, TestResponse)


@pytest.mark.parametrize(
    "path", ["/", "/preview/", "/ja/small/", "/marked/en/small/", "/healthz", "/api/v1/", "/static/x/app.css"]
)
def test_without_the_link_a_shared_preview_shows_nothing(
    shared: Callable[[], Client], tokens: Tokens, path: str
) -> None:
    stranger = shared()
    wrong = shared()
    wrong.set_cookie("preview-8001", Tokens.new().reviewer)
    guessing = shared()
    guessing.get(f"{ENTRANCE}{tokens.reviewer[:-1]}")

    assert [client.get(path).status_code for client in (stranger, wrong, guessing)] == [403, 403, 403]


def test_the_link_opens_the_preview_and_leaves_no_secret_in_addresses(
    shared: Callable[[], Client], tokens: Tokens
) -> None:
    browser = shared()
    answer = browser.get(f"{ENTRANCE}{tokens.reviewer}")
    pages = [browser.get(path) for path in ("/preview/ja/small/", "/ja/small/", "/preview/news?stamp=0")]

    assert (answer.status_code, answer.location, answer.headers["Referrer-Policy"]) == (303, "/preview/", "no-referrer")
    assert "HttpOnly; SameSite=Lax" in answer.headers["Set-Cookie"]
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert all(tokens.reviewer not in page.text for page in pages)


def test_a_reviewer_sees_problems_without_the_folders_of_the_author(
    folder: Path, shared: Callable[[], Client], tokens: Tokens, tmp_path: Path
) -> None:
    flow = folder / "small" / "flow.yaml"
    reviewer, author = shared(), shared()
    reviewer.get(f"{ENTRANCE}{tokens.reviewer}")
    author.get(f"{ENTRANCE}{tokens.author}")
    pages = {
        name: client.get("/preview/ja/small/").text for name, client in (("reviewer", reviewer), ("author", author))
    }

    assert "flows/small/flow.yaml:" in pages["reviewer"]
    assert (str(tmp_path) in pages["reviewer"], "vscode:" in pages["reviewer"]) == (False, False)
    assert f"vscode://file{flow.as_posix()}" in pages["author"]


def test_each_run_has_secrets_of_128_bits_of_its_own() -> None:
    drawn = [token for tokens in (Tokens.new(), Tokens.new()) for token in (tokens.author, tokens.reviewer)]

    assert len(set(drawn)) == 4
    assert all(len(token) == 22 for token in drawn)


def test_who_waits_longest_gives_way_when_too_many_wait() -> None:
    current = Current(waiting=2)
    first: list[Now | None] = []
    waiting = [Thread(target=lambda: first.append(current.wait(0, WITHIN)))]
    waiting[0].start()
    while not current._waiting:
        waiting[0].join(0.01)  # until it waits
    waiting += [Thread(target=current.wait, args=(0, WITHIN)) for _ in range(2)]
    for thread in waiting[1:]:
        thread.start()
    waiting[0].join(WITHIN)

    assert first == [None]
    current.close()
    for thread in waiting:
        thread.join(WITHIN)


def test_serve_loads_nothing_of_the_preview() -> None:
    code = "import sys, assistant.web; print([name for name in sys.modules if 'preview' in name or 'watching' in name])"
    printed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    ).stdout

    assert printed == "[]\n"
