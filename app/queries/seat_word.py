"""A seat's own word, read back by those who may say it, also while it is sealed for others."""

from dataclasses import dataclass
from typing import Any

from app.domain.access import Act, Relation, decide
from app.domain.errors import NotFound
from app.domain.people import Actor
from app.domain.proxies import Manner, holds
from app.store import ballots, reach, recusals
from app.store.tables.ballots import StanceRow
from app.store.tables.proxies import ProxyRow
from app.store.unit_of_work import Desk


@dataclass(frozen=True, slots=True)
class SeatWord:
    """``given``: what the reader may read of what was said; ``instruction``: of the 委任状."""

    given: dict[str, Any] | None
    instruction: str


def seat_word(desk: Desk, actor: Actor, round_id: str, agency_id: str) -> SeatWord:
    """The agency's own people read all that was said for it; a holder and the secretariat what
    they said themselves. Everybody else is told that there is nothing here."""
    round_ = reach.round_(desk, actor, round_id, Act.SEE_ITEM)
    seat = next((one for one in round_.row.seats if one["agency_id"] == agency_id), None)
    if seat is None:
        raise NotFound
    stance = desk.session.get(StanceRow, (round_id, agency_id))
    own = agency_id == actor.agency_id and decide(actor, Act.GIVE_STANCE, round_.item.standing)
    is_chair = Relation.CHAIR in round_.item.standing.relations
    pinned = seat.get("proxy")
    is_holder = decide(actor, Act.GIVE_STANCE, round_.item.standing) and holds(
        pinned, actor.person_id, is_chair=is_chair
    )
    enters = decide(actor, Act.ENTER_STANCE, round_.item.standing)
    if not (own or is_holder or enters):
        raise NotFound
    reads = (
        own
        or (is_holder and stance is not None and stance.manner == Manner.PROXY)
        or (enters and stance is not None and stance.manner == Manner.OFFICE)
    )
    held = desk.session.get(ProxyRow, pinned["id"]) if pinned and (own or is_holder) else None
    return SeatWord(
        given=told(stance) if stance is not None and reads else None,
        instruction=held.instruction if held else "",
    )


def told(stance: StanceRow) -> dict[str, Any]:
    return (
        ballots.content_of(stance)
        | ballots.manner_of(stance)
        | {"person": stance.person_name, "receipt": stance.receipt}
    )


@dataclass(frozen=True, slots=True)
class FileOf:
    digest: str
    name: str


def stance_file(desk: Desk, actor: Actor, round_id: str, agency_id: str) -> FileOf:
    """The writing a stance was entered from: read by whoever may read the stance."""
    round_ = reach.round_(desk, actor, round_id, Act.SEE_ITEM)
    stance = desk.session.get(StanceRow, (round_id, agency_id))
    if stance is None or not stance.file_digest:
        raise NotFound
    if ballots.is_sealed(round_.row) and seat_word(desk, actor, round_id, agency_id).given is None:
        raise NotFound
    return FileOf(stance.file_digest, stance.file_name)


@dataclass(frozen=True, slots=True)
class Entering:
    """What the secretariat enters a word for: ``seats`` that have not said theirs otherwise."""

    conference_id: str
    wording: str
    seats: tuple[tuple[str, str], ...]
    asked: tuple[tuple[str, str], ...]


def entering(desk: Desk, actor: Actor, round_id: str) -> Entering:
    round_ = reach.round_(desk, actor, round_id, Act.ENTER_STANCE)
    left = set(recusals.lost_by(desk.session, round_id))
    said = {
        one.agency_id
        for one in ballots.stances_on(desk.session, round_id)
        if one.manner != Manner.OFFICE
    }
    asked = [(seat["agency_id"], seat["name"]) for seat in round_.row.seats]
    apart = left | said | {actor.agency_id}
    return Entering(
        conference_id=round_.item.conference.id,
        wording=round_.row.wording,
        seats=tuple(one for one in asked if one[0] not in apart),
        asked=tuple(asked),
    )
