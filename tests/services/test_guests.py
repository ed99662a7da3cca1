from datetime import timedelta

import pytest
from sqlmodel import select

from app.domain.errors import (
    Malformed,
    NotEntitled,
    NotFound,
    OpReused,
    Refused,
    StaleVersion,
    StateForbids,
)
from app.domain.guests import Ending, GuestOver, GuestStatementUnaccepted
from app.queries.guest_page import guest_picture
from app.queries.item_snapshot import item_snapshot
from app.services.commands import HandedOver
from app.services.guests import InviteGuest, invite_guest
from app.services.listing import GUEST_ACTS, USE_CASES
from app.services.validation import validated
from app.store.tables.ballots import RoundRow
from app.store.tables.conferences import AgendaItemRow
from app.store.tables.journal import EntryRow, OperationRow, RoomRow
from app.store.tables.sheets import CellRow
from tests import guest_steps as steps
from tests import room_steps
from tests.factories import op, table

WISH = "採算を一緒に見てほしいです。"


@pytest.fixture
def at(database):
    return table(database)


def does(database, actor, command, **body):
    one = USE_CASES[command]
    return one.run(database, actor, validated(one.command, {"op_id": op(), **body}))


def told(database, at, who="bank"):
    with database.read() as desk:
        return item_snapshot(desk, at[who], at.item.id)


def shown(database, token):
    with database.read() as desk:
        return guest_picture(desk, steps.guest_behind(database, token), str)[0]


def rows(database, table_):
    with database.read() as desk:
        return list(desk.session.exec(select(table_)))


@pytest.mark.parametrize("who", ["yorozu", "cga"])
def test_chair_and_secretariat_invite(database, at, who):
    steps.invite(database, at[who], at.item.id)
    (guest,) = told(database, at)["guests"]
    assert (guest["name"], guest["state"], guest["person"]) == (
        steps.OWNER,
        "sent",
        at[who].person_name,
    )


@pytest.mark.parametrize("who", ["bank", "chamber"])
def test_nobody_else_at_the_table_invites(database, at, who):
    with pytest.raises(NotEntitled):
        steps.invite(database, at[who], at.item.id)


def test_an_item_without_a_case_has_no_guests(database, at):
    done = does(
        database,
        at["cga"],
        "add_item",
        conference_id=at.conference.id,
        kind="report",
        title="報告",
        minutes=5,
    )
    with pytest.raises(StateForbids):
        steps.invite(database, at["cga"], done.id)


def test_the_same_operation_answers_without_the_secret(database, at):
    command = InviteGuest(op_id=op(), item_id=at.item.id, name=steps.OWNER)
    first = invite_guest(database, at["cga"], command)
    again = invite_guest(database, at["cga"], command)
    assert isinstance(first, HandedOver)
    assert (again.id, again.cursor, "secret" in again.model_dump()) == (
        first.id,
        first.cursor,
        False,
    )
    stored = [
        row.model_dump_json() for one in (OperationRow, EntryRow) for row in rows(database, one)
    ]
    assert [row for row in stored if first.secret in row] == []
    with pytest.raises(OpReused):
        invite_guest(database, at["cga"], command.model_copy(update={"name": "別の方"}))


def test_one_link_lives_for_each_guest(database, at):
    _first, old = steps.invite(database, at["cga"], at.item.id)
    _son, son = steps.invite(database, at["cga"], at.item.id, "佐久間 灯二")
    _second, new = steps.invite(database, at["yorozu"], at.item.id)
    assert [one["state"] for one in told(database, at)["guests"]] == ["replaced", "sent", "sent"]
    assert [steps.enter(database, link) is not None for link in (old, son, new)] == [
        False,
        True,
        True,
    ]


def test_a_new_link_puts_out_whoever_came_in_by_the_old_one(database, at):
    token = steps.let_in(database, at["cga"], at.item.id)
    steps.invite(database, at["cga"], at.item.id)
    with pytest.raises(GuestOver):
        shown(database, token)


