"""Where a request comes from: a form of ours proves it, and a page that needs one host is opened there."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from flask import Response, request

from assistant.config import Config
from assistant.web.responses import found_at

# In a query once somebody was sent to the configured host: a proxy that hides the host must not send them in circles.
SENT: Final = "same-host"


@dataclass(frozen=True)
class Home:
    """The address that customers open, if one is configured."""

    origin: str
    base_url: str

    @classmethod
    def of(cls, config: Config) -> "Home":
        """Return the home of an installation."""
        return cls(config.origin, config.base_url)

    def elsewhere(self) -> bool:
        """Say whether the request was sent to another host than the configured one."""
        return bool(self.origin) and request.host.lower() != urlsplit(self.origin).netloc

    def sent_there(self) -> Response | None:
        """Return a redirect to the same page at the configured host for a request to another, else None."""
        if not self.elsewhere() or SENT in request.args:
            return None
        query = request.query_string.decode("latin-1")
        return found_at(f"{self.base_url}{request.path}?{query}{'&' if query else ''}{SENT}")

    def proven(self) -> bool:
        """Say whether a form was sent by a page of ours, at the configured host or the one that was asked.

        Browsers say so in `Sec-Fetch-Site` (not on plain http) and `Origin`; without either there is no proof.
        """
        site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
        if site is not None and site != "same-origin":
            return False
        if origin is None:
            return site is not None
        if origin == self.origin:
            return True
        # Behind a proxy that ends TLS our own scheme is not the browser's; at the configured host it is known, though.
        other = bool(request.host) and (not self.origin or self.elsewhere())
        return other and origin in (f"http://{request.host}", f"https://{request.host}")

    def at_home(self) -> bool:
        """Say whether a proven form was sent from the configured host, where its cookies belong."""
        return request.headers.get("Origin") == self.origin or not self.elsewhere()
