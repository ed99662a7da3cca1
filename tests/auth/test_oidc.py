"""Signing in through an agency's provider that behaves: what is asked, kept and not asked again."""

import base64
import hashlib
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import OKPKey
from sqlmodel import select

from app.domain.errors import Malformed
from app.domain.vocabulary import Role
from app.store.tables.agencies import ProviderRow
from app.store.tables.people import PendingSignInRow, PersonRow, SessionRow
from auth import session
from auth.people import join
from auth.providers import register_provider
from tests.auth import hostile
from tests.auth.attacks import key_change
from tests.auth.hostile import EC_KEY, GONE, KEY, OTHER_KEY
from tests.auth.house import PASSWORD
from tests.auth.scene import Scene, reasons

TANAKA = "田中 一郎 つむぎ坂信用金庫"


def test_the_page_offers_the_agencys_provider_for_its_mail_domain(scene: Scene) -> None:
    for typed in ("anybody@bank.example.jp", "ANY@BANK.example.jp", "bank", "つむぎ坂信用金庫"):
        page = scene.house.browser().fill_in("/sign-in", email=typed, next="/whoami").text
        assert f'href="/sign-in/oidc/{scene.provider_id}?next=/whoami"' in page
    assert "oidc" not in scene.house.browser().fill_in("/sign-in", email="a@example.jp").text


def test_an_agency_without_a_provider_is_asked_for_an_address(scene: Scene) -> None:
    answer = scene.house.browser().fill_in("/sign-in", email="nowhere")
    assert answer.status_code == 400
    assert "設定されていません" in answer.text


def test_the_request_carries_pkce_nonce_and_the_providers_own_address(scene: Scene) -> None:
    left = scene.depart()
    parts = urlsplit(left.location)
    asked = parse_qs(parts.query)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{scene.provider.issuer}/authorize"
    assert asked["redirect_uri"] == [
        f"http://localhost:8000/sign-in/oidc/{scene.provider_id}/callback"
    ]
    with scene.house.database.read() as desk:
        pending = desk.session.exec(select(PendingSignInRow)).one()
    digest = hashlib.sha256(pending.data["verifier"].encode()).digest()
    assert asked["code_challenge"] == [base64.urlsafe_b64encode(digest).decode().rstrip("=")]
    fixed = ("response_type", "code_challenge_method", "client_id", "scope", "nonce")
    assert [asked[name] for name in fixed] == [
        ["code"],
        ["S256"],
        ["entaku"],
        ["openid email profile"],
        [pending.data["nonce"]],
    ]
    assert asked["state"][0] not in str(pending.model_dump())


def test_the_first_sign_in_links_the_subject_and_later_ones_need_no_address(
    scene: Scene,
) -> None:
    scene.run()
    assert scene.identities() == [(scene.provider.issuer, "u-1")]
    scene.browser.fill_in("/sign-out", page="/capacity")
    with scene.house.database.begin() as uow:
        uow.session.exec(select(PersonRow)).one().email = "new-name@bank.example.jp"
    scene.play.claims = {"email": GONE, "email_verified": GONE}
    scene.play.metadata = {"userinfo_endpoint": GONE}
    scene.run()
    assert scene.browser.who() == TANAKA


def test_the_address_may_come_from_the_userinfo_endpoint(scene: Scene) -> None:
    scene.play.claims = {"email": GONE, "email_verified": GONE}
    scene.run()
    assert scene.browser.who() == TANAKA


def test_a_provider_lets_a_seconded_person_act_for_its_own_agency_only(scene: Scene) -> None:
    with scene.house.database.begin() as uow:
        person_id = uow.session.exec(select(PersonRow.id)).one()
        council = join(uow, person_id, scene.house.council.id, Role.PARTICIPANT).id
    scene.run()
    assert scene.browser.who() == TANAKA
    page = scene.browser.get("/capacity").text
    assert "東京都中小企業活性化協議会" not in page
    answer = scene.browser.fill_in("/capacity", page="/capacity", membership=council)
    assert answer.status_code == 400
    assert scene.browser.who() == TANAKA


