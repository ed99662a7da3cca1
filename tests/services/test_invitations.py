from datetime import date

import pytest
from pydantic import ValidationError
from sqlmodel import select

from app.domain.conference import Reply
from app.domain.errors import Duplicate, Malformed, NotEntitled, NotFound, OpReused, StateForbids
from app.domain.facts import RoomKind
from app.domain.people import Actor
from app.domain.vocabulary import Role
from app.services.conferences import CancelConference, cancel_conference
from app.services.invitations import (
    AnswerInvitation,
    InviteAgency,
    SendInvitations,
    answer_invitation,
    invite_agency,
    send_invitations,
)
from app.store.tables.cases import CaseAgencyRow
from app.store.tables.conferences import SeatRow
from app.store.unit_of_work import Database
from tests.conference_steps import (
    answered,
    as_role,
    case_of,
    conference,
    entries,
    invited,
    kinds,
    opened,
    planned,
    replies,
    reply,
    tabled,
)
from tests.factories import Table, op, table


def send(database: Database, actor: Actor, conference_id: str, by: str = "2026-12-08") -> None:
    values = {"op_id": op(), "conference_id": conference_id, "reply_by": by}
    send_invitations(database, actor, SendInvitations.model_validate(values))


def answer(conference_id: str, **more: object) -> AnswerInvitation:
    values: dict[str, object] = {"op_id": op(), "conference_id": conference_id, "reply": "attend"}
    return AnswerInvitation.model_validate(values | more)


def invite(
    database: Database, actor: Actor, conference_id: str, agency_id: str, role: str = "member"
) -> None:
    values = {"op_id": op(), "conference_id": conference_id, "agency_id": agency_id, "role": role}
    invite_agency(database, actor, InviteAgency.model_validate(values))


def cancelled(database: Database, at: Table) -> str:
    conference_id = invited(database, at)
    command = CancelConference(op_id=op(), conference_id=conference_id, reason="延期")
    cancel_conference(database, at["cga"], command)
    return conference_id


def test_invitations_carry_the_day_to_reply_by(database: Database) -> None:
    at = table(database, running=False)
    conference_id = planned(database, at)
    send(database, at["cga"], conference_id)
    first = conference(database, conference_id)
    assert (first.reply_by, first.invited_at) == (date(2026, 12, 8), first.created_at)
    assert kinds(database, RoomKind.CONFERENCE, conference_id)[-1] == "invitations_sent"


def test_sending_again_moves_the_day_only(database: Database) -> None:
    at = table(database, running=False)
    conference_id = answered(database, at)
    send(database, at["cga"], conference_id, "2026-12-15")
    assert conference(database, conference_id).reply_by == date(2026, 12, 15)
    assert replies(database, conference_id) == ["attend"] * 5 + ["absent"]


@pytest.mark.parametrize("day", ["2026-11-23", "2026-12-16"])
def test_a_reply_is_asked_for_between_today_and_the_conference(
    database: Database, day: str
) -> None:
    at = table(database, running=False)
    with pytest.raises(Malformed) as refusal:
        send(database, at["cga"], planned(database, at), day)
    assert list(refusal.value.fields) == ["reply_by"]


def test_only_the_host_sends_invitations_and_only_before(database: Database) -> None:
    at = table(database, running=False)
    conference_id = planned(database, at)
    for actor in (at["bank"], as_role(at["yorozu"], Role.COORDINATOR)):
        with pytest.raises(NotEntitled):
            send(database, actor, conference_id)
    for actor in (at.outsider, at.stranger):
        with pytest.raises(NotFound):
            send(database, actor, conference_id)
    with pytest.raises(StateForbids):
        send(database, at["cga"], cancelled(database, at))


def test_an_agency_answers_for_its_seat_and_may_answer_again(database: Database) -> None:
    at = table(database, running=False)
    conference_id = invited(database, at)
    command = answer(conference_id, attendees="田中 一郎、髙橋 槗子", note="15分遅れます。")
    first = answer_invitation(database, at["bank"], command)
    assert answer_invitation(database, at["bank"], command) == first
    with database.read() as desk:
        seat = desk.session.get(SeatRow, (conference_id, at.agencies["bank"].id))
        assert seat is not None
        assert (seat.reply, seat.attendees) == ("attend", "田中 一郎、髙橋 槗子")
        assert (seat.note, seat.replied_by) == ("15分遅れます。", "田中 一郎")
    with pytest.raises(OpReused):
        answer_invitation(database, at["bank"], command.model_copy(update={"reply": Reply.ABSENT}))
    reply(database, at["bank"], conference_id, Reply.WRITTEN)
    assert replies(database, conference_id)[0] == "written"
    assert kinds(database, RoomKind.CONFERENCE, conference_id)[-2:] == ["invitation_answered"] * 2


def test_the_host_notes_a_reply_for_an_agency_and_the_entry_says_so(database: Database) -> None:
    at = table(database, running=False)
    conference_id = invited(database, at)
    chamber = at.agencies["chamber"].id
    answer_invitation(database, at["cga"], answer(conference_id, agency_id=chamber))
    last = entries(database, RoomKind.CONFERENCE, conference_id)[-1]
    assert last.body == {"agency_id": chamber, "reply": "attend", "attendees": ""}
    assert (last.agency_id, last.person_name) == (at.agencies["cga"].id, "鈴木 花子")


