"""What the provider's errors mean: `error` decides, the number only where `error` leaves several causes open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.flow.model import is_result
from assistant.signin.result import read_error

REDIRECTS = [
    ("access_denied", "", "cancel", "cancelled"),
    ("access_denied", "AADSTS65004: User declined to consent.", None, "declined"),
    ("access_denied", "", None, "declined"),
    ("access_denied", "the resource owner denied the request", None, "declined"),
    ("access_denied", "AADSTS50105: not assigned to a role", None, "not-assigned"),
    ("interaction_required", "AADSTS50105: not assigned to a role", None, "not-assigned"),
    ("access_denied", "AADSTS50020: not in the tenant", None, "code-50020"),
    ("access_denied", "AADSTS530032: blocked", "cancel", "cancelled"),
    ("login_required", "AADSTS50058", None, "needs-interaction"),
    ("interaction_required", "AADSTS50076", None, "needs-interaction"),
    ("consent_required", "AADSTS65001", None, "needs-interaction"),
    ("account_selection_required", "", None, "needs-interaction"),
    ("server_error", "AADSTS90033", None, "try-later"),
    ("temporarily_unavailable", "", None, "try-later"),
    ("invalid_request", "AADSTS90014", None, "misconfigured"),
    ("unauthorized_client", "AADSTS700016", None, "misconfigured"),
    ("unsupported_response_type", "", None, "misconfigured"),
    ("invalid_client", "AADSTS7000215: Invalid client secret", None, "misconfigured"),
    ("invalid_client", "AADSTS7000222: expired secret", None, "misconfigured"),
    ("invalid_client", "AADSTS700027: wrong assertion", None, "misconfigured"),
    ("invalid_grant", "AADSTS54005: already redeemed", None, "expired"),
    ("invalid_grant", "AADSTS70008: expired", None, "expired"),
    ("invalid_grant", "", None, "expired"),
    ("invalid_grant", "AADSTS501481: PKCE", None, "misconfigured"),
    ("invalid_grant", "AADSTS53003: conditional access", None, "code-53003"),
    ("surprise", "AADSTS90123: later", None, "code-90123"),
    ("surprise", "", None, "code-unknown"),
    ("", "", None, "code-unknown"),
]


@pytest.mark.parametrize(("error", "description", "subcode", "result"), REDIRECTS)
def test_an_error_has_its_result(error: str, description: str, subcode: str | None, result: str) -> None:
    assert read_error(error, description, subcode)[0] == result


@given(st.text(max_size=60), st.text(max_size=200), st.none() | st.text(max_size=20))
def test_whatever_comes_back_is_a_result_that_flows_know(error: str, description: str, subcode: str | None) -> None:
    result, _ = read_error(error, description, subcode)

    assert is_result("sign-in", result)


@given(st.text(max_size=60), st.text(max_size=200))
def test_the_reason_for_the_operator_is_a_plain_name_and_a_number(error: str, description: str) -> None:
    _, reason = read_error(error, f"AADSTS50020 {description}")

    assert reason.isascii()
    assert reason.isprintable()
    assert len(reason) < 60
