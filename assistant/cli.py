"""The command line: parses, calls, prints. Results go to standard output, everything else to standard error."""

import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn
from urllib.parse import urlsplit

import click

from assistant.flow.problem import FlowError, Problem

if TYPE_CHECKING:
    from assistant.catalog import Catalog
    from assistant.config import Config
    from assistant.server import Server

# Whatever else is installed must not change how flows are read, and looking for such plug-ins takes a tenth of `check`.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

PROBLEMS: Final = 1
WRONG_USE: Final = 2


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog='Tab completion: eval "$(_ASSISTANT_COMPLETE=bash_source assistant)" (or zsh_source, fish_source).',
)
@click.version_option(package_name="sign-in-assistant")
def main() -> None:
    """Guide a person from "I cannot sign in" to an ending, step by step.

    Try `assistant serve` and open the address that it prints.
    """


@main.command(epilog="Exit code: 0 nothing found, 1 problems found, 2 wrong use.")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Let warnings count as problems, too.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print what is found."
)
def check(paths: tuple[Path, ...], strict: bool, form: str) -> None:
    """Check flows and print every problem with its place and what to write instead.

    PATH is a folder of flows, a flow's folder or a flow file. Without PATH, the flows that `serve` would
    serve are checked.
    """
    from assistant.catalog import check_paths

    try:
        problems = check_paths(paths or (_flows_folder(None),))
    except FileNotFoundError as error:
        _fail(str(error), WRONG_USE)
    if form == "json":
        print(json.dumps({"problems": [problem.as_json() for problem in problems]}, ensure_ascii=False))
    else:
        _print_problems(problems)
    errors = [problem for problem in problems if strict or problem.severity == "error"]
    sys.exit(PROBLEMS if errors else 0)


@main.command()
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

    config, catalog = _settings(flows)
    if demo_sign_in and (wrong := _not_for_practice(config, host)):
        _fail(f"--demo-sign-in: {wrong}", WRONG_USE)
    server = _listen(host, port)
    beside = [_listen("127.0.0.1", 0)] if demo_sign_in else []
    send = None
    if beside:
        config = replace(config, base_url=config.base_url or address_of(server))
        config, practice = practise(config, catalog, beside[0].bind_addr[1])
        beside[0].wsgi_app, send = practice.app, practice.send
    try:
        server.wsgi_app = create_app(config, catalog, practice=send)
    except ConfigError as error:
        _fail(str(error), WRONG_USE)

    def started() -> None:
        print(f"{address_of(server)}{config.prefix}/", flush=True)
        if config.base_url and config.base_url != address_of(server):
            click.echo(f"Customers open {config.base_url}/", err=True)
        for line in _not_configured(config, catalog, practising=demo_sign_in):
            click.echo(line, err=True)
        click.echo("Stop with Ctrl-C.", err=True)

    run(server, started, *beside)


def _settings(flows: Path | None) -> tuple["Config", "Catalog"]:
    """Return what this installation sets and its flows, or end with why it cannot be served."""
    from assistant.catalog import open_catalog
    from assistant.config import Config, ConfigError

    try:
        config = Config.from_environ(os.environ)
        folder = flows or config.flows or _flows_folder(None)
        if not folder.is_dir():
            _fail(f"no folder '{folder}'; name the folder of your flows with --flows or ASSISTANT_FLOWS", WRONG_USE)
        catalog = open_catalog(folder)
        unknown = next((name for name in config.facts if name not in catalog.common.facts), None)
        if unknown:
            _fail(f"ASSISTANT_FACTS: no fact '{unknown}'; known are {', '.join(catalog.common.facts)}", WRONG_USE)
    except ConfigError as error:
        _fail(str(error), WRONG_USE)
    except FlowError as error:
        _print_problems(list(error.problems), err=True)
        _fail("the flows are not served before these problems are mended", PROBLEMS)
    except OSError as error:
        _fail(f"{error.filename or 'a file'} cannot be read: {error.strerror or error}", PROBLEMS)
    return config, catalog


def _listen(host: str, port: int) -> "Server":
    from assistant.server import create_server

    try:
        return create_server(host, port)
    except OSError as error:
        _fail(f"cannot listen on {host} port {port}: {error.strerror or error}; choose another with --port", PROBLEMS)


def _not_for_practice(config: "Config", host: str) -> str | None:
    """Return why nobody can practise signing in here, or None: only on this computer, and never beside the real one."""
    from assistant.config import LOOPBACK

    base = urlsplit(config.base_url).hostname
    if config.sign_in is not None:
        return "a real sign-in is configured; unset ASSISTANT_TENANT_ID and the others to practise"
    if host not in LOOPBACK or (base is not None and base not in LOOPBACK):
        return "for this computer only; leave out --host, and ASSISTANT_BASE_URL unless it names localhost"
    return None


def _not_configured(config: "Config", catalog: "Catalog", *, practising: bool) -> list[str]:
    """Return one line for each thing that is still at its default, and how to set it."""
    default = [name for name in catalog.common.facts if name not in config.facts]
    lines = []
    states = [state for guide in catalog.guides.values() for state in guide.engine.flow.states.values()]
    if practising:
        lines.append("Sign-in: to practise only, on this computer; nobody is signed in to anything.")
    elif config.sign_in is None and any(state.invoke == "sign-in" for state in states):
        lines.append(
            "Sign-in: not configured; the guide links to the service itself (fact service-address). "
            "Set ASSISTANT_TENANT_ID and what it needs, or try --demo-sign-in."
        )
    elif config.sign_in is not None and not config.secret_key:
        lines.append(
            "Secret key: ASSISTANT_SECRET_KEY is not set; a restart ends sign-ins under way, and nodes must share one."
        )
    if catalog.warnings:
        lines.append(f"Flows: {_count(len(catalog.warnings), 'warning')}; 'assistant check' lists them.")
    if default:
        lines.append(
            f"Facts: at their default are {', '.join(default)}; set them in a YAML file named by ASSISTANT_FACTS."
        )
    return lines


def _flows_folder(chosen: Path | None) -> Path:
    from assistant import resources

    return chosen or Path(os.environ.get("ASSISTANT_FLOWS") or resources.folder("flows"))


def _print_problems(problems: list[Problem], *, err: bool = False) -> None:
    for problem in problems:
        click.echo(str(problem), err=err)
    if not err:
        errors = sum(problem.severity == "error" for problem in problems)
        click.echo(f"{_count(errors, 'error')}, {_count(len(problems) - errors, 'warning')}", err=True)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _fail(message: str, code: int) -> NoReturn:
    click.echo(f"assistant: {message}", err=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