def test_nothing_is_told_before_the_statement_is_accepted(database, at):
    _id, link = steps.invite(database, at["cga"], at.item.id)
    token = steps.enter(database, link)
    picture = shown(database, token)
    assert (picture["table"], picture["statement"]["version"]) == (None, 1)
    for act, body in (
        ("state_preference", {"text": WISH}),
        ("correct_fact", {"column": "wishes", "value": "続けたい"}),
    ):
        with pytest.raises(GuestStatementUnaccepted):
            steps.does(database, token, act, **body)
    with pytest.raises(StateForbids):
        steps.does(database, token, "accept_as_guest", version=99)
    steps.does(database, token, "accept_as_guest", version=1)
    steps.does(database, token, "accept_as_guest", version=1)
    kinds = [row.kind for row in rows(database, EntryRow)]
    assert kinds.count("guest_accepted") == 1
    assert shown(database, token)["table"] is not None


def test_the_owner_signs_for_the_firm_and_for_no_agency(database, at):
    token = steps.let_in(database, at["cga"], at.item.id)
    steps.does(database, token, "state_preference", text=WISH)
    entry = rows(database, EntryRow)[-1]
    assert (entry.kind, entry.person_name, entry.agency_id, entry.agency_name) == (
        "preference_stated",
        steps.OWNER,
        "",
        at.firm.name,
    )


def test_a_wish_may_be_said_anew_and_what_was_said_stays(database, at):
    token = steps.let_in(database, at["cga"], at.item.id)
    yorozu = at.agencies["yorozu"].id
    steps.does(database, token, "state_preference", text=WISH, agency_id=yorozu)
    steps.does(database, token, "state_preference", text="返済も相談したい")
    said = told(database, at)["preferences"]
    assert [(one["text"], one["agency_id"]) for one in said] == [
        (WISH, yorozu),
        ("返済も相談したい", None),
    ]
    outside = at.outsider.agency_id
    with pytest.raises(Malformed):
        steps.does(database, token, "state_preference", text=WISH, agency_id=outside)


def correction(database, at, token, column="business", value="洋食店1店舗"):
    return steps.does(database, token, "correct_fact", column=column, value=value).id


def test_a_correction_never_writes_the_sheet(database, at):
    token = steps.let_in(database, at["cga"], at.item.id)
    correction(database, at, token)
    assert rows(database, CellRow) == []
    (one,) = told(database, at)["corrections"]
    assert (one["column"], one["value"], one["state"]) == ("business", "洋食店1店舗", "waiting")


def test_who_may_edit_the_column_takes_it_over_under_the_own_name(database, at):
    token = steps.let_in(database, at["cga"], at.item.id)
    made = correction(database, at, token)
    # The yorozu centre sees the firm's identity and may not edit it.
    with pytest.raises(NotEntitled):
        does(database, at["yorozu"], "take_correction", correction_id=made, base_version=0)
    with pytest.raises(NotFound):
        does(database, at.outsider, "take_correction", correction_id=made, base_version=0)
    does(database, at["bank"], "take_correction", correction_id=made, base_version=0)
    (cell,) = rows(database, CellRow)
    assert (cell.value, cell.agency_id) == ("洋食店1店舗", at.agencies["bank"].id)
    assert shown(database, token)["table"]["corrections"][0]["state"] == "taken"
    with pytest.raises(StateForbids):
        does(database, at["cga"], "take_correction", correction_id=made, base_version=1)


def test_what_somebody_wrote_meanwhile_is_not_written_over_unseen(database, at):
    token = steps.let_in(database, at["cga"], at.item.id)
    made = correction(database, at, token)
    cell = {"row": "case", "column": "business", "value": "別の記入", "base_version": 0}
    does(database, at["cga"], "write_cell", case_id=at.case.id, **cell)
    with pytest.raises(StaleVersion):
        does(database, at["bank"], "take_correction", correction_id=made, base_version=0)
    assert told(database, at)["corrections"][0]["state"] == "waiting"


