"""The signed statement of a provider about who signed in, and every check it has to pass."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError, UnsupportedAlgorithmError
from joserfc.jwk import Key
from joserfc.jws import JWSRegistry, extract_compact

from auth.refusals import ProviderSignInRefused

LEEWAY_SECONDS = 60
OLDEST_SECONDS = 600
LONGEST = 16 * 1024
# Pinned here, never taken from discovery; which kind of key each of them needs.
ALGORITHMS = {"RS256": "RSA", "PS256": "RSA", "ES256": "EC", "EdDSA": "OKP"}


class UnknownKey(ProviderSignInRefused):
    """Signed with a key that is not among those read; it may be new."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What the statement must say, as agreed before the browser left."""

    issuer: str
    client_id: str
    nonce: str
    access_token: str | None
    now: datetime


class _Pinned(JWSRegistry):
    def get_alg(self, name: str) -> Any:
        if name not in ALGORITHMS:
            raise UnsupportedAlgorithmError(f"{name} is not accepted")
        return self.algorithms[name]


def read_id_token(raw: object, keys: Iterable[Key], expected: Expected) -> dict[str, Any]:
    """The claims of a genuine, fresh statement made for us about this very sign-in."""
    if raw is None:
        raise ProviderSignInRefused("id_token_missing")
    if not isinstance(raw, str) or len(raw) > LONGEST:
        raise ProviderSignInRefused("id_token_malformed")
    header = _header(raw)
    key = _key_for(header, keys)
    try:
        token = jwt.decode(raw, key, registry=_Pinned(strict_check_header=False))
    except (JoseError, ValueError, TypeError) as error:
        raise ProviderSignInRefused("signature_wrong") from error
    claims = dict(token.claims)
    _check_parties(claims, expected)
    _check_time(claims, header, expected)
    return claims


def _header(raw: str) -> dict[str, Any]:
    try:
        header = dict(extract_compact(raw.encode()).headers())
    except (JoseError, ValueError, TypeError) as error:
        raise ProviderSignInRefused("id_token_malformed") from error
    if header.get("alg") not in ALGORITHMS:
        raise ProviderSignInRefused("algorithm_not_accepted")
    if str(header.get("typ", "JWT")).upper() != "JWT":
        raise ProviderSignInRefused("not_an_id_token")  # an access or logout token, perhaps
    return header


def _key_for(header: dict[str, Any], keys: Iterable[Key]) -> Key:
    """The published key the header names; keys inside the token itself count for nothing."""
    kid = header.get("kid")
    fitting = [
        key
        for key in keys
        if key.key_type == ALGORITHMS[header["alg"]]
        and key.get("alg") in (None, header["alg"])
        and (kid is None or key.get("kid") == kid)
    ]
    if len(fitting) != 1:
        raise UnknownKey("key_unknown")
    return fitting[0]


def _check_parties(claims: dict[str, Any], expected: Expected) -> None:
    """Who says it, to whom, about whom, and in answer to which question."""
    if claims.get("iss") != expected.issuer:
        raise ProviderSignInRefused("issuer_wrong")
    # Further audiences could replay the token as their own, so there may be none.
    if claims.get("aud") not in (expected.client_id, [expected.client_id]):
        raise ProviderSignInRefused("audience_wrong")
    if claims.get("azp", expected.client_id) != expected.client_id:
        raise ProviderSignInRefused("authorized_party_wrong")
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not hmac.compare_digest(
        nonce.encode(errors="replace"), expected.nonce.encode()
    ):
        raise ProviderSignInRefused("nonce_wrong")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255 or not subject.isprintable():
        raise ProviderSignInRefused("subject_missing")


def _check_time(claims: dict[str, Any], header: dict[str, Any], expected: Expected) -> None:
    """Authlib checks presence, form, exp, nbf, iat ahead of us, and the access token's hash."""
    params = {"client_id": expected.client_id, "nonce": expected.nonce}
    if expected.access_token is not None:
        params["access_token"] = expected.access_token
    now = int(expected.now.timestamp())
    try:
        CodeIDToken(claims, header, None, params).validate(now=now, leeway=LEEWAY_SECONDS)
    except (JoseError, ValueError, TypeError) as error:
        what = getattr(error, "claim", None) or "claims"
        raise ProviderSignInRefused(f"{what}_wrong") from error
    if claims["iat"] < now - OLDEST_SECONDS - LEEWAY_SECONDS:
        raise ProviderSignInRefused("iat_too_old")
