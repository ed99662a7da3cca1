"""Gaps of an item: what is known of who declined, who may have one in hand, and writing it down."""

from datetime import date

from sqlalchemy import text
from sqlmodel import Session, col, func, select

from app.domain import gaps as rules
from app.domain.dates import fiscal_year
from app.domain.errors import Malformed
from app.domain.facts import GapOpened
from app.domain.gaps import Declined, GapDraft, GapState
from app.domain.lead_selection import Nominating
from app.domain.people import Actor
from app.domain.sentences import _
from app.domain.stances import Stance
from app.store import ballots, reach, recusals, standings
from app.store.columns import new_id
from app.store.tables.ballots import DecisionRow, LeadSelectionRow, NominationRow, RoundRow
from app.store.tables.conferences import SeatRow
from app.store.tables.gaps import GapRow
from app.store.unit_of_work import Desk, UnitOfWork


def of_item(session: Session, item_id: str) -> list[GapRow]:
    """The first one declared first."""
    query = select(GapRow).where(GapRow.item_id == item_id)
    return list(session.exec(query.order_by(col(GapRow.declared_at), col(GapRow.number))))


def next_number(session: Session, day: date) -> str:
    """決定番号 such as 令和8年度-17: counted within the fiscal year, whatever the conference.

    Where no question was put there is no decision, and the number is the gap's own. Two tables
    that declare at once wait for each other here; SQLite lets one write at a time anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext('entaku decision number'))"))
    prefix = f"令和{fiscal_year(day) - 2018}年度-"
    decided = select(func.count()).select_from(DecisionRow)
    alone = select(func.count()).select_from(GapRow).where(col(GapRow.decision_id).is_(None))
    count = session.exec(decided.where(col(DecisionRow.number).startswith(prefix))).one()
    count += session.exec(alone.where(col(GapRow.number).startswith(prefix))).one()
    return f"{prefix}{count + 1}"


def last_nominations(session: Session, item_id: str) -> list[NominationRow]:
    """What each agency said last, of what was revealed; in listing order of ids."""
    row = session.get(LeadSelectionRow, item_id)
    sealed = row.turn if row is not None and row.state == Nominating.OPEN else None
    query = select(NominationRow).where(NominationRow.item_id == item_id)
    given = session.exec(query.order_by(col(NominationRow.turn), col(NominationRow.agency_id)))
    return list({one.agency_id: one for one in given if one.turn != sealed}.values())


def refusals_at(session: Session, item_id: str) -> dict[str, str]:
    """Nominee that did not accept when it was asked → why."""
    query = select(RoundRow).where(RoundRow.item_id == item_id, col(RoundRow.accepted).is_(False))
    rows = session.exec(query.order_by(col(RoundRow.number)))
    return {row.nominee_id: row.answer_reason for row in rows}


def declined_at(desk: Desk, item_id: str) -> list[Declined]:
    """Collected from what was said at the item, so that nobody types it again."""
    session = desk.session
    rounds = session.exec(
        select(RoundRow).where(RoundRow.item_id == item_id).order_by(col(RoundRow.number))
    )
    objections = [
        (stance.agency_id, stance.text)
        for row in rounds
        if not ballots.is_sealed(row)
        for stance in ballots.stances_on(session, row.id)
        if stance.stance == Stance.OBJECT
    ]
    return rules.all_declined(
        [(one.agency_id, one.nominee_id, one.reason) for one in last_nominations(session, item_id)],
        refusals_at(session, item_id).items(),
        objections,
        recusals.out_of(session, item_id),
    )


def still_named(desk: Desk, item_id: str) -> list[str]:
    """Agencies that have to be asked before it can be said that nobody takes the case."""
    return rules.still_named(
        {one.agency_id: one.nominee_id for one in last_nominations(desk.session, item_id)},
        refusals_at(desk.session, item_id).keys(),
        recusals.out_of(desk.session, item_id),
    )


def owners_at(desk: Desk, item: reach.ItemInHand) -> set[str]:
    """Agencies of the conference, its secretariat included, that may know whose case it is."""
    consent = standings.consent_in_force(desk.session, item.case.id) if item.case else None
    if item.case is None or consent is None:
        return set()
    seats = desk.session.exec(
        select(SeatRow.agency_id).where(SeatRow.conference_id == item.conference.id)
    )
    out = standings.recused_from(desk.session, item.case.id)
    return {
        one
        for one in {*seats, item.conference.host_agency_id}
        if one not in out and consent.groups_for(one, desk.today())
    }


def require_said(
    uow: UnitOfWork, item: reach.ItemInHand, draft: GapDraft, next_date: date | None
) -> date:
    """Everything that is missing is named at once, each beside its field; the day it goes on."""
    lacking = rules.problems_of(draft, owners_at(uow, item), uow.today())
    if next_date is None:
        lacking["next_date"] = _("入力してください。")
    elif next_date < uow.today():
        lacking["next_date"] = _("今日以降の日付を入力してください。")
    if lacking or next_date is None:
        raise Malformed(_("引受手不在の記録に必要な項目が足りません。"), fields=lacking)
    return next_date


def open_gap(
    uow: UnitOfWork,
    actor: Actor,
    item: reach.ItemInHand,
    draft: GapDraft,
    *,
    number: str,
    next_date: date,
    decision: DecisionRow | None = None,
) -> tuple[GapRow, str]:
    """Of a draft that was checked; the gap, and the cursor of its entry in the item's room."""
    if item.case is None or not (draft.kind and draft.owner_id and draft.due):
        raise ValueError("a gap is opened for a case, with everything said")
    row = GapRow(
        id=new_id(),
        case_id=item.case.id,
        conference_id=item.conference.id,
        item_id=item.row.id,
        decision_id=decision.id if decision else None,
        number=number,
        kind=draft.kind,
        text=draft.text,
        declined=[one.as_mapping() for one in declined_at(uow, item.row.id)],
        owner_agency_id=draft.owner_id,
        owner_person=draft.owner_person,
        next_step=draft.step,
        due=draft.due,
        next_date=next_date,
        declared_by=actor.person_name,
        declared_at=uow.now(),
        state=GapState.OPEN,
    )
    uow.session.add(row)
    fact = GapOpened(
        gap_id=row.id,
        round_id=decision.round_id if decision else None,
        number=row.number,
        gap_kind=row.kind,
        text=row.text,
        declined=row.declined,
        owner_agency_id=row.owner_agency_id,
        owner_person=row.owner_person,
        next_step=row.next_step,
        due=row.due.isoformat(),
        next_date=row.next_date.isoformat(),
    )
    return row, uow.record(item.room, fact)
