"""決め方: the office sets it, and the chair tries what answers would come to before asking."""

import pytest
from playwright.sync_api import expect

from app.domain.conference import ConferenceStatus
from app.store.tables.conferences import ConferenceRow
from tests.journeys.place import Place

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("transport", ["websocket", "polling"], indirect=True),
]


def is_now(place, status):
    with place.database.begin() as uow:
        row = uow.session.get_one(ConferenceRow, place.at.conference.id)
        row.status = status
        uow.session.add(row)


def test_the_rule_is_set_before_and_tried_out_at_the_table(place: Place):
    is_now(place, ConferenceStatus.PLANNED)
    the_office_sets_the_rule(place)
    is_now(place, ConferenceStatus.OPEN)
    the_chair_tries_it_out(place)
    assert {who: one.problems for who, one in place.entered.items() if one.problems} == {}


def the_office_sets_the_rule(place):
    cga = place.come("cga", place.conference)
    page = cga.page
    page.locator("summary", has_text="決め方を変更する").click()
    rule = page.locator("#rule")
    rule.get_by_role("radio", name="全員一致").check()
    rule.locator("[name=quorum]").fill("9")
    rule.get_by_role("checkbox", name="事務局").check()
    cga.shot(f"{place.transport}-rule-form")
    rule.get_by_role("button", name="変更する").click()
    expect(page.get_by_text("参加機関の数より多くなっています。").first).to_be_visible()
    expect(page.locator("#rule").get_by_role("radio", name="全員一致")).to_be_checked()
    page.locator("#rule [name=quorum]").fill("4")
    page.locator("#rule").get_by_role("button", name="変更する").click()
    expect(page.locator("#rule")).to_contain_text("全員一致で決めます。")
    expect(page.locator("#rule")).to_contain_text("定足数は4機関です。")
    cga.shot(f"{place.transport}-rule-set")
    assert cga.violations() == []


def the_chair_tries_it_out(place):
    chair = place.come("yorozu", place.room)
    page = chair.page
    expect(page.locator(".room-bottom").get_by_text("接続中").first).to_be_visible()
    page.get_by_role("button", name="主担当", exact=True).click()
    page.get_by_role("button", name="主担当を提案する").click()
    tried = page.locator(".chair-panel .what-if")
    tried.locator("summary").click()
    expect(tried.get_by_text("全員一致で決めます。", exact=False)).to_be_visible()
    verdict = tried.locator(".verdict")
    expect(verdict).to_contain_text("宣言できる結果：決定")
    tried.get_by_label("つむぎ坂信用金庫の仮の回答").select_option("object")
    expect(verdict).to_contain_text("宣言できる結果：継続協議")
    tried.get_by_label("つむぎ坂信用金庫の仮の回答").select_option("")
    expect(verdict).to_contain_text("決定には、次のことが必要です。")
    expect(verdict).to_contain_text("つむぎ坂信用金庫")
    chair.shot(f"{place.transport}-what-if")
    assert chair.violations() == []
    # Nothing of it was asked: no seat has a card to answer on.
    bank = place.come("bank", place.room).page
    expect(bank.locator(".room-bottom").get_by_text("接続中").first).to_be_visible()
    assert bank.locator(".stance-form").count() == 0
