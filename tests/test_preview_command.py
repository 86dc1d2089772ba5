"""`assistant preview`: prints where it is, ends cleanly, shares only with a secret, and refuses what is unsafe."""

import re
import signal
import socket
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener

import pytest
from click.testing import CliRunner

from assistant.cli import main
from assistant.server import STOPPING
from tests.previewing import WITHIN, previewing, save_by_renaming
from tests.real_parts import fetch
from tests.web.asking import SMALL_FLOWS

# Seconds; a server that waits for who waits for news needs more.
AT_ONCE = STOPPING - 2
FLOWS = ("--flows", str(SMALL_FLOWS))

stopped_by_signal = pytest.mark.skipif(sys.platform == "win32", reason="Windows stops a process without a signal")


def test_the_address_stands_alone_on_standard_output_and_leads_to_the_flow(tmp_path: Path) -> None:
    with previewing(tmp_path / "log", "small", *FLOWS) as preview:
        status, address, body = fetch(preview.printed)

    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/preview/", preview.printed)
    assert (status, address) == (200, f"{preview.site}/preview/ja/small/")
    assert 'src="/ja/small/"' in body
    assert preview.log.read_text("utf-8").endswith("Stop with Ctrl-C.\n")


@stopped_by_signal
def test_ctrl_c_ends_it_at_once_although_a_browser_waits_for_news(tmp_path: Path) -> None:
    with previewing(tmp_path / "log", "small", *FLOWS) as preview:
        parts = urlsplit(preview.site)
        with socket.create_connection((parts.hostname, parts.port or 80), timeout=WITHIN) as waiting:
            waiting.sendall(b"GET /preview/news?stamp=1 HTTP/1.1\r\nHost: localhost\r\n\r\n")
            fetch(preview.printed)
            preview.process.send_signal(signal.SIGINT)
            code = preview.process.wait(timeout=AT_ONCE)
            answer = waiting.recv(1000)

    assert (code, answer[:15]) == (0, b"HTTP/1.1 200 OK")
    assert "Traceback" not in preview.log.read_text("utf-8")


def test_a_flow_may_be_named_by_its_folder(tmp_path: Path) -> None:
    with previewing(tmp_path / "log", str(SMALL_FLOWS / "small")) as preview:
        address = fetch(preview.printed)[1]

    assert address == f"{preview.site}/preview/ja/small/"


def test_the_terminal_tells_of_each_bad_save(tmp_path: Path) -> None:
    folder = tmp_path / "flows"
    for file in SMALL_FLOWS.rglob("*.*"):
        copy = folder / file.relative_to(SMALL_FLOWS)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())
    flow = folder / "small" / "flow.yaml"
    with previewing(tmp_path / "log", "--flows", str(folder), language="ja") as preview:
        save_by_renaming(flow, flow.read_text("utf-8").replace("start: begin", "start: bgin"))
        fetch(f"{preview.site}/preview/news?stamp=1")

    assert "[unknown-target]\n画面には、最後に正しかった内容が残っています。\n" in preview.log.read_text("utf-8")


def test_a_shared_preview_has_a_link_for_the_author_and_another_for_reviewers(tmp_path: Path) -> None:
    with previewing(tmp_path / "log", *FLOWS, "--share", "--host", "127.0.0.1") as preview:
        # Whoever is answered is answered after everything was printed.
        stranger = fetch(f"{preview.site}/ja/small/")[0]
        links = [preview.printed, *re.findall(r"http://\S+", preview.log.read_text("utf-8"))]
        pages = [open_with_cookies(link) for link in links]

    assert stranger == 403
    assert [("vscode://" in page, "flows/small/flow.yaml" in page) for page in pages] == [(True, True), (False, True)]


def open_with_cookies(link: str) -> str:
    """The page that a browser of somebody's own shows for a link."""
    opener = build_opener(ProxyHandler({}), HTTPCookieProcessor())
    try:
        with opener.open(link, timeout=WITHIN) as answer:
            return str(answer.read().decode())
    except HTTPError as error:
        with error:
            return f"{error.code}"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--host", "0.0.0.0"], "--share"),
        (["smal", *FLOWS], "did you mean 'small'?"),
        (["--flows", "no-such-folder"], "no-such-folder"),
        (["--port", "70000"], "70000"),
    ],
)
def test_wrong_use_is_refused_in_one_sentence(arguments: list[str], said: str) -> None:
    result = CliRunner().invoke(main, ["preview", *arguments], env={"LANGUAGE": "en"})

    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_help_teaches_by_an_example() -> None:
    result = CliRunner().invoke(main, ["preview", "--help"])

    assert "assistant preview login --open" in " ".join(result.stdout.split())
