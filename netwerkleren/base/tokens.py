"""Tokens in links of mails: 256 random bits go out, and only their hash is kept (docs/security.md X1)."""

import hashlib
import secrets


def new_token() -> str:
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What is stored, and looked up, instead of the token."""
    return hashlib.sha256(token.encode()).hexdigest()
