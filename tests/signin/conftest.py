"""One practice provider for each test, and a sign-in there; an authority and a site with TLS for a file of tests."""

from collections.abc import Iterator

import pytest

from assistant.signin import SignIn
from assistant.web.practice import Practice
from tests.signin.practising import REDIRECT_URI, Liar, practice_of
from tests.signin.tls import HERE, Authority, Identity, Site, over_tls


@pytest.fixture
def provider() -> Liar:
    return Liar()


@pytest.fixture
def practice(provider: Liar) -> Practice:
    return practice_of(provider)


@pytest.fixture
def sign_in(practice: Practice) -> SignIn:
    return SignIn(practice.provider.config, REDIRECT_URI, practice.send)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Who issues certificates that only those trust who are told to."""
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def identity(authority: Authority) -> Identity:
    """A certificate for this computer, with its key."""
    return authority.issue(*HERE)


@pytest.fixture(scope="module")
def site(identity: Identity) -> Iterator[Site]:
    """Where a provider is served with that certificate."""
    with over_tls(identity) as found:
        yield found
