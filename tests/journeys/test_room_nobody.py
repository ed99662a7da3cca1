"""Nobody takes the case: all say so, the chair declares it, its owner is told and settles it."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from app.clock import system_clock, today
from tests.journeys.place import Place

pytestmark = pytest.mark.browser
ALL = ("bank", "cga", "yorozu", "council", "succession", "chamber")
MISSING = "再生手続きを伴走できる専門家が足りない"
STEP = "協議会の体制を県に相談する"


def look(place: Place, who: str, name: str) -> None:
    hands = place.entered[who]
    hands.shot(f"{place.transport}-nobody-{name}")
    assert hands.violations() == [], name


def test_nobody_takes_it_and_somebody_answers_for_that(place: Place) -> None:
    at = place.at
    chair, bank = (place.come(who, place.room, who).page for who in ("yorozu", "bank"))
    for page in (chair, bank):
        expect(page.locator(".room-bottom").get_by_text("接続中").first).to_be_visible()
    chair.get_by_text("推薦の受付を始める").click()
    chair.get_by_label("主担当の役割").fill("再生手続きの伴走")
    chair.get_by_role("button", name="推薦を求める").click()
    bank.get_by_label("推薦する機関").select_option("nobody")
    bank.locator(".decision").get_by_label("理由").fill("どの機関にも再生の担当者がいないため")
    bank.get_by_role("button", name="推薦を提出する").click()
    expect(bank.get_by_text("自機関は提出済みです")).to_be_visible()
    for who in ALL[1:]:
        reason = f"{at.agencies[who].name}では体制が整わないため"
        place.does(who, "nominate_lead", item_id=at.item.id, nominee_id="nobody", reason=reason)
    expect(chair.get_by_text("提出 6／6機関", exact=True).first).to_be_visible()
    chair.get_by_role("button", name="推薦を公開する").click()
    for page in (chair, bank):
        expect(page.locator(".nobody-takes")).to_be_visible()
    look(place, "bank", "suggested")
    expect(bank.get_by_text("引受手不在を宣言する")).to_have_count(0)

    chair.locator("summary", has_text="引受手不在を宣言する").click()
    form = chair.locator(".nobody-takes form")
    form.get_by_role("button", name="宣言する").click()
    # What is missing is named beside its field, and nothing typed is lost.
    expect(form.get_by_text("引受手不在の記録に必要な項目が足りません。")).to_be_visible()
    expect(form.locator(".error")).to_have_count(6)
    look(place, "yorozu", "missing")
    due = today(system_clock) + timedelta(days=21)
    form.get_by_label("不足している支援").select_option("revitalization")
    form.get_by_label("どのような支援が足りないか").fill(MISSING)
    expect(form.get_by_label("担当する機関")).to_have_value(at.agencies["cga"].id)
    form.get_by_label("担当者の氏名").fill("斉藤 弘")
    form.get_by_label("次の対応", exact=False).first.fill(STEP)
    form.get_by_label("次の対応の期限").fill(due.isoformat())
    form.get_by_label("次に協議する日").fill((due + timedelta(days=14)).isoformat())
    form.get_by_role("button", name="宣言する").click()
    for page in (chair, bank):
        expect(page.get_by_role("heading", name="引受手不在：再生")).to_be_visible()
        expect(page.get_by_text(MISSING, exact=True)).to_be_visible()
        expect(page.locator(".nobody-takes")).to_have_count(0)
    look(place, "yorozu", "declared")
    place.does("yorozu", "end_item", item_id=at.item.id)
    place.does("yorozu", "close_conference", conference_id=at.conference.id)

    its_owner_settles_it(place, bank)
    those_outside_see_neither_firm_nor_text(place)
    assert {who: one.problems for who, one in place.entered.items() if one.problems} == {}


def its_owner_settles_it(place: Place, bank) -> None:
    home = place.come("cga", "/", "owner").page
    home.get_by_role("link", name=STEP).click()
    expect(home.get_by_role("heading", name="引受手不在：再生")).to_be_visible()
    reasons = home.get_by_role("table", name="引き受けられなかった機関と理由")
    expect(reasons.locator("tbody tr")).to_have_count(6)
    expect(reasons).to_contain_text("どの機関にも再生の担当者がいないため")
    look(place, "owner", "record")
    place.entered["owner"].act("settle_gap", outcome="taken", text="協議会が担当者を置いた")
    expect(home.get_by_text("引受先が決まった")).to_be_visible()
    expect(bank.get_by_text("完了", exact=True)).to_be_visible()
    place.entered["owner"].goto("/")
    expect(home.get_by_text(STEP)).to_have_count(0)
    place.entered["owner"].goto("/gaps")
    expect(home.get_by_text(place.at.firm.name)).to_be_visible()
    look(place, "owner", "list")


def those_outside_see_neither_firm_nor_text(place: Place) -> None:
    outside = place.come("outsider", "/gaps")
    expect(outside.page.get_by_text("同意の範囲外のため非表示")).to_be_visible()
    expect(outside.page.get_by_role("row", name="再生 1").first).to_be_visible()
    look(place, "outsider", "outside")
    assert outside.saw(place.at.firm.name, MISSING, STEP, "斉藤 弘") == []
