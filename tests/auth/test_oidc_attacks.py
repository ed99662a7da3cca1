"""Nobody takes over an account through a provider: the table of attacks, every row refused."""

from collections.abc import Iterator

import pytest

from tests.auth import attacks, hostile
from tests.auth.attacks import Attack, answered, claims, claims_later, detour, header, signed
from tests.auth.conftest import House
from tests.auth.hostile import EC_KEY, GONE, KEY, OTHER_KEY
from tests.auth.scene import Scene, reasons
from tests.factories import StandingClock

PUBLIC_PEM = KEY.as_pem(private=False)
ELSEWHERE = {"Location": "OTHER/token"}

ATTACKS = (
    # who the provider is
    Attack("metadata of another issuer", "metadata_of_another_issuer",
           attacks.metadata(issuer="https://login.evil.example")),
    Attack("metadata that names no issuer", "metadata_of_another_issuer",
           attacks.metadata(issuer=GONE)),
    Attack("metadata led on to another host", "no_metadata",
           detour("/.well-known/openid-configuration", 302,
                  {"Location": "OTHER/.well-known/openid-configuration"}), 503),
    Attack("metadata without end", "no_metadata",
           detour("/.well-known/openid-configuration", 200, {}, b"[" * 600_000), 503),
    Attack("metadata that is no object", "no_metadata",
           detour("/.well-known/openid-configuration", 200, {}, b'["issuer"]'), 503),
    Attack("tokens from a host out in the network", "endpoint_not_fit",
           attacks.metadata(token_endpoint="http://login.evil.example/token")),
    Attack("keys from a file", "endpoint_not_fit",
           attacks.metadata(jwks_uri="file:///etc/passwd")),
    Attack("sign-in page that is a script", "endpoint_not_fit",
           attacks.metadata(authorization_endpoint="javascript:alert(1)")),
    # the answer brought back by the browser
    Attack("answer naming another provider", "iss_of_another_provider",
           answered(iss="https://login.evil.example")),
    Attack("answer naming no provider although this one always does", "iss_missing",
           answered(iss=None)),
    Attack("answer without a state", "state_unknown", answered(state=None)),
    Attack("answer with a made-up state", "state_unknown", answered(state="made-up")),
    Attack("answer replayed", "state_unknown", attacks.replayed),
    Attack("answer after ten minutes", "state_expired", attacks.too_late),
    Attack("answer in another browser", "other_browser", attacks.in_another_browser),
    Attack("answer brought to another provider's address", "state_of_another_provider",
           attacks.mixed_up),
    Attack("browser led to another provider (mix-up)", "iss_of_another_provider",
           attacks.mixed_up_before_leaving),
    Attack("answer without a code", "code_missing", answered(code=None)),
    Attack("answer with a made-up code", "code_refused", answered(code="made-up")),
    Attack("code of another provider", "code_refused", attacks.code_of_another_provider),
    Attack("code of somebody else's sign-in", "code_refused", attacks.code_of_another_sign_in),
    Attack("answer with two codes", "parameter_twice", attacks.twice("code")),
    Attack("answer with two states", "parameter_twice", attacks.twice("state")),
    Attack("error together with a code", "provider_said_no", answered(error="access_denied")),
    # what the token endpoint gives
    Attack("no ID token", "id_token_missing", attacks.token(id_token=GONE)),
    Attack("ID token that is no text", "id_token_malformed", attacks.token(id_token=["x"])),
    Attack("ID token that is no token", "id_token_malformed", attacks.token(id_token="x.y")),
    Attack("ID token without end", "id_token_malformed", attacks.token(id_token="x" * 20_000)),
    Attack("token endpoint leading to another host", "no_tokens",
           detour("/token", 307, ELSEWHERE), 503),
    Attack("another access token than the ID token was made with", "at_hash_wrong",
           claims(at_hash="AAAAAAAAAAAAAAAAAAAAAA")),
    # the signature
    Attack("alg none", "algorithm_not_accepted", signed(hostile.unsigned)),
    Attack("HS256 with the client secret", "algorithm_not_accepted",
           signed(attacks.hmac_signed(hostile.SECRET.encode()), kid="current")),
    Attack("HS256 with the public key as its secret", "algorithm_not_accepted",
           signed(attacks.hmac_signed(PUBLIC_PEM), kid="current")),
    Attack("an algorithm that is not pinned but advertised", "algorithm_not_accepted",
           signed(hostile.sign_with(hostile.ANY_KEY, "RS512"), kid="current")),
    Attack("another key under the same name", "signature_wrong",
           signed(hostile.sign_with(OTHER_KEY), kid="current")),
    Attack("a key that is not published", "key_unknown",
           signed(hostile.sign_with(OTHER_KEY), kid="new")),
    Attack("a key carried inside the token", "key_unknown",
           signed(hostile.sign_with(EC_KEY, "ES256"), jwk=EC_KEY.as_dict(private=False))),
    Attack("a key at an address inside the token", "key_unknown",
           signed(hostile.sign_with(OTHER_KEY), kid="x", jku="https://login.evil.example/jwks")),
    Attack("a key too short to trust", "key_unknown", attacks.weak_key),
    Attack("another payload under an honest signature", "signature_wrong",
           signed(attacks.with_another_payload, kid="current")),
    Attack("a critical header nobody knows", "signature_wrong",
           header(crit=["trust-me"], **{"trust-me": True})),
    Attack("an access token in place of an ID token", "not_an_id_token", header(typ="at+jwt")),
    # what the statement says
    Attack("statement of another issuer", "issuer_wrong",
           claims(iss="https://login.evil.example")),
    Attack("issuer with a slash more", "issuer_wrong", attacks.slash_more),
    Attack("statement for another client", "audience_wrong", claims(aud="another-client")),
    Attack("statement for us and another client", "audience_wrong",
           claims(aud=["entaku", "another-client"])),
    Attack("statement for nobody", "audience_wrong", claims(aud=GONE)),
    Attack("statement asked for by another client", "authorized_party_wrong",
           claims(azp="another-client")),
    Attack("another nonce", "nonce_wrong", claims(nonce="another")),
    Attack("no nonce", "nonce_wrong", claims(nonce=GONE)),
    Attack("no nonce, said to be unsupported", "nonce_wrong",
           claims(nonce=GONE, nonce_supported=False)),
    Attack("statement that has expired", "exp_wrong", claims_later(iat=-300, exp=-61)),
    Attack("statement that never expires", "exp_wrong", claims_later(exp=None)),
    Attack("statement from the future", "iat_wrong", claims_later(iat=61)),
    Attack("statement of unknown age", "iat_wrong", claims_later(iat=None)),
    Attack("old statement still in force", "iat_too_old", claims_later(iat=-661, exp=300)),
    Attack("statement not yet in force", "nbf_wrong", claims_later(nbf=61)),
    Attack("statement about nobody", "subject_missing", claims(sub="")),
    Attack("statement about a number", "subject_missing", claims(sub=1)),
    # whom it means
    Attack("address not verified", "email_not_verified", claims(email_verified=False), 403),
    Attack("address verified in a word only", "email_not_verified",
           claims(email_verified="true"), 403),
    Attack("no address", "email_missing",
           attacks.address_of_userinfo(email=GONE), 403),
    Attack("address of nobody", "email_unknown",
           attacks.as_somebody("nobody@bank.example.jp"), 403),
    Attack("person of another agency", "email_domain_not_of_this_agency",
           attacks.as_somebody("takahashi@council.example.jp"), 403),
    Attack("person of another agency with an address of this one", "not_of_this_agency",
           attacks.as_somebody("toyama@bank.example.jp"), 403),
    Attack("address passed on to another subject", "email_of_another_subject",
           attacks.address_passed_on, 403),
    Attack("address of another subject's userinfo", "userinfo_of_another_subject",
           attacks.address_of_userinfo(sub="u-2")),
    Attack("somebody whose membership has ended", "not_of_this_agency",
           attacks.after(attacks.membership_over), 403),
    Attack("somebody who was shut out", "not_of_this_agency",
           attacks.after(attacks.person_shut_out), 403),
)  # fmt: skip


@pytest.fixture
def scene(house: House, clock: StandingClock) -> Iterator[Scene]:
    with hostile.running(clock) as provider, hostile.running(clock) as other:
        yield Scene(house, clock, provider, other, house.browser())


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_through_a_provider_is_refused(
    scene: Scene, attack: Attack, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("WARNING", "auth.views")
    answer = attack.perform(scene)
    assert reasons(caplog) == [attack.reason]
    assert answer.status_code == attack.status
    assert 'role="alert"' in answer.text
    assert scene.people_still_inside() == []
    assert scene.browser.who() == "nobody"


def test_the_same_steps_without_an_attack_sign_in(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    answer = scene.run()
    assert (answer.status_code, answer.location) == (303, "/whoami")
    assert scene.browser.who() == "田中 一郎 つむぎ坂信用金庫"
    assert reasons(caplog) == []


def test_at_least_the_promised_number_of_attacks_is_tried() -> None:
    assert len(ATTACKS) == len({attack.name for attack in ATTACKS})
    assert len(ATTACKS) >= 26
