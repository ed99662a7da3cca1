"""Whom a question on the lead is put to: seats as data, and as the rules judge them."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlmodel import col, select

from app.domain.attendance import Mode
from app.domain.ballot import VotingSeat
from app.domain.conference import Reply, SeatRole
from app.domain.decision_rules import MAIN_BANK, SECRETARIAT
from app.domain.proxies import Pinned, at_item
from app.store import proxies, recusals, standings
from app.store.attendance import attendance_of
from app.store.tables.agencies import AgencyRow
from app.store.tables.cases import CaseRow
from app.store.tables.conferences import AgendaItemRow, ConferenceRow, SeatRow
from app.store.tables.firms import LoanRow
from app.store.unit_of_work import Desk

Seat = dict[str, Any]
# Replies that announce somebody, or something in writing.
_COMING = frozenset({Reply.ATTEND, Reply.SUBSTITUTE, Reply.WRITTEN})


def electorate_of(
    desk: Desk, item: AgendaItemRow, conference: ConferenceRow, case: CaseRow | None
) -> list[Seat]:
    """Member seats within the consent that are neither absent nor recused, in listing order.

    An agency that stays away has not agreed; one that has not replied is asked like the rest.
    Who stays away with a 委任状 is asked through its holder.
    """
    within = _within(desk, item, conference, case)
    coming = {agency.id for seat, agency in within if seat.reply != Reply.ABSENT}
    handed = _handed_on(desk, item, conference, coming) if within else {}
    asked = [one for one in within if one[1].id in coming or one[1].id in handed]
    return _told(desk, conference, case, asked, handed)


def at_table(
    desk: Desk, item: AgendaItemRow, conference: ConferenceRow, case: CaseRow | None
) -> list[Seat]:
    """Those of the electorate that come themselves: a 委任状 is for nothing but the answer to who
    leads, so who stays away with one names nobody, is named by nobody, and votes on nothing."""
    within = _within(desk, item, conference, case)
    coming = [one for one in within if one[0].reply != Reply.ABSENT]
    return _told(desk, conference, case, coming, {})


def _within(
    desk: Desk, item: AgendaItemRow, conference: ConferenceRow, case: CaseRow | None
) -> list[tuple[SeatRow, AgencyRow]]:
    """Member seats that may read of the case and have not left it, whether or not they come."""
    consent = standings.consent_in_force(desk.session, case.id) if case else None
    if consent is None:
        return []
    out = recusals.out_of(desk.session, item.id)
    rows = desk.session.exec(
        select(SeatRow, AgencyRow)
        .join(AgencyRow, col(AgencyRow.id) == col(SeatRow.agency_id))
        .where(SeatRow.conference_id == conference.id, SeatRow.role == SeatRole.MEMBER)
        .order_by(col(SeatRow.position))
    )
    return [
        (seat, agency)
        for seat, agency in rows
        if agency.id not in out and consent.groups_for(agency.id, desk.today())
    ]


def _told(
    desk: Desk,
    conference: ConferenceRow,
    case: CaseRow | None,
    rows: Iterable[tuple[SeatRow, AgencyRow]],
    handed: Mapping[str, Pinned],
) -> list[Seat]:
    banks = main_banks_of(desk, case) if case else set()
    modes = _modes(desk, conference.id)
    return [
        {
            "agency_id": agency.id,
            "name": agency.name,
            "kind": agency.kind,
            "marks": [
                *([MAIN_BANK] if agency.id in banks else []),
                *([SECRETARIAT] if agency.id == conference.host_agency_id else []),
            ],
            "takes_part": _takes_part(modes.get(agency.id), seat.reply) or agency.id in handed,
            "proxy": handed.get(agency.id),
        }
        for seat, agency in rows
    ]


def _handed_on(
    desk: Desk, item: AgendaItemRow, conference: ConferenceRow, able: set[str]
) -> dict[str, Pinned]:
    rows = {row.id: row for row in proxies.in_force(desk, conference.id)}
    if not rows:
        return {}
    people = {
        (person.id, agency.id) for _m, person, agency in proxies.may_hold(desk, conference.id)
    }
    # Who no longer acts for the agency it was given to at, says nothing for another.
    rows = {
        key: row
        for key, row in rows.items()
        if row.holder_person_id is None or (row.holder_person_id, row.holder_agency_id) in people
    }
    told = (proxies.as_told(row, conference) for row in rows.values())
    counting = at_item(told, item.id, able)
    return {agency: proxies.pinned_from(rows[one.id]) for agency, one in counting.items()}


def main_banks_of(desk: Desk, case: CaseRow) -> set[str]:
    """メイン金融機関 as the firm's loans name it, as far as that is an agency here."""
    query = select(LoanRow.lender_agency_id).where(
        LoanRow.firm_id == case.firm_id, col(LoanRow.is_main_bank).is_(True)
    )
    return {agency_id for agency_id in desk.session.exec(query) if agency_id}


def as_of_now(desk: Desk, conference_id: str, seats: Iterable[Seat]) -> list[Seat]:
    """The same seats with how each takes part by now; marks stay as they were pinned."""
    modes = _modes(desk, conference_id)
    replies = dict(
        desk.session.exec(
            select(SeatRow.agency_id, SeatRow.reply).where(SeatRow.conference_id == conference_id)
        ).all()
    )
    return [
        {
            **seat,
            "takes_part": bool(seat.get("proxy"))
            or _takes_part(
                modes.get(seat["agency_id"]), replies.get(seat["agency_id"], Reply.WAITING)
            ),
        }
        for seat in seats
    ]


def voting_seats(seats: Iterable[Mapping[str, Any]]) -> tuple[VotingSeat, ...]:
    """As the rules take them; an electorate pinned before there were marks has none."""
    return tuple(
        VotingSeat(
            agency_id=seat["agency_id"],
            name=seat["name"],
            marks=frozenset({seat["kind"], *seat.get("marks", ())}),
            takes_part=seat.get("takes_part", True),
        )
        for seat in seats
    )


def _modes(desk: Desk, conference_id: str) -> dict[str, str]:
    return {key: row.mode for key, row in attendance_of(desk.session, conference_id).items()}


def _takes_part(mode: str | None, reply: str) -> bool:
    """What was noted at the table counts; before that, what the agency announced."""
    return mode != Mode.ABSENT if mode is not None else reply in _COMING
