"""Every known way to get in through a provider, each with the check that has to stop it."""

import base64
import hashlib
import hmac
import json
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from joserfc.errors import SecurityWarning
from joserfc.jwk import RSAKey
from sqlmodel import select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from app.store.tables.people import MembershipRow, PersonRow
from tests.auth import hostile
from tests.auth.hostile import GONE, KEY, OTHER_KEY
from tests.auth.scene import Scene

Performed = Callable[[Scene], TestResponse]


@dataclass(frozen=True)
class Attack:
    name: str
    reason: str
    perform: Performed
    status: int = 400


def claims(**changed: Any) -> Performed:
    return _play("claims", changed)


def claims_later(**seconds: int | None) -> Performed:
    """Times relative to now."""

    def perform(scene: Scene) -> TestResponse:
        now = int(scene.clock().timestamp())
        scene.play.claims = {k: GONE if v is None else now + v for k, v in seconds.items()}
        return scene.run()

    return perform


def metadata(**changed: Any) -> Performed:
    return _play("metadata", changed)


def slash_more(scene: Scene) -> TestResponse:
    scene.play.claims = {"iss": f"{scene.provider.issuer}/"}
    return scene.run()


def token(**changed: Any) -> Performed:
    return _play("token", changed)


def header(**changed: Any) -> Performed:
    return _play("header", changed)


def signed(sign: hostile.Signer, **header_changed: Any) -> Performed:
    def perform(scene: Scene) -> TestResponse:
        scene.play.sign = sign
        scene.play.header = header_changed
        return scene.run()

    return perform


def _play(part: str, changed: dict[str, Any]) -> Performed:
    def perform(scene: Scene) -> TestResponse:
        setattr(scene.play, part, changed)
        return scene.run()

    return perform


def answered(**changed: str | None) -> Performed:
    """The honest provider's answer, changed on the way back."""

    def perform(scene: Scene) -> TestResponse:
        scene.depart()
        for name, value in changed.items():
            scene.answer.poplist(name)
            if value is not None:
                scene.answer[name] = value
        return scene.come_back()

    return perform


def detour(path: str, status: int, headers: dict[str, str], body: bytes = b"") -> Performed:
    def perform(scene: Scene) -> TestResponse:
        place = headers.get("Location", "").replace("OTHER", scene.other.issuer)
        sent = {"Location": place} if place else headers
        scene.play.detours[path] = (status, sent, body)
        return scene.run()

    return perform


def hmac_signed(key: bytes) -> hostile.Signer:
    def sign(head: dict[str, Any], body: dict[str, Any]) -> str:
        parts = [json.dumps(part).encode() for part in ({**head, "alg": "HS256"}, body)]
        text = ".".join(base64.urlsafe_b64encode(p).decode().rstrip("=") for p in parts)
        mac = hmac.digest(key, text.encode(), hashlib.sha256)
        return f"{text}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"

    return sign


def with_another_payload(head: dict[str, Any], body: dict[str, Any]) -> str:
    """Signed for somebody else; then the middle was exchanged."""
    honest = hostile.sign_with(KEY)(head, body).split(".")
    wanted = hostile.sign_with(OTHER_KEY)(head, {**body, "sub": "u-admin"}).split(".")
    return ".".join((honest[0], wanted[1], honest[2]))


def replayed(scene: Scene) -> TestResponse:
    scene.depart()
    scene.come_back()
    scene.browser.fill_in("/sign-out", page="/capacity")
    scene.provider.codes["code-1"] = {"code_challenge": "", "code_challenge_method": ""}
    return scene.come_back()


def too_late(scene: Scene) -> TestResponse:
    scene.depart()
    scene.clock.advance(minutes=10, seconds=1)
    return scene.come_back()


def mixed_up(scene: Scene) -> TestResponse:
    """The bank's answer is brought to the council's address."""
    scene.depart()
    return scene.come_back(provider_id=scene.other_id)


def mixed_up_before_leaving(scene: Scene) -> TestResponse:
    """The browser was led to the council's provider under the bank's state."""
    left = scene.depart()
    scene.answer["code"] = scene.other.give_code(left.location)
    scene.answer["iss"] = scene.other.issuer
    return scene.come_back()


def code_of_another_provider(scene: Scene) -> TestResponse:
    left = scene.depart()
    scene.answer["code"] = scene.other.give_code(left.location, "code-2")
    return scene.come_back()


def code_of_another_sign_in(scene: Scene) -> TestResponse:
    """Somebody else's code is slipped into my sign-in: PKCE binds it to theirs."""
    scene.depart()
    mine = MultiDict(scene.answer)
    theirs = scene.house.browser().get(f"/sign-in/oidc/{scene.provider_id}")
    mine["code"] = scene.provider.give_code(theirs.location, "code-theirs")
    scene.answer = mine
    return scene.come_back()


def in_another_browser(scene: Scene) -> TestResponse:
    """The attacker's own answer is opened by the victim (login CSRF)."""
    scene.depart()
    return scene.come_back(browser=scene.house.browser())


def twice(name: str) -> Performed:
    def perform(scene: Scene) -> TestResponse:
        scene.depart()
        scene.answer.add(name, "second")
        return scene.come_back()

    return perform


def as_somebody(email: str, **changed: Any) -> Performed:
    def perform(scene: Scene) -> TestResponse:
        scene.house.enrol("高橋 誠", "takahashi@council.example.jp", scene.house.council)
        scene.house.enrol("外山 徹", "toyama@bank.example.jp", scene.house.council)
        scene.play.claims = {"email": email, **changed}
        return scene.run()

    return perform


def address_passed_on(scene: Scene) -> TestResponse:
    """The address of somebody linked long ago was given to a new colleague."""
    scene.run()
    scene.browser.fill_in("/sign-out", page="/capacity")
    scene.play.claims = {"sub": "u-2"}
    return scene.run()


def after(change: Callable[[Scene], None]) -> Performed:
    """Linked and known; then something ended."""

    def perform(scene: Scene) -> TestResponse:
        scene.run()
        scene.browser.fill_in("/sign-out", page="/capacity")
        change(scene)
        return scene.run()

    return perform


def membership_over(scene: Scene) -> None:
    with scene.house.database.begin() as uow:
        uow.session.exec(select(MembershipRow)).one().valid_to = date(2026, 11, 23)


def person_shut_out(scene: Scene) -> None:
    with scene.house.database.begin() as uow:
        uow.session.exec(select(PersonRow)).one().active = False


def address_of_userinfo(**changed: Any) -> Performed:
    def perform(scene: Scene) -> TestResponse:
        scene.play.claims = {"email": GONE, "email_verified": GONE}
        scene.play.userinfo = changed
        return scene.run()

    return perform


def weak_key(scene: Scene) -> TestResponse:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SecurityWarning)  # the library warns, and rightly
        weak = RSAKey.generate_key(1024, {"kid": "current"})
        scene.play.keys = [dict(weak.as_dict(private=False))]
        scene.play.sign = hostile.sign_with(weak)
        return scene.run()


def key_change(scene: Scene, key: RSAKey) -> None:
    """The provider signs with a new key from now on, and publishes it."""
    renamed = RSAKey.import_key({**key.as_dict(private=True), "kid": "next"})
    scene.play.keys = [dict(renamed.as_dict(private=False))]
    scene.play.sign = hostile.sign_with(renamed)
    scene.play.header = {"kid": "next"}
