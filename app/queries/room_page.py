"""The meeting room as one picture: the conference, its agenda, and the item that is looked at."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import col, select

from app.domain.access import Act, Relation, decide
from app.domain.conference import (
    UNDER_WAY,
    ConferenceStatus,
    ItemKind,
    ItemStatus,
    Reply,
    SeatRole,
)
from app.domain.confidentiality import ConfidentialityUnaccepted, Statement
from app.domain.consensus import RoundState, Verdict
from app.domain.decision_rules import DecisionRule, text_of
from app.domain.errors import NotEntitled, NotFound
from app.domain.item_course import rearranged
from app.domain.people import Actor
from app.queries.confidentiality import statement_to_accept
from app.queries.item_interest import ItemInterest, interest_of
from app.queries.item_snapshot import item_snapshot
from app.queries.item_speakers import SpeakersView, speakers_view
from app.queries.room_course import Course, NextConference, course_of, next_conferences
from app.store import ballots, conferences, reach, recusals
from app.store.electorates import at_table
from app.store.journal_export import fingerprint_if_closed
from app.store.speaking import agencies_at
from app.store.tables.agencies import AgencyRow
from app.store.tables.conferences import AgendaItemRow
from app.store.tables.firms import FirmRow
from app.store.tables.plans import PlanRow
from app.store.unit_of_work import Desk

_AFTER = (Act.GIVE_STANCE, Act.RETURN_PROVISIONAL)
_AT_AN_ITEM = (
    Act.SPEAK,
    Act.CALL_SPEAKERS,
    Act.RECORD_OUTCOME,
    Act.MARK_OUTCOME,
    Act.NOMINATE,
    Act.PROPOSE_LEAD,
    Act.GIVE_STANCE,
    Act.ACCEPT_LEAD,
    Act.DECLARE,
)


@dataclass(frozen=True, slots=True)
class Seated:
    """An agency at the table; ``attends`` is False once it sent word of absence."""

    agency_id: str
    name: str
    kind: str
    is_member: bool
    attends: bool


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One line of the agenda; ``title`` is empty where the firm may not be known here.

    ``out``: agencies that left it for a conflict of interest; ``is_out``: the actor's is one.
    ``awaits_acceptance``: it will be known once the reader accepted the statement.
    """

    id: str
    position: int
    kind: ItemKind
    title: str
    minutes: int
    status: ItemStatus
    ends_at: datetime | None
    case_id: str | None
    is_open: bool
    out: tuple[str, ...]
    is_out: bool
    awaits_acceptance: bool
    is_own: bool  # this agency brought the case


@dataclass(frozen=True, slots=True)
class ItemOnTable:
    """The item that is looked at: what was said on it, and what the actor may do about it."""

    line: AgendaLine
    told: dict[str, Any]
    may: frozenset[Act]
    electorate: tuple[Seated, ...]
    verdict: Verdict | None
    plan_id: str | None
    interest: ItemInterest
    speakers: SpeakersView
    after: frozenset[Act]  # what may be done about a 仮決定, also when the table is over

    @property
    def round(self) -> dict[str, Any] | None:
        """The last question put to the table, declared or not."""
        return self.told["rounds"][-1] if self.told["rounds"] else None

    @property
    def asked(self) -> bool:
        return self.round is not None and self.round["result"] is None

    @property
    def is_sealed(self) -> bool:
        """Whether stances of the last question may not be read yet."""
        last = self.round
        return last is not None and last["state"] == RoundState.OPEN and last["rule"]["blind"]

    @property
    def rule_text(self) -> tuple[str, ...]:
        return text_of(DecisionRule.of(self.round["rule"])) if self.round else ()


@dataclass(frozen=True, slots=True)
class RoomPage:
    """Everything the room shows without a live connection."""

    id: str
    name: str
    status: ConferenceStatus
    online_url: str
    host_agency_id: str
    chair_agency_id: str
    chair_agency: str
    chair_name: str
    now: datetime
    today: date
    is_host: bool
    may_run: bool
    statement: Statement | None
    seats: tuple[Seated, ...]
    agenda: tuple[AgendaLine, ...]
    course: Course
    next_conferences: tuple[NextConference, ...]
    selected: AgendaLine | None
    item: ItemOnTable | None
    fingerprint: str  # of its journals, once it is closed

    @property
    def on_deck(self) -> tuple[AgendaLine, ...]:
        """Cases of the next two items that concern this agency; others learn nothing of them."""
        if self.status not in UNDER_WAY:
            return ()
        coming = set(self.course.on_deck)
        return tuple(line for line in self.agenda if line.id in coming and line.case_id)

    def with_this_earlier(self, item_id: str) -> list[str]:
        """The agenda's order with one waiting item before the waiting one it now follows."""
        waiting = [line.id for line in self.agenda if line.status is ItemStatus.WAITING]
        at = waiting.index(item_id)
        waiting[at - 1 : at + 1] = reversed(waiting[at - 1 : at + 1])
        return rearranged([line.id for line in self.agenda], waiting)

    @property
    def running(self) -> AgendaLine | None:
        return next((line for line in self.agenda if line.status is ItemStatus.RUNNING), None)

    def seat(self, agency_id: str | None) -> Seated | None:
        return next((seat for seat in self.seats if seat.agency_id == agency_id), None)


