"""The settings of a sign-in: what is needed together, what is refused with its reason, and where secrets may stand."""

from pathlib import Path

import pytest

from assistant.config import Config, ConfigError, SignInConfig

TENANT = "11111111-2222-4333-8444-555555555555"
CLIENT = "99999999-2222-4333-8444-555555555555"
WHOLE = {
    "ASSISTANT_TENANT_ID": TENANT,
    "ASSISTANT_CLIENT_ID": CLIENT,
    "ASSISTANT_CLIENT_SECRET": "secret",
    "ASSISTANT_BASE_URL": "https://help.example.com",
}


def read(**changes: str | None) -> SignInConfig | None:
    environ = {**WHOLE, **{f"ASSISTANT_{name.upper()}": value for name, value in changes.items()}}
    return Config.from_environ({name: value for name, value in environ.items() if value is not None}).sign_in


def refused(**changes: str | None) -> str:
    with pytest.raises(ConfigError) as raised:
        read(**changes)
    assert "\n" not in str(raised.value)
    return str(raised.value)


def test_without_any_of_its_settings_nobody_signs_in() -> None:
    assert Config.from_environ({"ASSISTANT_BASE_URL": "https://help.example.com"}).sign_in is None


def test_a_tenant_a_registration_a_secret_and_the_address_are_enough() -> None:
    config = read()

    assert config == SignInConfig(CLIENT, TENANT, secret="secret")
    assert config.authority_address == f"https://login.microsoftonline.com/{TENANT}"
    assert config.issuer == f"https://login.microsoftonline.com/{TENANT}/v2.0"
    assert config.metadata_address == f"{config.issuer}/.well-known/openid-configuration"


def test_a_tenant_in_capitals_is_the_same_tenant() -> None:
    assert read(tenant_id=TENANT.upper()) == read()


@pytest.mark.parametrize("missing", WHOLE)
def test_what_is_missing_is_named(missing: str) -> None:
    name = missing.removeprefix("ASSISTANT_").lower()

    assert refused(**{name: None}).startswith(missing)


@pytest.mark.parametrize("tenant", ["common", "organizations", "consumers", "Common"])
def test_an_authority_of_all_tenants_is_refused_with_the_reason(tenant: str) -> None:
    assert "guests must sign in at the tenant that invited them" in refused(tenant_id=tenant)
    assert "lets in accounts of every tenant" in refused(
        tenant_id=None, authority=f"https://login.microsoftonline.com/{tenant.lower()}/v2.0"
    )


@pytest.mark.parametrize(
    "tenant", ["contoso.onmicrosoft.com", TENANT[:-1], f"{{{TENANT}}}", f"{TENANT}/v2.0", "テナント"]
)
def test_a_tenant_is_named_by_its_id(tenant: str) -> None:
    assert "'Directory (tenant) ID'" in refused(tenant_id=tenant)


@pytest.mark.parametrize(
    "authority",
    ["http://id.example.com/tenant", "https://id.example.com", "https://id.example.com/", "id.example.com/tenant", "x"],
)
def test_another_provider_is_an_https_address_with_a_path(authority: str) -> None:
    assert refused(authority=authority).startswith("ASSISTANT_AUTHORITY: ")


def test_another_provider_needs_no_tenant() -> None:
    config = read(tenant_id=None, authority="https://id.example.com/tenant/")

    assert config is not None
    assert (config.authority_address, config.issuer, config.tenant) == (*["https://id.example.com/tenant"] * 2, "")


@pytest.mark.parametrize("base_url", ["http://help.example.com", "http://192.0.2.1:8000"])
def test_people_come_back_by_https_only(base_url: str) -> None:
    assert "https" in refused(base_url=base_url)


@pytest.mark.parametrize("base_url", ["http://localhost:8000", "http://127.0.0.1:8000", "http://[::1]:8000/path"])
def test_on_this_computer_they_may_come_back_by_http(base_url: str) -> None:
    assert read(base_url=base_url) is not None


@pytest.mark.parametrize("name", ["client_secret", "client_certificate_password", "client_certificate"])
def test_a_secret_may_stand_in_a_file(tmp_path: Path, name: str) -> None:
    file = tmp_path / "secret"
    file.write_text("in a file\n", "utf-8")
    secret: dict[str, str | None] = {"client_secret": None} if name != "client_secret" else {}
    if name == "client_certificate_password":
        secret["client_certificate"] = str(file)
    config = read(**{**secret, name: None, f"{name}_file": str(file)})

    assert config is not None
    assert "in a file" in (config.secret, config.certificate_password, (config.certificate or b"").decode().strip())


