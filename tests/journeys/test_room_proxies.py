"""委任状 from giving it to its word at the table, and a word that came in writing."""

import pytest
from playwright.sync_api import expect

from app.store.ballots import open_on
from tests import papers
from tests.journeys.place import TWO_NODES_TOO, Place
from tests.proxy_steps import stays_away

pytestmark = pytest.mark.browser
INSTRUCTION = "担保の扱いが決まるまでは条件付きで回答してください"
WORD = "担保の扱いを先に確かめること"
REASON = "担当者の急病のため、書面で回答があった"


@TWO_NODES_TOO
def test_a_word_is_handed_on_and_said_and_another_comes_in_writing(place: Place):
    stays_away(place.database, place.at, "chamber")
    hand_on(place)
    place.does(
        "yorozu",
        "open_round",
        item_id=place.at.item.id,
        nominee_id=place.at.agencies["yorozu"].id,
        wording="よろず支援拠点を主担当とする。",
        blind=True,
    )
    the_holder_answers(place)
    the_secretariat_enters(place)
    too_late_to_take_back(place)
    for who in ("yorozu", "bank"):
        assert place.entered[who].saw(INSTRUCTION, WORD, REASON) == [], who
    all_is_revealed(place)
    assert {who: one.problems for who, one in place.entered.items() if one.problems} == {}


def hand_on(place):
    chamber = place.come("chamber", place.conference)
    page = chamber.page
    page.locator("summary", has_text="委任状を出す").click()
    chamber.shot(f"{place.transport}-proxy-form")
    page.get_by_role("radio", name="ほかの機関の方").check()
    page.locator("#proxies").get_by_role("button", name="委任状を出す").click()
    # Whom is missing; what was chosen stays.
    expect(page.get_by_text("委任する相手を選んでください。").first).to_be_visible()
    expect(page.get_by_role("radio", name="ほかの機関の方")).to_be_checked()
    name = f"{place.at['council'].person_name}（{place.at.agencies['council'].name}）"
    page.locator("#proxies select[name=membership_id]").select_option(label=name)
    page.locator("#proxies textarea").fill(INSTRUCTION)
    page.locator("#proxies").get_by_role("button", name="委任状を出す").click()
    expect(page.locator("#proxies .proxy-line")).to_contain_text(name)
    expect(page.locator("#proxies .proxy-line")).to_contain_text(INSTRUCTION)
    chamber.shot(f"{place.transport}-proxy-given")
    assert chamber.violations() == []


def enter(place, who):
    hands = place.come(who, place.room)
    expect(hands.page.locator(".room-bottom").get_by_text("接続中").first).to_be_visible()
    return hands


def the_holder_answers(place):
    council, _bank, _chair = (enter(place, who) for who in ("council", "bank", "yorozu"))
    page = council.page
    held = page.locator(".held-seat")
    expect(held.get_by_text(INSTRUCTION)).to_be_visible()
    held.get_by_role("radio", name="条件付賛成").check()
    held.locator("textarea").first.fill(WORD)
    held.get_by_label("条件を担う機関").select_option(place.at.agencies["yorozu"].id)
    held.get_by_label("条件の期限").fill("2099-12-18")
    council.shot(f"{place.transport}-proxy-answer")
    held.get_by_role("button", name="回答する", exact=True).click()
    expect(held.get_by_text("回答済み")).to_be_visible()
    held.get_by_role("button", name="回答を見る").click()
    expect(held.get_by_text(WORD)).to_be_visible()
    council.shot(f"{place.transport}-proxy-read-back")
    assert council.violations() == []
    held.get_by_role("button", name="変更する").click()
    expect(held.locator("textarea").first).to_have_value(WORD)


def the_secretariat_enters(place):
    cga = enter(place, "cga")
    page = cga.page
    page.get_by_role("link", name="書面の回答を登録する").click()
    cga.shot(f"{place.transport}-enter-stance")
    assert cga.violations() == []
    form = page.locator('form[action="/act/enter_stance"]')
    form.locator("select[name=agency_id]").select_option(place.at.agencies["succession"].id)
    form.get_by_role("radio", name="賛成", exact=True).check()
    form.locator("textarea[name=reason]").fill(REASON)
    form.locator("input[type=file]").set_input_files(
        {"name": "回答書.pdf", "mimeType": "application/pdf", "buffer": papers.pdf("Our reply")}
    )
    form.get_by_role("button", name="登録する").click()
    expect(page.locator(".room-bottom").get_by_text("接続中").first).to_be_visible()
    expect(page.locator("summary", has_text="回答 2／6機関")).to_be_visible()


def too_late_to_take_back(place):
    chamber = place.entered["chamber"]
    chamber.page.locator("#proxies").get_by_role("button", name="取り消す").click()
    expect(chamber.page.get_by_text("この委任を使う確認が始まっているため")).to_be_visible()
    expect(chamber.page.get_by_text("自機関から回答すると")).to_be_visible()


def all_is_revealed(place):
    with place.database.read() as desk:
        round_ = open_on(desk.session, place.at.item.id)
    assert round_ is not None
    chair, bank = place.entered["yorozu"].page, place.entered["bank"]
    chair.get_by_role("button", name="回答を公開する").click()
    said = bank.page.locator(".who-answered")
    said.locator("summary").click()
    expect(said.get_by_text(WORD)).to_be_visible()
    expect(said.get_by_text(f"委任：{place.at['council'].person_name}")).to_be_visible()
    expect(said.get_by_text("事務局が書面から登録")).to_be_visible()
    expect(said.get_by_text(REASON)).to_be_visible()
    bank.shot(f"{place.transport}-proxy-revealed")
    assert bank.violations() == []
    with bank.page.expect_download() as taken:
        said.get_by_role("link", name="回答書.pdf").click()
    assert taken.value.suggested_filename == "回答書.pdf"
    assert bank.saw(INSTRUCTION) == []
