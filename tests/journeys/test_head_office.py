"""本部への照会: a link made on the agency's page, answered with no account, heard by all."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from app.clock import system_clock, today
from app.store.ballots import open_on
from tests.decision_record import record_on
from tests.journeys.place import TWO_NODES_TOO, Place

pytestmark = pytest.mark.browser
HELD = "融資部に金利減免の可否を確認する"
CONDITION = "月次で資金繰りを共有すること"
WORDING = "よろず支援拠点を主担当とし、店舗別採算の見直しを支援する。"


@TWO_NODES_TOO
def test_a_head_office_answers_by_its_link_and_the_table_hears_it(place: Place):
    provisional(place)
    chair = place.come("yorozu", place.room)
    expect(chair.page.locator(".room-bottom").get_by_text("接続中").first).to_be_visible()
    link = the_bank_makes_a_link(place)
    the_head_office_answers(place, link)
    settled = chair.page.locator(".decision").get_by_text("仮決定は「決定」になりました。")
    expect(settled).to_be_visible()
    expect(chair.page.locator(".decision").get_by_text(CONDITION)).to_be_visible()
    the_link_is_used(place, link)
    assert {who: one.problems for who, one in place.entered.items() if one.problems} == {}


def provisional(place):
    at = place.at
    proposal = {"item_id": at.item.id, "nominee_id": at.agencies["yorozu"].id, "wording": WORDING}
    place.does("yorozu", "open_round", **proposal)
    with place.database.read() as desk:
        row = open_on(desk.session, at.item.id)
    assert row is not None
    asked = {"round_id": row.id}
    for who in ("cga", "yorozu", "council", "succession", "chamber"):
        place.does(who, "give_stance", **asked, stance="agree")
    day = today(system_clock)
    hold = {"stance": "hold", "text": HELD, "reply_by": (day + timedelta(days=10)).isoformat()}
    place.does("bank", "give_stance", **asked, **hold)
    place.does("yorozu", "answer_lead", **asked, accepted=True, person="佐藤 健")
    later = {"next_date": (day + timedelta(days=20)).isoformat()} | record_on(day)
    place.does("yorozu", "declare_result", **asked, result="provisional", **later)


def the_bank_makes_a_link(place) -> str:
    bank = place.come("bank", place.room)
    expect(bank.page.locator(".room-bottom").get_by_text("接続中").first).to_be_visible()
    bank.page.get_by_role("link", name="本部にリンクで照会する").click()
    bank.shot(f"{place.transport}-head-office-links")
    bank.page.get_by_role("button", name="リンクを作る").click()
    expect(bank.page.get_by_text("リンクを作りました。")).to_be_visible()
    bank.shot(f"{place.transport}-head-office-link")
    assert bank.violations() == []
    letter = bank.page.get_by_role("link", name="メールの下書きを開く").get_attribute("href") or ""
    # What travels by mail names no firm.
    assert letter.startswith("mailto:?subject=")
    assert place.at.firm.name not in letter
    return str(bank.page.locator(".guest-link").inner_text())


def the_head_office_answers(place, link):
    office = place.hands("head office", "bank")
    page = office.page
    office.goto(link.removeprefix(office.url))
    assert office.saw(place.at.firm.name, HELD) == []
    office.shot(f"{place.transport}-head-office-door")
    page.get_by_role("button", name="内容を見る").click()
    expect(page.get_by_text(HELD)).to_be_visible()
    office.shot(f"{place.transport}-head-office-asked")
    assert office.violations() == []
    page.get_by_role("radio", name="条件付賛成").check()
    page.locator("textarea[name=text]").fill(CONDITION)
    page.get_by_role("button", name="回答する").click()
    # What lacks is named, and what was typed is kept.
    expect(page.get_by_text("回答する方の氏名を入力してください。").first).to_be_visible()
    expect(page.locator("textarea[name=text]")).to_have_value(CONDITION)
    page.locator("input[name=name]").fill("本間 透")
    page.get_by_role("checkbox").check()
    office.shot(f"{place.transport}-head-office-lacking")
    page.get_by_role("button", name="回答する").click()
    expect(page.get_by_role("heading", name="回答を受け付けました")).to_be_visible()


def the_link_is_used(place, link):
    office = place.entered["head office"]
    office.goto(link.removeprefix(office.url))
    office.page.get_by_role("button", name="内容を見る").click()
    expect(office.page.get_by_role("heading", name="このリンクは使えません")).to_be_visible()
    office.shot(f"{place.transport}-head-office-used")
