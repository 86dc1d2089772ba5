"""What all tests share: no settings of this machine, no other machine, and time enough for property tests."""

import os

import pytest
from hypothesis import settings

from tests.loopback import stay_here

stay_here()
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = [name for name in os.environ if name.startswith("ASSISTANT_") and not name.startswith("ASSISTANT_TEST_")]
    for name in ours:
        monkeypatch.delenv(name)