def test_a_secret_in_two_places_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("x", "utf-8")

    assert "keep one of the two" in refused(client_secret_file=str(file))
    assert "keep one of the two" in refused(
        client_secret=None, client_certificate="x", client_certificate_file=str(file)
    )


def test_a_secret_and_a_certificate_are_one_too_many(tmp_path: Path) -> None:
    file = tmp_path / "certificate.pem"
    file.write_text("x", "utf-8")

    assert "keep one of the two" in refused(client_certificate=str(file))


def test_a_certificate_may_stand_in_the_variable_itself() -> None:
    config = read(client_secret=None, client_certificate="-----BEGIN CERTIFICATE-----\n...")

    assert config is not None
    assert config.certificate == b"-----BEGIN CERTIFICATE-----\n..."


@pytest.mark.parametrize("name", ["client_secret_file", "client_certificate", "client_certificate_file", "ca_file"])
def test_a_file_that_is_not_there_is_named(name: str) -> None:
    absent = {} if name == "ca_file" else {"client_secret": None}
    message = refused(**{**absent, name: "nowhere.pem"})

    assert message.startswith(f"ASSISTANT_{name.upper()}".removesuffix("_FILE"))
    assert "cannot be read: No such file" in message


SECRETS = ["\n-----BEGIN PRIVATE KEY-----\nplanted", "Bag Attributes\n-----BEGIN PRIVATE KEY-----\nplanted", "planted"]


@pytest.mark.parametrize("name", ["client_secret_file", "client_certificate", "client_certificate_file", "proxy_url"])
@pytest.mark.parametrize("secret", [*SECRETS, "planted\0", "https://user:planted@"])
def test_a_secret_in_the_wrong_place_is_not_printed(name: str, secret: str) -> None:
    absent = {"client_secret": None} if name != "proxy_url" else {}
    told = ""
    try:
        read(**{**absent, name: secret})
    except ConfigError as error:
        told = str(error)

    assert "planted" not in told


@pytest.mark.parametrize("name", ["base_url", "authority"])
def test_a_password_in_an_address_is_not_printed(name: str) -> None:
    assert "planted" not in refused(**{name: "https://user:planted@id.example.com/tenant"})


def test_an_application_is_named_by_its_id() -> None:
    assert "'Application (client) ID'" in refused(client_id="My application")


def test_all_that_is_missing_is_named_at_once() -> None:
    message = refused(client_id=None, client_secret=None, base_url=None)

    for name in ("ASSISTANT_CLIENT_ID", "ASSISTANT_CLIENT_SECRET", "ASSISTANT_BASE_URL"):
        assert name in message


def test_the_way_to_a_provider_is_checked_even_where_nobody_signs_in() -> None:
    with pytest.raises(ConfigError, match="ASSISTANT_CA_FILE"):
        Config.from_environ({"ASSISTANT_CA_FILE": "nowhere.pem"})


def test_a_proxy_and_a_ca_file_are_for_the_way_to_the_provider(tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    file.write_text("x", "utf-8")
    config = read(proxy_url="http://user:word@proxy.example.com:8080", ca_file=str(file))

    assert config is not None
    assert (config.proxy, config.ca_file) == ("http://user:word@proxy.example.com:8080", str(file))


@pytest.mark.parametrize("proxy", ["proxy.example.com", "socks5://proxy.example.com", "http://", "http://a b"])
def test_a_proxy_is_an_http_address_and_is_never_quoted(proxy: str) -> None:
    message = refused(proxy_url=proxy)

    assert message.startswith("ASSISTANT_PROXY_URL: ")
    assert f"'{proxy}'" not in message


def test_a_secret_key_has_thirty_two_characters_at_least(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("k" * 32 + "\n", "utf-8")

    assert Config.from_environ({"ASSISTANT_SECRET_KEY_FILE": str(file)}).secret_key == "k" * 32
    with pytest.raises(ConfigError, match="ASSISTANT_SECRET_KEY: too short"):
        Config.from_environ({"ASSISTANT_SECRET_KEY": "k" * 31})


def test_no_secret_is_ever_printed() -> None:
    environ = {**WHOLE, "ASSISTANT_CLIENT_SECRET": "planted", "ASSISTANT_SECRET_KEY": "planted" * 8}

    assert "planted" not in repr(Config.from_environ(environ))


@pytest.mark.parametrize(
    ("base_url", "origin"),
    [
        ("", ""),
        ("https://help.example.com/path", "https://help.example.com"),
        ("https://Help.Example.com:443", "https://help.example.com"),
        ("https://help.example.com:8443", "https://help.example.com:8443"),
        ("http://127.0.0.1:80", "http://127.0.0.1"),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(base_url: str, origin: str) -> None:
    assert Config(base_url=base_url).origin == origin
