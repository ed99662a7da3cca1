"""A provider that can be told to misbehave in any single way; without that it is honest."""

import base64
import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, OKPKey, RSAKey
from joserfc.jws import JWSRegistry
from joserfc.registry import HeaderParameter

Clock = Callable[[], datetime]
Json = dict[str, Any]
SigningKey = RSAKey | ECKey | OKPKey
Signer = Callable[[Json, Json], str]
SECRET = "a secret of forty-one characters, or so..."
KEY = RSAKey.generate_key(2048, {"kid": "current", "use": "sig", "alg": "RS256"})
OTHER_KEY = RSAKey.generate_key(2048, {"kid": "current", "use": "sig", "alg": "RS256"})
ANY_KEY = RSAKey.import_key({k: v for k, v in KEY.as_dict(private=True).items() if k != "alg"})
"""The published key without its note of what it may be used for."""
EC_KEY = ECKey.generate_key("P-256", {"kid": "curve", "use": "sig", "alg": "ES256"})
GONE = object()
"""As the value of an override: the entry is left out."""


class _AnyAlgorithm(JWSRegistry):
    """Without the library's advice about old names of algorithms."""

    def get_alg(self, name: str) -> Any:
        return self.algorithms[name]


def sign_with(key: SigningKey, algorithm: str = "RS256") -> Signer:
    unknown = {"trust-me": HeaderParameter("known to the attacker only", "bool")}
    registry = _AnyAlgorithm(header_registry=unknown)
    return lambda header, claims: jwt.encode(
        {"alg": algorithm, **header}, claims, key, registry=registry, default_type=None
    )


@dataclass
class Play:
    """In which single way the provider departs from what an honest one does."""

    metadata: Json = field(default_factory=dict)
    header: Json = field(default_factory=dict)
    claims: Json = field(default_factory=dict)
    token: Json = field(default_factory=dict)
    userinfo: Json = field(default_factory=dict)
    keys: list[Json] = field(default_factory=lambda: [KEY.as_dict(private=False)])
    sign: Signer = field(default_factory=lambda: sign_with(KEY))
    detours: dict[str, tuple[int, Json, bytes]] = field(default_factory=dict)


@dataclass
class Provider:
    """The provider as it runs; ``codes`` holds what each code was given out for."""

    issuer: str
    clock: Clock
    client_id: str = "entaku"
    play: Play = field(default_factory=Play)
    codes: dict[str, Json] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def give_code(self, departure: str, code: str = "code-1") -> str:
        """What its own sign-in page would do: remember the request and hand out a code."""
        self.codes[code] = {k: v[0] for k, v in parse_qs(urlsplit(departure).query).items()}
        return code

    def answer(self, path: str, form: Json, authorization: str) -> tuple[int, Json, bytes]:
        self.asked.append(path)
        if path in self.play.detours:
            return self.play.detours[path]
        match path:
            case "/.well-known/openid-configuration":
                return _json(_changed(self._metadata(), self.play.metadata))
            case "/jwks":
                return _json({"keys": self.play.keys})
            case "/token":
                return self._tokens(form, authorization)
            case "/userinfo":
                honest = {"sub": "u-1", "email": "tanaka@bank.example.jp", "email_verified": True}
                return _json(_changed(honest, self.play.userinfo))
            case _:
                return 404, {}, b""

    def _metadata(self) -> Json:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "authorization_response_iss_parameter_supported": True,
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none", "RS512"],
        }

    def _tokens(self, form: Json, authorization: str) -> tuple[int, Json, bytes]:
        """Honest about codes: known, used once, with the secret and the PKCE verifier."""
        wanted = "Basic " + base64.b64encode(f"{self.client_id}:{SECRET}".encode()).decode()
        request = self.codes.pop(form.get("code", ""), None)
        if request is None or authorization != wanted:
            return _json({"error": "invalid_grant"}, 400)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if (challenge, "S256") != (request["code_challenge"], request["code_challenge_method"]):
            return _json({"error": "invalid_grant"}, 400)
        if form.get("redirect_uri") != request["redirect_uri"]:
            return _json({"error": "invalid_grant"}, 400)
        now = int(self.clock().timestamp())
        claims = {
            "iss": self.issuer,
            "sub": "u-1",
            "aud": self.client_id,
            "iat": now,
            "exp": now + 300,
            "nonce": request["nonce"],
            "email": "tanaka@bank.example.jp",
            "email_verified": True,
        }
        header = _changed({"kid": "current"}, self.play.header)
        tokens = {"access_token": "access-1", "token_type": "Bearer", "expires_in": 300}
        if self.play.token.get("id_token") is not GONE:
            tokens["id_token"] = self.play.sign(header, _changed(claims, self.play.claims))
        return _json(_changed(tokens, self.play.token))


def _changed(honest: Json, overrides: Json) -> Json:
    return {k: v for k, v in (honest | overrides).items() if v is not GONE}


def _json(body: Json, status: int = 200) -> tuple[int, Json, bytes]:
    return status, {"Content-Type": "application/json"}, json.dumps(body).encode()


def unsigned(header: Json, claims: Json) -> str:
    """``alg: none``: nothing but two encoded parts and an empty signature."""
    parts = ({**header, "alg": "none"}, claims)
    encoded = (base64.urlsafe_b64encode(json.dumps(p).encode()).decode().rstrip("=") for p in parts)
    return ".".join(encoded) + "."


@contextmanager
def running(clock: Clock) -> Iterator[Provider]:
    """The provider on a port of its own on this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            self._answer({k: v[0] for k, v in parse_qs(text).items()})

        def _answer(self, form: Json) -> None:
            path = urlsplit(self.path).path
            status, headers, body = provider.answer(
                path, form, self.headers.get("Authorization", "")
            )
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # inherited name
            """Quiet: what matters is what the product logs."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider = Provider(f"http://127.0.0.1:{server.server_port}", clock)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()