def test_setting_aside_says_why_to_the_firm_too(database, at):
    token = steps.let_in(database, at["cga"], at.item.id)
    made = correction(database, at, token)
    with pytest.raises(Malformed):
        does(database, at["bank"], "set_correction_aside", correction_id=made, reason="")
    aside = {"correction_id": made, "reason": "登記を確かめます"}
    does(database, at["bank"], "set_correction_aside", **aside)
    sent = shown(database, token)["table"]["corrections"][0]
    assert (sent["state"], sent["answer"]) == ("set_aside", "登記を確かめます")
    assert rows(database, CellRow) == []


@pytest.mark.parametrize(
    ("ends", "ending"),
    [
        ("item", Ending.ITEM_OVER),
        ("consent", Ending.CONSENT_OVER),
        ("expiry", Ending.CONSENT_OVER),
        ("revoked", Ending.REVOKED),
        ("time", Ending.TIME_UP),
    ],
)
def test_no_word_of_the_guest_is_taken_after_the_end(database, at, clock, ends, ending):
    token = steps.let_in(database, at["cga"], at.item.id)
    if ends == "item":
        owner = {"owner_agency_id": at.agencies["cga"].id, "next_date": room_steps.LATER}
        room_steps.carry_over(database, at["yorozu"], at.item.id, **owner)
    elif ends == "consent":
        gone = {"case_id": at.case.id, "reason": "事業者の申し出"}
        does(database, at["bank"], "withdraw_consent", **gone)
    elif ends == "expiry":
        clock.now += timedelta(days=800)
    elif ends == "revoked":
        steps.revoke(database, at["cga"], told(database, at)["guests"][0]["id"])
    else:
        clock.advance(hours=12)
    before = len(rows(database, EntryRow))
    for act, body in (
        ("state_preference", {"text": WISH}),
        ("correct_fact", {"column": "wishes", "value": "続けたい"}),
        ("accept_as_guest", {"version": 1}),
    ):
        with pytest.raises(GuestOver) as over:
            steps.does(database, token, act, **body)
        assert over.value.ending is ending
    assert len(rows(database, EntryRow)) == before
    with pytest.raises(GuestOver):
        shown(database, token)


def test_who_is_not_to_come_any_more_cannot_be_revoked_twice(database, at):
    invitation, _link = steps.invite(database, at["cga"], at.item.id)
    steps.revoke(database, at["cga"], invitation)
    with pytest.raises(StateForbids):
        steps.revoke(database, at["cga"], invitation)


def test_a_guest_counts_in_no_seat_and_no_round(database, at):
    steps.let_in(database, at["cga"], at.item.id)
    wording = {"nominee_id": at.agencies["yorozu"].id, "wording": "主担当とする。"}
    does(database, at["yorozu"], "open_round", item_id=at.item.id, **wording)
    (asked,) = rows(database, RoundRow)
    assert {seat["agency_id"] for seat in asked.seats} == {a.id for a in at.agencies.values()}
    assert set(GUEST_ACTS) & set(USE_CASES) == set()


def test_an_agency_out_of_the_case_neither_invites_nor_is_named_to_the_guest(database, at):
    token = steps.let_in(database, at["cga"], at.item.id)

    def names():
        return {one["name"] for one in shown(database, token)["table"]["agencies"]}

    assert at.agencies["chamber"].name in names()
    out = {"item_id": at.item.id, "reason": "競合する会員がいる"}
    does(database, at["chamber"], "declare_recusal", **out)
    assert at.agencies["chamber"].name not in names()
    with pytest.raises(Refused):
        steps.invite(database, at["chamber"], at.item.id)


def test_only_the_own_item_is_told_of(database, at):
    """The rooms the page depends on are those of this item, its case and its conference."""
    token = steps.let_in(database, at["cga"], at.item.id)
    with database.read() as desk:
        _picture, here = guest_picture(desk, steps.guest_behind(database, token), str)
        rooms = set(desk.session.exec(select(RoomRow.id)))
        items = desk.session.exec(select(AgendaItemRow.id)).all()
    assert here.room_ids <= rooms
    assert [one for one in items if f"i-{one}" in here.room_ids] == [at.item.id]
