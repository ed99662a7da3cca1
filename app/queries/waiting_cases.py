"""Cases that left a table without a lead: somebody sees to it that they go on, and by a day."""

from datetime import date

from sqlmodel import col, or_, select

from app.clock import in_japan
from app.domain.access import Act, decide
from app.domain.case_life import CaseStatus
from app.domain.conference import LIVE, ItemStatus
from app.domain.holidays import add_business_days
from app.domain.item_results import ItemResult
from app.domain.people import Actor
from app.queries.waiting_shape import Waiting, WaitingFor, waiting
from app.store import consents, item_results, standings
from app.store.conferences import held_on
from app.store.tables.cases import CaseAgencyRow, CaseRow
from app.store.tables.conferences import AgendaItemRow, ConferenceRow
from app.store.tables.firms import FirmRow
from app.store.tables.gaps import GapRow
from app.store.unit_of_work import Desk

# Where nobody named a day, within a week of business days (usual practice).
AGAIN_DAYS = 5
Stood = tuple[AgendaItemRow, ConferenceRow]


def cases_left(desk: Desk, actor: Actor) -> list[Waiting]:
    """At the agency that answers for the case; one that never stood at a table is not meant."""
    agency = actor.agency_id
    taking_part = select(CaseAgencyRow.case_id).where(CaseAgencyRow.agency_id == agency)
    query = (
        select(CaseRow, FirmRow)
        .join(FirmRow, col(FirmRow.id) == col(CaseRow.firm_id))
        .where(
            col(CaseRow.status).in_({CaseStatus.ACCEPTED, CaseStatus.SUSPENDED}),
            col(CaseRow.id).in_(select(AgendaItemRow.case_id)),
            or_(
                CaseRow.receiver_agency_id == agency,
                CaseRow.referrer_agency_id == agency,
                col(CaseRow.id).in_(taking_part),
            ),
        )
    )
    found = []
    for case, firm in desk.session.exec(query):
        standing = standings.of_case(desk.session, actor, case, desk.today())
        if not decide(actor, Act.EDIT_SHEET, standing) or answers_for(desk, case) != agency:
            continue
        stood = _tables_of(desk, case.id)
        if case.status == CaseStatus.SUSPENDED:
            due = _suspended_since(desk, case, stood[0])
            found.append(waiting(desk, WaitingFor.RESTART, case.id, firm.name, "", due))
        elif not any(_is_standing(item, conference) for item, conference in stood):
            item, conference = stood[0]
            due = _goes_on(desk, item, conference)
            found.append(
                waiting(desk, WaitingFor.NEXT_TABLE, case.id, firm.name, conference.name, due)
            )
    return found


def answers_for(desk: Desk, case: CaseRow) -> str | None:
    """Who took it up; if that agency may not see it now, who brought it, or else takes part."""
    consent = standings.consent_in_force(desk.session, case.id)
    out = standings.recused_from(desk.session, case.id)
    joined = desk.session.exec(
        select(CaseAgencyRow.agency_id)
        .where(CaseAgencyRow.case_id == case.id)
        .order_by(col(CaseAgencyRow.since), col(CaseAgencyRow.agency_id))
    ).all()
    for one in (case.receiver_agency_id, case.referrer_agency_id, *joined):
        if one is None or one in out:
            continue
        covered = consent is not None and consent.groups_for(one, desk.today())
        if one == case.referrer_agency_id or covered:
            return one
    return None


def _tables_of(desk: Desk, case_id: str) -> list[Stood]:
    """Where the case stood, the newest first."""
    query = (
        select(AgendaItemRow, ConferenceRow)
        .join(ConferenceRow, col(ConferenceRow.id) == col(AgendaItemRow.conference_id))
        .where(AgendaItemRow.case_id == case_id)
        .order_by(col(ConferenceRow.starts_at).desc(), col(AgendaItemRow.id))
    )
    return [(item, conference) for item, conference in desk.session.exec(query)]


def _is_standing(item: AgendaItemRow, conference: ConferenceRow) -> bool:
    return item.status != ItemStatus.DONE and conference.status in LIVE


def _goes_on(desk: Desk, item: AgendaItemRow, conference: ConferenceRow) -> date:
    """The day that was named when it left; else soon after, or the day it was to be discussed."""
    if item.ended_at is None:
        return held_on(conference)
    result = item_results.results_of(desk.session, [item.id]).get(item.id)
    declared = item_results.last_declared(desk.session, item.id)
    gap = desk.session.exec(
        select(GapRow).where(GapRow.item_id == item.id).order_by(col(GapRow.declared_at).desc())
    ).first()
    returned = result is not None and result.result is ItemResult.PROVISIONAL
    named = (
        declared.next_date if declared and returned else None,
        result.next_date if result else None,
        gap.next_date if gap else None,
    )
    soon = add_business_days(in_japan(item.ended_at).date(), AGAIN_DAYS)
    return next((day for day in named if day), soon)


def _suspended_since(desk: Desk, case: CaseRow, last: Stood) -> date:
    consent = consents.newest(desk.session, case.id)
    since = (consent.withdrawn_on or consent.valid_until) if consent else None
    if consent is not None and consent.withdrawn_on is None and since and since > desk.today():
        since = in_japan(consent.recorded_at).date()
    return add_business_days(since or held_on(last[1]), AGAIN_DAYS)
