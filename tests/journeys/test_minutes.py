"""議事録: what a conference left, read by those who were there, on the page and on paper."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.hands import SHOTS
from tests.journeys.told_house import FIRM, House, house_told

pytestmark = pytest.mark.browser


@pytest.fixture
def upto() -> str:
    return "correct the decision"


@pytest.fixture
def house(tmp_path: Path, browser: Browser, upto: str) -> Iterator[House]:
    with house_told(tmp_path, browser, upto) as told_so_far:
        yield told_so_far


def printed(house: House, pdf: bytes, name: str) -> str:
    """The text of a paper, its pages kept as pictures beside the other screenshots."""
    document = pypdfium2.PdfDocument(pdf)
    folder = SHOTS / "paper"
    folder.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(document, start=1):
        page.render(scale=1.3).to_pil().save(folder / f"{name}-{number}.png")
    return "".join(page.get_textpage().get_text_range() for page in document)


def test_from_the_room_to_the_minutes_and_their_paper(house: House) -> None:
    hands = house.enter("cga", path="room")
    page = hands.page
    page.get_by_role("link", name="議事録", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("議事録")
    expect(page.locator("#item-2")).to_contain_text(FIRM)
    expect(page.locator("#item-2")).to_contain_text("担保の扱いを先に")
    expect(page.locator("#ballots")).to_contain_text("無記名")
    letters = page.locator("#proof strong").inner_text()
    hands.shot("minutes")
    hands.full_shot("minutes-whole")
    assert hands.violations() == []
    with page.expect_download() as coming:
        page.get_by_role("link", name="PDFを保存する").click()
    text = printed(house, Path(coming.value.path()).read_bytes(), "minutes")
    assert letters in text
    assert coming.value.suggested_filename == "議事録_20261124.pdf"

    page.get_by_role("link", name="議事要旨").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("議事要旨")
    expect(page.locator("main")).not_to_contain_text("井口 真由")
    hands.full_shot("minutes-summary")
    assert hands.violations() == []
    with page.expect_download() as coming:
        page.get_by_role("link", name="PDFを保存する").click()
    text = printed(house, Path(coming.value.path()).read_bytes(), "minutes-summary")
    assert letters in text
    assert "井口 真由" not in text
    assert hands.problems == []
    hands.close()


@pytest.mark.parametrize("upto", ["withdraw consent"])
def test_without_the_firms_consent_its_item_is_a_number(house: House) -> None:
    hands = house.enter("cga", path="minutes", script=False)
    expect(hands.page.locator("#item-2")).to_contain_text("案件（同意の範囲外のため非表示）")
    hands.full_shot("minutes-masked")
    assert hands.saw(FIRM, "担保の扱いを先に") == []
    hands.close()


@pytest.mark.parametrize("upto", ["record a task"])
def test_while_the_conference_is_open_they_are_a_draft(house: House) -> None:
    hands = house.enter("bank", path="minutes")
    expect(hands.page.locator(".notice-warning")).to_contain_text("未確定")
    hands.full_shot("minutes-draft")
    assert hands.violations() == []
    hands.close()
