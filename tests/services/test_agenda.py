from datetime import date

import pytest
from pydantic import ValidationError
from sqlmodel import select

from app.domain.case_life import CaseStatus
from app.domain.conference import ItemKind
from app.domain.consent import ConsentStatus
from app.domain.errors import Malformed, NotEntitled, NotFound, OpReused, StateForbids
from app.domain.facts import RoomKind
from app.domain.people import Actor
from app.domain.vocabulary import Role
from app.services.agenda import (
    AddItem,
    ReorderAgenda,
    TableCase,
    add_item,
    reorder_agenda,
    table_case,
)
from app.services.conferences import create_conference
from app.services.invitations import InviteAgency, invite_agency
from app.services.room_life import StartItem, start_item
from app.store.conferences import items_of
from app.store.tables.cases import CaseAgencyRow, ConsentRow
from app.store.unit_of_work import Database
from tests.conference_steps import (
    added,
    answered,
    as_role,
    case,
    case_of,
    creation,
    entries,
    invited,
    item,
    kinds,
    opened,
    planned,
    tabled,
)
from tests.factories import op, table


def tabling(conference_id: str, case_id: str) -> TableCase:
    return TableCase(op_id=op(), conference_id=conference_id, case_id=case_id, minutes=30)


def order(database: Database, actor: Actor, conference_id: str, item_ids: list[str]) -> None:
    command = ReorderAgenda(op_id=op(), conference_id=conference_id, item_ids=item_ids)
    reorder_agenda(database, actor, command)


def agenda(database: Database, conference_id: str) -> list[str]:
    with database.read() as desk:
        return [row.id for row in items_of(desk, conference_id)]


def test_a_tabled_case_is_scheduled_and_opens_a_room_of_its_own(database: Database) -> None:
    at = table(database, running=False)
    conference_id, subject = invited(database, at), case_of(database, at)
    item_id = tabled(database, at, conference_id, subject)
    row = item(database, item_id)
    assert (row.kind, row.case_id, row.status, row.position) == ("case", subject.id, "waiting", 1)
    assert case(database, subject.id).status == "scheduled"
    (opened_with,) = entries(database, RoomKind.ITEM, item_id)
    assert opened_with.kind == "item_opened"
    assert opened_with.body is not None
    assert opened_with.body["case"]["firm_name"] == "有限会社仁科坂プレス"
    (fact,) = entries(database, RoomKind.CASE, subject.id)
    assert fact.kind == "case_tabled"
    assert fact.body is not None
    assert (fact.body["conference_id"], fact.body["item_id"]) == (conference_id, item_id)


def test_the_conference_never_learns_whose_case_it_is(database: Database) -> None:
    at = table(database, running=False)
    conference_id = invited(database, at)
    tabled(database, at, conference_id, case_of(database, at))
    last = entries(database, RoomKind.CONFERENCE, conference_id)[-1]
    assert (last.kind, last.body) == (
        "item_added",
        {"item_id": agenda(database, conference_id)[0], "position": 1, "item_kind": "case"}
        | {"title": "", "minutes": 30},
    )


def test_the_seats_within_the_consent_take_part_and_no_other(database: Database) -> None:
    at = table(database, running=False)
    subject = case_of(database, at)
    tabled(database, at, invited(database, at), subject)
    query = select(CaseAgencyRow.agency_id).where(CaseAgencyRow.case_id == subject.id)
    with database.read() as desk:
        taking_part = set(desk.session.exec(query))
    assert taking_part == {at.agencies[key].id for key in ("bank", "cga", "yorozu", "council")}


def test_the_consent_must_reach_the_day_of_the_conference(database: Database) -> None:
    at = table(database, running=False)
    subject = case_of(database, at)
    last_day = planned(database, at, held=date(2027, 3, 31), start_time="23:30")
    day_after = planned(database, at, held=date(2027, 4, 1), start_time="0:00")
    with pytest.raises(StateForbids) as refusal:
        table_case(database, at["cga"], tabling(day_after, subject.id))
    assert str(refusal.value) == "会議の開催日に同意が有効ではないため、付議できません。"
    assert case(database, subject.id).status == "accepted"
    table_case(database, at["cga"], tabling(last_day, subject.id))


@pytest.mark.parametrize("status", [ConsentStatus.EXPLAINED, ConsentStatus.EXPIRED])
def test_without_a_live_consent_the_case_does_not_exist_for_the_receiver(
    database: Database, status: ConsentStatus
) -> None:
    at = table(database, running=False)
    conference_id, subject = invited(database, at), case_of(database, at)
    with database.begin() as uow:
        row = uow.session.exec(select(ConsentRow).where(ConsentRow.case_id == subject.id)).one()
        row.status = status
        uow.session.add(row)
    with pytest.raises(NotFound):
        table_case(database, at["cga"], tabling(conference_id, subject.id))


@pytest.mark.parametrize("status", [CaseStatus.REFERRED, CaseStatus.SCHEDULED, CaseStatus.CLOSED])
def test_only_a_case_that_was_taken_up_is_tabled(database: Database, status: CaseStatus) -> None:
    at = table(database, running=False)
    subject = case_of(database, at, status)
    with pytest.raises(StateForbids):
        table_case(database, at["cga"], tabling(invited(database, at), subject.id))


