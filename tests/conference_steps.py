"""Steps on the way to a conference at work, each done through its own use-case."""

from dataclasses import replace
from datetime import date

from sqlmodel import col, select

from app.domain.case_life import CaseStatus
from app.domain.conference import Reply
from app.domain.confidentiality import CURRENT_VERSION
from app.domain.facts import RoomKind
from app.domain.people import Actor
from app.domain.vocabulary import Role
from app.services.agenda import AddItem, TableCase, add_item, table_case
from app.services.conferences import CreateConference, create_conference
from app.services.confidentiality import AcceptConfidentiality, accept_confidentiality
from app.services.invitations import (
    AnswerInvitation,
    SendInvitations,
    answer_invitation,
    send_invitations,
)
from app.services.room_life import OpenConference, open_conference
from app.store import journal
from app.store.tables.cases import CaseRow
from app.store.tables.conferences import AgendaItemRow, ConferenceRow, SeatRow
from app.store.tables.journal import EntryRow
from app.store.unit_of_work import Database
from tests import case_rows, factories
from tests.factories import Table, op

DAY = date(2026, 12, 15)
SIX = ("bank", "cga", "yorozu", "council", "succession", "chamber")


def as_role(actor: Actor, role: Role) -> Actor:
    return replace(actor, role=role)


def creation(at: Table, **changes: object) -> CreateConference:
    values: dict[str, object] = {
        "op_id": op(),
        "kind": "joint_case",
        "name": "事業者支援合同カンファレンス（第8回）",
        "held": DAY,
        "start_time": "13:30",
        "minutes": 120,
        "place": "東京信用保証協会 3階会議室",
        "online_url": "https://meet.example.jp/8",
        "agency_ids": [at.agencies[key].id for key in SIX],
    }
    return CreateConference.model_validate(values | changes)


def planned(database: Database, at: Table, **changes: object) -> str:
    """A conference of all six agencies, hosted by the association."""
    return create_conference(database, at["cga"], creation(at, **changes)).id or ""


def invited(database: Database, at: Table) -> str:
    conference_id = planned(database, at)
    command = SendInvitations(op_id=op(), conference_id=conference_id, reply_by=date(2026, 12, 8))
    send_invitations(database, at["cga"], command)
    return conference_id


def reply(
    database: Database, actor: Actor, conference_id: str, answer: Reply = Reply.ATTEND
) -> None:
    values = {"op_id": op(), "conference_id": conference_id, "reply": answer, "attendees": "担当"}
    answer_invitation(database, actor, AnswerInvitation.model_validate(values))


def answered(database: Database, at: Table) -> str:
    """Everybody comes, except that the chamber stays away."""
    conference_id = invited(database, at)
    for key in SIX[:-1]:
        reply(database, at[key], conference_id)
    reply(database, at["chamber"], conference_id, Reply.ABSENT)
    return conference_id


def case_of(database: Database, at: Table, status: CaseStatus = CaseStatus.ACCEPTED) -> CaseRow:
    """Another firm's case, taken up by the association, its consent naming four agencies."""
    with database.begin() as uow:
        subject = factories.firm(uow, "有限会社仁科坂プレス")
        case = CaseRow(
            case_no=f"13-R8-{op()[:4]}",
            firm_id=subject.id,
            status=status,
            referrer_agency_id=at.agencies["bank"].id,
            receiver_agency_id=at.agencies["cga"].id,
            created_at=uow.now(),
        )
        uow.session.add(case)
        uow.session.flush()
        for kind in (RoomKind.CASE, RoomKind.SHEET):
            journal.open_room(uow.session, kind, case.id, uow.now())
        named = [at.agencies[key] for key in ("bank", "cga", "yorozu", "council")]
        case_rows.consent(uow, case, named, until=date(2027, 3, 31))
    return case


def tabled(database: Database, at: Table, conference_id: str, case: CaseRow) -> str:
    command = TableCase(op_id=op(), conference_id=conference_id, case_id=case.id, minutes=30)
    return table_case(database, at["cga"], command).id or ""


def added(database: Database, at: Table, conference_id: str, title: str = "前回の報告") -> str:
    values = {"op_id": op(), "conference_id": conference_id, "kind": "report", "minutes": 10}
    command = AddItem.model_validate(values | {"title": title})
    return add_item(database, at["cga"], command).id or ""


def opened(database: Database, at: Table) -> tuple[str, str, str]:
    """An open conference chaired by the association: its id, a case item and a report."""
    conference_id = answered(database, at)
    case_item = tabled(database, at, conference_id, case_of(database, at))
    report = added(database, at, conference_id)
    open_conference(database, at["cga"], OpenConference(op_id=op(), conference_id=conference_id))
    return conference_id, case_item, report


def accept(database: Database, actor: Actor, conference_id: str) -> None:
    values = {"op_id": op(), "conference_id": conference_id, "version": CURRENT_VERSION}
    accept_confidentiality(database, actor, AcceptConfidentiality.model_validate(values))


def conference(database: Database, conference_id: str) -> ConferenceRow:
    with database.read() as desk:
        row = desk.session.get(ConferenceRow, conference_id)
    assert row is not None
    return row


def item(database: Database, item_id: str) -> AgendaItemRow:
    with database.read() as desk:
        row = desk.session.get(AgendaItemRow, item_id)
    assert row is not None
    return row


def case(database: Database, case_id: str | None) -> CaseRow:
    with database.read() as desk:
        row = desk.session.get(CaseRow, case_id)
    assert row is not None
    return row


def replies(database: Database, conference_id: str) -> list[str]:
    query = select(SeatRow).where(SeatRow.conference_id == conference_id)
    with database.read() as desk:
        return [seat.reply for seat in desk.session.exec(query.order_by(col(SeatRow.position)))]


def entries(database: Database, kind: RoomKind, subject_id: str | None) -> list[EntryRow]:
    with database.read() as desk:
        return journal.entries_after(desk.session, journal.room_id(kind, subject_id or ""), 0)


def kinds(database: Database, kind: RoomKind, subject_id: str | None) -> list[str]:
    return [entry.kind for entry in entries(database, kind, subject_id)]
