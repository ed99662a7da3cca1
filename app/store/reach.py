"""The only way to an object: load it, see how the actor stands to it, decide, lock it."""

from dataclasses import dataclass
from typing import TypeVar

from sqlmodel import SQLModel, select

from app.domain.access import Act, Relation, Standing, decide
from app.domain.confidentiality import ConfidentialityUnaccepted
from app.domain.consent import ItemGroup
from app.domain.errors import NotEntitled, NotFound
from app.domain.facts import RoomKind
from app.domain.lanes import LaneOf
from app.domain.papers import may_read
from app.domain.people import Actor
from app.domain.sentences import _
from app.store import journal, kept, standings
from app.store.tables.ballots import RoundRow
from app.store.tables.cases import CaseRow
from app.store.tables.conferences import AgendaItemRow, ConferenceRow, SeriesRow
from app.store.tables.journal import RoomRow
from app.store.tables.papers import PaperRow
from app.store.tables.plans import PlanRow
from app.store.tables.polls import PollRow
from app.store.unit_of_work import Desk

Row = TypeVar("Row", bound=SQLModel)


@dataclass(frozen=True, slots=True)
class CaseInHand:
    row: CaseRow
    standing: Standing
    room: RoomRow


@dataclass(frozen=True, slots=True)
class ConferenceInHand:
    row: ConferenceRow
    standing: Standing
    room: RoomRow


@dataclass(frozen=True, slots=True)
class ItemInHand:
    row: AgendaItemRow
    conference: ConferenceRow
    case: CaseRow | None
    standing: Standing
    room: RoomRow


@dataclass(frozen=True, slots=True)
class LaneInHand:
    """An inner lane; its journal begins with the first word said in it."""

    of: LaneOf
    item: ItemInHand


@dataclass(frozen=True, slots=True)
class RoundInHand:
    row: RoundRow
    item: ItemInHand


@dataclass(frozen=True, slots=True)
class PollInHand:
    """``at`` is what it was put to: a conference, or one of its items."""

    row: PollRow
    at: ConferenceInHand | ItemInHand


@dataclass(frozen=True, slots=True)
class PlanInHand:
    row: PlanRow
    case: CaseInHand


@dataclass(frozen=True, slots=True)
class PaperInHand:
    row: PaperRow
    case: CaseInHand


def load(desk: Desk, table: type[Row], row_id: str) -> Row:
    """The row, locked for the rest of the transaction when it is a writing one.

    SQLite has locked everything by then, and the session knows what has changed since it read.
    """
    if desk.writing and desk.on_sqlite:
        held = kept.row(desk.session, table, row_id)
        if held is None:
            raise NotFound
        return held
    query = select(table).where(table.id == row_id)  # type: ignore[attr-defined]  # every table reached by id has one
    if desk.writing:
        query = query.with_for_update().execution_options(populate_existing=True)
    row = desk.session.exec(query).one_or_none()
    if row is None:
        raise NotFound
    return row


def allow(actor: Actor, act: Act, standing: Standing, sight: Act) -> None:
    """Who may not even see the object learns nothing; who may see it learns what is lacking."""
    if not (decide(actor, act, standing) or decide(actor, sight, standing)):
        raise NotFound
    if not standing.has_accepted:
        raise ConfidentialityUnaccepted
    if decide(actor, act, standing):
        return
    raise NotEntitled(_("この操作は、お使いの機関または役割ではできません。"))


def network(actor: Actor, act: Act) -> None:
    """For acts that concern no object yet: any agency of the network, in a fitting role."""
    if not decide(actor, act, standings.NETWORK_MEMBER):
        raise NotEntitled(_("この操作は、お使いの機関または役割ではできません。"))


def case(desk: Desk, actor: Actor, case_id: str, act: Act) -> CaseInHand:
    row = load(desk, CaseRow, case_id)
    standing = standings.of_case(desk.session, actor, row, desk.today())
    # An addressee sees the case as one who takes part: a referral puts it among them.
    allow(actor, act, standing, Act.SEE_CASE)
    return CaseInHand(row, standing, journal.room_of(desk.session, RoomKind.CASE, row.id))


def sheet_room(desk: Desk, case_id: str) -> RoomRow:
    return journal.room_of(desk.session, RoomKind.SHEET, case_id)


