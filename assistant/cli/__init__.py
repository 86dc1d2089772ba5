"""The command line: parses, calls, prints. Results go to standard output, everything else to standard error."""

import os

import click

# Whatever else is installed must not change how flows are read, and looking for such plug-ins takes a tenth of `check`.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from assistant.cli.check import check
from assistant.cli.diff import diff
from assistant.cli.draw import draw
from assistant.cli.export import export
from assistant.cli.identify import identify
from assistant.cli.new import new
from assistant.cli.preview import preview
from assistant.cli.report import report
from assistant.cli.reword import reword
from assistant.cli.schema import schema
from assistant.cli.serve import serve
from assistant.cli.test import test
from assistant.cli.translate import translate


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog='Tab completion: eval "$(_ASSISTANT_COMPLETE=bash_source assistant)" (or zsh_source, fish_source).',
)
@click.version_option(package_name="sign-in-assistant")
def main() -> None:
    """Guide a person from "I cannot sign in" to an ending, step by step.

    Try `assistant serve` and open the address that it prints.
    """


for command in (check, diff, draw, export, identify, new, preview, report, reword, schema, serve, test, translate):
    main.add_command(command)
