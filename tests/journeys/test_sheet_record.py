"""What is registered stands in the room's sheet when it is asked for, and changes by itself."""

import pytest
from playwright.sync_api import Page, expect

from app.domain.consent import CONSENTABLE
from app.store.sheet_record import tell_record
from app.store.tables.cases import CaseRow
from tests.factories import op
from tests.journeys.place import TWO_NODES_TOO, Place
from tests.journeys.room_at import Room

pytestmark = pytest.mark.browser


class SheetRoom(Room):
    about = "sheet-record"


@pytest.fixture
def room(place: Place) -> SheetRoom:
    at = place.at
    with place.database.begin() as uow:
        uow.act_as(at["bank"], op())
        tell_record(uow, uow.session.get_one(CaseRow, at.case.id), at["bank"])
    return SheetRoom(place)


def line(page: Page, label: str):
    return page.get_by_role("row").filter(has=page.get_by_text(label, exact=True))


@TWO_NODES_TOO
def test_the_registered_lines_come_and_go_and_follow_the_consent(room: SheetRoom) -> None:
    cga, chamber = room.enter("cga"), room.enter("chamber")
    for page in (cga, chamber):
        expect(line(page, "フェーズ")).to_be_visible()
        expect(line(page, "事業者名")).to_have_count(0)
        page.get_by_label("企業・財務・同意などの登録内容も表示する").check()
        expect(line(page, "事業者名")).to_contain_text(room.place.at.firm.name)
    room.look("cga", "shown")
    value = line(cga, "事業者名").get_by_role("gridcell").first
    value.click()
    cga.keyboard.type("別の名前")
    cga.keyboard.press("Enter")
    expect(line(cga, "事業者名")).to_contain_text(room.place.at.firm.name)
    for page in (cga, chamber):
        line(page, "事業者名").get_by_role("gridcell").first.click()
        page.keyboard.press("Control+End")
        expect(line(page, "同意の期限")).to_be_visible()
    given = {"agencies": [one.id for one in room.at.agencies.values()], "method": "handwritten"}
    given |= {"item_groups": [str(group) for group in CONSENTABLE], "valid_until": "2028-03-31"}
    case = {"case_id": room.at.case.id, "purpose": "支援方針の協議"}
    room.place.does("bank", "record_consent", answer="granted", **case, **given)
    for page in (cga, chamber):
        expect(line(page, "同意の期限")).to_contain_text("2028/3/31")
    room.look("chamber", "end")
    room.nothing_went_wrong()
