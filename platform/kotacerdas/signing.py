"""Keyed signatures: each purpose has a key of its own, derived from the one secret."""

from __future__ import annotations

import hmac
from hashlib import sha256

from pydantic import SecretStr


def sign(secret_key: SecretStr, purpose: str, message: str) -> bytes:
    """Return the 32 bytes of HMAC-SHA256 over `message` by the key of `purpose`.

    The derived key keeps a signature made for one purpose worthless for any other.
    """
    key = hmac.digest(secret_key.get_secret_value().encode(), purpose.encode(), sha256)
    return hmac.digest(key, message.encode(), sha256)


def key_id(secret_key: SecretStr) -> str:
    """Return 8 hex digits that name the secret key without telling it."""
    return sign(secret_key, "key id", "").hex()[:8]
