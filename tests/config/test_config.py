"""Settings: typed at the start, and each wrong one named."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.config import VARIABLES, Config, ConfigError, FactValue, SignInConfig


def refused(name: str, value: str) -> str:
    with pytest.raises(ConfigError) as raised:
        Config.from_environ({name: value})
    message = str(raised.value)
    assert message.startswith(f"{name}: ")
    assert "\n" not in message
    return message


def facts(folder: Path, text: str | bytes) -> str:
    file = folder / "facts.yaml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return str(file)


def test_nothing_needs_to_be_set() -> None:
    config = Config.from_environ({"PATH": "/bin", "ASSISTANT_TEST_REQUIRE_ALL": "1"})

    assert config == Config()
    assert (config.flows, config.facts, config.base_url, config.prefix, config.max_age) == (None, {}, "", "", None)
    assert not config.secure


def test_an_empty_setting_is_one_that_is_not_set() -> None:
    assert Config.from_environ(dict.fromkeys(VARIABLES, "")) == Config()


def test_an_unknown_setting_is_named_with_those_that_are_known() -> None:
    message = refused("ASSISTANT_FLOW", "flows")

    assert all(name in message for name in VARIABLES)


def test_the_folder_of_flows_is_a_path() -> None:
    assert Config.from_environ({"ASSISTANT_FLOWS": "my/flows"}).flows == Path("my/flows")


@pytest.mark.parametrize(
    ("url", "prefix", "secure"),
    [
        ("https://help.example.com", "", True),
        ("https://help.example.com/", "", True),
        ("https://help.example.com/sign-in", "/sign-in", True),
        ("https://help.example.com/a/b.c/", "/a/b.c", True),
        ("http://127.0.0.1:8000", "", False),
        ("http://[::1]:8000/x", "/x", False),
    ],
)
def test_the_base_url_may_carry_a_path(url: str, prefix: str, secure: bool) -> None:
    config = Config.from_environ({"ASSISTANT_BASE_URL": url})

    assert (config.base_url, config.prefix, config.secure) == (url.rstrip("/"), prefix, secure)


@pytest.mark.parametrize(
    "url",
    [
        *("help.example.com", "ftp://help.example.com", "https://", "https:///x", "//help.example.com", "/sign-in"),
        *("https://e.example/?a=b", "https://e.example/#a", "https://e.example//a"),
        *(
            "http://[x",
            "https://e.example:99999/",
            "https://e.example:x/",
            "https://e example/",
            "https://e.example/a b",
        ),
        *("https://e.example/a/../b", "https://e.example/日本", "javascript:alert(1)"),
    ],
)
def test_a_base_url_that_is_no_address_is_refused(url: str) -> None:
    assert url in refused("ASSISTANT_BASE_URL", url)


def test_the_maximum_age_is_a_number_of_seconds() -> None:
    assert Config.from_environ({"ASSISTANT_MAX_AGE": "300"}).max_age == 300
    assert Config.from_environ({"ASSISTANT_MAX_AGE": "0"}).max_age == 0


@pytest.mark.parametrize("seconds", ["-1", "5m", "1.5", "３００", " 300", "1e3"])
def test_anything_else_is_no_maximum_age(seconds: str) -> None:
    refused("ASSISTANT_MAX_AGE", seconds)


def test_a_fact_has_one_text_or_one_for_each_language(tmp_path: Path) -> None:
    file = facts(tmp_path, "phone: 03-0000-0000\nhours: {ja: 平日, en: weekdays}\nname: yes\n")
    config = Config.from_environ({"ASSISTANT_FACTS": file})

    assert config.facts == {
        "phone": FactValue({"": "03-0000-0000"}),
        "hours": FactValue({"ja": "平日", "en": "weekdays"}),
        "name": FactValue({"": "yes"}),
    }


def test_a_fact_falls_back_to_the_text_for_every_language() -> None:
    assert FactValue({"": "a", "en": "b"}).text("en") == "b"
    assert FactValue({"": "a", "en": "b"}).text("ja") == "a"
    assert FactValue({"en": "b"}).text("ja") is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("- phone\n", "one fact a line"),
        ("phone\n", "one fact a line"),
        ("phone: 1\nhours:\n", "line 2: 'hours'"),
        ("phone: [1, 2]\n", "line 1: 'phone'"),
        ("phone: {ja: [1]}\n", "line 1: 'phone'"),
        ("phone: {ja: ''}\n", "line 1: 'phone'"),
        ("phone: 1\nphone: 2\n", "facts.yaml:2:1"),
        ("phone: *a\n", "facts.yaml:1:8"),
        ("phone：03\nhours: 1\n", "full-width"),
        ("phone: 窓口 #3\n", "' #' starts a comment"),
        ("電話: ログイン".encode("cp932"), "Shift_JIS"),
    ],
)
def test_a_faulty_facts_file_is_refused_with_the_place(tmp_path: Path, text: str | bytes, says: str) -> None:
    assert says in refused("ASSISTANT_FACTS", facts(tmp_path, text))


def test_a_facts_file_that_is_not_there_or_a_folder_is_refused(tmp_path: Path) -> None:
    assert "nowhere.yaml" in refused("ASSISTANT_FACTS", str(tmp_path / "nowhere.yaml"))
    assert str(tmp_path) in refused("ASSISTANT_FACTS", str(tmp_path))


@pytest.mark.parametrize("path", ["/auth", "/api/v1", "/static", "/%E3%82%A2", "/a%20b"])
def test_a_path_that_could_not_be_told_from_our_own_or_is_escaped_is_refused(path: str) -> None:
    refused("ASSISTANT_BASE_URL", f"https://help.example.com{path}")


def test_pages_are_told_where_the_guide_is_open_by_the_address_that_customers_open() -> None:
    config = Config.from_environ({"ASSISTANT_BASE_URL": "https://help.example.com/sign-in/"})

    assert config.facts == {}
    assert config.shown_facts == {"guide-address": FactValue({"": "https://help.example.com/sign-in"})}


def test_pages_are_told_the_tenant_whose_guests_sign_in_but_none_of_another_provider() -> None:
    tenant = SignInConfig("an-application", tenant="a-tenant")

    assert Config(sign_in=tenant).shown_facts == {"service-tenant": FactValue({"": "a-tenant"})}
    assert Config(sign_in=replace(tenant, authority="https://id.example.com/a")).shown_facts == {}
    assert Config().shown_facts == {}


def test_a_fact_that_is_set_wins_over_what_another_setting_tells(tmp_path: Path) -> None:
    file = facts(tmp_path, "guide-address: https://short.example")
    config = Config.from_environ({"ASSISTANT_BASE_URL": "https://help.example.com", "ASSISTANT_FACTS": file})

    assert config.shown_facts == {"guide-address": FactValue({"": "https://short.example"})}
