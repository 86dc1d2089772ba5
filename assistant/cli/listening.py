"""How commands that run a server take their address, and by which addresses others in the network reach it."""

import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from assistant.cli.common import PROBLEMS, fail
from assistant.flow.message import say

if TYPE_CHECKING:
    from assistant.server import Server

WILDCARDS: Final = ("0.0.0.0", "::")  # named to be recognised, not to be listened on
# An address for documentation (RFC 5737): nothing is sent there, the system only chooses from where it would be.
_ANYWHERE: Final = ("192.0.2.1", 9)


def listen(host: str, port: int) -> "Server":
    """Return a server bound to an address, or end with why it cannot be."""
    from assistant.server import create_server

    try:
        return create_server(host, port)
    except OSError as error:
        message = say(
            "cannot listen on {host} port {port}: {reason}; choose another with --port",
            host=host,
            port=port,
            reason=error.strerror or error,
        )
        fail(message, PROBLEMS)


def addresses_in_network() -> list[str]:
    """Return the addresses of this machine by which others in the network may reach it; empty without a network."""
    found: dict[str, None] = {}
    # Without a way out of this machine its name may tell an address; one whose name nobody knows has its number.
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(_ANYWHERE)
        found[str(probe.getsockname()[0])] = None
    with suppress(OSError):
        found.update(dict.fromkeys(socket.gethostbyname_ex(socket.gethostname())[2]))
    return [address for address in found if not address.startswith("127.")]
