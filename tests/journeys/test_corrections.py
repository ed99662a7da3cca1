"""訂正: the secretariat puts a slip right on the case's page, and the room shows both."""

import pytest
from playwright.sync_api import expect

from app.clock import system_clock, today
from app.store.ballots import open_on
from tests.decision_record import record_on
from tests.journeys.place import Place

pytestmark = pytest.mark.browser
ALL = ("bank", "cga", "yorozu", "council", "succession", "chamber")
RIGHT = "店舗別と商品別の損益を確認する"


def decided(place: Place) -> None:
    at = place.at
    proposal = {"item_id": at.item.id, "nominee_id": at.agencies["yorozu"].id}
    place.does("yorozu", "open_round", **proposal, wording="よろず支援拠点を主担当とする。")
    with place.database.read() as desk:
        row = open_on(desk.session, at.item.id)
    assert row is not None
    for who in ALL:
        place.does(who, "give_stance", round_id=row.id, stance="agree")
    place.does("yorozu", "answer_lead", round_id=row.id, accepted=True, person="佐藤 健")
    record = record_on(today(system_clock))
    place.does("yorozu", "declare_result", round_id=row.id, result="decided", **record)
    place.does("yorozu", "end_item", item_id=at.item.id)
    place.does("yorozu", "close_conference", conference_id=at.conference.id)


def test_a_slip_is_put_right_beside_the_decision(place: Place) -> None:
    decided(place)
    room = place.come("bank", place.room).page
    expect(room.get_by_role("heading", name="結果：決定")).to_be_visible()
    office = place.come("cga", f"/cases/{place.at.case.id}")
    page = office.page
    page.locator("summary", has_text="記録を訂正する").click()
    page.locator("summary", has_text="最初の行動：").click()
    office.shot(f"{place.transport}-correction-form")
    form = page.locator('form[action="/act/correct_decision"]:visible')
    form.get_by_label("正しい内容").fill(RIGHT)
    form.get_by_label("訂正する理由").fill("書き漏れのため")
    form.get_by_role("button", name="訂正を加える").click()
    for one in (page, room):
        expect(one.locator(".addenda")).to_contain_text(RIGHT)
        expect(one.locator(".addenda del")).to_contain_text("店舗別の損益を確認する")
    office.shot(f"{place.transport}-correction-made")
    assert office.violations() == []
    place.entered["bank"].shot(f"{place.transport}-correction-room")
    assert place.entered["bank"].violations() == []
    assert {who: one.problems for who, one in place.entered.items() if one.problems} == {}
