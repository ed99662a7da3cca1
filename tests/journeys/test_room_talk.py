"""Three agencies talk before all, among themselves and to the chair; nothing goes astray."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.place import TWO_NODES_TOO, Place
from tests.room_steps import hand_over

pytestmark = pytest.mark.browser
AMONG, TO_CHAIR = "当行は金利減免に応じます", "先に説明の時間をください"


class Room:
    """The open conference of the place, and pictures of it."""

    def __init__(self, place: Place) -> None:
        self.place, self.entered = place, place.entered

    def enter(self, who: str, path: str = "", *, script: bool = True) -> Page:
        key = f"{who}{path}"
        page = self.place.come(who, f"{self.place.room}{path}", key, script=script).page
        if script:
            expect(page.locator("[role=log], .projector").first).to_be_visible()
        return page


@pytest.fixture
def room(place: Place) -> Iterator[Room]:
    there = Room(place)
    yield there
    for who, hands in there.entered.items():
        assert hands.problems == [], who


def lane(page: Page, name: str) -> None:
    page.get_by_role("radio", name=re.compile(f"^{name}")).check(force=True)


def say(page: Page, text: str) -> None:
    page.locator("#composer").fill(text)
    page.locator("#composer").press("Control+Enter")


def looked(room: Room, who: str, name: str) -> None:
    room.entered[who].shot(f"talk-{name}-{room.place.transport}")
    assert room.entered[who].violations() == []


def said(page: Page, text: str):
    return page.locator(".remark").filter(has=page.locator(".remark-text", has_text=text))


def do(remark, what: str) -> None:
    remark.hover()
    remark.get_by_role("button", name=what, exact=True).click()


@TWO_NODES_TOO
def test_three_agencies_talk_in_their_lanes(room: Room) -> None:
    bank, chair, cga = room.enter("bank"), room.enter("yorozu"), room.enter("cga")
    among_the_bank_and_to_the_chair(room, bank, chair, cga)
    before_all(room, bank, chair, cga)
    corrected_and_marked(room, bank, chair)
    the_chair_changes_hands(room, bank, chair)
    for page in (room.enter("yorozu", "/projector"), room.enter("bank", "/projector")):
        expect(page.locator(".remark-text").first).to_be_visible()
        assert page.get_by_role("radio").count() == 0
    for who in ("cga", "yorozu/projector", "bank/projector"):
        assert room.entered[who].saw(AMONG, TO_CHAIR) == []
    assert room.entered["yorozu"].saw(AMONG) == []


def among_the_bank_and_to_the_chair(room: Room, bank: Page, chair: Page, cga: Page) -> None:
    expect(bank.get_by_role("button", name="全体に送信")).to_be_visible()
    bank.locator("#composer").fill("書きかけ")
    lane(bank, "自機関内")
    expect(bank.locator("#composer")).to_have_value("")
    expect(bank.get_by_role("button", name="自機関内に送信")).to_be_visible()
    say(bank, AMONG)
    expect(said(bank, AMONG)).to_be_visible()
    lane(bank, "議長宛")
    say(bank, TO_CHAIR)
    expect(said(bank, TO_CHAIR)).to_be_visible()
    looked(room, "bank", "to-chair")
    expect(chair.locator(".lane.is-lane-chair .lane-unread")).to_have_text(re.compile("^1"))
    lane(chair, "議長宛")
    expect(chair.locator(".lane-unread")).to_have_count(0)
    do(said(chair, TO_CHAIR), "返信")
    expect(chair.get_by_label("相手の機関")).to_have_value(room.place.at.agencies["bank"].id)
    say(chair, "承知しました。最初にお願いします。")
    answer = said(bank, "承知しました。最初にお願いします。")
    expect(answer.locator(".remark-quote-text")).to_have_text(TO_CHAIR)
    looked(room, "yorozu", "chair-answers")
    lane(bank, "全体")
    expect(bank.locator("#composer")).to_have_value("書きかけ")
    expect(cga.locator(".lane-unread")).to_have_count(0)


def before_all(room: Room, bank: Page, chair: Page, cga: Page) -> None:
    lane(chair, "全体")
    bank.locator("#composer").fill("")
    bank.locator("#composer").press_sequentially("返済状況を確認ください @よろず")
    offered = bank.locator(".composer-people [role=option]")
    expect(offered.first).to_contain_text("東京都よろず支援拠点")
    looked(room, "bank", "calling")
    bank.locator("#composer").press("Enter")
    expect(bank.locator("#composer")).to_have_value("返済状況を確認ください @東京都よろず支援拠点 ")
    bank.get_by_role("button", name="シート・資料を付ける").click()
    bank.get_by_label("シートの項目・資料", exact=True).select_option("cell:case|repayment_status")
    bank.get_by_role("button", name="全体に送信").click()
    remark = said(chair, "返済状況を確認ください")
    expect(remark.locator(".mention")).to_have_text("@東京都よろず支援拠点")
    expect(remark.locator(".remark-called")).to_have_text("あなたの機関宛")
    expect(chair.get_by_role("button", name="あなたの機関宛 1件")).to_be_visible()
    # The chair's agency may not see the loans: for it the link has no name.
    expect(remark.locator(".link-chip")).to_have_text("シートの項目")
    open_ = said(cga, "返済状況を確認ください").locator("button.link-chip")
    expect(open_).to_contain_text("返済状況")
    open_.click()
    expect(cga.get_by_role("tab", name="情報共有シート")).to_have_attribute("aria-selected", "true")
    expect(cga.locator('.sg-active, [aria-selected="true"].sg-cell').first).to_be_visible()
    do(said(cga, "返済状況を確認ください"), "返信")
    say(cga, "約定どおりです")
    quote = said(bank, "約定どおりです").locator(".remark-quote")
    quote.click()
    expect(said(bank, "返済状況を確認ください")).to_be_focused()


def corrected_and_marked(room: Room, bank: Page, chair: Page) -> None:
    do(said(bank, "返済状況を確認ください"), "訂正")
    bank.get_by_label("訂正後の内容").fill("返済の見込みを確認ください @東京都よろず支援拠点")
    bank.get_by_role("button", name="訂正する").click()
    new = said(chair, "返済の見込みを確認ください")
    new.get_by_text("訂正済み").click()
    expect(new.locator(".remark-before")).to_contain_text("返済状況を確認ください")
    do(new, "記録にする")
    chair.get_by_label("種類").first.select_option("condition")
    looked(room, "yorozu", "marking")
    chair.get_by_role("button", name="記録に残す").click()
    expect(new.get_by_role("button", name="記録：条件")).to_be_visible()
    new.get_by_role("button", name="記録：条件").click()
    chair.get_by_role("button", name="元の発言を見る").click()
    expect(new).to_be_focused()
    looked(room, "bank", "all")


def the_chair_changes_hands(room: Room, bank: Page, chair: Page) -> None:
    council = room.enter("council")
    lane(chair, "議長宛")
    expect(said(chair, TO_CHAIR)).to_be_visible()
    agencies, conference = room.place.at.agencies, room.place.at.conference
    hand_over(room.place.database, room.place.at["yorozu"], conference.id, agencies["council"].id)
    expect(said(chair, TO_CHAIR)).to_have_count(0)
    expect(chair.get_by_role("button", name="議長宛に送信")).to_be_visible()
    lane(council, "議長宛")
    expect(said(council, TO_CHAIR)).to_be_visible()
    lane(bank, "議長宛")
    say(bank, "新しい議長へ")
    expect(said(council, "新しい議長へ")).to_be_visible()
    expect(said(chair, "新しい議長へ")).to_have_count(0)


@pytest.mark.parametrize("transport", ["websocket"])
def test_every_lane_works_without_script(room: Room) -> None:
    item = f"?item={room.place.at.item.id}"
    bank = room.enter("bank", item, script=False)
    hands = room.entered[f"bank{item}"]
    bank.get_by_text("シートの項目・資料を選ぶ").first.click()
    hands.act("say_remark", text="@東京信用保証協会 いかがですか", links="cell:case|wishes")
    hands.act("correct_remark", text="@東京信用保証協会 ご意見をください")
    hands.act("say_in_lane", text=AMONG)
    expect(bank.locator(".lane-plain .remark-text")).to_have_count(1)
    hands.shot("talk-plain")
    cga = room.enter("cga", item, script=False)
    expect(cga.locator(".remark.is-called .remark-text")).to_have_text(
        "@東京信用保証協会 ご意見をください"
    )
    expect(cga.locator(".link-chip")).to_have_text("事業者の希望")
    secretariat = room.entered[f"cga{item}"]
    secretariat.act("mark_outcome", kind="information")
    expect(cga.locator(".remark .badge")).to_have_text("記録：情報")
    cga.get_by_text("返信先・シートの項目・資料を選ぶ").first.click()
    answered = cga.locator("[name=reply_to] option").nth(1).get_attribute("value")
    secretariat.act("say_remark", text="賛成です", reply_to=answered)
    quoted = cga.locator(".remark-quote-text")
    expect(quoted).to_have_text("@東京信用保証協会 ご意見をください")
    assert secretariat.saw(AMONG) == []
