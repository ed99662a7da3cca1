"""Signing in through an agency's own provider: OpenID Connect, code flow with PKCE.

Authlib builds the requests; what it leaves open is checked here: the configured issuer, the
``iss`` of the answer (RFC 9207), the state's single use, and the provider it was made for.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from requests import RequestException
from sqlalchemy import delete
from sqlmodel import col, select
from werkzeug.datastructures import MultiDict

from app.store.tables.agencies import ProviderRow
from app.store.tables.people import PendingSignInRow
from app.store.unit_of_work import Database, UnitOfWork
from auth import throttle
from auth.discovery import Directory, Published
from auth.id_token import Expected, UnknownKey, read_id_token
from auth.outbound import bounded, get_json
from auth.providers import provider_in_use
from auth.refusals import ProviderSignInRefused, ProviderUnreachable

VALID_FOR = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Departure:
    """Where to send the browser, and what it must bring back in a cookie."""

    url: str
    browser: str


@dataclass(frozen=True, slots=True)
class Vouched:
    """A provider's word for somebody, checked, and where they wanted to go."""

    provider: ProviderRow
    claims: dict[str, Any]
    way_on: str


def depart(
    database: Database,
    directory: Directory,
    provider_id: str,
    *,
    redirect_uri: str,
    way_on: str,
    address: str | None,
) -> Departure:
    """Remember what the answer must match, and make the address of the provider's sign-in."""
    with database.read() as desk:
        provider = provider_in_use(desk, provider_id)
    published = directory.of(provider.issuer)
    state, browser, nonce, verifier = (secrets.token_urlsafe(48) for _each in range(4))
    with database.begin() as uow:
        throttle.take(uow, throttle.PROVIDER_VISITS, throttle.network_of(address))
        _forget_late(uow)
        uow.session.add(
            PendingSignInRow(
                state_hash=_hash(state),
                provider_id=provider.id,
                data={
                    "browser": _hash(browser),
                    "nonce": nonce,
                    "verifier": verifier,
                    "redirect_uri": redirect_uri,
                    "way_on": way_on,
                },
                created_at=uow.now(),
            )
        )
    with _client(provider, published, redirect_uri) as client:
        url, _state = client.create_authorization_url(
            published.authorization_endpoint, state=state, code_verifier=verifier, nonce=nonce
        )
    return Departure(url, browser)


def arrive(
    database: Database,
    directory: Directory,
    provider_id: str,
    answer: MultiDict[str, str],
    browser: str | None,
) -> Vouched:
    """Take the provider's answer: every check in turn, no network call inside a transaction."""
    with database.read() as desk:
        provider = provider_in_use(desk, provider_id)
    pending = _take_pending(database, _only(answer, "state"))
    if pending.provider_id != provider.id:
        raise ProviderSignInRefused("state_of_another_provider")
    if database.clock() - pending.created_at > VALID_FOR:
        raise ProviderSignInRefused("state_expired")
    asked: dict[str, str] = pending.data
    if not hmac.compare_digest(_hash(browser or ""), asked["browser"]):
        raise ProviderSignInRefused("other_browser")
    published = directory.of(provider.issuer)
    issuer = _only(answer, "iss")
    if issuer is None and published.names_itself:
        raise ProviderSignInRefused("iss_missing")
    if issuer is not None and issuer != provider.issuer:
        raise ProviderSignInRefused("iss_of_another_provider")
    if "error" in answer:
        raise ProviderSignInRefused("provider_said_no")
    code = _only(answer, "code")
    if not code:
        raise ProviderSignInRefused("code_missing")
    token = _exchange(provider, published, code, asked)
    access_token = token.get("access_token")
    expected = Expected(
        issuer=provider.issuer,
        client_id=provider.client_id,
        nonce=asked["nonce"],
        access_token=access_token if isinstance(access_token, str) else None,
        now=database.clock(),
    )
    raw = token.get("id_token")
    try:
        claims = read_id_token(raw, published.keys, expected)
    except UnknownKey:
        claims = read_id_token(raw, directory.with_new_keys(provider.issuer).keys, expected)
    return Vouched(provider, _with_email(claims, published, expected), asked["way_on"])


def _client(provider: ProviderRow, published: Published, redirect_uri: str) -> OAuth2Session:
    client = OAuth2Session(
        provider.client_id,
        provider.client_secret,
        scope="openid email profile",
        redirect_uri=redirect_uri,
        code_challenge_method="S256",
        token_endpoint_auth_method=(
            "client_secret_post" if published.secret_in_body else "client_secret_basic"
        ),
    )
    bounded(client)
    return client


def _exchange(
    provider: ProviderRow, published: Published, code: str, asked: dict[str, str]
) -> dict[str, Any]:
    """The code against the tokens, with the secret and the PKCE verifier, at this provider."""
    try:
        with _client(provider, published, asked["redirect_uri"]) as client:
            return dict(
                client.fetch_token(
                    published.token_endpoint,
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=asked["verifier"],
                    allow_redirects=False,
                )
            )
    except AuthlibBaseError as error:
        raise ProviderSignInRefused("code_refused") from error
    except (RequestException, ValueError, TypeError) as error:
        raise ProviderUnreachable("no_tokens") from error


def _with_email(claims: dict[str, Any], published: Published, expected: Expected) -> dict[str, Any]:
    """Some providers tell the address at the userinfo endpoint only; the subject must agree."""
    if "email" in claims or published.userinfo_endpoint is None or expected.access_token is None:
        return claims
    try:
        told = get_json(published.userinfo_endpoint, bearer=expected.access_token)
    except RequestException as error:
        raise ProviderUnreachable("no_userinfo") from error
    if told.get("sub") != claims["sub"]:
        raise ProviderSignInRefused("userinfo_of_another_subject")
    return claims | {name: told[name] for name in ("email", "email_verified") if name in told}


def _take_pending(database: Database, state: str | None) -> PendingSignInRow:
    """Whoever presents the state first uses it up, also when the rest then fails."""
    with database.begin() as uow:
        query = select(PendingSignInRow).where(PendingSignInRow.state_hash == _hash(state or ""))
        pending = uow.session.exec(query.with_for_update()).first()
        if pending is not None:
            uow.session.delete(pending)
    if pending is None:
        raise ProviderSignInRefused("state_unknown")
    return pending


def _forget_late(uow: UnitOfWork) -> None:
    uow.session.execute(
        delete(PendingSignInRow).where(col(PendingSignInRow.created_at) < uow.now() - 2 * VALID_FOR)
    )


def _only(answer: MultiDict[str, str], name: str) -> str | None:
    """A parameter that came once; twice is an attempt to show two readers different things."""
    values = answer.getlist(name)
    if len(values) > 1:
        raise ProviderSignInRefused("parameter_twice")
    return values[0] if values else None


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
