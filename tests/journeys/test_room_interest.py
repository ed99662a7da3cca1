"""利益相反 in the room: an agency leaves in the middle of an item and is back at the next one."""

import pytest
from playwright.sync_api import expect

from app.clock import system_clock, today
from app.services.agenda import AddItem, add_item
from app.services.decisions import DeclareResult, declare_result
from app.services.discussion import SayRemark, say_remark
from app.services.room_life import StartItem, start_item
from app.services.rounds import OpenRound, open_round
from app.services.stances import AnswerLead, GiveStance, answer_lead, give_stance
from tests.decision_record import record_on
from tests.factories import op
from tests.journeys.place import TWO_NODES_TOO, Place

pytestmark = pytest.mark.browser
SECRET = "谷中店の撤退費用が足りません"
OFFER = "専門家派遣と資金繰り表の作成"
REASON = "競合する取引先に融資している"


class Room:
    """The open conference of the place, with a case under discussion."""

    def __init__(self, place: Place) -> None:
        self.place, self.at, self.entered = place, place.at, place.entered

    def enter(self, who, path=""):
        page = self.place.come(who, f"{self.place.room}{path}", who + path).page
        if not path:
            expect(page.locator(".room-bottom").get_by_text("接続中").first).to_be_visible()
        return page

    def look(self, who: str, name: str) -> None:
        self.entered[who].shot(f"{self.place.transport}-interest-{name}")
        assert self.entered[who].violations() == [], name


@pytest.fixture
def room(place: Place) -> Room:
    return Room(place)


def disclose(page, label):
    """Open one of the ways, and what it lies in."""
    if page.locator(".recusals-all:not([open])").count():
        page.locator(".recusals-all > summary").click()
    page.get_by_text(label, exact=True).click()


def body(page):
    return page.locator("body").inner_text()


@TWO_NODES_TOO
def test_an_agency_leaves_with_the_sheet_open_and_is_back_at_the_next_item(room):
    at, database = room.at, room.place.database
    more = {"conference_id": at.conference.id, "kind": "report", "title": "前回の宿題"}
    nxt = add_item(database, at["cga"], AddItem(op_id=op(), minutes=5, **more)).id or ""
    council, yorozu, bank = (room.enter(who) for who in ("council", "yorozu", "bank"))
    council.get_by_role("tab", name="支援提案").click()
    line = council.get_by_role("row").filter(has_text=at.agencies["council"].name)
    line.get_by_role("gridcell").nth(1).click()
    council.keyboard.type(OFFER)
    council.keyboard.press("Enter")
    yorozu.get_by_role("tab", name="支援提案").click()
    expect(yorozu.get_by_role("gridcell", name=OFFER)).to_be_visible()
    round_id = ask_all_but_the_council(room)
    expect(bank.locator("summary", has_text="回答 5／6機関")).to_be_visible()

    disclose(council, "利益相反を申し出る")
    room.look("council", "before")
    form = council.locator(".recusals form:visible")
    form.get_by_label("理由").fill(REASON)
    form.get_by_role("button", name="申し出て退席する").click()

    # The rows vanish by themselves, and with them everything else of the case.
    expect(council.get_by_text("この議題は利益相反のため退席しています。")).to_be_visible()
    expect(council.get_by_role("gridcell")).to_have_count(0)
    assert [w for w in (OFFER, at.firm.name, at.case.case_no) if w in body(council)] == []
    for page in (yorozu, bank):
        expect(page.locator("summary", has_text="回答 5／5機関")).to_be_visible()
        expect(page.locator(".recusals-count")).to_have_text("退席 1機関")
        expect(page.locator(".agenda-out")).to_contain_text(at.agencies["council"].name)
    heard = len(room.entered["council"].received)
    say_remark(database, at["bank"], SayRemark(op_id=op(), item_id=at.item.id, text=SECRET))
    expect(yorozu.locator(".remark-text")).to_have_text([SECRET])
    room.look("council", "out")
    room.look("yorozu", "others")
    yorozu.locator(".recusals-all > summary").click()
    expect(yorozu.locator(".recusal.is-standing")).to_contain_text(REASON)
    room.look("yorozu", "others-open")
    room.enter("yorozu", "/projector")
    expect(room.entered["yorozu/projector"].page.locator(".agenda-out")).to_be_visible()
    room.look("yorozu/projector", "projector")
    assert [text for text in room.entered["council"].received[heard:] if SECRET in text] == []

    nothing_without_script_either(room)
    # At the next item the agency is at the table as usual.
    finish(room, round_id)
    start_item(database, at["yorozu"], StartItem(op_id=op(), item_id=nxt))
    expect(council.get_by_label("発言する")).to_be_visible(timeout=10_000)
    council.get_by_label("発言する").fill("前回の宿題は終わりました。")
    council.get_by_label("発言する").press("Control+Enter")
    expect(bank.locator(".remark-text")).to_have_text(["前回の宿題は終わりました。"])
    room.look("council", "next-item")
    assert {who: hands.problems for who, hands in room.entered.items() if hands.problems} == {}


