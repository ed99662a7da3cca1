"""会議時点: a conference that was held is opened at earlier moments, by slider, link and keys."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import text
from sqlmodel import select

from app.store.tables.journal import EntryRow
from tests.cluster import Cluster
from tests.journeys.told_house import FIRM, House, house_told, told

pytestmark = pytest.mark.browser
MATCHES = "記録から復元した内容は、保存された控えと一致しています"


@pytest.fixture
def upto() -> str:
    return "close"


@pytest.fixture
def house(tmp_path: Path, browser: Browser, upto: str) -> Iterator[House]:
    with house_told(tmp_path, browser, upto) as told_so_far:
        yield told_so_far


def ready(page: Page) -> None:
    expect(page.get_by_role("slider", name="時点")).to_be_visible()


def go(page: Page, text: str) -> None:
    """Open the line of the list that says so."""
    page.locator(".moment-line").filter(has_text=text).last.click()


def test_earlier_moments_are_opened_by_slider_and_by_link(house: House) -> None:
    hands = house.enter("chamber")
    page = hands.page
    ready(page)
    expect(page.get_by_text(MATCHES)).to_be_visible()
    state = page.locator(".moments-state")
    expect(state.locator(".moments-clock")).to_contain_text("終了")
    expect(state).to_contain_text("店舗別損益表を作る")
    hands.shot("moments-end")
    assert hands.violations() == []

    go(page, "意思表示の受付を始めました")
    expect(state).to_contain_text("回答 0／6機関")
    slider = page.get_by_role("slider", name="時点")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(state).to_contain_text("回答 1／6機関")
    # It was asked blind: who answered is told by then, and what, only after the reveal.
    expect(state.locator(".badge", has_text="回答済み")).to_have_count(1)
    expect(state.locator("[class*=stance-]")).to_have_count(0)
    expect(state).not_to_contain_text("月次で共有すること")
    hands.shot("moments-asked")
    assert hands.violations() == []
    here = page.get_by_role("link", name="この時点へのリンク").get_attribute("href") or ""
    address = house.server.url + here
    expect(page).to_have_url(address)
    page.get_by_role("button", name="前へ").click()
    expect(state).to_contain_text("回答 0／6機関")
    expect(page).not_to_have_url(address)

    # Shared, the address opens the same moment for somebody else who may see it.
    other = house.enter("cga", address.partition("/moments")[2])
    ready(other.page)
    expect(other.page.locator(".moments-state")).to_contain_text("回答 1／6機関")
    assert other.problems == []
    other.close()
    assert hands.problems == []
    hands.close()


def test_the_course_is_walked_with_keys_and_in_its_list(house: House) -> None:
    hands = house.enter("chamber", "?at=2026-11-24T05:00:00.000Z")
    page = hands.page
    ready(page)
    state, when = page.locator(".moments-state"), page.locator(".moments-when time")
    page.get_by_role("slider", name="時点").focus()
    page.keyboard.press("Home")
    first = when.inner_text()
    expect(state).to_contain_text("議題はまだありません。")
    page.keyboard.press("PageDown")
    expect(state.locator(".moments-clock")).to_contain_text("開催中")
    assert when.inner_text() > first
    expect(state).to_contain_text("まだ発言の記録はありません。")
    page.keyboard.press("PageDown")
    expect(state).to_contain_text("議題の残り 20:00")
    page.locator(".moment-line[aria-current]").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".moment-line[aria-current]")).to_be_focused()
    go(page, "休憩に入りました")
    expect(state).to_contain_text("休憩中：換気のため")
    hands.shot("moments-break")
    sheet = state.get_by_role("region", name="情報共有シート")
    expect(sheet).not_to_contain_text("専門家派遣")
    # Exposure is not for the chamber: it hears neither of the cell nor that it was written.
    expect(page.get_by_text("返済状況")).to_have_count(0)
    go(page, "情報共有シート「支援メニュー」に記入しました")
    expect(sheet).to_contain_text("専門家派遣")
    hands.shot("moments-sheet")
    assert hands.problems == []
    hands.close()


def test_an_open_page_loses_what_its_reader_may_see_no_longer(house: House) -> None:
    hands = house.enter("chamber")
    page = hands.page
    page.clock.install()
    page.reload()
    ready(page)
    state = page.locator(".moments-state")
    expect(state).to_contain_text(FIRM)
    c = replace(house.c, database=house.server.database)
    c.does("bank", "withdraw_consent", case_id=c.ids["case"], reason="共有先を絞りたい")
    page.clock.run_for(31_000)
    expect(state).not_to_contain_text(FIRM)
    expect(state).to_contain_text("終了")
    expect(page.get_by_text("店舗別損益表を作る")).to_have_count(0)
    expect(page.get_by_text("内容を閲覧できない議題が1件あります。")).to_be_visible()
    hands.shot("moments-less")
    assert hands.violations() == []
    assert hands.problems == []
    hands.close()


@pytest.mark.parametrize("upto", ["reorder"])
def test_a_conference_that_has_not_begun_says_so(house: House) -> None:
    hands = house.enter("bank")
    expect(hands.page.get_by_text("会議はまだ始まっていません。")).to_be_visible()
    hands.shot("moments-empty")
    assert hands.violations() == []
    assert hands.problems == []
    hands.close()


def test_a_changed_record_is_told_and_the_list_is_there_without_script(house: House) -> None:
    with house.server.database.begin() as uow:
        query = select(EntryRow).where(EntryRow.kind == "remark_made")
        row = uow.session.exec(query).first()
        assert row is not None
        assert row.body is not None
        row.body = {**row.body, "text": "返済は滞っています。"}
        uow.session.add(row)
    hands = house.enter("bank")
    ready(hands.page)
    check = hands.page.locator(".moments-check")
    expect(check).to_contain_text("保存された控えと一致しません")
    expect(check).to_contain_text(FIRM)
    hands.shot("moments-changed")
    assert hands.violations() == []
    hands.close()

    plain = house.enter("bank", script=False)
    lines = plain.page.locator(".moments-list > li")
    expect(lines.filter(has_text="会議を開始しました")).to_have_count(1)
    expect(lines.filter(has_text="結果を宣言しました：決定")).to_contain_text("よろず")
    # So much happened that the end stands on a page of its own.
    plain.page.get_by_role("link", name="次のページ").click()
    lines.filter(has_text="会議を終了しました").get_by_role("link").click()
    assert re.search(r"\?at=2026-11-26T", plain.page.url)
    expect(plain.page.locator(".moments-list [aria-current]")).to_contain_text("会議を終了しました")
    plain.shot("moments-plain")
    plain.close()


def test_a_record_that_cannot_be_read_is_named_and_the_rest_is_shown(house: House) -> None:
    with house.server.database.engine.begin() as connection:
        broken = text("UPDATE entry SET body = '{\"text' WHERE kind = 'remark_made'")
        connection.execute(broken)
    hands = house.enter("bank")
    ready(hands.page)
    check = hands.page.locator(".moments-check")
    expect(check).to_contain_text("この記録は読めません")
    expect(check).to_contain_text(FIRM)
    go(hands.page, "この記録は読めません（種類：remark_made）")
    expect(hands.page.locator(".moments-state")).to_contain_text("まだ発言の記録はありません。")
    hands.shot("moments-unreadable")
    assert (hands.violations(), hands.problems) == ([], [])
    hands.close()


def test_what_was_said_at_both_nodes_is_shown_by_either(cluster: Cluster, browser: Browser) -> None:
    c = told(cluster.nodes[0].settings.database_url, "start")
    houses = [House(node, browser, c) for node in cluster.nodes]
    spoken = {"yorozu": "議長として始めます。", "bank": "決算書は手元にあります。"}
    inside = [
        (house.enter(who, path="room").page, words)
        for house, (who, words) in zip(houses, spoken.items(), strict=True)
    ]
    for page, words in inside:
        page.get_by_label("発言する").fill(words)
        page.get_by_label("発言する").press("Control+Enter")
        for seen, _own in inside:
            expect(seen.locator(".remark-text").filter(has_text=words)).to_have_count(1)
    later = {"item_id": c.ids["item"], "owner_agency_id": c.agencies["cga"].id}
    replace(c, database=cluster.database).does("yorozu", "carry_over_item", **later)
    for house, who in zip(houses, spoken, strict=True):
        hands = house.enter(who)
        ready(hands.page)
        expect(hands.page.get_by_text(MATCHES)).to_be_visible()
        for words in spoken.values():
            expect(hands.page.locator(".moments-state")).to_contain_text(words)
        assert hands.problems == []
