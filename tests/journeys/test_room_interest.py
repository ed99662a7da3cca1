"""利益相反 in the room: an agency leaves in the middle of an item and is back at the next one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from app.services.agenda import AddItem, add_item
from app.services.decisions import DeclareResult, declare_result
from app.services.discussion import SayRemark, say_remark
from app.services.room_life import StartItem, start_item
from app.services.rounds import (
    AnswerLead,
    GiveStance,
    OpenRound,
    answer_lead,
    give_stance,
    open_round,
)
from auth import session
from tests.factories import Table, op, table
from tests.journeys.conftest import serving_after
from tests.journeys.hands import Hands
from tests.serving import Server

pytestmark = pytest.mark.browser
SECRET = "谷中店の撤退費用が足りません"
OFFER = "専門家派遣と資金繰り表の作成"
REASON = "競合する取引先に融資している"


@dataclass
class Room:
    """An open conference with a case under discussion; each agency in a browser of its own."""

    server: Server
    browser: Browser
    at: Table
    sockets: bool
    entered: dict[str, Hands] = field(default_factory=dict)

    def enter(self, who, path=""):
        hands = Hands(self.browser, self.server.url, sockets=self.sockets)
        name = session.cookie_name(self.server.settings)
        token = self.server.token_for(self.at[who])
        hands.context.add_cookies([{"name": name, "value": token, "url": self.server.url}])
        hands.goto(f"/conferences/{self.at.conference.id}/room{path}")
        self.entered[who + path] = hands
        if not path:
            expect(hands.page.locator(".room-bottom").get_by_text("接続中").first).to_be_visible()
        return hands.page

    def look(self, who: str, name: str) -> None:
        kind = "websocket" if self.sockets else "polling"
        self.entered[who].shot(f"{kind}-interest-{name}")
        assert self.entered[who].violations() == [], name


@contextmanager
def opened(tmp_path: Path, browser: Browser, *, sockets: bool) -> Iterator[Room]:
    with serving_after(tmp_path / "data", f"sqlite:///{tmp_path / 'entaku.sqlite3'}") as server:
        made = Room(server, browser, table(server.database), sockets)
        yield made
        for hands in made.entered.values():
            hands.close()


@pytest.fixture(params=[True, False], ids=["websocket", "polling"])
def room(tmp_path: Path, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Room]:
    with opened(tmp_path, browser, sockets=request.param) as made:
        yield made


@pytest.fixture
def plain_room(tmp_path: Path, browser: Browser) -> Iterator[Room]:
    with opened(tmp_path, browser, sockets=False) as made:
        yield made


def disclose(page, label):
    """Open one of the ways, and what it lies in."""
    if page.locator(".recusals-all:not([open])").count():
        page.locator(".recusals-all > summary").click()
    page.get_by_text(label, exact=True).click()


def body(page):
    return page.locator("body").inner_text()


def test_an_agency_leaves_with_the_sheet_open_and_is_back_at_the_next_item(room):
    at, database = room.at, room.server.database
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
    database, at = room.server.database, room.at
    ask = OpenRound(
        op_id=op(), item_id=at.item.id, nominee_id=at.agencies["yorozu"].id, wording="よろずが担う"
    )
    round_id = open_round(database, at["yorozu"], ask).id or ""
    for who in ("bank", "cga", "yorozu", "succession", "chamber"):
        give_stance(database, at[who], GiveStance(op_id=op(), round_id=round_id, stance="agree"))
    return round_id


def nothing_without_script_either(room):
    at = room.at
    plain = Hands(room.browser, room.server.url, sockets=False, script=False)
    plain.context.add_cookies(room.entered["council"].context.cookies())
    plain.goto(f"/conferences/{at.conference.id}/room")
    expect(plain.page.get_by_text("この議題は利益相反のため退席しています。")).to_be_visible()
    plain.shot("interest-plain-out")
    for path in (f"/cases/{at.case.id}", f"/cases/{at.case.id}/sheet"):
        assert plain.goto(path) == 404
    plain.goto(f"/conferences/{at.conference.id}")
    plain.shot("interest-conference-out")
    assert plain.saw(at.firm.name, at.case.case_no, OFFER, SECRET) == []
    plain.close()


def finish(room, round_id):
    database, at = room.server.database, room.at
    accept = AnswerLead(op_id=op(), round_id=round_id, accepted=True, person="佐藤 健")
    answer_lead(database, at["yorozu"], accept)
    decide = DeclareResult(op_id=op(), round_id=round_id, result="decided")
    declare_result(database, at["yorozu"], decide)


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


def test_the_same_without_script(plain_room):
    room, at = plain_room, plain_room.at
    hands = {}
    for who in ("council", "yorozu"):
        hands[who] = Hands(room.browser, room.server.url, sockets=False, script=False)
        name = session.cookie_name(room.server.settings)
        token = room.server.token_for(at[who])
        cookie = {"name": name, "value": token, "url": room.server.url}
        hands[who].context.add_cookies([cookie])
        room.entered[who] = hands[who]
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
