"""The application's own proof: a secret, or a certificate in the forms in which people get one."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from assistant.config import ConfigError, SignInConfig
from assistant.signin import SignIn
from assistant.signin.credential import read_credential
from tests.signin.practising import REDIRECT_URI, key

PASSWORD = "opened by this"


@cache
def certificate(number: int) -> x509.Certificate:
    return certificate_of(key(number))


def certificate_of(private: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "help.example.com")])
    begin = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=1))
        .sign(private, SHA256())
    )


def pem_key(encryption: KeySerializationEncryption | None = None) -> bytes:
    return key(0).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption or NoEncryption())


def pem_certificate(number: int = 0) -> bytes:
    return certificate(number).public_bytes(Encoding.PEM)


def pfx(password: str = "", others: list[x509.Certificate] | None = None) -> bytes:
    encryption = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    return pkcs12.serialize_key_and_certificates(b"name", key(0), certificate(0), others, encryption)


def config(data: bytes, password: str = "") -> SignInConfig:
    return SignInConfig("client", "tenant", certificate=data, certificate_password=password)


GOOD: dict[str, Callable[[], SignInConfig]] = {
    "PEM, key first": lambda: config(pem_key() + pem_certificate()),
    "PEM, certificate first": lambda: config(pem_certificate() + pem_key()),
    "PEM with the certificate of an authority": lambda: config(pem_certificate(1) + pem_certificate() + pem_key()),
    "PEM with a locked key": lambda: config(
        pem_key(BestAvailableEncryption(PASSWORD.encode())) + pem_certificate(), PASSWORD
    ),
    "PEM with lines of Windows": lambda: config((pem_key() + pem_certificate()).replace(b"\n", b"\r\n")),
    "PFX": lambda: config(pfx()),
    "PFX with a password": lambda: config(pfx(PASSWORD), PASSWORD),
    "PFX with the certificate of an authority": lambda: config(pfx(PASSWORD, [certificate(1)]), PASSWORD),
}
BAD: dict[str, tuple[Callable[[], SignInConfig], str]] = {
    "nothing": (lambda: config(b""), "no PEM or PFX file"),
    "words": (lambda: config(b"not a certificate"), "no PEM or PFX file"),
    "a key alone": (lambda: config(pem_key()), "holds the certificate and its private key"),
    "a certificate alone": (lambda: config(pem_certificate()), "holds the certificate and its private key"),
    "a key and the certificate of another": (lambda: config(pem_key() + pem_certificate(1)), "belongs to its private"),
    "a locked key without password": (
        lambda: config(pem_key(BestAvailableEncryption(PASSWORD.encode())) + pem_certificate()),
        "ASSISTANT_CLIENT_CERTIFICATE_PASSWORD",
    ),
    "a locked key with a wrong password": (
        lambda: config(pem_key(BestAvailableEncryption(PASSWORD.encode())) + pem_certificate(), "wrong"),
        "ASSISTANT_CLIENT_CERTIFICATE_PASSWORD",
    ),
    "a PFX without its password": (lambda: config(pfx(PASSWORD)), "ASSISTANT_CLIENT_CERTIFICATE_PASSWORD"),
    "a PFX with a wrong password": (lambda: config(pfx(PASSWORD), "wrong"), "ASSISTANT_CLIENT_CERTIFICATE_PASSWORD"),
    "a key of elliptic curves": (lambda: config(elliptic()), "RSA"),
}


def elliptic() -> bytes:
    private = ec.generate_private_key(ec.SECP256R1())
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return pem + certificate_of(private).public_bytes(Encoding.PEM)


@pytest.mark.parametrize("form", GOOD)
def test_every_usual_form_gives_the_same_key_and_certificate(form: str) -> None:
    assert read_credential(GOOD[form]()) == {
        "private_key": pem_key().decode(),
        "public_certificate": pem_certificate().decode(),
    }


@pytest.mark.parametrize("form", BAD)
def test_what_cannot_be_used_stops_the_start_with_the_reason(form: str) -> None:
    make, reason = BAD[form]

    with pytest.raises(ConfigError, match=reason) as stopped:
        SignIn(make(), REDIRECT_URI)
    assert str(stopped.value).startswith("ASSISTANT_CLIENT_CERTIFICATE: ")


def test_a_secret_is_what_it_is() -> None:
    assert read_credential(SignInConfig("client", "tenant", secret="secret")) == "secret"


def test_no_secret_is_ever_printed() -> None:
    whole = SignInConfig("client", "tenant", secret="planted", certificate=b"planted", certificate_password="planted")

    assert "planted" not in repr(whole)