def test_when_the_provider_is_shut_its_sessions_end(scene: Scene) -> None:
    scene.run()
    with scene.house.database.begin() as uow:
        uow.session.get_one(ProviderRow, scene.provider_id).enabled = False
    assert scene.browser.who() == "nobody"
    assert scene.browser.get(f"/sign-in/oidc/{scene.provider_id}").status_code == 404


def test_signing_in_by_a_provider_ends_the_session_before(scene: Scene) -> None:
    scene.browser.sign_in("tanaka@bank.example.jp", PASSWORD)
    before = scene.browser.token(scene.house.settings)
    assert before is not None
    scene.run()
    assert scene.browser.token(scene.house.settings) != before
    assert scene.house.ended == [session.hash_of(before)]


def test_metadata_and_keys_are_kept_for_an_hour(scene: Scene) -> None:
    def asked() -> int:
        return sum(path != "/token" for path in scene.provider.asked)

    scene.run()
    assert asked() == 2
    scene.clock.advance(minutes=59, seconds=59)
    scene.run()
    assert asked() == 2
    scene.clock.advance(seconds=1)
    scene.run()
    assert asked() == 4


def test_new_keys_are_read_when_one_is_unknown_but_not_more_than_once_a_minute(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    scene.run()
    key_change(scene, OTHER_KEY)
    scene.run()
    assert reasons(caplog) == ["key_unknown"]
    scene.clock.advance(minutes=1)
    scene.run()
    assert reasons(caplog) == ["key_unknown"]
    assert scene.provider.asked.count("/jwks") == 2
    assert len(scene.people_still_inside()) == 1


@pytest.mark.parametrize("algorithm", ["RS256", "PS256", "ES256", "EdDSA"])
def test_each_pinned_algorithm_is_understood(scene: Scene, algorithm: str) -> None:
    pairs: dict[str, hostile.SigningKey] = {
        "RS256": KEY,
        "PS256": hostile.ANY_KEY,
        "ES256": EC_KEY,
        "EdDSA": OKPKey.generate_key("Ed25519", {"kid": "edwards"}),
    }
    key = pairs[algorithm]
    scene.play.keys = [dict(key.as_dict(private=False)), {"kty": "oct", "k": "c2VjcmV0"}, {}]
    scene.play.sign = hostile.sign_with(key, algorithm)
    scene.play.header = {"kid": GONE}
    scene.run()
    assert scene.browser.who() == TANAKA


def test_a_slow_start_leaves_no_waiting_sign_ins_behind(scene: Scene) -> None:
    for _start in range(3):
        scene.depart()
    scene.clock.advance(minutes=20, seconds=1)
    scene.depart()
    with scene.house.database.read() as desk:
        assert len(desk.session.exec(select(PendingSignInRow)).all()) == 1


def test_two_sign_ins_under_way_do_not_undo_each_other(scene: Scene) -> None:
    scene.depart()
    first = scene.answer
    other = scene.browser.get(f"/sign-in/oidc/{scene.other_id}")
    assert other.status_code == 303
    scene.answer = first
    assert scene.come_back().status_code == 303


def test_a_provider_that_does_not_answer_leaves_the_password_as_a_way_in(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    scene.play.detours["/.well-known/openid-configuration"] = (500, {}, b"")
    answer = scene.depart()
    assert (answer.status_code, reasons(caplog)) == (503, ["no_metadata"])
    assert 'name="email"' in answer.text
    with scene.house.database.read() as desk:
        assert desk.session.exec(select(SessionRow)).all() == []


@pytest.mark.parametrize(
    "issuer",
    [
        "http://login.bank.example.jp",
        "ftp://login.bank.example.jp",
        "https://",
        "https://user@login.bank.example.jp",
        "login.bank.example.jp",
        "",
    ],
)
def test_a_provider_without_https_cannot_be_entered(scene: Scene, issuer: str) -> None:
    with pytest.raises(Malformed) as refused, scene.house.database.begin() as uow:
        register_provider(
            uow,
            agency_id=scene.house.bank.id,
            issuer=issuer,
            client_id="entaku",
            client_secret="x",
        )
    assert list(refused.value.fields) == ["issuer"]
