"""Secrets that open something: told once, and kept as a hash."""

import hashlib
import secrets


def new_token() -> str:
    """256 bits, known to whoever is handed it and nowhere else."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
