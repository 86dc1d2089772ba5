"""Two guides to ask: the shipped one, and a small one of our own that has every feature of the language."""

from collections.abc import Callable

import pytest
from flask import Flask

from assistant import resources
from assistant.catalog import Catalog, Guide, open_catalog
from assistant.config import Config, FactValue
from assistant.web import create_app
from tests.web.asking import SMALL_FLOWS


@pytest.fixture(scope="session")
def shipped() -> Catalog:
    """The flows that come with the program."""
    return open_catalog(resources.folder("flows"))


@pytest.fixture(scope="session")
def guide(shipped: Catalog) -> Guide:
    """The shipped login guide."""
    return shipped.guides["login"]


@pytest.fixture(scope="session")
def app(shipped: Catalog) -> Flask:
    """The application over the shipped flows, as it comes."""
    return create_app(Config(), shipped)


@pytest.fixture(scope="session")
def small_catalog() -> Catalog:
    """The small flow, in Japanese and English."""
    return open_catalog(SMALL_FLOWS)


@pytest.fixture(scope="session")
def small_guide(small_catalog: Catalog) -> Guide:
    """The engine and words of the small flow."""
    return small_catalog.guides["small"]


@pytest.fixture(scope="session")
def small(small_catalog: Catalog) -> Flask:
    """The application over the small flow."""
    return create_app(Config(), small_catalog)


@pytest.fixture
def build(small_catalog: Catalog) -> Callable[..., Flask]:
    """Make another application over the small flow, with settings of its own."""
    return lambda **settings: create_app(Config(**settings), small_catalog)


@pytest.fixture
def build_with_phone(build: Callable[..., Flask]) -> Flask:
    """The small guide of an installation that has set its telephone, with characters that HTML gives a meaning."""
    return build(facts={"phone": FactValue({"": "03-9999", "en": "<03-1234>"})})
