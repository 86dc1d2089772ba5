"""Where a command writes what it made: standard output, a file in one step, or a device or pipe as it is."""

import sys
from pathlib import Path

import click

from assistant.cli.common import PROBLEMS, fail
from assistant.flow.message import say


def write_result(text: str, output: Path | None) -> None:
    """Write a text to a file or, without one, to standard output; ends with why it cannot be written."""
    try:
        if output is None:
            _print(text)
        elif output.exists() and not output.is_file():  # a device or a pipe is written to, never replaced
            output.write_text(text, encoding="utf-8")
        else:
            _replace(output, text)
    except BrokenPipeError:
        raise  # whoever reads it has had enough, which click knows how to end
    except OSError as error:
        named = output or say("standard output")
        fail(say("{file} cannot be written: {reason}", file=named, reason=error.strerror or error), PROBLEMS)


def _print(text: str) -> None:
    if sys.stdout is None:
        raise OSError("closed")
    click.echo(text, nl=False)
    sys.stdout.flush()


def _replace(path: Path, text: str) -> None:
    from assistant.writing import ChangedMeanwhile, Rewrite, write_all

    try:
        write_all([Rewrite(path, path.read_bytes() if path.exists() else None, text.encode())])
    except ChangedMeanwhile as error:
        raise OSError(str(error)) from None
