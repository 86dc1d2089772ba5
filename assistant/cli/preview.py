"""`assistant preview`: the guide as customers get it, anew at each save, with what only an author wants to know."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli.choosing import complete_flow, flow_folder
from assistant.cli.common import WRONG_USE, fail, fail_without_folder, flows_folder, warnings
from assistant.cli.language import into, said, translate
from assistant.cli.listening import WILDCARDS, addresses_in_network, listen
from assistant.flow.message import Message, say

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

    from assistant.config import Config
    from assistant.server import Server
    from assistant.web.preview.current import Now
    from assistant.web.preview.gate import Tokens


@click.command(
    epilog="Examples: assistant preview login --open; assistant preview --flows my-flows --share. "
    "Exit code: 0 ended with Ctrl-C, 1 cannot listen, 2 wrong use.",
)
@click.argument("flow", required=False, shell_complete=complete_flow)
@click.option("--flows", type=click.Path(path_type=Path), help="Folder of flows (or ASSISTANT_FLOWS).")
@click.option("--host", help="Address to listen on: 127.0.0.1 if not given; with --share every one of this computer.")
@click.option(
    "--port", default=8001, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one."
)
@click.option("--share", is_flag=True, help="Let others in the same network look, by a link with a secret in it.")
@click.option("--open", "opens", is_flag=True, help="Open the browser.")
def preview(flow: str | None, flows: Path | None, host: str | None, port: int, share: bool, opens: bool) -> None:
    """Show FLOW as customers get it, and show it anew at each save.

    Beside the page stand the problems with their places, the diagram, where each choice leads, and every page to start
    at. The page stays where you are; after a save with a mistake the last good version stays, with what is wrong.

    FLOW is the id of a flow, or its folder. Without FLOW the first one is shown. Nobody signs in to anything here.

    With --share a second link is printed, for a reviewer who has nothing installed. It is another one each time, and
    ends with the preview. Whoever has it, and is in your network, sees the flows; send it to nobody else.
    """
    from assistant.server import THREADS, run
    from assistant.web.preview import Preview

    folder, first = _chosen(flow, flows)
    host = _host(host, share=share)
    config = _config()
    server = listen(host, port)
    shown = Preview(
        folder,
        config,
        flow=first,
        waiting=THREADS // 2,
        messages={"ja": into("ja"), "en": into("en")},
        told=_tell,
    )
    server.wsgi_app, tokens = _guarded(shown.app, server, share=share)

    def started() -> None:
        address = _tell_addresses(server, host, tokens)
        if opens:
            click.launch(address)

    run(server, started, shown)


def _chosen(flow: str | None, flows: Path | None) -> tuple[Path, str | None]:
    """Return the folder of flows and the id of the flow that is shown first."""
    if flow is not None:
        own = flow_folder(flow, flows)
        return own.parent, own.resolve().name
    folder = flows_folder(flows)
    if not folder.is_dir():
        fail_without_folder(folder)
    return folder, None


def _host(host: str | None, *, share: bool) -> str:
    from assistant.config import LOOPBACK

    if host is not None and host not in LOOPBACK and not share:
        fail(say("--host: others could look without a secret; add --share, or leave out --host"), WRONG_USE)
    return host or (WILDCARDS[0] if share else "127.0.0.1")


def _config() -> "Config":
    from assistant.config import Config, ConfigError

    try:
        return Config.from_environ(os.environ)
    except ConfigError as error:
        fail(str(error), WRONG_USE)


def _guarded(app: "WSGIApplication", server: "Server", *, share: bool) -> "tuple[WSGIApplication, Tokens | None]":
    """Return the application behind its gate, and the secrets of this run where it is shared."""
    from assistant.config import LOOPBACK
    from assistant.web.preview.gate import LocalGate, SharedGate, Tokens

    if not share:
        return LocalGate(app, LOOPBACK), None
    tokens = Tokens.new()
    return SharedGate(app, tokens, server.bind_addr[1]), tokens


def _tell_addresses(server: "Server", host: str, tokens: "Tokens | None") -> str:
    """Print where the preview is, and return the author's own address."""
    from assistant.server import address_of
    from assistant.web.preview.gate import ENTRANCE

    if tokens is None:
        own = f"{address_of(server)}/preview/"
        print(own, flush=True)
    else:
        port = server.bind_addr[1]
        own = f"{_at('127.0.0.1' if host in WILDCARDS else host, port)}{ENTRANCE}{tokens.author}"
        print(own, flush=True)
        others = addresses_in_network() if host in WILDCARDS else [host]
        for line in _shared([f"{_at(other, port)}{ENTRANCE}{tokens.reviewer}" for other in others]):
            click.echo(said(line), err=True)
    click.echo(said(say("Stop with Ctrl-C.")), err=True)
    return own


def _shared(links: list[str]) -> Iterator[Message]:
    yield say("The address above is for you. For reviewers in your network, until you stop the preview:")
    if not links:
        yield say("  this computer has no address in a network; connect it and start the preview again")
    for link in links:
        yield say("  {link}", link=link)


def _at(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _tell(now: "Now") -> None:
    """Say on the terminal what a reading has found: every error, and how many warnings."""
    errors = [problem for problem in now.problems if problem.severity == "error"]
    for problem in errors:
        click.echo(problem.said(translate), err=True)
    if now.stale and now.good is not None:
        click.echo(said(say("The last good version stays on the page.")), err=True)
    elif now.stale:
        click.echo(said(say("Nothing can be shown yet; mend the problems and save.")), err=True)
    else:
        click.echo(said(say("Shown: {warnings}.", warnings=warnings(len(now.problems) - len(errors)))), err=True)
