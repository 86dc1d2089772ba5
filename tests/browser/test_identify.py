"""Finding a screen in a real browser: the script answers exactly as the server, while typing, and sends nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from assistant import resources
from assistant.catalog import Catalog, open_catalog
from assistant.flow.recognising.secret import without_secrets
from assistant.web.identify.known import Known, know
from tests.benchmarks.pasting import pasted
from tests.browser.inspection import Inspection, listening, look
from tests.browser.shipped import FLOWS
from tests.browser.telling import state_of
from tests.browser.test_markup import validate

[FLOW, *_] = FLOWS
HEADING = "パスワードの入力"
CODE = "84729105"
READY = "form[data-ready]"
NUMBERS = [
    "50126",
    "AADSTS50020: x",
    "エラー コード: ５３００３",
    "error code is 700016",
    "#65001.",
    "16000 と 50057",
    "99999",
]
SECRETS = [
    *(
        CODE,
        f"{HEADING} {CODE}",
        "123 456",
        "パスワードは hunter2! です",
        "ＡＢＣ１２３！ｘｙｚ",
        "abcd1234\n",
        "20260115",
    ),
    *(
        "code: 739201",
        "AADSTS 7000215",
        "500208",
        "50020",
        "abc50126\n\n",
        "pin=4711 code 12345678 を入れた",
        "12:34:56 123456",
    ),
]
ODD = [
    *(
        "",
        " ",
        "。。。",
        "…の確認",
        "なんとかの確認って出ました",
        "アクセス許可の○○",
        "「サインインの状態を維持しますか」",
        "😀 パスワード 😀",
    ),
    *("ﾊﾟｽﾜｰﾄﾞ", "PASSWORD", "İı ß ſ K", "ｱｶｳﾝﾄｦ選択", "a@example.com", "x" * 5000, "あ" * 5000, "\r\n\t\x0b\u3000"),
]
SLICES = [(0, 1), (0, 2), (1, 2), (0, 5), (3, 7), (2, 11), (0, 17)]
# The same form without what listens to it.
_WITHOUT_SCRIPT = "document.forms[0].replaceWith(document.forms[0].cloneNode(true))"
_BY_SCRIPT = """async ({modules, index, features, texts, sets}) => {
    const [{Recogniser}, {questions}] = await Promise.all(modules.map(module => import(module)));
    const [data, made] = await Promise.all([index, features].map(async url => (await fetch(url)).json()));
    const recogniser = new Recogniser(data);
    const answers = texts.map(text => {
        const cleaned = recogniser.withoutSecrets(text);
        const {candidates, number} = recogniser.identify(cleaned.text);
        const found = candidates.map(({screen, score}) => [screen, score]);
        return [cleaned.text, cleaned.had, recogniser.scores(text), found, number, recogniser.near(candidates)];
    });
    return [answers, sets.map(screens => questions(made, screens))];
}"""


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return open_catalog(resources.folder("flows"))


@pytest.fixture(scope="module")
def known(catalog: Catalog) -> Known:
    return know(catalog)[FLOW]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(locale="ja") as context:
        page = context.new_page()
        page.set_default_timeout(10_000)
        yield page


def ready(page: Page, site: str, path: str) -> None:
    """Open a page with the box and wait until the script answers."""
    page.goto(site + path)
    page.locator(READY).wait_for()


def screens_of(page: Page) -> list[str]:
    """The screens whose pictures are shown, in order."""
    cards = page.locator("li[data-screen]:visible").all()
    return [card.get_attribute("data-screen") or "" for card in cards]


def texts(catalog: Catalog) -> list[str]:
    """Sentences about each screen, about anything else, noisy pages, numbers and secrets."""
    wordings = [wording for screen in catalog.common.screens.values() for wording in screen.wording.values()]
    said = [sentence for wording in wordings for sentence in wording.says][::8]
    elsewhere = [sentence for sentences in catalog.common.elsewhere.values() for sentence in sentences][::8]
    pages = [text for _, _, text in pasted(catalog.common, 7, 2)]
    return [*said, *elsewhere, *pages, *NUMBERS, *SECRETS, *ODD]


def test_the_script_answers_exactly_as_the_server(page: Page, site: str, catalog: Catalog, known: Known) -> None:
    said = texts(catalog)
    assert len(said) > 600
    sets = [[entry.screen for entry in known.identifier.index.entries][start::step] for start, step in SLICES]
    for drawn, asked_about in (("ja", said), ("en", said[:1])):
        page.goto(f"{site}/ja/{FLOW}/identify/?screen={drawn}")
        answers, questions = page.evaluate(_BY_SCRIPT, {**parts(page), "texts": asked_about, "sets": sets})
        for text, answer in zip(asked_about, answers, strict=True):
            assert (text, answer) == (text, by_server(known, text))
        assert questions == [asked(known, drawn, screens) for screens in sets]


def parts(page: Page) -> dict[str, Any]:
    """The addresses of the script's parts and data."""
    form = page.locator("form[data-index]")
    script = page.locator("script[type=module]").evaluate("script => script.src")
    found = {name: urljoin(page.url, form.get_attribute(f"data-{name}") or "") for name in ("index", "features")}
    return {"modules": [urljoin(script, name) for name in ("recognise.js", "distinguish.js")], **found}