def ask_all_but_the_council(room):
    database, at = room.place.database, room.at
    ask = OpenRound(
        op_id=op(), item_id=at.item.id, nominee_id=at.agencies["yorozu"].id, wording="よろずが担う"
    )
    round_id = open_round(database, at["yorozu"], ask).id or ""
    for who in ("bank", "cga", "yorozu", "succession", "chamber"):
        give_stance(database, at[who], GiveStance(op_id=op(), round_id=round_id, stance="agree"))
    return round_id


def nothing_without_script_either(room):
    at = room.at
    plain = room.place.come("council", room.place.room, "plain", script=False)
    expect(plain.page.get_by_text("この議題は利益相反のため退席しています。")).to_be_visible()
    plain.shot("interest-plain-out")
    for path in (f"/cases/{at.case.id}", f"/cases/{at.case.id}/sheet"):
        assert plain.goto(path) == 404
    plain.goto(f"/conferences/{at.conference.id}")
    plain.shot("interest-conference-out")
    assert plain.saw(at.firm.name, at.case.case_no, OFFER, SECRET) == []


def finish(room, round_id):
    database, at = room.place.database, room.at
    accept = AnswerLead(op_id=op(), round_id=round_id, accepted=True, person="佐藤 健")
    answer_lead(database, at["yorozu"], accept)
    decide = DeclareResult(
        op_id=op(), round_id=round_id, result="decided", **record_on(today(system_clock))
    )
    declare_result(database, at["yorozu"], decide)


@TWO_NODES_TOO
def test_the_chair_asks_decides_and_takes_it_back(room):
    at = room.at
    yorozu, bank = room.enter("yorozu"), room.enter("bank")
    disclose(yorozu, "利益相反の確認を求める")
    form = yorozu.locator(".recusals form:visible")
    form.get_by_label("機関").select_option(at.agencies["bank"].id)
    form.get_by_label("理由").fill("競合先への融資はありませんか")
    form.get_by_role("button", name="確認を求める").click()
    expect(bank.get_by_text("利益相反の有無を確認中")).to_be_visible()
    room.look("bank", "asked")
    form = bank.locator(".recusal form")
    form.get_by_label("理由").fill("該当する先はありません")
    form.get_by_role("button", name="回答する").click()
    expect(yorozu.get_by_text("確認の結果、該当なし")).to_be_visible()
    disclose(yorozu, "利益相反の確認を求める")

    disclose(yorozu, "議長の判断で退席とする")
    room.look("yorozu", "chair")
    form = yorozu.locator(".recusals form:visible")
    form.get_by_label("機関").select_option(at.agencies["bank"].id)
    form.get_by_label("理由").fill(REASON)
    form.get_by_role("button", name="退席とする").click()
    expect(bank.get_by_text("この議題は利益相反のため退席しています。")).to_be_visible()
    assert at.firm.name not in body(bank)
    disclose(yorozu, "退席を取り消す")
    form = yorozu.locator(".recusal.is-standing form")
    form.get_by_label("理由").fill("別の企業と取り違えていました")
    form.get_by_role("button", name="取り消す").click()

    # Everything is back without loading the page anew.
    expect(bank.get_by_text(at.firm.name).first).to_be_visible()
    expect(bank.get_by_role("gridcell").first).to_be_visible()
    expect(bank.get_by_label("発言する")).to_be_visible()
    room.look("bank", "back")
    assert {who: hands.problems for who, hands in room.entered.items() if hands.problems} == {}


@pytest.mark.parametrize("transport", ["polling"])
def test_the_same_without_script(room):
    at = room.at
    hands = {who: room.place.come(who, "/", script=False) for who in ("council", "yorozu")}
    council, yorozu = hands["council"], hands["yorozu"]
    place = f"/conferences/{at.conference.id}/room?item={at.item.id}"
    yorozu.goto(place)
    yorozu.act("suggest_recusal", agency_id=at.agencies["council"].id, reason="確認してください")
    council.goto(place)
    council.act("deny_recusal", reason="該当しません")
    council.goto(f"/conferences/{at.conference.id}")
    council.act("declare_recusal", reason=REASON)
    assert at.firm.name not in body(council.page)
    yorozu.goto(place)
    yorozu.shot("interest-plain-chair")
    yorozu.act("lift_recusal", reason="誤りでした")
    yorozu.act("pin_recusal", agency_id=at.agencies["council"].id, reason=REASON)
    council.goto(place)
    expect(council.page.get_by_text("この議題は利益相反のため退席しています。")).to_be_visible()
