"""The chair's machine dies in the middle of a blind round, and the table goes on without it."""

import pytest
from playwright.sync_api import Page, expect

from app.clock import system_clock, today
from app.store.ballots import open_on
from tests.decision_record import record_on
from tests.factories import actor_of
from tests.journeys.place import CHAIR, Place

pytestmark = pytest.mark.browser
WORDING = "よろず支援拠点を主担当とする。"
REASON = "資金繰りの見通しを先に確かめたいため"
ALL = ("bank", "cga", "yorozu", "council", "succession", "chamber")


def enter(place: Place, who: str, key: str = "") -> Page:
    page = place.come(who, place.room, key or who).page
    expect(page.locator(".room-bottom").get_by_text("接続中").first).to_be_visible()
    return page


def asked(place: Place) -> str:
    with place.database.read() as desk:
        row = open_on(desk.session, place.at.item.id)
    assert row is not None
    return row.id


def the_chair_asks_in_silence(place: Place, chair: Page, bank: Page) -> None:
    chair.get_by_role("button", name="主担当", exact=True).click()
    chair.get_by_label("主担当の候補").select_option(place.at.agencies["yorozu"].id)
    chair.get_by_label("確認する内容").fill(WORDING)
    chair.get_by_label("公開するまで回答を互いに伏せる").check()
    chair.get_by_role("button", name="各機関に確認する").click()
    card = bank.locator(".decision")
    card.get_by_role("radio", name="条件付賛成").check()
    card.get_by_role("textbox", name="条件").first.fill(REASON)
    card.get_by_label("条件を担う機関").select_option(place.at.agencies["cga"].id)
    card.get_by_label("条件の期限").fill("2099-03-31")
    card.get_by_role("button", name="回答する", exact=True).click()
    expect(card.get_by_text("回答済み").first).to_be_visible()
    for who in ALL[1:]:
        place.does(who, "give_stance", round_id=asked(place), stance="agree")
    place.does("yorozu", "answer_lead", round_id=asked(place), accepted=True, person="佐藤 健")
    expect(chair.locator("summary", has_text="回答 6／6機関")).to_be_visible()


def goes_on(page: Page, place: Place, *others: Page) -> None:
    """Whoever chairs now opens the answers: all six are there, and the decision is declared."""
    page.get_by_role("button", name="回答を公開する").click()
    for one in (page, *others):
        expect(one.locator(".who-answered")).to_contain_text(REASON)
        expect(one.locator("summary", has_text="回答 6／6機関")).to_be_visible()
    page.get_by_role("radio", name="決定", exact=True).check()
    record = record_on(today(system_clock))
    page.get_by_label("見直し日").fill(record["review_on"])
    page.get_by_label("主担当の最初の行動").fill("店舗別の損益を確認する")
    page.get_by_role("button", name="宣言する", exact=True).click()
    for one in (page, *others):
        expect(one.get_by_role("heading", name="結果：決定")).to_be_visible()


def the_first_comes_back(place: Place) -> None:
    back = enter(place, CHAIR, "the first, back")
    expect(back.get_by_role("heading", name="結果：決定")).to_be_visible()
    back.get_by_text("回答の一覧").click()
    expect(back.locator(".counted tbody tr")).to_have_count(6)
    expect(back.locator(".counted tbody")).not_to_contain_text("未回答")


def test_a_colleague_of_the_chair_goes_on_from_another_machine(place: Place) -> None:
    with place.database.begin() as uow:
        colleague = actor_of(uow, place.at.agencies[CHAIR], "星野 葵")
    place.at.actors["colleague"] = colleague
    chair, bank = enter(place, CHAIR), enter(place, "bank")
    the_chair_asks_in_silence(place, chair, bank)
    place.entered.pop(CHAIR).close()
    other = enter(place, "colleague")
    expect(other.locator("summary", has_text="回答 6／6機関")).to_be_visible()
    goes_on(other, place, bank)
    the_first_comes_back(place)
    assert {who: one.problems for who, one in place.entered.items() if one.problems} == {}


def test_the_secretariat_takes_the_chair_and_goes_on(place: Place) -> None:
    chair, bank, cga = enter(place, CHAIR), enter(place, "bank"), enter(place, "cga")
    the_chair_asks_in_silence(place, chair, bank)
    expect(cga.get_by_role("button", name="回答を公開する")).to_have_count(0)
    expect(cga.locator(".chair-away")).to_have_count(0)
    place.entered.pop(CHAIR).close()
    take = cga.get_by_role("button", name="東京信用保証協会が議長を引き継ぐ")
    expect(take).to_be_visible(timeout=60_000)
    place.entered["cga"].shot(f"{place.transport}-takeover-away")
    assert place.entered["cga"].violations() == []
    take.click()
    goes_on(cga, place, bank)
    the_first_comes_back(place)
    assert {who: one.problems for who, one in place.entered.items() if one.problems} == {}
