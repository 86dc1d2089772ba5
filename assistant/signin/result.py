"""What the provider's errors mean, as the results that flows know.

Microsoft asks to branch on `error`, never on the number or the text alone (Entra, "Handle errors and exceptions"), so
the number decides only where `error` leaves several causes open; any other number is passed on as `code-<number>`.
"""

import re
from collections.abc import Mapping
from typing import Final

# `error` of RFC 6749 (4.1.2.1, 5.2) and OpenID Connect Core (3.1.2.6) by what the person has to do about it.
_BY_ERROR: Final[Mapping[str, str]] = {
    **dict.fromkeys(("interaction_required", "login_required", "account_selection_required"), "needs-interaction"),
    "consent_required": "needs-interaction",
    **dict.fromkeys(("server_error", "temporarily_unavailable"), "try-later"),
    **dict.fromkeys(("invalid_client", "unauthorized_client", "invalid_request", "invalid_scope"), "misconfigured"),
    **dict.fromkeys(("unsupported_response_type", "unsupported_grant_type", "invalid_resource"), "misconfigured"),
    **dict.fromkeys(("request_not_supported", "request_uri_not_supported"), "misconfigured"),
}
# Numbers that say what `access_denied` or `invalid_grant` leaves open (reference: sign-in-codes, measured).
_BY_NUMBER: Final[Mapping[str, str]] = {
    "65004": "declined",
    "50105": "not-assigned",
    # The code was redeemed before, or is too old.
    **dict.fromkeys(("54005", "70008", "70000"), "expired"),
    # Our secret or certificate, or a PKCE check that only we can fail.
    **dict.fromkeys(("7000215", "7000222", "700027", "7000218", "501481"), "misconfigured"),
}
_NUMBER: Final = re.compile(r"AADSTS([1-9][0-9]{3,7})(?![0-9])")
_NAME: Final = re.compile(r"[a-z_]{1,40}")


def read_error(error: str, description: str, subcode: str | None = None) -> tuple[str, str]:
    """Return the result for an error, and the reason to tell the operator: its name and number, nothing else of it.

    `subcode` is `error_subcode` of the redirect, which MSAL drops: `cancel` means that the person went back.
    """
    found = _NUMBER.search(description)
    number = found[1] if found else None
    name = error if _NAME.fullmatch(error) else "unreadable error"
    return _result(error, number, subcode), f"{name} {number}" if number else name


def _result(error: str, number: str | None, subcode: str | None) -> str:
    if number is not None and number in _BY_NUMBER:
        return _BY_NUMBER[number]
    if error in _BY_ERROR:
        return _BY_ERROR[error]
    if error == "access_denied" and subcode == "cancel":
        return "cancelled"
    if number is not None:
        return f"code-{number}"
    return {"access_denied": "declined", "invalid_grant": "expired"}.get(error, "code-unknown")
