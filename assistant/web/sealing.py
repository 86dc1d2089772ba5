"""What leaves the server and comes back: signed where anybody may read it, encrypted where nobody may."""

import json
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any, Final

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from itsdangerous import BadSignature, URLSafeTimedSerializer


class Seal:
    """Signs and encrypts for one purpose; what was sealed for another, or with another secret, is nothing here.

    Every node that has the secret opens what another sealed.
    """

    def __init__(self, secret: str, purpose: str) -> None:
        """Make the keys."""
        signing, encrypting, naming = (_derived(secret, f"{use} {purpose}") for use in ("sign", "encrypt", "name"))
        self._signer: Final = URLSafeTimedSerializer(signing, salt=purpose, signer_kwargs={"digest_method": sha256})
        self._fernet: Final = Fernet(urlsafe_b64encode(encrypting))
        # A short name for this seal, which another installation on the same host does not have.
        self.name: Final = naming.hex()[:8]

    def sign(self, value: Any) -> str:
        """Return plain data as text for a URL, compressed, which anybody may read and nobody can change."""
        return str(self._signer.dumps(value))

    def signed(self, text: str, seconds: int | None = None) -> Any:
        """Return what was signed here, not longer ago than these seconds, or None."""
        try:
            return self._signer.loads(text, max_age=seconds)
        except BadSignature:
            return None

    def encrypt(self, value: Any) -> str:
        """Return plain data as text that only we can read."""
        return self._fernet.encrypt(json.dumps(value, separators=(",", ":")).encode()).decode()

    def decrypt(self, text: str, seconds: int) -> Any:
        """Return what was encrypted here at most so many seconds ago, or None."""
        try:
            return json.loads(self._fernet.decrypt(text.encode(), ttl=seconds))
        except InvalidToken:
            return None

    def encrypted_at(self, text: str) -> int:
        """Return when something was encrypted here, in seconds since 1970, or 0 if it was not."""
        try:
            return self._fernet.extract_timestamp(text.encode())
        except InvalidToken:
            return 0


def _derived(secret: str, purpose: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=f"assistant: {purpose}".encode()).derive(secret.encode())