def conference(desk: Desk, actor: Actor, conference_id: str, act: Act) -> ConferenceInHand:
    row = load(desk, ConferenceRow, conference_id)
    standing = standings.of_conference(desk.session, actor, row)
    allow(actor, act, standing, Act.SEE_CONFERENCE)
    room = journal.room_of(desk.session, RoomKind.CONFERENCE, row.id)
    return ConferenceInHand(row, standing, room)


def item(desk: Desk, actor: Actor, item_id: str, act: Act) -> ItemInHand:
    row = load(desk, AgendaItemRow, item_id)
    held = kept.row(desk.session, ConferenceRow, row.conference_id)
    if held is None:
        raise NotFound
    subject = kept.row(desk.session, CaseRow, row.case_id) if row.case_id else None
    standing = standings.of_item(desk.session, actor, held, row, subject, desk.today())
    allow(actor, act, standing, Act.SEE_ITEM)
    room = journal.room_of(desk.session, RoomKind.ITEM, row.id)
    return ItemInHand(row, held, subject, standing, room)


def may_at_item(desk: Desk, actor: Actor, item_id: str, act: Act) -> bool:
    """Whether a page may offer the act, or tell of the item at all; nothing is locked by asking."""
    try:
        item(desk, actor, item_id, act)
    except (ConfidentialityUnaccepted, NotEntitled, NotFound):
        return False
    return True


def lane(desk: Desk, actor: Actor, of: LaneOf) -> LaneInHand:
    """Who sees an item is told nothing of the lanes of others, not even that there are any."""
    in_hand = item(desk, actor, of.item_id, Act.SEE_ITEM)
    standing = standings.of_lane(
        desk.session, actor, in_hand.conference, in_hand.standing, of.agency_id, of.lane
    )
    allow(actor, Act.ENTER_LANE, standing, Act.ENTER_LANE)
    return LaneInHand(of, in_hand)


def round_(desk: Desk, actor: Actor, round_id: str, act: Act) -> RoundInHand:
    """A round is reached through its item, which is locked first: item before round, always."""
    item_id = desk.session.exec(select(RoundRow.item_id).where(RoundRow.id == round_id)).first()
    if item_id is None:
        raise NotFound
    in_hand = item(desk, actor, item_id, act)
    return RoundInHand(load(desk, RoundRow, round_id), in_hand)


def poll(desk: Desk, actor: Actor, poll_id: str, act: Act) -> PollInHand:
    """A ballot is reached, and locked, after what it was put to."""
    query = select(PollRow.conference_id, PollRow.item_id).where(PollRow.id == poll_id)
    found = desk.session.exec(query).first()
    if found is None:
        raise NotFound
    conference_id, item_id = found
    at: ConferenceInHand | ItemInHand
    if item_id is None:
        at = conference(desk, actor, conference_id, act)
    else:
        at = item(desk, actor, item_id, act)
    return PollInHand(load(desk, PollRow, poll_id), at)


def series(desk: Desk, actor: Actor, series_id: str) -> SeriesRow:
    """A series is its host's own; nobody else needs to know the rule behind the dates."""
    row = load(desk, SeriesRow, series_id)
    relations = (
        frozenset({Relation.HOST})
        if row.host_agency_id == actor.agency_id
        else frozenset[Relation]()
    )
    allow(actor, Act.MANAGE_CONFERENCE, Standing(relations), Act.MANAGE_CONFERENCE)
    return row


def plan(desk: Desk, actor: Actor, plan_id: str, act: Act) -> PlanInHand:
    case_id = desk.session.exec(select(PlanRow.case_id).where(PlanRow.id == plan_id)).first()
    if case_id is None:
        raise NotFound
    in_hand = case(desk, actor, case_id, Act.SEE_CASE)
    allow(actor, act, in_hand.standing, Act.SEE_PLAN)
    return PlanInHand(load(desk, PlanRow, plan_id), in_hand)


def paper(desk: Desk, actor: Actor, paper_id: str, act: Act) -> PaperInHand:
    """A paper is reached through its case and its group, as a cell of the sheet is."""
    case_id = desk.session.exec(select(PaperRow.case_id).where(PaperRow.id == paper_id)).first()
    if case_id is None:
        raise NotFound
    in_hand = case(desk, actor, case_id, Act.SEE_PAPER)
    row = load(desk, PaperRow, paper_id)
    if not may_read(actor, in_hand.standing, ItemGroup(row.item_group), row.agency_id):
        raise NotFound
    allow(actor, act, in_hand.standing, Act.SEE_PAPER)
    return PaperInHand(row, in_hand)
