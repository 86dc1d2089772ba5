"""Nothing that a test runs may talk to another machine: an audit hook makes whatever tries fail."""

import ipaddress
import sys
from typing import Any


class ElsewhereReached(BaseException):
    """A test asked for an address that is not this machine's; no `except Exception` may hide it."""


def _refuse_other_machines(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect":
        address = arguments[1]
        if isinstance(address, tuple) and not _is_here(address[0]):
            raise ElsewhereReached(f"a test connects to {address[0]}")
    elif event == "socket.getaddrinfo" and arguments[0] is not None and not _is_here(arguments[0]):
        raise ElsewhereReached(f"a test looks up {arguments[0]}")


def _is_here(host: Any) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(name).is_loopback or name in ("0.0.0.0", "::")
    except ValueError:
        return name in ("", "localhost") or name.endswith(".localhost")


def stay_here() -> None:
    """Refuse other machines in this process from now on."""
    sys.addaudithook(_refuse_other_machines)