def by_server(known: Known, text: str) -> list[Any]:
    cleaned = without_secrets(text, known.identifier.index.numbers)
    found = known.identifier.identify(cleaned.text)
    candidates = [[candidate.screen, candidate.score] for candidate in found.candidates]
    scores = known.identifier.scores(text)
    return [
        cleaned.text,
        cleaned.had_secrets,
        scores,
        candidates,
        found.number,
        [candidate.screen for candidate in found.near],
    ]


def asked(known: Known, drawn: str, screens: list[str]) -> list[dict[str, Any]]:
    return [
        {"kind": each.kind, "text": each.text, "shown": list(each.shown), "absent": list(each.absent)}
        for each in known.distinctions[drawn].questions(screens)
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [("ja", HEADING), ("ja", "50126"), ("ja", "zzz"), ("en", "アカウントを選択する"), ("en", "Stay signed in?")],
)
def test_the_page_shows_the_same_while_typing_as_after_sending(
    browser: Browser, page: Page, site: str, language: str, text: str
) -> None:
    path = f"/{language}/{FLOW}/situation.screen/identify/"
    ready(page, site, path)
    page.locator("#text").press_sequentially(text)
    expect(page.locator("#found:visible, #nothing:visible")).to_have_count(1)
    typed = shown(page)
    with browser.new_context(locale=language, java_script_enabled=False) as context:
        sent = context.new_page()
        sent.goto(site + path)
        sent.locator("#text").fill(text)
        sent.locator("form button").click()

        assert shown(sent) == typed


def shown(page: Page) -> tuple[list[str], list[str], list[str]]:
    """The pictures, the questions and the links that are shown for words."""
    links = page.locator(".pictures a:visible, .in-a-row a:visible")
    questions = page.locator("h1:visible, h2:visible").all_inner_texts()
    return (
        screens_of(page),
        sorted(question for question in questions if question.endswith(("？", "?"))),
        links.evaluate_all("links => links.map(link => link.href)"),
    )


def test_what_is_typed_is_never_sent(page: Page, site: str) -> None:
    asked: list[Request] = []
    ready(page, site, f"/ja/{FLOW}/identify/")
    page.on("request", lambda request: asked.append(request))
    box = page.locator("#text")
    box.press_sequentially("Enter password")
    expect(page.locator("#found")).to_be_visible()
    box.press("Enter")
    expect(page.locator("#found-heading")).to_be_focused()
    page.locator("form button", has_text="画面を探す").click()
    expect(page.locator("#told")).not_to_be_empty()

    assert [request.url for request in asked] == []
    assert page.url == f"{site}/ja/{FLOW}/identify/"
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_a_picture_leads_to_what_to_do_there(page: Page, site: str, known: Known) -> None:
    ready(page, site, f"/ja/{FLOW}/situation.screen/identify/")
    page.locator("#text").fill(HEADING)
    card = page.locator("#found li[data-screen]").first
    screen = card.get_attribute("data-screen")
    card.locator("a").click()
    page.wait_for_url(f"{site}/ja/{FLOW}/situation.screen/**")

    assert state_of(page) == next(each.state for each in known.identifier.index.entries if each.screen == screen)


def test_nothing_is_looked_for_before_the_input_method_is_done(page: Page, site: str) -> None:
    ready(page, site, f"/ja/{FLOW}/identify/")
    page.locator("#text").focus()
    client = page.context.new_cdp_session(page)
    client.send(
        "Input.imeSetComposition", {"text": "ぱすわーどのにゅうりょく", "selectionStart": 12, "selectionEnd": 12}
    )
    page.wait_for_timeout(200)
    assert page.locator("#text").input_value() == "ぱすわーどのにゅうりょく"
    expect(page.locator("#found")).to_be_hidden()

    client.send("Input.insertText", {"text": HEADING})

    expect(page.locator("#found")).to_be_visible()
    assert screens_of(page)[0] == "password-entry"


def test_a_secret_is_taken_out_of_the_box_and_the_rest_still_finds_the_screen(page: Page, site: str) -> None:
    ready(page, site, f"/ja/{FLOW}/identify/")
    page.locator("#text").fill(f"{HEADING}\nサインイン\n{CODE}")

    expect(page.locator("#secret")).to_be_visible()
    assert page.locator("#text").input_value() == f"{HEADING}\nサインイン"
    assert screens_of(page)[0] == "password-entry"
    assert CODE not in page.content()


