"""Signing in by password: what gets in, what does not, and how alike refusals look."""

from datetime import date

from argon2 import PasswordHasher
from sqlmodel import select

from app.domain.vocabulary import Role
from app.store.tables.people import AttemptRow, CredentialRow, PersonRow, SessionRow
from auth import passwords
from auth.people import enrol, join
from tests.auth.house import HASH, PASSWORD, House
from tests.factories import StandingClock

EMAIL = "tanaka@bank.example.jp"


def test_the_right_password_signs_in_for_the_only_agency(house: House) -> None:
    browser = house.browser()
    answer = browser.sign_in(EMAIL, PASSWORD)
    assert (answer.status_code, answer.location) == (303, "/")
    assert browser.who() == "田中 一郎 つむぎ坂信用金庫"


def test_full_width_letters_and_capitals_of_the_address_do_not_matter(house: House) -> None:
    browser = house.browser()
    browser.sign_in(" Ｔanaka@Bank.Example.JP ", PASSWORD)
    assert browser.who() == "田中 一郎 つむぎ坂信用金庫"


def test_the_first_step_asks_for_the_password_and_keeps_the_address(house: House) -> None:
    page = house.browser().fill_in("/sign-in", email=EMAIL, next="/cases?q=1").text
    assert 'type="password"' in page
    assert f'value="{EMAIL}"' in page
    assert 'name="next" value="/cases?q=1"' in page


def test_a_wrong_password_and_an_unknown_address_look_alike(house: House) -> None:
    wrong = house.browser().sign_in(EMAIL, "違うパスワードです。違います")
    unknown = house.browser().sign_in("tanaka@bank.example.com", PASSWORD)
    assert (wrong.status_code, unknown.status_code) == (400, 400)
    alike = [
        answer.text.replace(address, "").replace(csrf, "")
        for answer, address in ((wrong, EMAIL), (unknown, "tanaka@bank.example.com"))
        for csrf in [answer.text.split('name="csrf" value="')[1].split('"')[0]]
    ]
    assert alike[0] == alike[1]
    assert "メールアドレスまたはパスワードが違います。" in wrong.text


def test_what_was_typed_stays_but_the_password_is_not_written_back(house: House) -> None:
    page = house.browser().sign_in(EMAIL, "秘密の言葉を打ち間違えた").text
    assert f'value="{EMAIL}"' in page
    assert "秘密の言葉" not in page


def test_after_signing_in_people_go_on_where_they_wanted_to(house: House) -> None:
    answer = house.browser().sign_in(EMAIL, PASSWORD, next="/cases?stage=open")
    assert answer.location == "/cases?stage=open"


def test_nobody_is_sent_to_another_site_after_signing_in(house: House) -> None:
    assert house.browser().sign_in(EMAIL, PASSWORD, next="//evil.example/").location == "/"


def test_a_person_shut_out_does_not_get_in(house: House) -> None:
    with house.database.begin() as uow:
        uow.session.exec(select(PersonRow)).one().active = False
    assert house.browser().sign_in(EMAIL, PASSWORD).status_code == 400


def test_a_person_whose_memberships_have_ended_is_told_so_after_the_password(
    house: House,
) -> None:
    with house.database.begin() as uow:
        person = uow.session.exec(select(PersonRow)).one()
        join(uow, person.id, house.bank.id, Role.PARTICIPANT, valid_to=date(2026, 11, 23))
    browser = house.browser()
    answer = browser.sign_in(EMAIL, PASSWORD)
    assert answer.status_code == 403
    assert "登録されていないため" in answer.text
    assert browser.token(house.settings) is None


def test_a_hash_made_with_weaker_settings_is_renewed_at_sign_in(house: House) -> None:
    weaker = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1)
    with house.database.begin() as uow:
        row = uow.session.exec(select(CredentialRow)).one()
        row.password_hash = weaker.hash(passwords.normal(PASSWORD))
    assert house.browser().sign_in(EMAIL, PASSWORD).status_code == 303
    with house.database.read() as desk:
        renewed = desk.session.exec(select(CredentialRow.password_hash)).one()
    assert renewed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert house.browser().sign_in(EMAIL, PASSWORD).status_code == 303


def test_the_store_keeps_neither_the_password_nor_the_token(house: House) -> None:
    browser = house.browser()
    browser.sign_in(EMAIL, PASSWORD)
    with house.database.read() as desk:
        session = desk.session.exec(select(SessionRow)).one()
        credential = desk.session.exec(select(CredentialRow)).one()
    token = browser.token(house.settings)
    assert token is not None
    assert token not in str(session.model_dump())
    assert PASSWORD not in credential.password_hash
    assert len(token) == 43


def test_five_failures_stop_an_account_for_fifteen_minutes(
    house: House, clock: StandingClock
) -> None:
    answers = [
        house.browser().sign_in(EMAIL, f"推測その{n}の長い言葉").status_code for n in range(5)
    ]
    assert answers == [400] * 5
    assert house.browser().sign_in(EMAIL, PASSWORD).status_code == 429
    clock.advance(minutes=14, seconds=59)
    assert house.browser().sign_in(EMAIL, PASSWORD).status_code == 429
    clock.advance(seconds=1)
    assert house.browser().sign_in(EMAIL, PASSWORD).status_code == 303


def test_an_unknown_account_is_stopped_just_the_same(house: House) -> None:
    answers = [house.browser().sign_in("who@example.jp", PASSWORD).status_code for _n in range(6)]
    assert answers == [400] * 5 + [429]


def test_signing_in_forgets_earlier_failures(house: House) -> None:
    for _round in range(3):
        for n in range(4):
            house.browser().sign_in(EMAIL, f"推測その{n}の長い言葉")
        assert house.browser().sign_in(EMAIL, PASSWORD).status_code == 303


def test_thirty_failures_stop_an_address_but_not_the_next_one(house: House) -> None:
    for n in range(30):
        house.browser().sign_in(f"guess{n}@example.jp", PASSWORD)
    browser = house.browser()
    assert browser.sign_in(EMAIL, PASSWORD).status_code == 429
    csrf = browser.csrf()
    other = browser.client.post(
        "/sign-in",
        data={"email": EMAIL, "password": PASSWORD, "csrf": csrf},
        base_url=browser.origin,
        environ_base={"REMOTE_ADDR": "192.0.2.7"},
    )
    assert other.status_code == 303


def test_colleagues_behind_one_address_do_not_use_up_its_tries(house: House) -> None:
    answers = {house.browser().sign_in(EMAIL, PASSWORD).status_code for _n in range(31)}
    assert answers == {303}


def test_what_is_counted_does_not_tell_what_was_typed(house: House) -> None:
    house.browser().sign_in(EMAIL, "違うパスワードです。違います")
    with house.database.read() as desk:
        keys = sorted(desk.session.exec(select(AttemptRow.key)))
    assert [key.split(":")[0] for key in keys] == ["account", "address"]
    assert not any("tanaka" in key or "127.0.0.1" in key for key in keys)


def test_enrolling_again_changes_nothing_twice(house: House) -> None:
    ids = set()
    for _time in range(2):
        with house.database.begin() as uow:
            person, membership = enrol(
                uow,
                name="田中 一郎",
                email="TANAKA@bank.example.jp",
                agency_id=house.bank.id,
                role=Role.AGENCY_ADMIN,
                password_hash=HASH,
            )
        ids.add((person.id, membership.id))
    assert len(ids) == 1
