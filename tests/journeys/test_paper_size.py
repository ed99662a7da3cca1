"""A paper that is too large, in a browser: told before it is sent, and beside its field after."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import papers
from tests.journeys.place import Place

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("transport", ["polling"])]
MB = 1024 * 1024
TITLE = "決算書（第30期）"
TOO_LARGE = "このファイルは大きすぎるため送信できません（上限5MB）。"


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    return tmp_path


def chosen(page: Page, scans: Path, size: int) -> Locator:
    """The form with everything filled in, and a file of about this size."""
    form = page.locator('form[action="/act/bring_paper"]')
    if not form.is_visible():
        page.get_by_text("資料を登録する", exact=True).first.click()
        form.get_by_label("資料の名前").fill(TITLE)
        form.get_by_label("どの項目の資料か").select_option("finance")
    scan = scans / f"scan-{size}.pdf"
    scan.write_bytes(papers.pdf("Balance sheet") + bytes(size))
    form.locator('input[type="file"]').set_input_files(scan)
    return form


def test_a_file_that_is_too_large_is_told_before_it_is_sent(place: Place, scans: Path) -> None:
    hands = place.come("bank", f"/cases/{place.at.case.id}")
    form = chosen(hands.page, scans, 6 * MB)
    expect(form.get_by_role("alert")).to_contain_text(TOO_LARGE)
    form.get_by_role("button", name="資料を登録する").click()
    expect(form.locator('input[type="file"]')).to_be_focused()
    expect(form.get_by_label("資料の名前")).to_have_value(TITLE)
    hands.shot("paper-too-large")
    assert hands.violations() == []
    chosen(hands.page, scans, 0)
    expect(form.get_by_role("alert")).to_have_count(0)
    form.get_by_role("button", name="資料を登録する").click()
    expect(hands.page.locator("#papers .paper")).to_have_count(1)
    assert hands.problems == []


def test_sent_all_the_same_it_comes_back_with_what_was_typed(place: Place, scans: Path) -> None:
    hands = place.come("bank", f"/cases/{place.at.case.id}", script=False)
    form = chosen(hands.page, scans, 20 * MB)
    form.get_by_role("button", name="資料を登録する").click()
    expect(hands.page.locator("#papers")).to_contain_text("ファイルが大きすぎます（上限5MB）")
    refused = hands.page.locator('form[action="/act/bring_paper"]')
    expect(refused.get_by_label("資料の名前")).to_have_value(TITLE)
    hands.shot("paper-too-large-plain")


def test_what_nobody_reads_to_its_end_is_answered_in_words(place: Place, scans: Path) -> None:
    hands = place.come("bank", f"/cases/{place.at.case.id}", script=False)
    form = chosen(hands.page, scans, 45 * MB)
    form.get_by_role("button", name="資料を登録する").click()
    expect(hands.page.get_by_role("heading", name="送信された内容が大きすぎます")).to_be_visible()
    expect(hands.page.locator("main")).to_contain_text("そのまま残っています")
    hands.shot("paper-far-too-large")