def room_page(desk: Desk, actor: Actor, conference_id: str, item_id: str | None = None) -> RoomPage:
    """The room with one item in view: the one asked for, else the running one, else the first."""
    held = reach.conference(desk, actor, conference_id, Act.ENTER_ROOM)
    row = held.row
    seats = _seats(desk, row.id)
    out = recusals.out_at(desk.session, row.id)
    items = conferences.items_of(desk, row.id)
    agenda = tuple(_line(desk, actor, item, out.get(item.id, [])) for item in items)
    may_run = decide(actor, Act.RUN_CONFERENCE, held.standing)
    selected = _selected(agenda, item_id)
    chair = desk.session.get(AgencyRow, row.chair_agency_id)
    return RoomPage(
        id=row.id,
        name=row.name,
        status=ConferenceStatus(row.status),
        online_url=row.online_url,
        host_agency_id=row.host_agency_id,
        chair_agency_id=row.chair_agency_id,
        chair_agency=chair.name if chair else "",
        chair_name=row.chair_name,
        now=desk.now(),
        today=desk.today(),
        is_host=Relation.HOST in held.standing.relations,
        may_run=may_run,
        statement=statement_to_accept(desk, actor, row, held.standing),
        seats=seats,
        agenda=agenda,
        course=course_of(desk, row, items),
        next_conferences=next_conferences(desk, actor, row) if may_run else (),
        selected=selected,
        item=_on_table(desk, actor, selected, seats) if selected and selected.is_open else None,
        fingerprint=fingerprint_if_closed(desk.session, row),
    )


def _seats(desk: Desk, conference_id: str) -> tuple[Seated, ...]:
    return tuple(
        Seated(
            agency_id=agency.id,
            name=agency.name,
            kind=agency.kind,
            is_member=seat.role == SeatRole.MEMBER,
            attends=seat.reply != Reply.ABSENT,
        )
        for seat, agency in conferences.seats_of(desk.session, conference_id)
    )


def _line(desk: Desk, actor: Actor, item: AgendaItemRow, out: list[str]) -> AgendaLine:
    """Chair and host know every item by its number; a firm is named within its consent only."""
    in_hand, awaits_acceptance = _in_hand(desk, actor, item.id)
    firm = desk.session.get(FirmRow, in_hand.case.firm_id) if in_hand and in_hand.case else None
    return AgendaLine(
        id=item.id,
        position=item.position,
        kind=ItemKind(item.kind),
        title=firm.name if firm else item.title,
        minutes=item.minutes,
        status=ItemStatus(item.status),
        ends_at=item.ends_at,
        case_id=item.case_id if in_hand else None,
        is_open=in_hand is not None,
        out=tuple(out),
        is_out=actor.agency_id in out,
        awaits_acceptance=awaits_acceptance,
        is_own=bool(
            in_hand and in_hand.case and in_hand.case.referrer_agency_id == actor.agency_id
        ),
    )


def _in_hand(desk: Desk, actor: Actor, item_id: str) -> tuple[reach.ItemInHand | None, bool]:
    """The item, or None with whether accepting the statement would open it."""
    try:
        return reach.item(desk, actor, item_id, Act.SEE_ITEM), False
    except NotFound as hidden:
        return None, isinstance(hidden, ConfidentialityUnaccepted)


def _selected(agenda: tuple[AgendaLine, ...], item_id: str | None) -> AgendaLine | None:
    asked = next((line for line in agenda if line.id == item_id), None)
    running = next((line for line in agenda if line.status is ItemStatus.RUNNING), None)
    return asked or running or next(iter(agenda), None)


def _on_table(desk: Desk, actor: Actor, line: AgendaLine, seats: tuple[Seated, ...]) -> ItemOnTable:
    in_hand = reach.item(desk, actor, line.id, Act.SEE_ITEM)
    told = item_snapshot(desk, actor, line.id)
    live = in_hand.conference.status in UNDER_WAY and line.status is ItemStatus.RUNNING
    return ItemOnTable(
        line=line,
        told=told,
        may=frozenset(act for act in _AT_AN_ITEM if live and decide(actor, act, in_hand.standing)),
        electorate=_electorate(desk, in_hand, seats),
        verdict=_verdict(desk, in_hand),
        plan_id=_newest_plan(desk, actor, in_hand),
        interest=interest_of(actor, in_hand, told["recusals"]),
        after=frozenset(act for act in _AFTER if decide(actor, act, in_hand.standing)),
        speakers=speakers_view(
            told["speakers"], agencies_at(desk, in_hand.row), line.minutes, desk.now()
        ),
    )


def _electorate(
    desk: Desk, in_hand: reach.ItemInHand, seats: tuple[Seated, ...]
) -> tuple[Seated, ...]:
    """Those a round would ask now, as the room lists its seats."""
    asked = at_table(desk, in_hand.row, in_hand.conference, in_hand.case)
    known = {seat["agency_id"] for seat in asked}
    return tuple(seat for seat in seats if seat.agency_id in known)


def _newest_plan(desk: Desk, actor: Actor, in_hand: reach.ItemInHand) -> str | None:
    """The plan's newest version, for those who may see it."""
    if in_hand.case is None:
        return None
    query = select(PlanRow.id).where(PlanRow.case_id == in_hand.case.id)
    newest = desk.session.exec(query.order_by(col(PlanRow.version).desc()).limit(1)).first()
    try:
        return reach.plan(desk, actor, newest, Act.SEE_PLAN).row.id if newest else None
    except (NotFound, NotEntitled):
        return None


def _verdict(desk: Desk, in_hand: reach.ItemInHand) -> Verdict | None:
    """Of the question that is asked now; of a sealed one nobody knows."""
    row = ballots.open_on(desk.session, in_hand.row.id)
    if row is None or ballots.is_sealed(row):
        return None
    return ballots.verdict_on(desk, row, in_hand.conference.id)
