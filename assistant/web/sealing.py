"""What leaves the server and comes back: the way back to a page, signed, and what a sign-in needs, encrypted."""

import json
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any, Final

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from itsdangerous import BadSignature, URLSafeSerializer


class Seal:
    """Signs and encrypts with keys made from one secret, so that every node that has it opens what another sealed."""

    def __init__(self, secret_key: str = "") -> None:
        """Use this secret, or one that nobody else has and that is gone with the process."""
        secret = secret_key or secrets.token_urlsafe(32)
        self._signer: Final = URLSafeSerializer(
            _derived(secret, b"way back"), salt="assistant.way", signer_kwargs={"digest_method": sha256}
        )
        self._fernet: Final = Fernet(urlsafe_b64encode(_derived(secret, b"cookies")))

    def sign(self, value: Any) -> str:
        """Return plain data as text for a URL, compressed, which anybody may read and nobody can change."""
        return str(self._signer.dumps(value))

    def signed(self, text: str) -> Any:
        """Return what was signed, or None if it was not signed by us."""
        try:
            return self._signer.loads(text)
        except BadSignature:
            return None

    def encrypt(self, value: Any) -> str:
        """Return plain data as text that only we can read."""
        return self._fernet.encrypt(json.dumps(value, separators=(",", ":")).encode()).decode()

    def decrypt(self, text: str, seconds: int) -> Any:
        """Return what was encrypted at most so many seconds ago, or None."""
        try:
            return json.loads(self._fernet.decrypt(text.encode(), ttl=seconds))
        except InvalidToken:
            return None

    def encrypted_at(self, text: str) -> int:
        """Return when something was encrypted by us, in seconds since 1970, or 0 if it was not."""
        try:
            return self._fernet.extract_timestamp(text.encode())
        except InvalidToken:
            return 0


def _derived(secret: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"assistant " + purpose).derive(secret.encode())
