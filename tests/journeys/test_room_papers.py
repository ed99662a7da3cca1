"""Papers in a browser: brought on the case's page, looked at in the room by those who may."""

import pytest
from playwright.sync_api import Page, expect

from app.services.consents import WithdrawConsent, withdraw_consent
from tests import papers
from tests.factories import op
from tests.journeys.hands import SHOTS
from tests.journeys.place import TWO_NODES_TOO, Place

pytestmark = pytest.mark.browser
CASH = papers.workbook(
    資金繰り表=[["項目", "4月", "5月", "6月"]]
    + [[f"項目{n}", 1200 * n, -300 * n, 48 * n] for n in range(1, 30)],
    前提=[["売上は前年並み"]],
)
STATEMENTS = papers.pdf("Statement of income", "Balance sheet zqbalance", "Notes")
LATER = papers.pdf("Statement of income, corrected", "Balance sheet, corrected")
LONG = (
    "決算書・勘定科目内訳明細書・法人事業概況説明書（第30期 令和7年4月1日から令和8年3月31日まで）"
)


class House:
    """The open conference of the place, and the hands of those who are in it."""

    def __init__(self, place: Place) -> None:
        self.place, self.at, self.hands = place, place.at, place.entered

    def enter(self, who: str, path: str = "", *, script: bool = True) -> Page:
        return self.place.come(who, path or self.place.room, script=script).page

    def look(self, who: str, name: str) -> None:
        """Pictures to be looked at, and nothing axe or the console has to say."""
        self.hands[who].shot(f"papers-{name}")
        page = self.hands[who].page
        if name.startswith("room"):
            page.set_viewport_size({"width": 390, "height": 844})
            page.locator("#switch-center").click()
            page.screenshot(path=SHOTS / "phone" / f"papers-{name}.png")
            page.set_viewport_size({"width": 1366, "height": 768})
        assert (self.hands[who].violations(), self.hands[who].problems) == ([], [])

    def bring(self, page: Page, title: str, group: str, content: bytes, name: str) -> None:
        page.goto(f"{self.place.url('bank')}/cases/{self.at.case.id}")
        page.get_by_text("資料を登録する", exact=True).first.click()
        form = page.locator('form[action="/act/bring_paper"]')
        form.get_by_label("資料の名前").fill(title)
        form.get_by_label("どの項目の資料か").select_option(group)
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        form.locator('input[type="file"]').set_input_files(file)  # type: ignore[arg-type]
        form.get_by_role("button", name="資料を登録する").click()


@pytest.fixture
def house(place: Place) -> House:
    return House(place)


def papers_of(page: Page) -> Page:
    expect(page.get_by_text("接続中").first).to_be_visible()
    page.get_by_role("tab", name="資料", exact=True).click()
    return page


@TWO_NODES_TOO
def test_a_paper_is_brought_discussed_and_renewed_before_those_who_may_see_it(
    house: House,
) -> None:
    bank = house.enter("bank", f"/cases/{house.at.case.id}")
    house.bring(bank, LONG, "finance", STATEMENTS, "決算書.pdf")
    house.bring(bank, "資金繰り表", "finance", CASH, "資金繰り.xlsx")
    house.bring(bank, "zqloans 返済予定", "exposure", papers.picture("jpeg", (1600, 900)), "a.jpg")
    expect(bank.locator("#papers .paper")).to_have_count(3)
    bank.locator("#papers").scroll_into_view_if_needed()
    bank.locator("#papers > details summary").click()
    house.look("bank", "case")
    chair, cga = papers_of(house.enter("yorozu")), papers_of(house.enter("cga"))
    expect(chair.locator(".paper-choice")).to_have_count(2)
    cga.get_by_role("button", name="資料を確定する").click()
    for page, seen in ((chair, 2), (cga, 3)):
        expect(page.locator(".papers-list ul").first.locator(".paper-choice")).to_have_count(seen)
    picture = chair.locator(".viewer img")
    expect(picture).to_have_attribute("alt", f"{LONG} 1ページ目")
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("one => one.naturalWidth") == 1000
    chair.locator(".viewer-window").press("PageDown")
    expect(chair.locator(".viewer-place")).to_have_text("2／3")
    expect(chair.get_by_text("zqbalance")).to_be_attached(timeout=15_000)
    chair.locator(".viewer-window").press("+")
    expect(chair.locator(".viewer-window.is-zoom-1")).to_be_visible()
    house.look("yorozu", "room-pdf")
    chair.locator(".paper-choice", has_text="資金繰り表").click()
    expect(chair.locator(".viewer td").filter(has_text="34,800")).to_be_visible()
    house.look("yorozu", "room-sheet")
    cga.locator(".paper-choice", has_text="zqloans").click()
    expect(cga.locator(".viewer img")).to_be_visible()
    house.look("cga", "room-photo")

    bank.locator("#papers .paper").first.locator("summary").last.click()
    form = bank.locator('form[action="/act/renew_paper"]').first
    file = {"name": "b.pdf", "mimeType": "application/pdf", "buffer": LATER}
    form.locator('input[type="file"]').set_input_files(file)  # type: ignore[arg-type]
    form.get_by_role("button", name="新しい版を登録する").click()
    for page in (chair, cga):
        expect(page.get_by_text("新しい版があります")).to_be_visible()
    house.look("yorozu", "room-newer")
    chair.get_by_role("button", name="新しい版に差し替える").click()
    expect(cga.get_by_text("新しい版があります")).to_be_hidden()
    expect(cga.locator(".paper-choice", has_text=LONG).get_by_text("第2版")).to_be_visible()
    cga.get_by_role("button", name=f"この議題から外す {LONG}").click()
    for page, seen in ((chair, 1), (cga, 2)):
        expect(page.locator(".papers-list ul").first.locator(".paper-choice")).to_have_count(seen)
    house.look("cga", "room-taken-off")
    assert house.hands["yorozu"].saw("zqloans") == []
    assert house.hands["cga"].saw("zqloans") == ["zqloans"]


