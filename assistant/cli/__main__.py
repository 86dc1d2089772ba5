"""`python -m assistant.cli`: the same as the command `assistant`."""

from assistant.cli import main

main()
