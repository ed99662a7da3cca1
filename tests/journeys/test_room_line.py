"""The line of the room: what is saved and what is not, and that a cut loses and doubles nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlmodel import select

from app.store.tables.conferences import RemarkRow
from auth import session
from tests.factories import Table, table
from tests.journeys.conftest import serving_after
from tests.journeys.hands import Hands
from tests.serving import Server

pytestmark = pytest.mark.browser
THREE = ("一つ目の発言です。", "二つ目の発言です。", "三つ目の発言です。")


class Room:
    def __init__(self, server: Server, browser: Browser, at: Table, sockets: bool) -> None:
        self.server, self.browser, self.at, self.sockets = server, browser, at, sockets

    def enter(self, who: str, path: str = "") -> Hands:
        hands = Hands(self.browser, self.server.url, sockets=self.sockets)
        token = self.server.token_for(self.at[who])
        name = session.cookie_name(self.server.settings)
        hands.context.add_cookies([{"name": name, "value": token, "url": self.server.url}])
        hands.goto(f"/conferences/{self.at.conference.id}/room{path}")
        expect(hands.page.locator(".link-state")).to_be_attached()
        return hands


@pytest.fixture
def room(tmp_path: Path, browser: Browser, transport: str) -> Iterator[Room]:
    url = f"sqlite:///{tmp_path / 'entaku.sqlite3'}"
    with serving_after(tmp_path / "data", url) as server:
        yield Room(server, browser, table(server.database), transport == "websocket")


def say(page: Page, text: str) -> None:
    page.get_by_label("発言する").fill(text)
    page.get_by_label("発言する").press("Control+Enter")


def saved_at(page: Page) -> str:
    return page.locator(".link-state").inner_text().split("保存")[1]


def test_three_acts_of_a_cut_line_exist_once_when_it_is_back(room: Room) -> None:
    bank, cga = room.enter("bank"), room.enter("cga")
    say(bank.page, "切れる前の発言です。")
    expect(cga.page.locator(".remark-text")).to_have_text(["切れる前の発言です。"])
    before = saved_at(bank.page)

    bank.context.set_offline(True)
    if room.sockets:  # an open websocket outlives the browser's own "offline"
        bank.page.evaluate("window.dispatchEvent(new Event('offline'))")
    expect(bank.page.get_by_text("接続が切れました。")).to_be_visible(timeout=40_000)
    for text in THREE:
        say(bank.page, text)
    state = bank.page.locator(".link-state")
    expect(state).to_contain_text("未送信 3件")
    expect(state).to_contain_text(f"保存{before}")
    bank.shot("room-line-cut")
    assert bank.violations() == []
    bank.page.wait_for_timeout(1100)
    bank.context.set_offline(False)

    expect(state).to_contain_text("接続中", timeout=20_000)
    expect(state).not_to_contain_text("未送信")
    for one in (bank, cga):
        expect(one.page.locator(".remark-text")).to_have_text(["切れる前の発言です。", *THREE])
    assert saved_at(bank.page) > before
    with room.server.database.read() as desk:
        stored = [row.text for row in desk.session.exec(select(RemarkRow))]
    assert sorted(stored) == sorted(["切れる前の発言です。", *THREE])
    for hands in (bank, cga):
        hands.close()


def test_the_projector_is_read_from_afar_and_hides_names_when_asked(room: Room) -> None:
    plain, masked = room.enter("yorozu", "/projector"), room.enter("yorozu", "/projector?mask=1")
    bank = room.enter("bank")
    say(bank.page, "投影に映る発言です。")
    for hands in (plain, masked):
        page = hands.page
        expect(page.get_by_text("投影に映る発言です。")).to_be_visible()
        root = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
        clock = page.locator(".room-clock-time").evaluate(
            "e => parseFloat(getComputedStyle(e).fontSize)"
        )
        assert (root, clock) == (22, 88)
        assert page.locator("main :is(textarea, input, form):visible").count() == 0
        hands.page.keyboard.press("Alt+7")
        assert page.get_by_role("dialog", name="出席の記録").count() == 0
        assert hands.violations() == []
    body = masked.page.locator("body").inner_text()
    assert [word for word in (room.at.firm.name, "田中 一郎", "佐藤 健") if word in body] == []
    assert room.at.firm.name in plain.page.locator("body").inner_text()
    plain.shot("projector")
    masked.shot("projector-masked")
    for hands in (plain, masked, bank):
        hands.close()


AT_FIRST_SIGHT = """new MutationObserver((_, watch) => {
  if (document.querySelector('.link-state') === null) return;
  watch.disconnect();
  document.dispatchEvent(new KeyboardEvent('keydown', { key: 'F1', code: 'F1' }));
}).observe(document, { childList: true, subtree: true })"""


def test_a_key_pressed_as_soon_as_the_room_is_seen_is_not_lost(room: Room) -> None:
    hands = room.enter("bank")
    hands.page.add_init_script(AT_FIRST_SIGHT)
    hands.page.reload()
    expect(hands.page.get_by_role("dialog", name="キー操作")).to_be_visible()
    hands.close()


def test_the_phone_has_three_tabs_and_every_key_is_listed(room: Room) -> None:
    hands = room.enter("bank")
    page = hands.page
    page.keyboard.press("F1")
    keys = page.get_by_role("dialog", name="キー操作")
    expect(keys).to_be_visible()
    listed = keys.locator("kbd").all_inner_texts()
    assert {"Alt+1", "Alt+2", "Alt+3", "Alt+4", "Alt+7", "Ctrl+Enter", "F1"} <= set(listed)
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    page.set_viewport_size({"width": 390, "height": 844})
    tabs = page.get_by_role("tablist", name="画面の切り替え").get_by_role("tab")
    expect(tabs).to_have_text(["議題", "シート", "討議・回答"])
    for tab, shown in (("議題", "#pane-left"), ("シート", "#pane-center"), ("討議", "#pane-right")):
        tabs.filter(has_text=tab).click()
        expect(page.locator(shown)).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert hands.violations() == []
    hands.close()
