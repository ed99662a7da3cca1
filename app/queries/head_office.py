"""本部への照会: the agency's own page of links, and what a head office is shown."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.domain.access import Act
from app.domain.errors import NotFound
from app.domain.head_office import LinkState
from app.domain.people import Actor
from app.domain.stances import Stance
from app.store import agencies, ballots, head_office, reach
from app.store.tables.agencies import AgencyRow
from app.store.tables.ballots import StanceRow
from app.store.tables.firms import FirmRow
from app.store.unit_of_work import Desk


@dataclass(frozen=True, slots=True)
class LinkLine:
    id: str
    state: LinkState
    person: str
    at: datetime
    expires_at: datetime
    answered_by: str
    is_live: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What was decided for now. ``held``: the words with which the agency took it home."""

    round_id: str
    conference_id: str
    conference_name: str
    item_id: str
    firm: str
    agency: str
    wording: str
    nominee: str
    supporters: tuple[tuple[str, str], ...]
    conditions: tuple[str, ...]
    held: str
    reply_by: date
    waits: bool


def asked_of(desk: Desk, actor: Actor, round_id: str) -> Asked:
    """For those who act for an agency that took it home, and for nobody else."""
    round_ = reach.round_(desk, actor, round_id, Act.GIVE_STANCE)
    stance = desk.session.get(StanceRow, (round_id, actor.agency_id))
    case = round_.item.case
    if case is None or stance is None or stance.stance != Stance.HOLD or stance.reply_by is None:
        raise NotFound
    row = round_.row
    named: dict[str, AgencyRow] = agencies.by_ids(
        desk.session, {row.nominee_id, *(one["agency_id"] for one in row.supporters)}
    )
    others: list[dict[str, Any]] = [
        content
        for content in map(ballots.content_of, ballots.stances_on(desk.session, round_id))
        if content["stance"] == Stance.AGREE_WITH_CONDITION
    ]
    return Asked(
        round_id=round_id,
        conference_id=round_.item.conference.id,
        conference_name=round_.item.conference.name,
        item_id=row.item_id,
        firm=desk.session.get_one(FirmRow, case.firm_id).name,
        agency=actor.agency_name,
        wording=row.wording,
        nominee=named[row.nominee_id].name,
        supporters=tuple((named[one["agency_id"]].name, one["role"]) for one in row.supporters),
        conditions=tuple(one["text"] for one in others),
        held=stance.text,
        reply_by=stance.reply_by,
        waits=ballots.awaits_head_offices(desk.session, round_id),
    )


def links_of(desk: Desk, actor: Actor, round_id: str) -> tuple[LinkLine, ...]:
    return tuple(
        LinkLine(
            id=row.id,
            state=LinkState(row.state),
            person=row.person_name,
            at=row.at,
            expires_at=row.expires_at,
            answered_by=row.answered_by,
            is_live=head_office.is_live(desk, row),
        )
        for row in head_office.links_of(desk.session, round_id, actor.agency_id)
    )
