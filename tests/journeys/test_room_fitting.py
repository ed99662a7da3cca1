"""主担当の候補を考える: opened by keyboard, different for each agency, anew each time."""

import pytest
from playwright.sync_api import expect

from app.domain.vocabulary import Role
from app.store.tables.agencies import AgencyRow
from app.store.tables.firms import GuaranteeRow, LoanRow
from app.store.tables.people import MembershipRow
from tests.journeys.place import Place

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("transport", ["websocket"], indirect=True),
]
SUMMARY = "主担当の候補を考える"
EXPOSURE = "保証付融資が借入の82％を占めています。"
ISSUE = "原価率が3年で31.8%から34.7%へ上昇し、値上げ判断の根拠がない"
MENU = "店舗別損益表の作成とメニュー・価格の見直し（飲食の専門家 月2回）"
LONG = "東京都中小企業活性化協議会 多摩地域事業再生支援室 分室"


@pytest.fixture
def filled(place: Place) -> Place:
    """The open conference, with something recorded in every group and a long name."""
    case = {"case_id": place.at.case.id}
    cells = {
        "request_kind": ["profit", "repayment", "succession"],
        "repayment_status": "modified",
        "adjusted_net_assets": "▲51,200",
    }
    for column, value in cells.items():
        cell = {"row": "case", "column": column, "value": value, "base_version": 0}
        place.does("bank", "write_cell", **case, **cell)
    issue = place.does("bank", "add_sheet_row", **case, kind="issue")
    cell = {"row": issue, "column": "issue", "value": ISSUE, "base_version": 0}
    place.does("bank", "write_cell", **case, **cell)
    menu = {"row": place.at.agencies["yorozu"].id, "column": "menu", "value": MENU}
    place.does("yorozu", "write_cell", **case, **menu, base_version=0)
    give_loans(place)
    place.does("cga", "state_capacity", state="open", note="経営サポート会議は月2回までです。")
    return place


def give_loans(place: Place) -> None:
    at = place.at
    with place.database.begin() as uow:
        council = uow.session.get_one(AgencyRow, at.agencies["council"].id)
        council.name = LONG
        uow.session.add(council)
        member = uow.session.get_one(MembershipRow, at["succession"].membership_id)
        member.role = Role.COORDINATOR
        uow.session.add(member)
        for position, balance in enumerate((820, 180)):
            loan = LoanRow(
                firm_id=at.firm.id,
                position=position,
                lender_name=f"貸し手{position}",
                lender_kind="shinkin",
                term="long",
                balance=balance,
                annual_rate="1.85",
                repayment_status="modified",
            )
            uow.session.add(loan)
            uow.session.flush()
            if position == 0:
                uow.session.add(
                    GuaranteeRow(
                        loan_id=loan.id,
                        guarantee_no="1",
                        association_name="東京信用保証協会",
                        association_id=at.agencies["cga"].id,
                        status="outstanding",
                        responsibility_sharing=True,
                        ratio=80,
                        guaranteed_balance=656,
                    )
                )


def enter(place: Place, who: str, key: str = ""):
    hands = place.come(who, place.room, key)
    expect(hands.page.locator(".room-bottom").get_by_text("接続中").first).to_be_visible()
    return hands


def opened(page, within: str = ".room-right"):
    """The list, opened without a mouse."""
    summary = page.locator(f"{within} summary", has_text=SUMMARY)
    summary.focus()
    page.keyboard.press("Enter")
    listed = page.locator(f"{within} .fitting")
    expect(listed.get_by_text("参考です。決めるのは会議です。")).to_be_visible()
    return listed


def test_each_agency_opens_its_own_list_and_finds_it_anew_each_time(filled):
    cga = enter(filled, "cga")
    listed = opened(cga.page)
    expect(listed.get_by_role("heading", name="理由のある機関")).to_be_visible()
    expect(listed.get_by_role("heading", name=LONG)).to_be_visible()
    expect(listed.get_by_text(EXPOSURE)).to_be_visible()
    expect(listed.get_by_text(ISSUE)).to_be_visible()
    expect(listed.get_by_text(MENU)).to_be_visible()
    assert cga.violations() == []
    cga.page.locator(".room-right .fitting").scroll_into_view_if_needed()
    cga.shot("fitting-cga")

    yorozu = enter(filled, "yorozu")
    listed = opened(yorozu.page)
    expect(listed.get_by_text(ISSUE)).to_be_visible()
    assert yorozu.saw(EXPOSURE, "借入先が2先あります。") == []

    filled.does("cga", "state_capacity", state="closed", note="年度末まで")
    expect(listed.get_by_text("年度末まで")).to_have_count(0)
    # Closed and opened again at once: the browser tells the page of both as one.
    yorozu.page.keyboard.press("Enter")
    listed = opened(yorozu.page)
    expect(listed.get_by_text("年度末まで")).to_be_visible()
    expect(listed.get_by_text("受入状況を「不可」と示しています。")).to_be_visible()


def test_the_chair_has_it_beside_the_proposal(filled):
    chair = enter(filled, "yorozu")
    page = chair.page
    page.get_by_role("button", name="主担当").first.click()
    page.get_by_role("button", name="主担当を提案する").click()
    listed = opened(page, ".chair-panel")
    expect(listed.get_by_text(MENU)).to_be_visible()
    assert chair.violations() == []
    chair.shot("fitting-chair")


def test_a_list_that_does_not_come_can_be_asked_for_again(filled):
    bank = enter(filled, "bank")
    bank.context.route("**/fitting", lambda route: route.abort())
    summary = bank.page.locator(".room-right summary", has_text=SUMMARY)
    summary.click()
    expect(bank.page.get_by_text("候補の一覧を読み込めませんでした。")).to_be_visible()
    bank.context.unroute("**/fitting")
    bank.page.get_by_role("button", name="もう一度読み込む").click()
    expect(bank.page.locator(".fitting").get_by_text(EXPOSURE)).to_be_visible()


def test_without_script_it_opens_too_and_capacity_is_changed_by_a_form(filled):
    plain = filled.come("succession", "/", script=False)
    plain.page.get_by_role("link", name="受入状況を登録する").click()
    plain.act("state_capacity", state="waiting", note="初回の面談は3週間ほど先になります。")
    expect(plain.page.get_by_text("初回の面談は3週間ほど先になります。").first).to_be_visible()
    plain.shot("capacities")
    plain.goto("/")
    plain.shot("capacity-home")
    plain.goto(filled.room)
    plain.page.locator("summary", has_text=SUMMARY).click()
    expect(plain.page.get_by_text("受入状況を「待ち」と示しています。")).to_be_visible()
    expect(plain.page.get_by_text(EXPOSURE)).to_have_count(0)
    plain.page.locator("summary", has_text=SUMMARY).scroll_into_view_if_needed()
    plain.shot("fitting-plain")
