"""The head office's link, attacked: one answer for one 仮決定, and nothing after its end."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlmodel import select

import auth
from app import create_app
from app.domain.errors import NotEntitled, NotFound, StateForbids
from app.services.commands import HandedOver
from app.services.head_office import (
    AskHeadOffice,
    RevokeHeadOfficeLink,
    ask_head_office,
    revoke_head_office_link,
)
from app.services.interests import PinRecusal, pin_recusal
from app.settings import Settings
from app.store import tokens
from app.store.tables.ballots import DecisionRow, HoldReplyRow
from app.store.tables.head_office import HeadOfficeLinkRow
from app.store.tables.journal import EntryRow, OperationRow
from app.store.tables.people import MembershipRow
from app.store.unit_of_work import Database
from auth.head_office import PER_ADDRESS
from tests.auth.browser import Browser
from tests.factories import StandingClock, Table, op, table
from tests.round_steps import ALL, accepts, declares, opened, says

OBJECTION = "担保の扱いを先に確かめたい"


@dataclass
class Scene:
    app: Flask
    database: Database
    at: Table
    round_id: str

    def link(self, who: str = "bank") -> tuple[str, str]:
        command = AskHeadOffice(op_id=op(), round_id=self.round_id)
        answer = ask_head_office(self.database, self.at[who], command)
        assert isinstance(answer, HandedOver)
        return answer.id or "", answer.secret

    def browser(self) -> Browser:
        return Browser(self.app.test_client())

    def press(self, link: str, browser: Browser | None = None, **fields: str) -> Any:
        address = f"/head-office/{link}"
        return (browser or self.browser()).fill_in(address, address, **fields)

    def answer(self, link: str, browser: Browser | None = None, **fields: str) -> Any:
        words = {"op_id": op(), "stance": "agree", "name": "本間 透", "accepted": "true"}
        return self.press(link, browser, **{**words, **fields})

    def one(self, table: Any) -> Any:
        with self.database.read() as desk:
            return desk.session.exec(select(table)).first()


@pytest.fixture
def scene(database: Database, tmp_path: Path) -> Scene:
    settings = Settings(
        data=tmp_path, database_url=str(database.engine.url), secret=database.secret
    )
    app = create_app(settings, database)
    auth.init_app(app, settings, database)
    at = table(database)
    round_id = opened(database, at)
    for who in ALL[1:]:
        says(database, at, round_id, who, "agree")
    says(database, at, round_id, "bank", "hold", reply_by="2026-12-08", text="融資部に確認する")
    accepts(database, at, round_id)
    declares(database, at, round_id, "provisional", date(2026, 12, 15))
    return Scene(app, database, at, round_id)


def test_no_scanner_learns_anything_and_one_answer_settles_it(scene: Scene) -> None:
    _id, link = scene.link()
    for _visit in range(3):
        looked = scene.browser().get(f"/head-office/{link}")
        assert (looked.status_code, scene.at.firm.name in looked.text) == (200, False)
    shown = scene.press(link)
    assert scene.at.firm.name in shown.text
    assert "融資部に確認する" in shown.text
    assert scene.answer(link).status_code == 200
    reply, row, decision = (scene.one(t) for t in (HoldReplyRow, HeadOfficeLinkRow, DecisionRow))
    assert (reply.stance, reply.person_name) == ("agree", "本間 透（本部）")
    assert (row.state, row.answered_by) == ("answered", "本間 透（本部）")
    assert decision.settled["result"] == "decided"
    assert scene.press(link).status_code == 404


def test_an_objection_returns_it_and_what_lacks_is_asked_for_with_all_kept(scene: Scene) -> None:
    _id, link = scene.link()
    browser = scene.browser()
    for lacking in ({"text": ""}, {"name": ""}, {"accepted": ""}):
        fields = {"stance": "object", "text": OBJECTION, "name": "本間 透", "accepted": "true"}
        answer = scene.answer(link, browser, **{**fields, **lacking})
        assert answer.status_code == 400
        for name, typed in {"text": OBJECTION, "name": "本間 透"}.items():
            assert (typed in answer.text) == (name not in lacking)
    assert scene.one(HeadOfficeLinkRow).state == "sent"
    assert scene.answer(link, browser, stance="object", text=OBJECTION).status_code == 200
    assert scene.one(DecisionRow).settled["result"] == "continued"


def test_what_cannot_be_taken_is_told_beside_its_field(scene: Scene) -> None:
    _id, link = scene.link()
    for fields in (
        {"name": "本" * 61},
        {"name": "本\u202e間"},
        {"text": "字" * 501},
        {"stance": "x"},
    ):
        answer = scene.answer(link, None, **fields)
        assert answer.status_code == 400, fields
    assert scene.answer("本間", name="\x00").status_code == 404
    assert scene.one(HeadOfficeLinkRow).state == "sent"


def test_the_same_button_twice_is_one_answer(scene: Scene) -> None:
    _id, link = scene.link()
    browser, once = scene.browser(), op()
    codes = [scene.answer(link, browser, op_id=once).status_code for _press in range(2)]
    assert codes == [200, 200]
    assert scene.one(HoldReplyRow).version == 1
    assert scene.answer(link, browser).status_code == 404


def test_used_replaced_revoked_guessed_and_late_links_are_answered_alike(
    scene: Scene, clock: StandingClock
) -> None:
    _first, replaced = scene.link()
    second, revoked = scene.link()
    command = RevokeHeadOfficeLink(op_id=op(), link_id=second)
    revoke_head_office_link(scene.database, scene.at["bank"], command)
    _third, late = scene.link()
    links = [replaced, revoked, tokens.new_token(), "x"]
    tries = [(link, way(link)) for link in links for way in (scene.press, scene.answer)]
    clock.advance(days=60)
    tries += [(late, scene.press(late)), (late, scene.answer(late))]
    assert [answer.status_code for _link, answer in tries] == [404] * 10
    texts = {answer.text.replace(f"/head-office/{link}", "") for link, answer in tries}
    assert len({_plain(text) for text in texts}) == 1
    assert scene.one(HoldReplyRow) is None


def test_a_link_ends_with_the_rights_of_whoever_made_it(scene: Scene) -> None:
    _id, link = scene.link()
    with scene.database.begin() as uow:
        query = select(MembershipRow).where(MembershipRow.person_id == scene.at["bank"].person_id)
        member = uow.session.exec(query).one()
        member.active = False
        uow.session.add(member)
    assert scene.press(link).status_code == 404
    assert scene.answer(link).status_code == 404


def test_a_link_shows_nothing_once_its_agency_left_the_item(scene: Scene) -> None:
    _id, link = scene.link()
    out = PinRecusal(
        op_id=op(),
        item_id=scene.at.item.id,
        agency_id=scene.at.agencies["bank"].id,
        reason="競合先と契約",
    )
    pin_recusal(scene.database, scene.at["yorozu"], out)
    assert scene.press(link).status_code == 404
    assert scene.answer(link).status_code == 404


def test_only_who_took_it_home_makes_a_link_and_only_while_it_waits(scene: Scene) -> None:
    for who in ("cga", "yorozu"):
        with pytest.raises(NotEntitled):
            scene.link(who)
    link_id, link = scene.link()
    for who in ("cga", "yorozu"):
        command = RevokeHeadOfficeLink(op_id=op(), link_id=link_id)
        with pytest.raises(NotFound):
            revoke_head_office_link(scene.database, scene.at[who], command)
    scene.answer(link)
    with pytest.raises(StateForbids):
        scene.link()


def test_the_link_is_kept_nowhere(scene: Scene) -> None:
    _id, link = scene.link()
    with scene.database.read() as desk:
        kept = [str(vars(row)) for row in desk.session.exec(select(EntryRow))]
        kept += [str(vars(row)) for row in desk.session.exec(select(OperationRow))]
        kept += [str(vars(row)) for row in desk.session.exec(select(HeadOfficeLinkRow))]
    assert kept
    assert not any(link in row for row in kept)


def test_one_address_tries_so_often_and_no_more(scene: Scene) -> None:
    _id, link = scene.link()
    codes = {scene.press(tokens.new_token()).status_code for _try in range(PER_ADDRESS.most)}
    assert codes == {404}
    assert scene.press(link).status_code == 429


def test_a_forged_form_is_refused(scene: Scene) -> None:
    _id, link = scene.link()
    answer = scene.app.test_client().post(
        f"/head-office/{link}", data={"stance": "agree", "op_id": op(), "name": "x"}
    )
    assert answer.status_code == 400
    assert scene.one(HoldReplyRow) is None


def _plain(page: str) -> str:
    """Without what is new on every page."""
    return re.sub(r'(name="csrf" value|nonce)="[^"]*"', "", page)
