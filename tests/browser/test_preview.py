"""An author writes, the browser beside the editor follows: in a real Chromium, with saves as editors make them."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.inspection import Inspection, listening, look
from tests.previewing import Previewing, previewing, save_by_renaming, save_in_two_steps
from tests.real_parts import ROOT

FIRST = "いまの状況を教えてください"
OTHER = "どのエラーが出ていますか？"
WITHIN = 20_000
WINDOW: ViewportSize = {"width": 1280, "height": 900}


class Author:
    """Somebody with an editor at the left and a browser at the right."""

    def __init__(self, preview: Previewing, page: Page, folder: Path) -> None:
        self.preview, self.page, self.folder = preview, page, folder
        self.flow = folder / "login" / "flow.yaml"
        self.written = self.flow.read_text("utf-8")

    def heading(self, words: str) -> None:
        """Wait until the guide's page in the frame has this heading."""
        expect(self.page.frame_locator("#guide").locator("h1")).to_have_text(words, timeout=WITHIN)

    def open(self, path: str = "/preview/ja/login/") -> None:
        self.page.goto(self.preview.site + path)
        self.page.frame_locator("#guide").locator("main").wait_for(timeout=WITHIN)

    def save(self, old: str, new: str, by: Callable[[Path, str], None] = save_by_renaming) -> None:
        """Save the flow as it was at first, but for some words."""
        by(self.flow, self.written.replace(old, new))


def of_ours(found: Inspection) -> dict[str, list[str]]:
    """What axe found, but that a card of the diagram is named by number and title alone, not by each line on it."""
    card = re.compile(r'label-content-name-mismatch: .* <a class="state"')
    return {view: [line for line in lines if not card.search(line)] for view, lines in found.axe.items()}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Previewing, Path]]:
    folder = tmp_path_factory.mktemp("preview")
    shutil.copytree(ROOT / "flows", folder / "flows")
    with previewing(folder / "log", "login", "--flows", str(folder / "flows"), language="ja") as preview:
        yield preview, folder / "flows"


@pytest.fixture
def author(running: tuple[Previewing, Path], browser: Browser) -> Iterator[Author]:
    preview, folder = running
    with browser.new_context(locale="ja", reduced_motion="reduce", viewport=WINDOW) as context:
        page = context.new_page()
        page.set_default_timeout(WITHIN)
        author = Author(preview, page, folder)
        yield author
        save_by_renaming(author.flow, author.written)
        author.open()
        author.heading(FIRST)


@pytest.mark.parametrize("by", [save_by_renaming, save_in_two_steps])
def test_what_is_saved_appears_without_a_hand_on_the_browser(author: Author, by: Callable[[Path, str], None]) -> None:
    author.open()
    author.save(f"title: {FIRST}", "title: 新しい題名です", by=by)

    author.heading("新しい題名です")
    expect(author.page).to_have_title("プレビュー: 1 新しい題名です")


def test_the_page_and_the_panels_stay_where_the_author_is(author: Author) -> None:
    author.open()
    author.page.frame_locator("#guide").get_by_role("link", name="エラーの言葉や、エラー番号が出た").click()
    author.heading(OTHER)
    expect(author.page).to_have_url(f"{author.preview.site}/preview/ja/login/situation.error/")
    author.save(f"title: {OTHER}", "title: どのエラーですか？")

    author.heading("どのエラーですか？")
    expect(author.page.locator("[data-panel=state]")).to_contain_text("7 どのエラーですか？")
    expect(author.page.locator(".picture .current a.state")).to_have_attribute("data-number", "7")


def test_a_bad_save_leaves_the_page_and_says_what_is_wrong_until_it_is_mended(author: Author) -> None:
    author.open()
    author.save("start: situation", "start: situatoin")
    expect(author.page.locator("#news")).to_contain_text("最後に正しかったとき")

    author.heading(FIRST)
    expect(author.page.locator("[data-panel=problems]")).to_contain_text("flows/login/flow.yaml:")
    author.save("start: situation", "start: situation")
    expect(author.page.locator("#news")).to_be_empty()


def test_flows_that_are_faulty_at_the_start_appear_once_they_are_mended(browser: Browser, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "flows", tmp_path / "flows"))
    flow = folder / "login" / "flow.yaml"
    good = flow.read_text("utf-8")
    flow.write_text(good.replace("start: situation", "start: situatoin"), "utf-8")
    with (
        previewing(tmp_path / "log", "--flows", str(folder)) as preview,
        browser.new_context(locale="ja") as context,
    ):
        page = context.new_page()
        page.goto(preview.printed)
        expect(page.locator("[data-panel=problems]")).to_contain_text("situatoin")
        save_by_renaming(flow, good)

        page.frame_locator("#guide").locator("h1").wait_for(timeout=WITHIN)


def test_one_starts_at_any_page_found_by_its_number_typed_full_width(author: Author) -> None:
    author.open()
    author.page.locator("[data-panel=states] summary").click()
    author.page.get_by_role("searchbox").fill("７ どのエラー")
    author.page.locator(".states a:visible").click()

    author.heading(OTHER)


def test_a_card_of_the_diagram_leads_to_its_page(author: Author) -> None:
    author.open()
    author.page.locator(".picture a.state[data-number='2']").click()

    author.heading("このパソコンで使うのは、はじめてですか？")


def test_phone_width_is_390_pixels_for_the_guide(author: Author) -> None:
    author.open("/preview/ja/login/?width=phone")
    width = author.page.evaluate("document.getElementById('guide').contentWindow.innerWidth")

    assert width == 390


def test_without_javascript_reloading_shows_what_was_saved(author: Author, browser: Browser) -> None:
    author.open()
    author.save(f"title: {FIRST}", "title: 新しい題名です")
    author.heading("新しい題名です")
    with browser.new_context(java_script_enabled=False, locale="ja") as context:
        page = context.new_page()
        page.goto(author.preview.printed)

        expect(page.frame_locator("#guide").locator("h1")).to_have_text("新しい題名です")
        page.locator("[data-panel=state] .ways a").first.click()
        expect(page.frame_locator("#guide").locator("h1")).to_have_text("このパソコンで使うのは、はじめてですか？")


@pytest.mark.parametrize(
    "path",
    ["/preview/ja/login/", "/preview/en/login/situation.screen/?width=phone", "/preview/ja/login/?diagram=whole"],
)
def test_the_preview_is_accessible_quiet_and_fits_at_every_width(author: Author, node_modules: Path, path: str) -> None:
    found = Inspection()
    author.page.context.add_init_script(path=node_modules / "axe-core" / "axe.min.js")
    with listening(author.page, author.preview.site, found):
        author.open(path)
        look(author.page, path, found)

    assert replace(found, axe=of_ours(found)) == Inspection()


def test_problems_are_accessible_too(author: Author, node_modules: Path) -> None:
    found = Inspection()
    author.page.context.add_init_script(path=node_modules / "axe-core" / "axe.min.js")
    author.open()
    author.save("start: situation", "start: situatoin")
    expect(author.page.locator("#news")).to_contain_text("最後に正しかったとき")
    look(author.page, "/preview/", found)

    assert of_ours(found) == Inspection().axe


def test_the_browser_says_when_the_preview_has_ended(browser: Browser, tmp_path: Path) -> None:
    with browser.new_context(locale="ja") as context:
        page = context.new_page()
        with previewing(tmp_path / "log") as preview:
            page.goto(preview.printed)
        expect(page.locator("#connection")).to_contain_text("プレビューは終了しています", timeout=WITHIN)