@TWO_NODES_TOO
def test_the_page_the_chair_shows_is_on_the_projector_and_with_those_who_follow(
    house: House,
) -> None:
    bank = house.enter("bank", f"/cases/{house.at.case.id}")
    house.bring(bank, LONG, "finance", STATEMENTS, "決算書.pdf")
    chair = papers_of(house.enter("yorozu"))
    chair.get_by_role("button", name="資料を確定する").click()
    chair.get_by_role("button", name="次へ", exact=True).click()
    chair.get_by_role("button", name="このページを投影する").click()
    screen = house.enter("cga", f"/conferences/{house.at.conference.id}/room/projector")
    expect(screen.locator(".viewer.is-projected img")).to_have_attribute("alt", f"{LONG} 2ページ目")
    house.hands["cga"].shot("papers-projector")
    assert house.hands["cga"].violations() == []
    chair.get_by_role("button", name="次へ", exact=True).click()
    expect(screen.locator(".viewer.is-projected img")).to_have_attribute("alt", f"{LONG} 3ページ目")
    chamber = papers_of(house.enter("chamber"))
    chamber.get_by_role("button", name="議長の画面に合わせる").click()
    expect(chamber.locator(".viewer-place")).to_have_text("3／3")
    house.look("chamber", "room-follows")
    chair.get_by_role("button", name="投影をやめる").click()
    expect(screen.locator(".viewer.is-projected")).to_be_hidden()


def test_a_withdrawn_consent_takes_the_open_paper_off_the_screen(house: House) -> None:
    bank = house.enter("bank", f"/cases/{house.at.case.id}")
    house.bring(bank, "決算書", "finance", STATEMENTS, "決算書.pdf")
    cga = papers_of(house.enter("cga"))
    expect(cga.locator(".viewer img")).to_be_visible()
    source = cga.locator(".viewer img").get_attribute("src") or ""
    command = WithdrawConsent(op_id=op(), case_id=house.at.case.id, reason="本人の申し出")
    withdraw_consent(house.place.database, house.at["bank"], command)
    expect(cga.locator(".viewer")).to_be_hidden(timeout=10_000)
    assert house.hands["cga"].goto(source) == 404


def test_without_script_a_paper_is_read_and_fixed_in_the_plain_room(house: House) -> None:
    bank = house.enter("bank", f"/cases/{house.at.case.id}")
    house.bring(bank, LONG, "finance", STATEMENTS, "決算書.pdf")
    cga = house.enter("cga", script=False)
    house.hands["cga"].act("fix_item_papers")
    house.hands["cga"].shot("papers-plain-room")
    cga.get_by_role("link", name=LONG).click()
    expect(cga.get_by_text("3ページ中 1ページ目")).to_be_visible()
    cga.get_by_role("link", name="次へ").click()
    expect(cga.get_by_text("3ページ中 2ページ目")).to_be_visible()
    assert cga.locator(".paper-page img").evaluate("one => one.naturalWidth") == 1000
    house.hands["cga"].shot("papers-page")
    path = cga.url.removeprefix(house.place.url("cga"))
    house.enter("cga", path)
    house.look("cga", "page")
