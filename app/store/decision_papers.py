"""How the lead was decided, as a paper tells it: conferences held, the rule, every stance."""

from datetime import date

from sqlmodel import Session, col, select

from app.clock import in_japan
from app.domain.addenda import DAYS, FIELD_LABELS, DecisionField
from app.domain.conference import ItemStatus
from app.domain.consensus import RESULT_LABELS, Result
from app.domain.dates import western
from app.domain.decision_rules import DecisionRule, text_of
from app.domain.facts import ResultDeclared, RoomKind
from app.domain.plan_paper import AddendumLine, ConferenceHeld, Decision, StanceRow
from app.domain.receipts import receipt_of
from app.domain.sentences import _
from app.domain.stances import STANCE_LABELS, Stance
from app.domain.text import Sentence
from app.store import addenda, ballots, gaps, journal, standings
from app.store.agencies import by_ids
from app.store.tables.agencies import AgencyRow
from app.store.tables.ballots import DecisionRow, NominationRow, RoundRow
from app.store.tables.cases import CaseRow
from app.store.tables.conferences import AgendaItemRow, ConferenceRow, SeatRow
from app.store.tables.journal import EntryRow
from app.store.unit_of_work import Desk


def conferences_of(desk: Desk, case: CaseRow) -> tuple[ConferenceHeld, ...]:
    """Conferences in which the case was taken up, the first one first."""
    query = (
        select(AgendaItemRow, ConferenceRow)
        .join(ConferenceRow, col(ConferenceRow.id) == AgendaItemRow.conference_id)
        .where(AgendaItemRow.case_id == case.id, AgendaItemRow.status != ItemStatus.WAITING)
        .order_by(col(ConferenceRow.starts_at))
    )
    return tuple(
        ConferenceHeld(
            name=conference.name,
            held_on=in_japan(conference.opened_at or conference.starts_at).date(),
            agencies=_at_the_item(desk, case, item),
            outcome=_outcome(desk.session, item),
        )
        for item, conference in desk.session.exec(query)
        if item.started_at is not None
    )


def _last_round(session: Session, item: AgendaItemRow) -> RoundRow | None:
    query = select(RoundRow).where(RoundRow.item_id == item.id)
    return session.exec(query.order_by(col(RoundRow.number).desc()).limit(1)).first()


def _at_the_item(desk: Desk, case: CaseRow, item: AgendaItemRow) -> tuple[str, ...]:
    """The electorate of the item's last round; without one, the seats within the consent."""
    last = _last_round(desk.session, item)
    if last is not None:
        return tuple(seat["name"] for seat in last.seats)
    consent = standings.consent_in_force(desk.session, case.id)
    seats = desk.session.exec(
        select(AgencyRow)
        .where(SeatRow.conference_id == item.conference_id, AgencyRow.id == SeatRow.agency_id)
        .order_by(col(SeatRow.position))
    )
    return tuple(row.name for row in seats if consent and row.id in consent.agencies)


def _outcome(session: Session, item: AgendaItemRow) -> str | None:
    last = _last_round(session, item)
    if last is None and gaps.of_item(session, item.id):
        return RESULT_LABELS[Result.NO_TAKER]
    return RESULT_LABELS[Result(last.result)] if last and last.result else None


def decision_of(desk: Desk, row: DecisionRow) -> Decision | None:
    """The round behind the declaration, seat by seat, so that it can be followed by hand."""
    round_ = desk.session.get(RoundRow, row.round_id)
    conference = desk.session.get(ConferenceRow, row.conference_id)
    if round_ is None or conference is None:
        return None
    given = {stance.agency_id: stance for stance in ballots.stances_on(desk.session, round_.id)}
    declared_on = in_japan(row.declared_at).date()
    same_day = in_japan(round_.opened_at).date() == declared_on
    stances = []
    for seat in round_.seats:
        stance = given.get(seat["agency_id"])
        label = STANCE_LABELS[Stance(stance.stance)] if stance else _("意思表示なし")
        stances.append(StanceRow(seat["name"], label, (stance.text if stance else "") or None))
    return Decision(
        conference=conference.name,
        declared_on=declared_on,
        chair=row.declared_by or None,
        rule="".join(text_of(DecisionRule.of(round_.rule))),
        # The moment of the nominee's answer is kept in the journal only.
        accepted_on=declared_on if round_.accepted and same_day else None,
        stances=tuple(stances),
        provisional_until=None,
        receipt=receipt_of_declaration(desk.session, row),
        addenda=addenda_of(desk, row),
    )


def addenda_of(
    desk: Desk, row: DecisionRow, *, conditions: bool = True
) -> tuple[AddendumLine, ...]:
    """Without ``conditions`` nothing that a seat said when it answered."""
    rows = [
        one for one in addenda.of_decision(desk.session, row.id) if conditions or not one.agency_id
    ]
    names = by_ids(desk.session, {one.agency_id for one in rows if one.agency_id})
    return tuple(
        AddendumLine(
            what=_what(DecisionField(one.field), names.get(one.agency_id)),
            was=_said(one.field, one.was),
            says=_said(one.field, one.says),
            reason=one.reason,
            made_on=in_japan(one.at).date(),
            made_by=f"{one.agency_name} {one.person_name}",
        )
        for one in rows
    )


def _what(field: DecisionField, agency: AgencyRow | None) -> str:
    label = FIELD_LABELS[field]
    if agency is None:
        return Sentence(label)
    return Sentence(_("{field}（{agency}）"), field=Sentence(label), agency=agency.name)


def _said(field: str, text: str) -> str:
    return western(date.fromisoformat(text)) if field in DAYS else text


def receipt_of_declaration(session: Session, row: DecisionRow) -> str | None:
    """As the hash of the declaration is told by all before it, it is the item's fingerprint."""
    query = select(EntryRow).where(
        EntryRow.room_id == journal.room_id(RoomKind.ITEM, row.item_id),
        EntryRow.kind == ResultDeclared.wire_name(),
    )
    told = (one for one in session.exec(query) if one.body and one.body["round_id"] == row.round_id)
    entry = next(told, None)
    return receipt_of(entry.hash) if entry else None


def reason_of(desk: Desk, row: DecisionRow) -> str | None:
    """Why this agency: the reasons with which it was nominated, in listing order.

    Of an agency that thought again, what it said last.
    """
    query = (
        select(NominationRow.agency_id, NominationRow.nominee_id, NominationRow.reason)
        .join(AgencyRow, col(AgencyRow.id) == NominationRow.agency_id)
        .where(NominationRow.item_id == row.item_id)
        .order_by(col(AgencyRow.position), col(AgencyRow.name), col(NominationRow.turn))
    )
    last = {agency: (nominee, reason) for agency, nominee, reason in desk.session.exec(query)}
    named = [reason for nominee, reason in last.values() if nominee == row.lead_agency_id]
    return "／".join(named) or None
