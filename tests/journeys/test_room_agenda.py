"""The chair's hand on the agenda, seen by two agencies and the projector at the same time."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from app.domain.conference import Reply
from app.store.conferences import items_of
from app.store.tables.conferences import AgendaItemRow, ConferenceRow, SeatRow
from tests.conference_steps import DAY, case_of, creation
from tests.journeys.agenda_room import AgendaRoom, clock_in, line, look, titles
from tests.journeys.place import TWO_NODES_TOO, Place

pytestmark = pytest.mark.browser
EXCHANGE, HOMEWORK, GRANTS = "年末の資金需要について", "前回の宿題の確認", "補助金の公募予定"


@pytest.fixture
def room(place: Place) -> Iterator[AgendaRoom]:
    yield AgendaRoom(place)
    assert [hands.problems for hands in place.entered.values() if hands.problems] == []


BY_WEBSOCKET_ALONE = pytest.mark.parametrize("transport", ["websocket"])
"""What is told there comes the same way as in the other journeys, which go both ways."""


def found(room: AgendaRoom, **changes: object) -> str:
    """Another conference of the same secretariat."""
    command = creation(room.at, **changes)
    return room.does("cga", "create_conference", **command.model_dump(exclude={"op_id"}))


def order_on(page: Page, *expected: str) -> None:
    expect(page.locator(".agenda-title")).to_have_text(list(expected))


@TWO_NODES_TOO
def test_the_whole_way_from_a_break_to_the_end(room: AgendaRoom) -> None:
    firm = room.at.firm.name
    chair, bank = room.enter("yorozu"), room.enter("bank")
    expect(bank.locator(".room-pace")).to_have_text("あと3件・定刻どおり")
    chair.get_by_role("button", name="質疑", exact=True).click()
    for page in (chair, bank):
        expect(line(page, firm)).to_contain_text("進行中 ・ 質疑")
    expect(bank.locator(".walk-shown .is-now")).to_have_text("質疑")
    pause(chair, "換気のため", "10")
    for page in (chair, bank):
        expect(page.locator(".pause-note")).to_contain_text("再開予定（換気のため）")
        expect(page.locator(".room-clock-label")).to_have_text("休憩中")
        expect(page.locator(".room-pace")).to_have_text("あと3件・10分遅れ")
    bank.get_by_label("発言する").fill("休憩中の一言")
    bank.get_by_role("button", name="送信").click()
    expect(bank.get_by_role("alert")).to_contain_text("会議は休憩中のため")
    expect(bank.get_by_label("発言する")).to_have_value("休憩中の一言")
    chair.get_by_role("button", name="会議を再開する").click()
    expect(bank.locator(".pause-note")).to_be_hidden()
    bank.get_by_role("button", name="送信").click()
    expect(chair.locator(".remark-text")).to_have_text(["休憩中の一言"])
    chair.get_by_role("button", name="5分延長").click()
    expect(bank.locator(".room-pace")).to_have_text("あと3件・5分遅れ")
    expect(line(bank, HOMEWORK)).to_contain_text(f"{clock_in(35, room)}ごろ")
    put_off(chair, EXCHANGE, "最後に回す")
    for page in (chair, bank):
        order_on(page, firm, HOMEWORK, GRANTS, EXCHANGE)
    expect(line(bank, HOMEWORK)).to_contain_text(f"{clock_in(25, room)}ごろ")
    chair.reload()
    chair.get_by_role("button", name="進行中の議題に戻る").click()
    expect(chair.locator(".console-walk .is-now")).to_have_text("質疑")


@BY_WEBSOCKET_ALONE
def test_what_is_late_by_more_than_an_hour_is_told_in_hours(room: AgendaRoom) -> None:
    """On the page as it comes without script too."""
    chair, bank = room.enter("yorozu"), room.enter("bank")
    pause(chair, "昼休みのため", "70")
    expect(bank.locator(".room-pace")).to_have_text("あと3件・1時間10分遅れ")
    assert "1時間10分遅れ" in bank.context.request.get(bank.url).text()


def pause(chair: Page, reason: str, minutes: str) -> None:
    chair.get_by_role("button", name="休憩", exact=True).click()
    form = chair.get_by_role("form", name="休憩する")
    form.get_by_label("理由").fill(reason)
    form.get_by_label("長さ（分）").fill(minutes)
    form.get_by_role("button", name="休憩に入る").click()


def put_off(chair: Page, title: str, where: str) -> None:
    line(chair, title).locator(".agenda-open").click()
    chair.get_by_role("button", name="議題の操作").click()
    chair.get_by_role("button", name=where).click()


def test_the_agenda_is_put_in_order_by_button_by_key_and_by_hand(room: AgendaRoom) -> None:
    firm = room.at.firm.name
    chair, bank = room.enter("yorozu"), room.enter("bank")
    expect(bank.locator(".agenda-moves")).to_have_count(0)
    down = chair.get_by_role("button", name=f"「{EXCHANGE}」を下へ")
    down.click()
    order_on(bank, firm, HOMEWORK, EXCHANGE, GRANTS)
    expect(down).to_be_focused()
    down.press("Enter")
    order_on(bank, firm, HOMEWORK, GRANTS, EXCHANGE)
    expect(down).to_be_focused()
    line(chair, EXCHANGE).locator(".agenda-open").press("Alt+ArrowUp")
    order_on(bank, firm, HOMEWORK, EXCHANGE, GRANTS)
    expect(line(chair, EXCHANGE).locator(".agenda-open")).to_be_focused()
    look(chair, "agenda-chair")
    line(chair, GRANTS).drag_to(line(chair, HOMEWORK), target_position={"x": 20, "y": 3})
    order_on(bank, firm, GRANTS, HOMEWORK, EXCHANGE)
    expect(line(bank, GRANTS)).to_contain_text(f"{clock_in(20, room)}ごろ")
    expect(line(bank, HOMEWORK)).to_contain_text(f"{clock_in(25, room)}ごろ")


def test_an_item_put_in_between_moves_the_rest_on_every_screen(room: AgendaRoom) -> None:
    firm = room.at.firm.name
    chair, bank, wall = room.enter("yorozu"), room.enter("bank"), room.enter("cga", "/projector")
    chair.get_by_role("button", name="議題の操作").click()
    form = chair.get_by_role("form", name="議題を挿入する")
    form.get_by_label("議題名").fill("代表者からのあいさつ")
    form.get_by_label("時間（分）").fill("3")
    form.get_by_role("button", name="挿入する").click()
    for page in (chair, bank, wall):
        order_on(page, firm, "代表者からのあいさつ", EXCHANGE, HOMEWORK, GRANTS)
        expect(page.locator(".room-pace")).to_have_text("あと4件・定刻どおり")
        expect(line(page, EXCHANGE)).to_contain_text(f"{clock_in(23, room)}ごろ")
    look(chair, "agenda-acts")
    look(wall, "agenda-projector", ("desk", "projector"))
    pause(chair, "休憩", "10")
    expect(wall.locator(".pause-note")).to_be_visible()
    look(wall, "agenda-projector-break", ("projector",))
    look(bank, "agenda-break")
    look(chair, "agenda-chair-break")


@BY_WEBSOCKET_ALONE
def test_what_goes_on_stands_on_the_next_agenda_and_the_close_is_refused_until_all_is_settled(
    room: AgendaRoom,
) -> None:
    firm = room.at.firm.name
    day = room.place.database.clock().date() + timedelta(days=28)
    later = found(room, held=day)
    chair, bank = room.enter("yorozu"), room.enter("bank")
    chair.get_by_role("button", name="議題の操作").click()
    carry = chair.get_by_role("form", name="継続にする")
    carry.get_by_label("移す先の会議").select_option(later)
    carry.get_by_role("button", name="次の会議へ移す").click()
    for page in (chair, bank):
        expect(line(page, firm)).to_contain_text("継続")
    close(chair)
    refused = chair.get_by_role("alert")
    expect(refused).to_contain_text("まだ会議を終了できません。")
    expect(refused).to_contain_text("議題2（終了または見送り）、議題3（終了または見送り）")
    look(chair, "agenda-close-refused")
    for title in (EXCHANGE, HOMEWORK, GRANTS):
        line(chair, title).locator(".agenda-open").click()
        chair.get_by_role("button", name="議題の操作").click()
        chair.get_by_role("button", name="見送りとして終える").click()
        expect(line(bank, title)).to_contain_text("見送り")
    close(chair)
    expect(bank.locator(".room-title")).to_contain_text("終了")
    chair.goto(f"{room.place.url('yorozu')}/conferences/{later}")
    expect(chair.get_by_text(firm).first).to_be_visible()


def close(chair: Page) -> None:
    chair.get_by_role("button", name="その他の操作").click()
    chair.get_by_role("button", name="会議を終える").click()
    chair.get_by_role("group", name="会議を終える").get_by_role(
        "button", name="会議を終える"
    ).click()


def test_the_agencies_of_the_next_case_are_told_and_no_others(room: AgendaRoom) -> None:
    """The second case is known to bank, association, yorozu and council only."""
    case = case_of(room.place.database, room.at)
    held = room.at.conference.id
    item = room.does("cga", "table_case", conference_id=held, case_id=case.id, minutes=20)
    bank, council, chamber = room.enter("bank"), room.enter("council"), room.enter("chamber")
    expect(bank.locator(".on-deck")).to_have_count(0)
    with room.place.database.read() as desk:
        ids = [one.id for one in items_of(desk, held)]
    order = [ids[0], item, *(one for one in ids[1:] if one != item)]
    room.does("yorozu", "reorder_agenda", conference_id=held, item_ids=order)
    expect(bank.locator(".on-deck")).to_contain_text("有限会社仁科坂プレス")
    expect(bank.locator(".on-deck")).to_contain_text("自機関の紹介案件")
    expect(council.locator(".on-deck")).to_contain_text("有限会社仁科坂プレス")
    expect(line(chamber, "案件（非公開）")).to_contain_text("ごろ")
    expect(chamber.locator(".on-deck")).to_have_count(0)
    assert "仁科坂" not in chamber.content()
    look(bank, "agenda-on-deck")
    bank.get_by_role("button", name="確認しました").click()
    expect(bank.locator(".on-deck")).to_have_count(0)


@BY_WEBSOCKET_ALONE
def test_the_clock_warns_and_counts_past_zero_on_every_screen(room: AgendaRoom) -> None:
    for minutes, label in ((4, "残り5分以内"), (0.5, "残り1分以内"), (-1, "超過")):
        with room.place.database.begin() as uow:
            item = uow.session.get_one(AgendaItemRow, room.at.item.id)
            item.ends_at = uow.now() + timedelta(minutes=minutes)
            uow.session.add(item)
        page = room.enter("bank")
        expect(page.locator(".room-clock-label")).to_have_text(label)
        page.close()
    chair, wall = room.enter("yorozu"), room.enter("cga", "/projector")
    for page in (chair, wall):
        expect(page.locator(".room-clock-label")).to_have_text("超過")
        expect(page.locator(".room-clock-time")).to_have_text(re.compile(r"^01:\d\d$"))


@BY_WEBSOCKET_ALONE
def test_without_a_required_agency_the_chair_opens_a_preliminary_talk(room: AgendaRoom) -> None:
    planned = found(room, held=DAY, chair_agency_id=room.at.agencies["yorozu"].id)
    with room.place.database.begin() as uow:
        for key in ("cga", "yorozu", "bank"):
            seat = uow.session.get_one(SeatRow, (planned, room.at.agencies[key].id))
            seat.reply = Reply.ATTEND
            uow.session.add(seat)
        room.at.conference = uow.session.get_one(ConferenceRow, planned)
    chair = room.enter("yorozu")
    chair.get_by_role("button", name="会議を開始する").click()
    expect(chair.get_by_role("alert")).to_contain_text("東京都中小企業活性化協議会")
    look(chair, "agenda-opening")
    chair.get_by_role("button", name="事前協議として開始する").click()
    expect(chair.get_by_text("事前協議扱いの会議です")).to_be_visible()
    assert titles(chair) == []