def test_tabling_takes_the_host_who_also_received_the_case(database: Database) -> None:
    at = table(database, running=False)
    conference_id, subject = invited(database, at), case_of(database, at)
    command = tabling(conference_id, subject.id)
    for actor in (at["bank"], as_role(at["bank"], Role.COORDINATOR), at["chamber"]):
        with pytest.raises(NotEntitled):
            table_case(database, actor, command)
    for actor in (at.outsider, at.stranger):
        with pytest.raises(NotFound):
            table_case(database, actor, command)
    with pytest.raises(NotFound):
        table_case(database, at["cga"], tabling(conference_id, op()))
    with pytest.raises(NotFound):
        table_case(database, at["cga"], tabling(op(), subject.id))


def test_a_host_that_did_not_receive_the_case_cannot_table_it(database: Database) -> None:
    at = table(database, running=False)
    subject = case_of(database, at)
    for key, refusal in (("bank", NotEntitled), ("chamber", NotFound)):
        host = as_role(at[key], Role.COORDINATOR)
        conference_id = create_conference(database, host, creation(at)).id or ""
        with pytest.raises(refusal):
            table_case(database, host, tabling(conference_id, subject.id))


def test_a_regional_meeting_names_no_firm(database: Database) -> None:
    at = table(database, running=False)
    conference_id = planned(database, at, kind="network")
    with pytest.raises(StateForbids):
        tabled(database, at, conference_id, case_of(database, at))
    added(database, at, conference_id)


def test_a_replay_tables_once(database: Database) -> None:
    at = table(database, running=False)
    conference_id, subject = invited(database, at), case_of(database, at)
    command = tabling(conference_id, subject.id)
    first = table_case(database, at["cga"], command)
    assert table_case(database, at["cga"], command) == first
    with pytest.raises(OpReused):
        table_case(database, at["cga"], command.model_copy(update={"minutes": 31}))
    assert len(agenda(database, conference_id)) == 1


def test_other_items_stand_behind_and_carry_their_title(database: Database) -> None:
    at = table(database, running=False)
    conference_id = invited(database, at)
    tabled(database, at, conference_id, case_of(database, at))
    row = item(database, added(database, at, conference_id, "補助金の動き"))
    assert (row.position, row.kind, row.title, row.minutes) == (2, "report", "補助金の動き", 10)


def test_only_the_host_lays_out_the_agenda(database: Database) -> None:
    at = table(database, running=False)
    conference_id = invited(database, at)
    item_id = added(database, at, conference_id)
    command = AddItem(
        op_id=op(),
        conference_id=conference_id,
        kind=ItemKind.EXCHANGE,
        title="情報交換",
        minutes=10,
    )
    with pytest.raises(NotEntitled):
        add_item(database, at["bank"], command)
    with pytest.raises(NotFound):
        add_item(database, at.outsider, command)
    with pytest.raises(NotEntitled):
        order(database, at["bank"], conference_id, [item_id])
    with pytest.raises(NotFound):
        order(database, at.outsider, conference_id, [item_id])


@pytest.mark.parametrize(
    ("field", "value"),
    [("kind", "case"), ("title", " "), ("title", "題" * 121), ("minutes", 0), ("minutes", 241)],
)
def test_what_cannot_be_an_item_never_becomes_a_command(field: str, value: object) -> None:
    values: dict[str, object] = {"kind": "report", "title": "報告", "minutes": 5}
    with pytest.raises(ValidationError) as problem:
        AddItem.model_validate({"op_id": op(), "conference_id": op()} | values | {field: value})
    assert {error["loc"][0] for error in problem.value.errors()} == {field}


def test_the_agenda_takes_a_new_order(database: Database) -> None:
    at = table(database, running=False)
    conference_id = invited(database, at)
    first, second, third = (added(database, at, conference_id, f"報告{n}") for n in (1, 2, 3))
    order(database, at["cga"], conference_id, [third, first, second])
    assert agenda(database, conference_id) == [third, first, second]
    assert kinds(database, RoomKind.CONFERENCE, conference_id)[-1] == "agenda_reordered"


def test_an_order_names_every_item_once(database: Database) -> None:
    at = table(database, running=False)
    conference_id = invited(database, at)
    first, second = (added(database, at, conference_id, f"報告{n}") for n in (1, 2))
    foreign = added(database, at, planned(database, at))
    for wrong in ([first], [first, first], [first, second, foreign], [first, foreign]):
        with pytest.raises(Malformed):
            order(database, at["cga"], conference_id, wrong)
    assert agenda(database, conference_id) == [first, second]


def test_an_item_that_has_begun_keeps_its_place(database: Database) -> None:
    at = table(database, running=False)
    conference_id, case_item, report = opened(database, at)
    last = added(database, at, conference_id, "その他")
    start_item(database, at["cga"], StartItem(op_id=op(), item_id=report))
    with pytest.raises(StateForbids):
        order(database, at["cga"], conference_id, [report, case_item, last])
    order(database, at["cga"], conference_id, [last, report, case_item])
    assert agenda(database, conference_id) == [last, report, case_item]


def test_an_agency_invited_later_is_let_into_the_item_by_the_consent_alone(
    database: Database,
) -> None:
    at = table(database, running=False)
    conference_id = answered(database, at)
    subject = case_of(database, at)
    tabled(database, at, conference_id, subject)
    outside = at.outsider.agency_id
    command = InviteAgency(op_id=op(), conference_id=conference_id, agency_id=outside)
    invite_agency(database, at["cga"], command)
    with database.read() as desk:
        assert desk.session.get(CaseAgencyRow, (subject.id, outside)) is None
