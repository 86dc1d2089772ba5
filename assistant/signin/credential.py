"""How the application proves to the provider who it is: a secret, or a certificate with its key as PEM or PFX."""

from typing import TypeAlias

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509 import Certificate, load_pem_x509_certificates

from assistant.config import CERTIFICATE, CERTIFICATE_PASSWORD, ConfigError, SignInConfig

# What MSAL takes as `client_credential`.
Credential: TypeAlias = str | dict[str, str]


def read_credential(config: SignInConfig) -> Credential:
    """Return the credential of a configuration; raises ConfigError if its certificate cannot be used.

    PEM and PFX end in the same form, for which MSAL signs with PS256 and the certificate's SHA-256 thumbprint.
    """
    data = config.certificate
    if data is None:
        return config.secret
    password = config.certificate_password.encode() or None
    try:
        key, certificate = _from_pem(data, password) if b"-----BEGIN" in data else _from_pfx(data, password)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        # Both kinds of file say so for a wrong or missing password, and quote nothing of the key.
        locked = any(word in str(error).lower() for word in ("password", "decrypt", "encrypted"))
        advice = f"its password does not fit; set {CERTIFICATE_PASSWORD}" if locked else "no PEM or PFX file"
        raise ConfigError(f"{CERTIFICATE}: cannot be read: {advice}") from None
    return {
        "private_key": key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(),
        "public_certificate": certificate.public_bytes(Encoding.PEM).decode(),
    }


def _from_pem(data: bytes, password: bytes | None) -> tuple[RSAPrivateKey, Certificate]:
    if b"PRIVATE KEY-----" not in data or b"BEGIN CERTIFICATE-----" not in data:
        raise ConfigError(f"{CERTIFICATE}: a PEM file holds the certificate and its private key, one after the other")
    return _pair(load_pem_private_key(data, password), load_pem_x509_certificates(data))


def _from_pfx(data: bytes, password: bytes | None) -> tuple[RSAPrivateKey, Certificate]:
    key, certificate, others = pkcs12.load_key_and_certificates(data, password)
    return _pair(key, [*([certificate] if certificate else []), *others])


def _pair(key: object, certificates: list[Certificate]) -> tuple[RSAPrivateKey, Certificate]:
    if not isinstance(key, RSAPrivateKey):
        raise ConfigError(f"{CERTIFICATE}: Entra takes RSA keys only; make the certificate with an RSA key")
    for certificate in certificates:
        if certificate.public_key() == key.public_key():
            return key, certificate
    raise ConfigError(f"{CERTIFICATE}: no certificate in it belongs to its private key")
