"""Who leads, at the table: named in silence, answered blind, asked again, taken home, settled."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from app.clock import system_clock, today
from app.store.ballots import open_on
from tests.journeys.place import TWO_NODES_TOO, Place
from tests.journeys.room_at import Room

pytestmark = pytest.mark.browser
SECRET = "担保の扱いが決まるまで賛成できません"
REASON = "原価計算の専門家がいるため"


class LeadRoom(Room):
    about = "lead"

    def never_reached(self, word: str, *those: str) -> None:
        for who in those:
            assert [one for one in self.place.entered[who].received if word in one] == [], who


@pytest.fixture
def room(place: Place) -> LeadRoom:
    return LeadRoom(place)


def card(page: Page):
    return page.locator(".decision")


def propose(page: Page, nominee: str, wording: str, *, because: str = "", blind: bool = False):
    page.get_by_label("主担当の候補").select_option(nominee)
    page.get_by_label("確認する内容").fill(wording)
    if because:
        page.get_by_label("改めて確認する理由").fill(because)
    if blind:
        page.get_by_label("公開するまで回答を互いに伏せる").check()
    page.get_by_role("button", name="各機関に確認する").click()


def answer(page: Page, word: str, **fields: str) -> None:
    page.get_by_role("radio", name=word).first.check()
    for label, text in fields.items():
        card(page).get_by_label(label, exact=False).last.fill(text)
    card(page).get_by_role("button", name="回答する", exact=True).click()
    expect(card(page).get_by_text("回答済み").first).to_be_visible()


@TWO_NODES_TOO
def test_an_objection_said_in_silence_is_read_after_the_reveal_and_another_proposal_is_put(room):
    at = room.at
    chair, bank, cga = (room.enter(who) for who in ("yorozu", "bank", "cga"))
    council = at.agencies["council"]
    chair.get_by_text("推薦の受付を始める").click()
    chair.get_by_label("主担当の役割").fill("採算の見直しと、各機関の支援の取りまとめ")
    room.look("yorozu", "role")
    chair.get_by_role("button", name="推薦を求める").click()
    bank.get_by_label("推薦する機関").select_option(council.id)
    card(bank).get_by_label("理由").fill(REASON)
    room.look("bank", "nominate")
    bank.get_by_role("button", name="推薦を提出する").click()
    expect(card(bank).get_by_text("自機関は提出済みです")).to_be_visible()
    cga.get_by_label("推薦する機関").select_option("nobody")
    card(cga).get_by_label("理由").fill("どの機関も体制の見通しが立たないため")
    cga.get_by_role("button", name="推薦を提出する").click()
    for page in (chair, bank, cga):
        expect(card(page).get_by_text("提出 2／6機関", exact=True).first).to_be_visible()
    room.look("yorozu", "nominating")
    room.never_reached(REASON, "yorozu", "cga")
    chair.get_by_role("button", name="推薦を公開する").click()
    for page in (chair, cga):
        expect(card(page).get_by_text(REASON)).to_be_visible()
    room.look("cga", "revealed")

    an_objection_in_silence(room, chair, bank, cga)
    another_proposal_is_decided(room, chair, bank, cga)
    room.nothing_went_wrong()


def an_objection_in_silence(room, chair, bank, cga):
    chair.get_by_role("button", name="主担当", exact=True).click()
    council = room.at.agencies["council"].id
    propose(chair, council, "活性化協議会を主担当とする。", blind=True)
    answer(bank, "反対", 理由=SECRET, 代案="よろず支援拠点が先に採算を見る")
    answer(cga, "賛成")
    expect(chair.locator("summary", has_text="回答 2／6機関")).to_be_visible()
    room.look("bank", "sealed")
    room.look("yorozu", "sealed-chair")
    room.never_reached(SECRET, "yorozu", "cga")
    projector = room.enter("yorozu", "/projector")
    assert SECRET not in projector.locator("body").inner_text()
    chair.get_by_role("button", name="回答を公開する").click()
    for page in (chair, cga):
        expect(page.locator(".who-answered")).to_contain_text(SECRET)
    room.look("cga", "objection")


def another_proposal_is_decided(room, chair, bank, cga):
    place, yorozu = room.place, room.at.agencies["yorozu"]
    chair.get_by_role("button", name="別の案で確認し直す").click()
    room.look("yorozu", "again")
    propose(chair, yorozu.id, "よろず支援拠点を主担当とする。", because="代案を受けて")
    expect(card(bank).get_by_text("改めて確認する理由：代案を受けて")).to_be_visible()
    for who in ("bank", "cga", "yorozu", "council", "succession", "chamber"):
        place.does(who, "give_stance", round_id=asked(room), stance="agree")
    place.does("yorozu", "answer_lead", round_id=asked(room), accepted=True, person="佐藤 健")
    expect(chair.get_by_role("radio", name="決定", exact=True)).to_be_visible()
    chair.get_by_role("radio", name="決定", exact=True).check()
    room.look("yorozu", "declare")
    chair.get_by_role("button", name="宣言する", exact=True).click()
    # What is missing is named beside its field, and nothing typed is lost.
    expect(chair.get_by_text("決定の記録に必要な項目が足りません。")).to_be_visible()
    chair.get_by_label("見直し日").fill((today(system_clock) + timedelta(days=90)).isoformat())
    chair.get_by_label("主担当の最初の行動").fill("店舗別の損益を確認する")
    chair.get_by_role("button", name="宣言する", exact=True).click()
    for page in (bank, cga):
        expect(card(page).get_by_text("店舗別の損益を確認する")).to_be_visible()
    bank.get_by_text("回答の一覧").click()
    expect(bank.locator(".counted tbody tr")).to_have_count(6)
    room.look("bank", "decided")


@TWO_NODES_TOO
def test_a_head_office_is_asked_and_its_word_makes_the_decision(room):
    at, place = room.at, room.place
    proposal = {"item_id": at.item.id, "nominee_id": at.agencies["yorozu"].id}
    wording = "よろず支援拠点を主担当とする。"
    place.does("yorozu", "open_round", **proposal, wording=wording)
    for who in ("cga", "yorozu", "council", "succession", "chamber"):
        place.does(who, "give_stance", round_id=asked(room), stance="agree")
    place.does("yorozu", "answer_lead", round_id=asked(room), accepted=True, person="佐藤 健")
    chair, bank = room.enter("yorozu"), room.enter("bank")
    by = today(system_clock) + timedelta(days=10)
    answer(bank, "留保（持ち帰り）", 機関内の回答期限=by.isoformat())
    chair.get_by_role("radio", name="仮決定").check()
    chair.get_by_label("次に協議する日").fill((by + timedelta(days=7)).isoformat())
    chair.get_by_label("見直し日").fill((by + timedelta(days=90)).isoformat())
    chair.get_by_label("主担当の最初の行動").fill("店舗別の損益を確認する")
    chair.get_by_role("button", name="宣言する", exact=True).click()
    expect(card(bank).get_by_role("heading", name="結果：仮決定")).to_be_visible()
    room.look("bank", "provisional")
    room.look("yorozu", "provisional-chair")
    place.does("yorozu", "end_item", item_id=at.item.id)
    place.does("yorozu", "close_conference", conference_id=at.conference.id)

    home = place.come("bank", "/", "bank at home").page
    home.get_by_role("link", name=wording).click()
    expect(card(home).get_by_text("機関内で確認した結果")).to_be_visible()
    home.get_by_role("radio", name="条件付賛成").check()
    card(home).get_by_label("条件", exact=False).last.fill("月次で資金繰りを共有すること")
    place.entered["bank at home"].shot(f"{place.transport}-lead-head-office")
    card(home).get_by_role("button", name="回答する").click()
    for page in (home, chair):
        expect(card(page).get_by_text("仮決定は「決定」になりました。")).to_be_visible()
    room.look("yorozu", "settled")
    case = place.come("bank", f"/cases/{at.case.id}", "bank's case").page
    expect(case.get_by_text("主担当決定").first).to_be_visible()


def asked(room: Room) -> str:
    """The question that is asked now."""
    with room.place.database.read() as desk:
        row = open_on(desk.session, room.at.item.id)
    assert row is not None
    return row.id