def test_the_drawings_change_their_language_while_the_words_stay(page: Page, site: str) -> None:
    ready(page, site, f"/ja/{FLOW}/situation.screen/identify/")
    page.locator("#text").fill(HEADING)
    page.locator("#found .screen-languages button").click()
    page.wait_for_url(f"{site}/ja/{FLOW}/situation.screen/identify/?screen=en")

    expect(page.locator("#found li[data-screen] figure").first).to_have_attribute("lang", "en")
    assert page.locator("#text").input_value() == HEADING
    targets = page.locator("#found a:visible").evaluate_all("links => links.map(link => link.href)")
    assert [target for target in targets if not target.endswith("screen=en")] == []


def test_who_does_not_see_the_pictures_is_told_once_typing_has_stopped(page: Page, site: str) -> None:
    ready(page, site, f"/ja/{FLOW}/identify/")
    told = page.locator("#told")
    page.locator("#text").fill(HEADING)
    expect(page.locator("#found")).to_be_visible()
    assert told.inner_text() == ""

    expect(told).to_contain_text("パスワードを入れる画面")
    expect(page.locator("#text")).to_be_focused()


@pytest.mark.parametrize("lost", ["**/identify-*.json", "**/identify/all/*", "**/recognise.js"])
def test_without_its_data_the_form_is_sent_as_without_the_script(page: Page, site: str, lost: str) -> None:
    page.route(lost, lambda route: route.abort())
    page.goto(f"{site}/ja/{FLOW}/identify/")
    page.wait_for_load_state("networkidle")
    page.locator("#text").fill(HEADING)
    page.locator("form button").click()
    page.locator("h1", has_text="この画面ですか？").wait_for()

    assert screens_of(page)[0] == "password-entry"


@pytest.fixture(scope="module", params=["ja", "en"])
def looked(
    request: pytest.FixtureRequest,
    browser: Browser,
    site: str,
    node_modules: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Inspection, Path]:
    """What a look at every page found, and the folder of their markup as it was sent."""
    found, folder = Inspection(), tmp_path_factory.mktemp(f"identify-{request.param}")
    with browser.new_context(locale=request.param, reduced_motion="reduce") as context:
        context.add_init_script(path=node_modules / "axe-core" / "axe.min.js")
        page = context.new_page()
        with listening(page, site, found):
            for name, path, text in looks(str(request.param)):
                answer = page.goto(site + path)
                if text is not None and name.startswith("typed"):
                    page.locator(READY).wait_for()
                    page.locator("#text").fill(text)
                    page.locator("#found:visible, #nothing:visible").wait_for()
                    page.keyboard.press("Enter")
                elif text is not None:
                    page.evaluate(_WITHOUT_SCRIPT)
                    page.locator("#text").fill(text)
                    with page.expect_navigation() as navigation:
                        page.locator("form button").click()
                    answer = navigation.value
                assert answer is not None
                (folder / f"{name}.html").write_text(answer.text(), encoding="utf-8")
                look(page, f"/{request.param}-identify-{name}", found)
    return found, folder


def looks(language: str) -> Iterator[tuple[str, str, str | None]]:
    """Name, path and words of every kind of page; one language has the one half, the other the other."""
    start = f"/{language}/{FLOW}/identify/"
    further = f"/{language}/{FLOW}/situation.screen/identify/?screen={'en' if language == 'ja' else 'ja'}"
    if language == "ja":
        yield "all", f"{start}all/", None
        yield "question", f"{start}?among=all", None
        yield "many", f"{start}?among=all&asked=3", None
        yield "close", start, "アカウントを選択する"
        yield "secret", start, f"{HEADING} {CODE}"
        yield "typed-secret", start, f"{HEADING} {CODE}"
        yield "typed-nothing", start, "zzz"
    else:
        yield "box", start, None
        yield "question-text", f"{further.replace('?', '?among=all&asked=1&unsure=6&')}", None
        yield "few", f"{start}?among=email-entry,account-picker&not=blank", None
        yield "number", further, "50126"
        yield "nothing", start, "zzz"
        yield "empty", start, ""
        yield "typed-close", further, "アカウントを選択する"


@pytest.mark.parametrize("view", ["1280", "390", "dark"])
def test_axe_finds_nothing_where_screens_are_found(looked: tuple[Inspection, Path], view: str) -> None:
    assert looked[0].axe[view] == []


def test_nothing_scrolls_sideways_and_the_console_stays_silent(looked: tuple[Inspection, Path]) -> None:
    assert (looked[0].sideways, looked[0].noise, looked[0].foreign, looked[0].undescribed) == ([], [], [], [])


def test_the_markup_where_screens_are_found_is_valid(looked: tuple[Inspection, Path], node_modules: Path) -> None:
    assert validate(looked[1], node_modules) == ""
