"""One item of the agenda as minutes tell it: whole to those at it, a number to all others."""

from datetime import date, datetime
from typing import Any

from app.domain.access import Act
from app.domain.conference import ITEM_KIND_LABELS, OUTCOME_KIND_LABELS, ItemKind, OutcomeKind
from app.domain.confidentiality import ConfidentialityUnaccepted
from app.domain.decision_sheet import DecisionSheet
from app.domain.errors import NotFound
from app.domain.facts import RoomKind
from app.domain.gaps import (
    DECLINE_LABELS,
    GAP_OUTCOME_LABELS,
    GAP_STATE_LABELS,
    Decline,
    GapOutcome,
    GapState,
)
from app.domain.interest import RecusalState
from app.domain.item_results import ITEM_RESULT_LABELS, ItemResult
from app.domain.minutes import (
    Declining,
    Ending,
    GapDeclared,
    GapMoved,
    ItemMinutes,
    Left,
    Mask,
    Outcome,
)
from app.domain.people import Actor
from app.domain.vocabulary import REQUEST_KIND_LABELS, RequestKind
from app.queries.conference_page import AgendaEntry
from app.queries.decision_sheets import sheets_at
from app.queries.minutes_ballots import ballots_in
from app.queries.papers import item_shelf
from app.store import agencies, journal, reach, recusals
from app.store.pictures.ending import settled_on
from app.store.pictures.gaps import gaps_at
from app.store.pictures.guests import guests_at
from app.store.pictures.item import case_told, outcomes_at
from app.store.unit_of_work import Desk

Picture = dict[str, Any]
Names = dict[str, str]


def item_minutes(desk: Desk, actor: Actor, entry: AgendaEntry, fingerprint: str) -> ItemMinutes:
    """``fingerprint``: of the conference, as it stands on the decisions too."""
    try:
        item = reach.item(desk, actor, entry.id, Act.SEE_ITEM)
    except NotFound as hidden:
        return _masked(entry, isinstance(hidden, ConfidentialityUnaccepted))
    return _open(desk, actor, entry, item, sheets_at(desk, actor, item, fingerprint))


def _masked(entry: AgendaEntry, unaccepted: bool) -> ItemMinutes:
    """A title only where no firm is in it: that much everybody knows of the agenda."""
    mask = Mask.UNACCEPTED if unaccepted else Mask.OUT if entry.is_out else Mask.OUTSIDE
    return ItemMinutes(
        position=entry.position,
        kind=ITEM_KIND_LABELS[entry.kind],
        is_case=entry.kind is ItemKind.CASE,
        mask=mask,
        title="" if entry.kind is ItemKind.CASE else entry.title,
    )


def _open(
    desk: Desk,
    actor: Actor,
    entry: AgendaEntry,
    item: reach.ItemInHand,
    decisions: tuple[DecisionSheet, ...],
) -> ItemMinutes:
    row = item.row
    case = case_told(desk.session, row.case_id)
    outcomes, gaps = outcomes_at(desk, row.id), gaps_at(desk, row.id)
    ending = settled_on(desk, row.id)
    left = _left(desk, item)
    names = _names(desk, [case, ending, *outcomes], gaps, left)
    shelf = item_shelf(desk, actor, row.id) if case else None
    return ItemMinutes(
        position=row.position,
        kind=ITEM_KIND_LABELS[entry.kind],
        is_case=case is not None,
        mask=Mask.NONE,
        title=entry.title or row.title,
        case_number=case["case_no"] if case else "",
        presenter=names.get(case["referrer_agency_id"], "") if case else "",
        started_at=row.started_at,
        ended_at=row.ended_at,
        guests=_guests(desk, row.id),
        left=tuple(Left(names.get(one, ""), returned) for one, returned in left.items()),
        papers=tuple((one.title, one.version.version) for one in shelf.fixed) if shelf else (),
        outcomes=tuple(
            Outcome(
                kind=OUTCOME_KIND_LABELS[OutcomeKind(one["kind"])],
                text=one["text"],
                agency=names.get(one["agency_id"], ""),
                person=one["person"],
                due=_day(one["due"]),
            )
            for one in outcomes
        ),
        decisions=decisions,
        corrections=sum(len(one.addenda) for one in decisions),
        ballots=ballots_in(desk, journal.room_id(RoomKind.ITEM, row.id)),
        gaps=tuple(_gap(one, names) for one in gaps),
        ending=_ending(ending, names) if ending else None,
    )


def _left(desk: Desk, item: reach.ItemInHand) -> dict[str, bool]:
    """Agency → whether it came back; one that had before the item began never was away."""
    begun = item.row.started_at
    found: dict[str, bool] = {}
    for one in recusals.of_item(desk.session, item.row.id):
        if one.state == RecusalState.STANDING:
            found[one.agency_id] = False
        elif one.state == RecusalState.LIFTED and _is_after(one.answered_at, begun):
            found[one.agency_id] = True
    return found


def _is_after(moment: datetime | None, begun: datetime | None) -> bool:
    return moment is not None and begun is not None and moment > begun


def _guests(desk: Desk, item_id: str) -> tuple[str, ...]:
    """The firm's own people who came in, each once."""
    came = (one["name"] for one in guests_at(desk, item_id) if one["entered_at"])
    return tuple(dict.fromkeys(came))


def _ending(told: Picture, names: Names) -> Ending:
    return Ending(
        result=ITEM_RESULT_LABELS[ItemResult(told["result"])],
        owner=names.get(told["owner_agency_id"], ""),
        owner_person=told["owner_person"],
        reason=told["reason"],
        next_date=_day(told["next_date"]),
        next_conference=told["next_conference_name"],
    )


def _gap(told: Picture, names: Names) -> GapDeclared:
    """As it was declared: whose it was first is in what its first move came from."""
    first = told["moves"][0] if told["moves"] else None
    outcome = told["outcome"]
    return GapDeclared(
        number=told["number"],
        declared_at=datetime.fromisoformat(told["at"]),
        kind=REQUEST_KIND_LABELS[RequestKind(told["kind"])],
        text=told["text"],
        declined=tuple(
            Declining(
                names.get(one["agency_id"], ""), DECLINE_LABELS[Decline(one["how"])], one["reason"]
            )
            for one in told["declined"]
        ),
        owner=names.get(first["from_agency_id"] if first else told["owner_agency_id"], ""),
        owner_person=first["from_person"] if first else told["owner_person"],
        next_step=told["next_step"],
        due=date.fromisoformat(first["from_due"] if first else told["due"]),
        next_date=date.fromisoformat(told["next_date"]),
        moves=tuple(
            GapMoved(
                names.get(move["agency_id"], ""),
                move["person"],
                date.fromisoformat(move["due"]),
                move["reason"],
            )
            for move in told["moves"]
        ),
        state=GAP_OUTCOME_LABELS[GapOutcome(outcome)]
        if outcome
        else GAP_STATE_LABELS[GapState(told["state"])],
        state_text=told["outcome_text"],
    )


def _names(
    desk: Desk, told: list[Picture | None], gaps: list[Picture], left: dict[str, bool]
) -> Names:
    """Every agency that is named, asked for at once."""
    keys = ("agency_id", "owner_agency_id", "referrer_agency_id")
    wanted = {one.get(key) for one in told if one for key in keys} | set(left)
    for gap in gaps:
        wanted |= {gap["owner_agency_id"], *(one["agency_id"] for one in gap["declined"])}
        wanted |= {move[key] for move in gap["moves"] for key in ("from_agency_id", "agency_id")}
    found = agencies.by_ids(desk.session, {one for one in wanted if one})
    return {key: row.name for key, row in found.items()}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
