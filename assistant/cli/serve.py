"""`assistant serve`: the guide as a web server, until it is stopped."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from assistant.cli.common import WRONG_USE, fail, settings, warnings
from assistant.cli.language import said
from assistant.cli.listening import listen
from assistant.flow.message import Message, say

if TYPE_CHECKING:
    from assistant.catalog import Catalog
    from assistant.config import Config


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes a free one."
)
@click.option("--flows", type=click.Path(path_type=Path), help="Folder of flows (or ASSISTANT_FLOWS).")
@click.option(
    "--demo-sign-in", is_flag=True, help="Practise signing in, with a provider of our own on this computer only."
)
def serve(host: str, port: int, flows: Path | None, demo_sign_in: bool) -> None:
    """Serve the guide until it is stopped with Ctrl-C.

    Needs no database, no configuration and no network. Flows are read once at start; a faulty flow is never served.

    With --demo-sign-in the guide ends in a sign-in that you can try without a tenant: choose who signs in, or how it
    fails. With a tenant, set ASSISTANT_TENANT_ID and what it needs; the README says how to register the application.
    """
    from assistant.config import ConfigError
    from assistant.server import address_of, run
    from assistant.web import create_app
    from assistant.web.practice import practise

    config, catalog = settings(flows)
    if demo_sign_in and (wrong := _not_for_practice(config, host)):
        fail(say("--demo-sign-in: {reason}", reason=wrong), WRONG_USE)
    server = listen(host, port)
    beside = [listen("127.0.0.1", 0)] if demo_sign_in else []
    send = None
    if beside:
        config = replace(config, base_url=config.base_url or address_of(server))
        config, practice = practise(config, catalog, beside[0].bind_addr[1])
        beside[0].wsgi_app, send = practice.app, practice.send
    try:
        server.wsgi_app = create_app(config, catalog, practice=send)
    except ConfigError as error:
        fail(str(error), WRONG_USE)

    def started() -> None:
        print(f"{address_of(server)}{config.prefix}/", flush=True)
        if config.base_url and config.base_url != address_of(server):
            click.echo(said(say("Customers open {address}/", address=config.base_url)), err=True)
        for line in _not_configured(config, catalog, practising=demo_sign_in):
            click.echo(said(line), err=True)
        click.echo(said(say("Stop with Ctrl-C.")), err=True)

    run(server, started, *beside)


def _not_for_practice(config: "Config", host: str) -> Message | None:
    """Return why nobody can practise signing in here, or None: only on this computer, and never beside the real one."""
    from assistant.config import LOOPBACK

    base = urlsplit(config.base_url).hostname
    if config.sign_in is not None:
        return say("a real sign-in is configured; unset ASSISTANT_TENANT_ID and the others to practise")
    if host not in LOOPBACK or (base is not None and base not in LOOPBACK):
        return say("for this computer only; leave out --host, and ASSISTANT_BASE_URL unless it names localhost")
    return None


def _not_configured(config: "Config", catalog: "Catalog", *, practising: bool) -> list[Message]:
    """Return one line for each thing that is still at its default, and how to set it."""
    default = [name for name in catalog.common.facts if name not in config.shown_facts]
    lines: list[Message] = []
    states = [state for guide in catalog.guides.values() for state in guide.engine.flow.states.values()]
    if practising:
        lines.append(say("Sign-in: to practise only, on this computer; nobody is signed in to anything."))
    elif config.sign_in is None and any(state.invoke == "sign-in" for state in states):
        message = say(
            "Sign-in: not configured; the guide links to the service itself (fact service-address). "
            "Set ASSISTANT_TENANT_ID and what it needs, or try --demo-sign-in."
        )
        lines.append(message)
    elif config.sign_in is not None and not config.secret_key:
        message = say(
            "Secret key: ASSISTANT_SECRET_KEY is not set; a restart ends sign-ins under way, and nodes must share one."
        )
        lines.append(message)
    if catalog.warnings:
        counted = warnings(len(catalog.warnings))
        lines.append(say("Flows: {warnings}; 'assistant check' lists them.", warnings=counted))
    if default:
        message = say(
            "Facts: at their default are {facts}; set them in a YAML file named by ASSISTANT_FACTS.",
            facts=", ".join(default),
        )
        lines.append(message)
    return lines