def test_nobody_but_the_host_answers_for_another_agency(database: Database) -> None:
    at = table(database, running=False)
    conference_id = invited(database, at)
    other = answer(conference_id, agency_id=at.agencies["chamber"].id)
    for actor in (at["bank"], as_role(at["bank"], Role.COORDINATOR)):
        with pytest.raises(NotEntitled):
            answer_invitation(database, actor, other)
    participant = as_role(at["cga"], Role.PARTICIPANT)
    with pytest.raises(NotEntitled):
        answer_invitation(database, participant, other)
    assert replies(database, conference_id) == ["waiting"] * 6


def test_who_has_no_seat_or_only_watches_does_not_answer(database: Database) -> None:
    at = table(database, running=False)
    conference_id = invited(database, at)
    for actor in (at.outsider, at.stranger, as_role(at["bank"], Role.AUDITOR)):
        with pytest.raises(NotFound):
            answer_invitation(database, actor, answer(conference_id))
    with pytest.raises(NotEntitled):
        answer_invitation(database, as_role(at["bank"], Role.OBSERVER), answer(conference_id))
    with pytest.raises(NotFound):
        answer_invitation(
            database, at["cga"], answer(conference_id, agency_id=at.outsider.agency_id)
        )
    with pytest.raises(NotFound):
        answer_invitation(database, at["bank"], answer(op()))


def test_nobody_is_asked_before_the_invitation_but_the_host_may_note(database: Database) -> None:
    at = table(database, running=False)
    conference_id = planned(database, at)
    with pytest.raises(StateForbids):
        answer_invitation(database, at["bank"], answer(conference_id))
    answer_invitation(database, at["cga"], answer(conference_id))
    assert replies(database, conference_id).count("attend") == 1


def test_a_substitute_is_named(database: Database) -> None:
    at = table(database, running=False)
    conference_id = invited(database, at)
    with pytest.raises(Malformed) as refusal:
        answer_invitation(database, at["bank"], answer(conference_id, reply="substitute"))
    assert list(refusal.value.fields) == ["attendees"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("reply", "waiting"), ("reply", "maybe"), ("attendees", "人" * 201), ("note", "字" * 501)],
)
def test_what_is_no_reply_never_becomes_a_command(field: str, value: str) -> None:
    with pytest.raises(ValidationError) as problem:
        answer(op(), **{field: value})
    assert {error["loc"][0] for error in problem.value.errors()} == {field}


def test_a_reply_may_change_while_the_conference_is_open_but_not_after(
    database: Database,
) -> None:
    at = table(database, running=False)
    running, _case_item, _report = opened(database, at)
    answer_invitation(database, at["chamber"], answer(running))
    assert replies(database, running) == ["attend"] * 6
    with pytest.raises(StateForbids):
        answer_invitation(database, at["bank"], answer(cancelled(database, at)))


def test_one_more_agency_takes_the_last_seat_and_part_in_cases_it_may_know(
    database: Database,
) -> None:
    at = table(database, running=False)
    chosen = [at.agencies[key].id for key in ("bank", "chamber")]
    conference_id = planned(database, at, agency_ids=chosen)
    subject = case_of(database, at)
    tabled(database, at, conference_id, subject)
    for key in ("council", "succession"):
        invite(database, at["cga"], conference_id, at.agencies[key].id)
    query = select(CaseAgencyRow.agency_id).where(CaseAgencyRow.case_id == subject.id)
    with database.read() as desk:
        seat = desk.session.get(SeatRow, (conference_id, at.agencies["succession"].id))
        taking_part = set(desk.session.exec(query))
    assert seat is not None
    assert seat.position == 5
    assert taking_part == {at.agencies[key].id for key in ("bank", "cga", "council")}


def test_an_observer_sees_the_conference_but_takes_part_in_no_case(database: Database) -> None:
    at = table(database, running=False)
    conference_id = planned(database, at, agency_ids=[at.agencies["bank"].id])
    tabled(database, at, conference_id, case_of(database, at))
    invite(database, at["cga"], conference_id, at.agencies["council"].id, "observer")
    with database.read() as desk:
        rows = list(desk.session.exec(select(CaseAgencyRow.agency_id)))
        seat = desk.session.get(SeatRow, (conference_id, at.agencies["council"].id))
    assert seat is not None
    assert seat.role == "observer"
    assert rows.count(at.agencies["council"].id) == 1  # from the case of the factory


def test_who_may_not_be_invited(database: Database) -> None:
    at = table(database, running=False)
    conference_id = planned(database, at)
    with pytest.raises(Duplicate):
        invite(database, at["cga"], conference_id, at.agencies["bank"].id)
    with pytest.raises(Malformed):
        invite(database, at["cga"], conference_id, op())
    with pytest.raises(NotEntitled):
        invite(database, at["bank"], conference_id, at.outsider.agency_id)
    with pytest.raises(NotFound):
        invite(database, at.outsider, conference_id, at.outsider.agency_id)
    with pytest.raises(StateForbids):
        invite(database, at["cga"], cancelled(database, at), at.outsider.agency_id)
