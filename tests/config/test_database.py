"""The database and what is kept in it: both are off until they are set, and each wrong setting is named."""

from pathlib import Path

import pytest

from assistant.config import DATABASE_URL, UNKNOWN_SCREENS, Config, ConfigError


def refused(**settings: str) -> str:
    with pytest.raises(ConfigError) as raised:
        Config.from_environ(settings)
    assert "\n" not in str(raised.value)
    return str(raised.value)


def test_nothing_is_kept_unless_it_is_set() -> None:
    config = Config.from_environ({})

    assert (config.database_url, config.keeps_unknown_screens) == ("", False)


@pytest.mark.parametrize(
    ("url", "used"),
    [
        ("sqlite:///assistant.db", "sqlite:///assistant.db"),
        ("sqlite:////srv/help desk/assistant.db", "sqlite:////srv/help desk/assistant.db"),
        ("sqlite:///C:\\data\\assistant.db", "sqlite:///C:\\data\\assistant.db"),
        (
            "postgresql://u:p%40@db.example.com/x?sslmode=require",
            "postgresql+psycopg://u:p%40@db.example.com/x?sslmode=require",
        ),
        ("postgresql+psycopg://db.example.com:5433/x", "postgresql+psycopg://db.example.com:5433/x"),
    ],
)
def test_the_database_is_sqlite_or_postgresql(url: str, used: str) -> None:
    assert Config.from_environ({DATABASE_URL: url}).database_url == used


@pytest.mark.parametrize(
    "url",
    [
        *("assistant.db", "sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite:///folder/", "sqlite://host/a.db"),
        *("mysql://u:hunter2@db/x", "postgresql://", "postgresql+asyncpg://u:hunter2@db/x", "postgresql:///x"),
    ],
)
def test_any_other_database_is_refused_without_quoting_what_may_hold_a_password(url: str) -> None:
    message = refused(**{DATABASE_URL: url})

    assert message.startswith(f"{DATABASE_URL}: ")
    assert "hunter2" not in message


def test_the_database_may_stand_in_a_file_because_it_may_hold_a_password(tmp_path: Path) -> None:
    file = tmp_path / "url"
    file.write_text("postgresql://u:hunter2@db/x\n", "utf-8")
    config = Config.from_environ({f"{DATABASE_URL}_FILE": str(file)})

    assert config.database_url == "postgresql+psycopg://u:hunter2@db/x"
    assert "hunter2" not in repr(config)


def test_unknown_screens_are_kept_where_there_is_a_database() -> None:
    assert Config.from_environ({UNKNOWN_SCREENS: "keep", DATABASE_URL: "sqlite:///a.db"}).keeps_unknown_screens
    assert not Config.from_environ({DATABASE_URL: "sqlite:///a.db"}).keeps_unknown_screens


def test_without_a_database_unknown_screens_cannot_be_kept_and_it_is_said_what_to_set() -> None:
    message = refused(**{UNKNOWN_SCREENS: "keep"})

    assert message.startswith(f"{UNKNOWN_SCREENS}: ")
    assert f"set {DATABASE_URL}, such as sqlite:///" in message


@pytest.mark.parametrize("value", ["yes", "KEEP", " keep", "0"])
def test_there_is_one_way_to_say_that_they_are_kept(value: str) -> None:
    assert "write 'keep'" in refused(**{UNKNOWN_SCREENS: value, DATABASE_URL: "sqlite:///a.db"})
