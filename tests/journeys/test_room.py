"""The live room keeps what is typed through breaks, refusals, clashes and an ended sign-in."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlmodel import SQLModel

from app.services.consents import WithdrawConsent, withdraw_consent
from app.services.room_life import CarryOverItem, carry_over_item
from auth import session
from tests.factories import Table, op, table
from tests.serving import Server, serving

pytestmark = pytest.mark.browser
SENTENCE = "粗利率が3期連続で低下しています。"


@dataclass
class Room:
    """An open conference on a running server, and the browsers that are in it."""

    server: Server
    browser: Browser
    at: Table

    def enter(self, who: str, path: str = "") -> Page:
        """By polling, so that a broken line is noticed with the next request."""
        context: BrowserContext = self.browser.new_context(
            viewport={"width": 1366, "height": 768}, locale="ja-JP", timezone_id="Asia/Tokyo"
        )
        context.route_web_socket("**", lambda socket: socket.close())
        token = self.server.token_for(self.at[who])
        name = session.cookie_name(self.server.settings)
        context.add_cookies([{"name": name, "value": token, "url": self.server.url}])
        page = context.new_page()
        page.goto(f"{self.server.url}/conferences/{self.at.conference.id}/room{path}")
        expect(page.get_by_text("接続中").first).to_be_visible()
        return page


@pytest.fixture
def room(tmp_path: Path, browser: Browser) -> Iterator[Room]:
    data = tmp_path / "data"
    data.mkdir()
    url = f"sqlite:///{tmp_path / 'entaku.sqlite3'}"
    made = Server(data, url)
    SQLModel.metadata.create_all(made.database.engine)
    made.database.engine.dispose()
    with serving(data, url) as server:
        yield Room(server, browser, table(server.database))


def say(page: Page, text: str) -> None:
    page.get_by_label("発言する").fill(text)
    page.get_by_label("発言する").press("Control+Enter")


def write(page: Page, label: str, text: str) -> None:
    row = page.get_by_role("row").filter(has=page.get_by_text(label, exact=True))
    row.get_by_role("gridcell").first.click()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def test_what_is_said_and_written_while_the_line_is_down_arrives_once(room: Room) -> None:
    bank, cga = room.enter("bank"), room.enter("cga")
    bank.context.set_offline(True)
    expect(bank.get_by_text("接続が切れました。")).to_be_visible(timeout=30_000)
    say(bank, SENTENCE)
    write(bank, "事業者の希望", "雇用を守りたい")
    expect(bank.get_by_text("未送信の2件はこの画面に残しています。")).to_be_visible()
    expect(bank.locator(".remark.is-failed .remark-text")).to_have_text([SENTENCE])
    bank.context.set_offline(False)
    expect(bank.get_by_text("接続が切れました。")).to_be_hidden(timeout=15_000)
    for page in (bank, cga):
        expect(page.locator(".remark-text")).to_have_text([SENTENCE])
        expect(page.get_by_role("gridcell", name="雇用を守りたい")).to_have_count(1)
    expect(bank.locator(".remark.is-failed")).to_have_count(0)


def test_a_refused_remark_is_back_in_its_field(room: Room) -> None:
    bank = room.enter("bank")
    bank.get_by_label("発言する").fill(SENTENCE)
    command = CarryOverItem(op_id=op(), item_id=room.at.item.id)
    carry_over_item(room.server.database, room.at["yorozu"], command)
    expect(bank.get_by_text("この議題は終わりました")).to_be_visible()
    bank.get_by_role("button", name="送信").click()
    expect(bank.get_by_role("alert")).to_contain_text("この議題は進行中ではありません。")
    expect(bank.get_by_label("発言する")).to_have_value(SENTENCE)


def test_two_values_for_one_cell_are_both_shown(room: Room) -> None:
    bank, cga = room.enter("bank"), room.enter("cga")
    bank.context.set_offline(True)
    expect(bank.get_by_text("接続が切れました。")).to_be_visible(timeout=30_000)
    write(bank, "事業者の希望", "銀行の書いたこと")
    write(cga, "事業者の希望", "協会の書いたこと")
    expect(cga.get_by_role("gridcell", name="協会の書いたこと")).to_be_visible()
    bank.context.set_offline(False)
    asked = bank.locator(".sg-notice")
    expect(asked.locator("dd")).to_have_text(
        ["協会の書いたこと", "銀行の書いたこと"], timeout=15_000
    )
    bank.wait_for_timeout(500)  # a choice made before it could be read does not count
    asked.get_by_role("button", name="自分の値にする").click()
    expect(cga.get_by_role("gridcell", name="銀行の書いたこと")).to_be_visible()


def test_when_the_sign_in_has_run_out_everything_typed_stays(room: Room) -> None:
    bank = room.enter("bank")
    with room.server.database.begin() as uow:
        session.revoke_all(uow, room.at["bank"].person_id)
    expect(bank.get_by_text("サインインの有効期限が切れました。")).to_be_visible(timeout=15_000)
    say(bank, SENTENCE)
    expect(bank.get_by_text("未送信", exact=True)).to_be_visible()
    token = room.server.token_for(room.at["bank"])
    name = session.cookie_name(room.server.settings)
    bank.context.add_cookies([{"name": name, "value": token, "url": room.server.url}])
    bank.get_by_role("button", name="つなぎ直す").click()
    expect(bank.locator(".remark-text")).to_have_text([SENTENCE])
    expect(bank.get_by_text("未送信", exact=True)).to_be_hidden()


def test_a_withdrawn_consent_takes_the_firm_off_every_open_screen(room: Room) -> None:
    cga = room.enter("cga")
    expect(cga.get_by_text(room.at.firm.name).first).to_be_visible()
    write(cga, "事業者の希望", "雇用を守りたい")
    expect(cga.get_by_role("gridcell", name="雇用を守りたい")).to_be_visible()
    command = WithdrawConsent(op_id=op(), case_id=room.at.case.id, reason="本人の申し出")
    withdraw_consent(room.server.database, room.at["bank"], command)
    expect(cga.get_by_text("案件（非公開）").first).to_be_visible(timeout=10_000)
    assert room.at.firm.name not in cga.locator("body").inner_text()
    assert "雇用を守りたい" not in cga.locator("body").inner_text()


def test_a_remark_begun_in_the_plain_page_goes_on_in_the_live_one(room: Room) -> None:
    bank = room.enter("bank")
    bank.route("**/socket.io/**", lambda route: route.abort())
    bank.reload()
    bank.get_by_label("発言する").fill(SENTENCE)
    bank.unroute("**/socket.io/**")
    expect(bank.get_by_text("接続中").first).to_be_visible(timeout=15_000)
    expect(bank.get_by_label("発言する")).to_have_value(SENTENCE)
