"""One practice provider for each test, and a sign-in there."""

import pytest

from assistant.signin import SignIn
from assistant.web.practice import Practice
from tests.signin.practising import REDIRECT_URI, Liar, practice_of


@pytest.fixture
def provider() -> Liar:
    return Liar()


@pytest.fixture
def practice(provider: Liar) -> Practice:
    return practice_of(provider)


@pytest.fixture
def sign_in(practice: Practice) -> SignIn:
    return SignIn(practice.provider.config, REDIRECT_URI, practice.send)
