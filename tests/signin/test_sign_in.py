"""The sign-in from beginning to end with real MSAL: every result, what is asked for, and what is never kept."""

import logging
from collections.abc import Mapping
from threading import Barrier, Event, Thread

import msal
import pytest

from assistant.practice import ISSUER, REDIRECTED, REFUSED, WRONG_TENANT
from assistant.signin import AT_ONCE, Begun, Outcome, SignIn
from assistant.signin.exchange import Reply, Request
from assistant.web.practice import INVITED, OTHER, Practice
from tests.signin.practising import (
    CODES,
    REDIRECT_URI,
    STATE,
    Liar,
    Microsoft,
    answer_of,
    begun,
    practice_of,
    query_of,
    signed_in,
)


def test_who_is_invited_is_signed_in_and_named_by_their_address(practice: Practice, sign_in: SignIn) -> None:
    assert signed_in(practice, sign_in) == Outcome("signed-in", "", (INVITED,))


def test_a_tenant_at_microsoft_signs_in_and_out_like_any_provider() -> None:
    practice = practice_of(Microsoft())
    sign_in = SignIn(practice.provider.config, REDIRECT_URI, practice.send)

    assert sign_in.config.metadata_address.startswith("https://login.microsoftonline.com/")
    assert signed_in(practice, sign_in) == Outcome("signed-in", "", (INVITED,))
    assert signed_in(practice, sign_in, how=WRONG_TENANT).result == WRONG_TENANT
    assert sign_in.end("https://help.example.com/auth/end", "s") is not None


def test_another_person_is_named_by_another_address(practice: Practice, sign_in: SignIn) -> None:
    assert signed_in(practice, sign_in, who=OTHER).addresses == (OTHER,)


@pytest.mark.parametrize("how", [*REDIRECTED, *REFUSED, WRONG_TENANT])
def test_every_way_to_fail_has_its_result(practice: Practice, sign_in: SignIn, how: str) -> None:
    outcome = signed_in(practice, sign_in, how=how)

    assert (outcome.result, outcome.addresses) == (how, ())


@pytest.mark.parametrize("number", CODES)
def test_a_number_that_comes_back_is_the_result_itself(practice: Practice, sign_in: SignIn, number: str) -> None:
    assert signed_in(practice, sign_in, how=f"code-{number}").result == f"code-{number}"


def test_nothing_but_to_know_who_it_is_is_asked_for(sign_in: SignIn) -> None:
    asked = query_of(begun(sign_in).address)

    assert set(asked["scope"].split()) == {"openid", "profile"}
    assert (asked["response_type"], asked["response_mode"]) == ("code", "query")
    assert (asked["code_challenge_method"], asked["state"], asked["redirect_uri"]) == ("S256", STATE, REDIRECT_URI)
    assert {"prompt", "login_hint"}.isdisjoint(asked)


def test_the_address_typed_before_is_a_hint(sign_in: SignIn) -> None:
    asked = query_of(begun(sign_in, hint=INVITED).address)

    assert asked["login_hint"] == INVITED
    assert "prompt" not in asked


def test_the_list_of_accounts_is_shown_without_a_hint(sign_in: SignIn) -> None:
    asked = query_of(begun(sign_in, hint=INVITED, choose=True).address)

    assert asked["prompt"] == "select_account"
    assert INVITED not in str(asked)


def test_two_sign_ins_share_no_secret(sign_in: SignIn) -> None:
    one, other = begun(sign_in), begun(sign_in)

    assert one.kept["nonce"] != other.kept["nonce"]
    assert one.kept["code_verifier"] != other.kept["code_verifier"]


def test_a_code_is_worth_something_only_with_its_own_verifier(practice: Practice, sign_in: SignIn) -> None:
    mine, stolen = begun(sign_in), begun(sign_in)
    answer = answer_of(practice, stolen.address)

    assert sign_in.complete(mine.kept, answer).result == "misconfigured"


def test_the_same_code_does_not_sign_in_twice(practice: Practice, sign_in: SignIn) -> None:
    under_way = begun(sign_in)
    answer = answer_of(practice, under_way.address)

    assert sign_in.complete(under_way.kept, answer).result == "signed-in"
    assert sign_in.complete(under_way.kept, answer).result == "expired"


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        ({}, "expired"),
        ({"state": "of-somebody-else", "code": "c"}, "expired"),
        ({"state": STATE}, "code-unknown"),
        ({"state": STATE, "code": ""}, "misconfigured"),
        ({"state": STATE, "code": "made-up"}, "expired"),
        ({"state": STATE, "code": "made-up", "iss": "https://elsewhere.example.com"}, "misconfigured"),
        ({"state": STATE, "error": ""}, "code-unknown"),
        ({"state": STATE, "error": "surprise"}, "code-unknown"),
        ({"state": STATE, "error": "x" * 9000, "error_description": "AADSTS" + "9" * 4000}, "code-unknown"),
        ({"state": STATE, "error": "access_denied", "error_description": "AADSTS50020: no"}, "code-50020"),
    ],
)
def test_an_answer_that_proves_nothing_signs_nobody_in(sign_in: SignIn, answer: dict[str, str], result: str) -> None:
    assert sign_in.complete(begun(sign_in).kept, answer).result == result


def test_an_error_of_the_redirect_needs_no_provider(sign_in: SignIn) -> None:
    under_way = begun(sign_in)
    alone = SignIn(sign_in.config, REDIRECT_URI, unreachable)

    assert alone.complete(under_way.kept, {"state": STATE, "error": "server_error"}).result == "try-later"


def unreachable(*_: object, **__: object) -> Reply:
    raise AssertionError("nobody was to be asked")


