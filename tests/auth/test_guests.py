"""The owner's link and cookie, attacked: nothing but the own page, once, and not after its end."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import select

import auth
from app import create_app
from app.settings import Settings
from app.store import tokens
from app.store.tables.guests import GuestInvitationRow, GuestSessionRow
from app.store.tables.journal import EntryRow, OperationRow
from app.store.unit_of_work import Database
from auth import session
from auth.guests import PER_ADDRESS, cookie_name
from tests import guest_steps
from tests.auth.browser import Browser
from tests.factories import StandingClock, Table, op, table


@dataclass
class Scene:
    app: Flask
    settings: Settings
    database: Database
    at: Table

    def browser(self) -> Browser:
        return Browser(self.app.test_client())

    def link(self) -> str:
        return guest_steps.invite(self.database, self.at["cga"], self.at.item.id)[1]

    def press(self, link: str, browser: Browser | None = None):
        """Open the link and press its button."""
        return (browser or self.browser()).fill_in(f"/guest/{link}", f"/guest/{link}")

    def cookie(self, browser: Browser) -> str | None:
        held = browser.client.get_cookie(cookie_name(self.settings), "localhost")
        return held.value if held else None

    def inside(self) -> Browser:
        """The owner, ready to hear of the case."""
        browser = self.browser()
        assert self.press(self.link(), browser).status_code == 303
        answer = browser.fill_in("/guest/act/accept_as_guest", "/guest", op_id=op(), version="1")
        assert answer.status_code == 303
        return browser


@pytest.fixture
def scene(database: Database, tmp_path: Path) -> Scene:
    settings = Settings(
        data=tmp_path, database_url=str(database.engine.url), secret=database.secret
    )
    app = create_app(settings, database)
    auth.init_app(app, settings, database)
    return Scene(app, settings, database, table(database))


def test_the_link_opens_the_own_page_and_no_scanner_uses_it_up(scene: Scene) -> None:
    link = scene.link()
    for _visit in range(3):
        looked = scene.browser()
        answer = looked.get(f"/guest/{link}")
        assert (answer.status_code, scene.cookie(looked)) == (200, None)
        assert answer.headers["Referrer-Policy"] == "strict-origin"
    browser = scene.browser()
    assert scene.press(link, browser).location == "/guest"
    assert scene.at.firm.name in browser.get("/guest").text


def test_whoever_is_signed_in_beside_the_owner_chooses_the_language_and_does_nothing_else(
    scene: Scene,
) -> None:
    browser = scene.inside()
    member = scene.at["bank"]
    with scene.database.begin() as uow:
        token = session.start(
            uow, scene.settings, person_id=member.person_id, membership_id=member.membership_id
        )
    browser.client.set_cookie(session.cookie_name(scene.settings), token, domain="localhost")
    for page in ("/guest", f"/guest/{scene.link()}", "/"):
        answer = browser.fill_in("/language", page, language="en", back="/guest")
        assert (answer.status_code, answer.location) == (303, "/guest")
    assert 'lang="en"' in browser.get("/guest").text
    forged = browser.fill_in("/act/create_firm", "/guest", op_id=op(), name="有限会社よその")
    assert forged.status_code == 400


def test_used_replaced_revoked_guessed_and_late_links_are_answered_alike(
    scene: Scene, clock: StandingClock
) -> None:
    used = scene.link()
    assert scene.press(used).status_code == 303
    replaced = scene.link()
    invitation, revoked = guest_steps.invite(scene.database, scene.at["cga"], scene.at.item.id)
    guest_steps.revoke(scene.database, scene.at["cga"], invitation)
    late = scene.link()
    answers = [scene.press(link) for link in (used, replaced, revoked, tokens.new_token(), "x")]
    clock.advance(hours=12)
    answers.append(scene.press(late))
    assert [answer.status_code for answer in answers] == [404] * 6
    pages = {answer.text.replace(link, "") for answer, link in zip(answers, [""] * 6, strict=True)}
    assert len({_without_csrf(page) for page in pages}) == 1
    assert not any("Set-Cookie" in answer.headers for answer in answers)


def _without_csrf(page: str) -> str:
    lines = (line for line in page.splitlines() if 'name="csrf"' not in line)
    return "\n".join(line for line in lines if 'name="back"' not in line)


def test_two_presses_at_once_let_in_one(scene: Scene) -> None:
    link = scene.link()
    found = [guest_steps.enter(scene.database, link) for _try in range(2)]
    assert [token is None for token in found] == [False, True]


def test_guessing_is_slowed_down_for_the_address(scene: Scene) -> None:
    browser = scene.browser()
    tries = [scene.press(tokens.new_token(), browser) for _n in range(PER_ADDRESS.most + 1)]
    assert {answer.status_code for answer in tries[:-1]} == {404}
    assert tries[-1].status_code == 429
    assert scene.press(scene.link(), browser).status_code == 429


def test_neither_link_nor_cookie_lies_in_the_store(scene: Scene) -> None:
    link = scene.link()
    browser = scene.browser()
    scene.press(link, browser)
    cookie = scene.cookie(browser)
    with scene.database.read() as desk:
        tables = (GuestInvitationRow, GuestSessionRow, EntryRow, OperationRow)
        stored = [row.model_dump_json() for one in tables for row in desk.session.exec(select(one))]
    assert len(stored) > 3
    assert [row for row in stored if link in row or str(cookie) in row] == []


def test_the_cookie_is_for_the_server_alone(scene: Scene) -> None:
    told = scene.press(scene.link()).headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(told.split("; "))


def test_the_guests_cookie_opens_no_other_page(scene: Scene) -> None:
    """Every address there is, asked with it and without: the answers are the same."""
    browser, nobody = scene.inside(), scene.browser()
    proofs = {browser: browser.csrf("/guest"), nobody: nobody.csrf("/sign-in")}
    differing = set()
    for rule in scene.app.url_map.iter_rules():
        given = {name: _some(name, scene.at) for name in rule.arguments}
        path = scene.app.url_map.bind("localhost").build(rule.endpoint, given)
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            if rule.endpoint == "guest_door.leave":
                continue  # has a test of its own
            form = {"csrf": "", "op_id": op()} if method == "POST" else None
            with_it, without = (
                one.client.open(
                    path,
                    method=method,
                    base_url=one.origin,
                    data=form and form | {"csrf": proofs[one]},
                )
                for one in (browser, nobody)
            )
            said = (with_it.status_code, _without_csrf(with_it.text))
            if said != (without.status_code, _without_csrf(without.text)):
                differing.add(rule.endpoint)
            elif not rule.endpoint.startswith("guest"):
                assert with_it.status_code != 200 or scene.at.firm.name not in with_it.text
    assert differing == {"guest.show", "guest_door.knock"}


def _some(name: str, at: Table) -> object:
    known = {
        "conference_id": at.conference.id,
        "case_id": at.case.id,
        "firm_id": at.firm.id,
        "item_id": at.item.id,
        "agency_id": at.agencies["cga"].id,
        "version": 1,
        "number": 1,
        "filename": "nothing",
        "name": "say_remark",
        "token": "0" * 43,
    }
    return known.get(name, "0" * 32)


def test_an_act_needs_the_pages_own_token(scene: Scene) -> None:
    browser = scene.inside()
    forged = browser.post("/guest/act/state_preference", op_id=op(), text="書き換え")
    assert forged.status_code == 400
    with scene.database.read() as desk:
        kinds = desk.session.exec(select(EntryRow.kind)).all()
    assert "preference_stated" not in kinds


def test_who_is_signed_in_for_an_agency_has_no_power_as_a_guest(scene: Scene) -> None:
    browser = scene.browser()
    with scene.database.begin() as uow:
        actor = scene.at["cga"]
        token = session.start(
            uow, scene.settings, person_id=actor.person_id, membership_id=actor.membership_id
        )
    browser.client.set_cookie(session.cookie_name(scene.settings), token, domain="localhost")
    assert browser.get("/guest").status_code == 404
    wish = {"op_id": op(), "text": "代わりに書く"}
    sent = browser.fill_in("/guest/act/state_preference", f"/guest/{'0' * 43}", **wish)
    assert sent.status_code == 404


def test_a_guest_act_is_at_no_door_of_the_agencies_nor_the_other_way_round(scene: Scene) -> None:
    browser = scene.inside()
    page = browser.csrf("/guest")
    there = browser.post("/guest/act/say_remark", csrf=page, op_id=op(), text="発言")
    assert there.status_code == 404


def test_leaving_ends_it_in_the_store_too(scene: Scene) -> None:
    browser = scene.inside()
    kept = scene.cookie(browser)
    assert browser.fill_in("/guest/leave", "/guest").status_code == 200
    assert scene.cookie(browser) is None
    browser.client.set_cookie(cookie_name(scene.settings), str(kept), domain="localhost")
    answer = browser.get("/guest")
    assert (answer.status_code, scene.at.firm.name in answer.text) == (410, False)
