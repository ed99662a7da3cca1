"""The picture of a conference's own room: seats, agenda and who chairs; no firm is named."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.clock import iso
from app.domain.facts import RoomKind
from app.domain.item_results import Settled
from app.domain.vocabulary import AGENCY_MARKS, AgencyKind
from app.store import attendance, conferences, journal, pauses, proxies, recusals
from app.store.item_results import results_of
from app.store.pictures.polls import polls_at
from app.store.tables.agencies import AgencyRow
from app.store.tables.attendance import AttendanceRow
from app.store.tables.conferences import AgendaItemRow, ConferenceRow, SeatRow
from app.store.tables.proxies import ProxyRow
from app.store.unit_of_work import Desk

Picture = dict[str, Any]


def conference_picture(desk: Desk, row: ConferenceRow) -> Picture:
    """The same for everybody in the room; a case item has no title here."""
    out = recusals.out_at(desk.session, row.id)
    noted = attendance.attendance_of(desk.session, row.id)
    return {
        "id": row.id,
        "name": row.name,
        "status": row.status,
        "starts_at": iso(row.starts_at),
        "chair": {"agency_id": row.chair_agency_id, "name": row.chair_name},
        "seats": [
            _seat(seat, agency) | {"attendance": _attendance(noted.get(agency.id))}
            for seat, agency in conferences.seats_of(desk.session, row.id)
        ],
        "proxies": [_proxy(one) for one in proxies.in_force(desk, row.id)],
        "items": _items(desk, row.id, out),
        "opened_at": _moment(row.opened_at),
        "closed_at": _moment(row.closed_at),
        "paused": _pause(desk, row.id),
        "preliminary": row.preliminary or [],
        "polls": polls_at(desk, journal.room_id(RoomKind.CONFERENCE, row.id)),
    }


def _attendance(row: AttendanceRow | None) -> Picture | None:
    if row is None:
        return None
    return {"mode": row.mode, "people": row.people, "arrived": row.arrived, "left": row.left}


def _seat(seat: SeatRow, agency: AgencyRow) -> Picture:
    return {
        "agency_id": agency.id,
        "name": agency.name,
        "kind": agency.kind,
        "mark": AGENCY_MARKS[AgencyKind(agency.kind)],
        "role": seat.role,
        "reply": seat.reply,
        "attendees": seat.attendees,
        "position": seat.position,
    }


def _proxy(row: ProxyRow) -> Picture:
    return {
        "id": row.id,
        "agency_id": row.agency_id,
        "item_id": row.item_id,
        "holder": row.holder,
        "holder_agency_id": row.holder_agency_id,
        "holder_person_id": row.holder_person_id,
        "holder_name": row.holder_name,
    }


def _pause(desk: Desk, conference_id: str) -> Picture | None:
    pause = pauses.going_on(desk.session, conference_id)
    if pause is None:
        return None
    return {
        "reason": pause.reason,
        "at": iso(pause.paused_at),
        "resumes_at": iso(pause.resumes_at),
    }


def _items(desk: Desk, conference_id: str, out: Mapping[str, list[str]]) -> list[Picture]:
    items = conferences.items_of(desk, conference_id)
    results = results_of(desk.session, (item.id for item in items))
    return [_item(item, out.get(item.id, []), results.get(item.id)) for item in items]


def _item(item: AgendaItemRow, recused: list[str], settled: Settled | None) -> Picture:
    return {
        "id": item.id,
        "position": item.position,
        "kind": item.kind,
        "title": item.title,
        "minutes": item.minutes,
        "status": item.status,
        "started_at": _moment(item.started_at),
        "ends_at": _moment(item.ends_at),
        "ended_at": _moment(item.ended_at),
        "recused": recused,
        "step": item.step,
        "result": settled.result if settled else None,
    }


def _moment(at: datetime | None) -> str | None:
    return iso(at) if at else None
