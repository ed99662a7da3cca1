"""A conference over two nodes: by nginx, where websockets are blocked, and at both directly.

What else is done in the room goes through two nodes in the journeys that bear ``TWO_NODES_TOO``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, WebSocket, expect

from app.services.consents import WithdrawConsent, withdraw_consent
from auth import session
from tests.cluster import Cluster
from tests.factories import Table, op, table

pytestmark = pytest.mark.browser
SENTENCE = "粗利率が3期連続で低下しています。"
WAYS = ["nginx", "blocked", "one at each node"]


@dataclass
class Meeting:
    """Where the chair and where the others come in."""

    cluster: Cluster
    browser: Browser
    at: Table
    way: str
    contexts: list[BrowserContext] = field(default_factory=list)
    frames: list[str] = field(default_factory=list)

    def address(self, who: str) -> str:
        if self.way == "one at each node":
            return self.cluster.nodes[0 if who == "yorozu" else 1].url
        return self.cluster.front if self.way == "nginx" else self.cluster.blocked

    def enter(self, who: str) -> Page:
        context = self.browser.new_context(
            viewport={"width": 1366, "height": 768}, locale="ja-JP", timezone_id="Asia/Tokyo"
        )
        self.contexts.append(context)
        node = self.cluster.nodes[0]
        name, token = session.cookie_name(node.settings), node.token_for(self.at[who])
        context.add_cookies([{"name": name, "value": token, "url": self.address(who)}])
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("websocket", self._listen)
        page.goto(f"{self.address(who)}/conferences/{self.at.conference.id}/room")
        expect(page.get_by_text("接続中")).to_be_visible(timeout=20_000)
        return page

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: self.frames.append(str(frame)))


@pytest.fixture(params=WAYS)
def meeting(cluster: Cluster, browser: Browser, request) -> Iterator[Meeting]:
    made = Meeting(cluster, browser, table(cluster.database), request.param)
    yield made
    for context in made.contexts:
        context.close()


def say(page: Page, text: str) -> None:
    page.get_by_label("全体に発言する").fill(text)
    page.get_by_label("全体に発言する").press("Control+Enter")


def write(page: Page, label: str, text: str) -> None:
    row = page.get_by_role("row").filter(has=page.get_by_text(label, exact=True))
    row.get_by_role("gridcell").first.click()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def test_they_see_hear_and_leave_each_other_whichever_way_they_came(meeting: Meeting) -> None:
    chair, bank, cga = (meeting.enter(who) for who in ("yorozu", "bank", "cga"))
    everybody = (chair, bank, cga)
    for page in everybody:
        expect(page.get_by_text("接続 3人／3機関")).to_be_visible(timeout=20_000)

    say(bank, SENTENCE)
    say(chair, "ありがとうございます。")
    write(cga, "事業者の希望", "雇用を守りたい")
    for page in everybody:
        expect(page.locator(".remark-text")).to_have_count(2, timeout=20_000)
        expect(page.get_by_role("gridcell", name="雇用を守りたい")).to_have_count(1)
    assert bool(meeting.frames) is (meeting.way != "blocked")

    tab = bank.context.new_page()
    tab.goto(f"{meeting.address('yorozu')}/")
    tab.get_by_role("button", name="サインアウト").first.click()
    expect(bank.get_by_text("サインインの有効期限が切れました。")).to_be_visible(timeout=15_000)
    for page in (chair, cga):
        expect(page.get_by_text("接続 2人／2機関")).to_be_visible(timeout=20_000)

    command = WithdrawConsent(op_id=op(), case_id=meeting.at.case.id, reason="本人の申し出")
    withdraw_consent(meeting.cluster.nodes[0].database, meeting.at["bank"], command)
    for page in (chair, cga):
        expect(page.get_by_text("案件（非公開）").first).to_be_visible(timeout=15_000)
        assert meeting.at.firm.name not in page.locator("body").inner_text()
