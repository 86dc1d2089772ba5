"""`assistant report`: what customers told us, for those who write the guide."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import click

from assistant.cli.common import PROBLEMS, WRONG_USE, fail
from assistant.cli.language import said
from assistant.flow.message import Message, say

if TYPE_CHECKING:
    from assistant.config import Config
    from assistant.store import UnknownScreen, UnknownScreens

_DAYS_KEPT: Final = 30


@click.group()
def report() -> None:
    """Show what customers told us, for those who write the guide."""


@report.command("unknown-screens", epilog="Exit code: 0 shown, also when there is nothing; 1 no answer; 2 wrong use.")
@click.option("--days", type=click.IntRange(1, _DAYS_KEPT), help="Only those of the last days; by default all.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print them.")
@click.option("--forget", is_flag=True, help="Delete them all.")
@click.option("--yes", is_flag=True, help="Delete without asking.")
def unknown_screens(days: int | None, form: str, forget: bool, yes: bool) -> None:
    """Show the screens that were not recognised, as customers told of them: day (UTC), language, flow, text.

    The newest come first. They are kept masked and for 30 days, in the database that ASSISTANT_DATABASE_URL names,
    where ASSISTANT_UNKNOWN_SCREENS=keep lets customers tell.
    """
    if (forget and (days or form == "json")) or (yes and not forget):
        raise click.UsageError("--forget takes --yes and nothing else, and --yes needs --forget")
    config = _config()
    if not config.keeps_unknown_screens:
        message = say("Customers cannot tell which screen they see; ASSISTANT_UNKNOWN_SCREENS=keep lets them.")
        click.echo(said(message), err=True)
    if not config.database_url:
        _print([], form)
        return
    with _kept(config.database_url) as kept:
        if forget:
            _forget(kept, yes=yes)
        else:
            _print(kept.told(days or _DAYS_KEPT), form)


def _config() -> "Config":
    from assistant.config import Config, ConfigError

    try:
        return Config.from_environ(os.environ)
    except ConfigError as error:
        fail(str(error), WRONG_USE)


@contextmanager
def _kept(url: str) -> Iterator["UnknownScreens"]:
    """Give what the database keeps; end with one line if it cannot be used."""
    from assistant.config import DATABASE_URL
    from assistant.store import Store, StoreError

    try:
        store = Store.open(url)
    except StoreError as error:
        fail(say("{name}: the database cannot be opened: {reason}", name=DATABASE_URL, reason=error), WRONG_USE)
    try:
        yield store.unknown_screens
    except StoreError as error:
        fail(say("the database does not answer: {reason}", reason=error), PROBLEMS)
    finally:
        store.close()


def _forget(kept: "UnknownScreens", *, yes: bool) -> None:
    number = len(kept.told())
    if not number:
        click.echo(said(say("There is nothing to delete.")), err=True)
    elif yes or click.confirm(said(say("Delete {texts} for good?", texts=_texts(number))), abort=True, err=True):
        click.echo(said(say("Deleted {texts}.", texts=_texts(kept.forget()))), err=True)


def _texts(number: int) -> Message:
    return say("1 text") if number == 1 else say("{count} texts", count=number)


def _print(told: list["UnknownScreen"], form: str) -> None:
    if form == "json":
        rows = [
            {"told_at": each.told_at.isoformat(), "language": each.language, "flow": each.flow, "text": each.text}
            for each in told
        ]
        print(json.dumps({"unknown_screens": rows}, ensure_ascii=False))
        return
    for each in told:
        print(f"{each.told_at:%Y-%m-%d}  {each.language}  {each.flow}  {each.text}")
    if not told:
        click.echo(said(say("Nobody has told of a screen that was not recognised.")), err=True)
