"""How items ended: read, written down beside the fact, and worked out from a declaration."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from app.domain.case_life import CaseStatus
from app.domain.consensus import Result
from app.domain.errors import Incomplete
from app.domain.facts import ItemSettled, RoomKind
from app.domain.item_results import ItemResult, Settled
from app.domain.people import Actor
from app.domain.sentences import _
from app.store import journal
from app.store.tables.ballots import DecisionRow, RoundRow
from app.store.tables.cases import CaseRow
from app.store.tables.conferences import AgendaItemRow, ConferenceRow
from app.store.tables.course import ItemResultRow
from app.store.tables.gaps import GapRow
from app.store.unit_of_work import UnitOfWork

_LEADS = {Result.DECIDED: ItemResult.DECIDED, Result.PROVISIONAL: ItemResult.PROVISIONAL}


def results_of(session: Session, item_ids: Iterable[str]) -> dict[str, Settled]:
    """Item → how it ended, for those that did."""
    query = select(ItemResultRow).where(col(ItemResultRow.item_id).in_(list(item_ids)))
    return {row.item_id: settled_of(row) for row in session.exec(query)}


def settled_of(row: ItemResultRow) -> Settled:
    return Settled(
        result=ItemResult(row.result),
        owner_agency_id=row.owner_agency_id,
        owner_person=row.owner_person,
        reason=row.reason,
        next_date=row.next_date,
        next_conference_id=row.next_conference_id,
    )


def settle(uow: UnitOfWork, actor: Actor, item: AgendaItemRow, settled: Settled) -> str:
    """Write it down, or anew; the cursor of its entry in the item's own room."""
    row = uow.session.get(ItemResultRow, item.id) or ItemResultRow(
        item_id=item.id, result="", settled_by="", settled_at=uow.now()
    )
    row.result, row.reason = settled.result, settled.reason
    row.owner_agency_id, row.owner_person = settled.owner_agency_id, settled.owner_person
    row.next_date, row.next_conference_id = settled.next_date, settled.next_conference_id
    row.settled_by, row.settled_at = actor.person_name, uow.now()
    uow.session.add(row)
    uow.session.flush()
    return uow.record(
        journal.room_of(uow.session, RoomKind.ITEM, item.id),
        ItemSettled(
            result=settled.result,
            owner_agency_id=settled.owner_agency_id,
            owner_person=settled.owner_person,
            reason=settled.reason,
            next_date=settled.next_date.isoformat() if settled.next_date else None,
            next_conference_id=settled.next_conference_id,
            next_conference_name=conference_name(uow.session, settled.next_conference_id),
        ),
    )


def conference_name(session: Session, conference_id: str | None) -> str:
    row = session.get(ConferenceRow, conference_id) if conference_id else None
    return row.name if row else ""


@dataclass(frozen=True, slots=True)
class Declared:
    """The latest question put at an item, with its result as it stands by now."""

    round: RoundRow
    result: Result
    next_date: date | None


def last_declared(session: Session, item_id: str) -> Declared | None:
    """None while it is asked. A 仮決定 that has been settled is what it became."""
    query = select(RoundRow).where(RoundRow.item_id == item_id)
    row = session.exec(query.order_by(col(RoundRow.number).desc()).limit(1)).first()
    if row is None or row.result is None:
        return None
    of_round = select(DecisionRow).where(DecisionRow.round_id == row.id)
    decision = session.exec(of_round).first()
    settled = decision.settled if decision else None
    if settled is None:
        return Declared(row, Result(row.result), row.next_date)
    told = settled["next_date"]
    return Declared(
        row, Result(settled["result"]), date.fromisoformat(told) if told else row.next_date
    )


def ending_of(uow: UnitOfWork, item: AgendaItemRow, case: CaseRow | None) -> Settled:
    """How the item ends now, by what was declared on it; refused while that is still to come."""
    if case is None:
        return Settled(ItemResult.HELD)
    if case.status == CaseStatus.IN_CONFERENCE:
        raise Incomplete(
            _("議題{item}の結果がまだ宣言されていません。"),
            remedy=_("結果を宣言するか、「継続」または「取下げ」にしてください。"),
            item=item.position,
            detail={"missing": [str(item.position)]},
        )
    declared = last_declared(uow.session, item.id)
    gap = _standing_gap(uow.session, item.id, declared)
    if gap is not None:
        return Settled(
            ItemResult.CONTINUED,
            owner_agency_id=gap.owner_agency_id,
            owner_person=gap.owner_person,
            next_date=gap.next_date,
        )
    if declared is None:
        return Settled(
            ItemResult.WITHDRAWN,
            owner_agency_id=case.referrer_agency_id,
            reason=_("情報提供の同意が有効でなくなったため"),
        )
    leads = _LEADS.get(declared.result)
    if leads is None:
        return Settled(
            ItemResult.CONTINUED,
            owner_agency_id=runs(case),
            next_date=declared.next_date,
        )
    return Settled(
        leads,
        owner_agency_id=declared.round.nominee_id,
        owner_person=declared.round.lead_person,
        next_date=declared.next_date,
    )


def _standing_gap(session: Session, item_id: str, declared: Declared | None) -> GapRow | None:
    """The item's newest gap, where nothing else was declared after it."""
    query = select(GapRow).where(GapRow.item_id == item_id)
    gap = session.exec(query.order_by(col(GapRow.declared_at).desc()).limit(1)).first()
    if gap is None or declared is None:
        return gap
    since = declared.round.declared_at
    later = declared.result is not Result.NO_TAKER and since and since >= gap.declared_at
    return None if later else gap


def runs(case: CaseRow) -> str:
    """The agency that took the case up; before anybody did, the one that brought it."""
    return case.receiver_agency_id or case.referrer_agency_id
