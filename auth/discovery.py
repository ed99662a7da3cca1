"""What a provider publishes about itself: endpoints and signing keys, kept for an hour."""

import base64
import binascii
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey
from requests import RequestException

from app.clock import Clock
from auth.outbound import get_json
from auth.refusals import ProviderSignInRefused, ProviderUnreachable

KEPT = timedelta(hours=1)
KEYS_AGAIN = timedelta(minutes=1)
MOST_KEYS = 50
SMALLEST_RSA = 2048
# Secret keys (oct) are none that could be published.
KEY_TYPES: dict[str, type[RSAKey | ECKey | OKPKey]] = {"RSA": RSAKey, "EC": ECKey, "OKP": OKPKey}


@dataclass(frozen=True, slots=True)
class Published:
    """One provider's metadata (OpenID Connect Discovery) and keys, and when they were read."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None
    names_itself: bool  # RFC 9207: every answer carries `iss`
    secret_in_body: bool
    read_at: datetime
    keys: tuple[Key, ...]
    keys_read_at: datetime


class Directory:
    """The providers' publications, read over the network when they are missing or old."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: dict[str, Published] = {}

    def of(self, issuer: str) -> Published:
        found = self._kept.get(issuer)
        if found is None or not timedelta() <= self._clock() - found.read_at < KEPT:
            found = self._kept[issuer] = _read(issuer, self._clock())
        return found

    def with_new_keys(self, issuer: str) -> Published:
        """For a key nobody knows yet: read the keys once more, but not at every such token."""
        found, now = self.of(issuer), self._clock()
        if now - found.keys_read_at >= KEYS_AGAIN:
            found = replace(found, keys=_keys_at(found.jwks_uri), keys_read_at=now)
            self._kept[issuer] = found
        return found


def is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def is_fit_for(url: object, issuer: str) -> bool:
    """HTTPS; plain HTTP only from this machine to itself, for tests and the demonstration.

    A provider out in the network may not point at services of this machine.
    """
    if not isinstance(url, str) or any(ord(c) < 0x21 for c in url):
        return False
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or parts.username is not None or parts.fragment:
        return False
    if is_loopback(issuer):
        return parts.scheme in ("https", "http") and is_loopback(url)
    return parts.scheme == "https" and not is_loopback(url)


def _read(issuer: str, now: datetime) -> Published:
    if not is_fit_for(issuer, issuer):
        raise ProviderSignInRefused("issuer_not_https")
    try:
        found = get_json(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    except RequestException as error:
        raise ProviderUnreachable("no_metadata") from error
    if found.get("issuer") != issuer:
        raise ProviderSignInRefused("metadata_of_another_issuer")
    endpoints = {
        name: found.get(name)
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint")
    }
    if endpoints["userinfo_endpoint"] is None:
        del endpoints["userinfo_endpoint"]
    for url in endpoints.values():
        if not is_fit_for(url, issuer):
            raise ProviderSignInRefused("endpoint_not_fit")
    ways = found.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    return Published(
        issuer=issuer,
        authorization_endpoint=str(endpoints["authorization_endpoint"]),
        token_endpoint=str(endpoints["token_endpoint"]),
        jwks_uri=str(endpoints["jwks_uri"]),
        userinfo_endpoint=endpoints.get("userinfo_endpoint"),
        names_itself=found.get("authorization_response_iss_parameter_supported") is True,
        secret_in_body=isinstance(ways, list) and "client_secret_basic" not in ways,
        read_at=now,
        keys=_keys_at(str(endpoints["jwks_uri"])),
        keys_read_at=now,
    )


def _keys_at(url: str) -> tuple[Key, ...]:
    try:
        listed = get_json(url).get("keys")
    except RequestException as error:
        raise ProviderUnreachable("no_keys") from error
    if not isinstance(listed, list):
        raise ProviderSignInRefused("no_keys")
    found = (_public_key(entry) for entry in listed[:MOST_KEYS])
    return tuple(key for key in found if key is not None)


def _public_key(entry: Any) -> Key | None:
    """A key a signature can be checked with; others, and weak ones, are passed over."""
    if not isinstance(entry, dict) or entry.get("use", "sig") != "sig":
        return None
    if entry.get("kty") == "RSA" and _bits(entry.get("n")) < SMALLEST_RSA:
        return None
    try:
        return KEY_TYPES[entry["kty"]].import_key(entry)
    except (JoseError, KeyError, ValueError, TypeError):
        return None


def _bits(number: object) -> int:
    if not isinstance(number, str):
        return 0
    try:
        raw = base64.urlsafe_b64decode(number + "=" * (-len(number) % 4))
    except (binascii.Error, ValueError):
        return 0
    return int.from_bytes(raw).bit_length()