def test_every_step_asks_with_an_application_and_a_cache_of_its_own(
    practice: Practice, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[msal.TokenCache] = []
    real = msal.ConfidentialClientApplication

    def remembering(*arguments: object, **options: msal.TokenCache) -> object:
        made.append(options["token_cache"])
        return real(*arguments, **options)

    monkeypatch.setattr(msal, "ConfidentialClientApplication", remembering)
    signed_in(practice, sign_in)
    signed_in(practice, sign_in)

    assert len({id(cache) for cache in made}) == len(made) == 4


def test_no_refresh_token_is_asked_for(practice: Practice, sign_in: SignIn) -> None:
    posted: list[Mapping[str, str]] = []

    def watching(request: Request) -> Reply:
        posted.append(request.data or {})
        return practice.send(request)

    signed_in(practice, SignIn(sign_in.config, REDIRECT_URI, watching))

    assert "offline_access" not in str(posted)
    assert "offline_access" not in begun(sign_in).address


def test_keys_are_asked_for_once_and_again_when_they_were_changed(
    practice: Practice, provider: Liar, sign_in: SignIn
) -> None:
    asked: list[str] = []

    def counting(request: Request) -> Reply:
        asked.append(request.url.rpartition("/")[2])
        return practice.send(request)

    one = SignIn(sign_in.config, REDIRECT_URI, counting)
    results = [signed_in(practice, one).result, signed_in(practice, one).result]
    provider.rotate()
    results += [signed_in(practice, one).result, signed_in(practice, one).result]

    assert results == ["signed-in"] * 4
    assert asked.count("keys") == 2


def test_at_most_a_few_sign_in_at_once_and_the_next_is_told_to_wait(practice: Practice, sign_in: SignIn) -> None:
    arrived, released = Barrier(AT_ONCE + 1), Event()

    def waiting(request: Request) -> Reply:
        arrived.wait(timeout=30)
        released.wait(timeout=30)
        return practice.send(request)

    busy = SignIn(sign_in.config, REDIRECT_URI, waiting, deadline=30)
    results: list[Begun | Outcome] = []
    threads = [Thread(target=lambda: results.append(busy.begin(STATE))) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    arrived.wait(timeout=30)
    refused = busy.begin(STATE)
    released.set()
    for thread in threads:
        thread.join()

    assert refused == Outcome("try-later", "too many at once")
    assert [type(result) for result in results] == [Begun] * AT_ONCE


def test_the_provider_is_first_asked_when_somebody_signs_in(sign_in: SignIn) -> None:
    SignIn(sign_in.config, REDIRECT_URI, unreachable)


def test_to_begin_again_within_minutes_needs_nobodys_answer(practice: Practice, sign_in: SignIn) -> None:
    asked: list[str] = []

    def counting(request: Request) -> Reply:
        asked.append(request.url)
        return practice.send(request)

    one = SignIn(sign_in.config, REDIRECT_URI, counting)
    for _ in range(3):
        begun(one)
    one.end("https://help.example.com/auth/end", "s")

    assert asked == [sign_in.config.metadata_address]


def test_whoever_begins_by_the_hundred_keeps_nobody_from_coming_back(practice: Practice, sign_in: SignIn) -> None:
    under_way = begun(sign_in)
    answer = answer_of(practice, under_way.address)
    for _ in range(AT_ONCE):
        sign_in._leaving.acquire()

    assert sign_in.begin(STATE) == Outcome("try-later", "too many at once")
    assert sign_in.complete(under_way.kept, answer).result == "signed-in"


def test_where_no_thread_can_be_started_no_place_is_lost(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(thread: Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patched:
        patched.setattr(Thread, "start", refuse)
        refused = [sign_in.begin(STATE) for _ in range(AT_ONCE + 1)]

    assert refused == [Outcome("try-later", "no thread could be started", ours=True)] * (AT_ONCE + 1)
    assert isinstance(sign_in.begin(STATE), Begun)


@pytest.mark.parametrize(("iss", "result"), [(True, "signed-in"), (False, "misconfigured")])
def test_a_provider_that_always_says_who_it_is_must_say_so(provider: Liar, iss: bool, result: str) -> None:
    honest = provider.metadata
    provider.metadata = lambda address: {  # type: ignore[method-assign]  # another provider for one test
        **honest(address),
        "authorization_response_iss_parameter_supported": True,
    }
    practice = practice_of(provider)
    sign_in = SignIn(provider.config, REDIRECT_URI, practice.send)
    under_way = begun(sign_in)
    answer = answer_of(practice, under_way.address)

    assert sign_in.complete(under_way.kept, {**answer, **({"iss": ISSUER} if iss else {})}).result == result


def test_people_are_signed_out_at_the_provider_and_sent_back(practice: Practice, sign_in: SignIn) -> None:
    address = sign_in.end("https://help.example.com/auth/end", "s")

    assert address is not None
    assert address.startswith("https://practice.example.com/logout?")
    assert query_of(address)["post_logout_redirect_uri"] == "https://help.example.com/auth/end"


def test_nothing_that_the_provider_says_is_logged(
    practice: Practice, provider: Liar, sign_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    provider.forge = lambda liar, claims: "planted-token." + liar.honestly(claims)
    signed_in(practice, sign_in, who="planted@customer.example")
    provider.forge = None
    signed_in(practice, sign_in, who="planted@customer.example")
    under_way = begun(sign_in, hint="planted@customer.example")
    sign_in.complete(under_way.kept, {"state": STATE, "error": "planted-error", "error_description": "planted words"})
    sign_in.complete(under_way.kept, {"state": STATE, "code": "planted-code"})

    assert "planted" not in caplog.text
    assert under_way.kept["code_verifier"] not in caplog.text
    assert under_way.kept["nonce"] not in caplog.text
