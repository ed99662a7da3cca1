"""What waits for an agency: what it was asked and has not answered, what it owes by a day."""

from datetime import date

from sqlmodel import col, or_, select

from app.clock import in_japan
from app.domain.access import Act, decide
from app.domain.conference import LIVE, ReferralStatus, Reply
from app.domain.holidays import add_business_days
from app.domain.people import Actor
from app.domain.plan import PlanStatus
from app.queries.waiting_cases import cases_left
from app.queries.waiting_gaps import gaps_of
from app.queries.waiting_holds import holds_of, overdue_at
from app.queries.waiting_questions import stances_of, votes_of
from app.queries.waiting_shape import Waiting, WaitingFor, waiting
from app.store import standings
from app.store.conferences import held_on
from app.store.tables.agencies import AgencyRow
from app.store.tables.cases import CaseAgencyRow, CaseRow, ReferralRow
from app.store.tables.conferences import ConferenceRow, SeatRow
from app.store.tables.firms import FirmRow
from app.store.tables.plans import PlanConfirmationRow, PlanRow
from app.store.unit_of_work import Desk

# A receiving agency says within three business days that a referral arrived (usual practice).
REFERRAL_DAYS = 3


def what_waits(desk: Desk, actor: Actor) -> tuple[Waiting, ...]:
    """Overdue first, then by date; what has no date stands last."""
    found = [
        *_replies(desk, actor),
        *_referrals(desk, actor),
        *stances_of(desk, actor),
        *votes_of(desk, actor),
        *_confirmations(desk, actor),
        *holds_of(desk, actor),
        *overdue_at(desk, actor),
        *gaps_of(desk, actor),
        *cases_left(desk, actor),
    ]
    return tuple(sorted(found, key=lambda one: (one.due or date.max, one.kind, one.title)))


def _replies(desk: Desk, actor: Actor) -> list[Waiting]:
    query = (
        select(ConferenceRow, SeatRow)
        .join(SeatRow, col(SeatRow.conference_id) == col(ConferenceRow.id))
        .where(
            SeatRow.agency_id == actor.agency_id,
            SeatRow.reply == Reply.WAITING,
            col(ConferenceRow.invited_at).is_not(None),
            col(ConferenceRow.status).in_(LIVE),
        )
    )
    return [
        waiting(
            desk,
            WaitingFor.REPLY,
            row.id,
            row.name,
            "",
            min(row.reply_by or held_on(row), held_on(row)),
        )
        for row, _seat in desk.session.exec(query)
        if decide(
            actor,
            Act.REPLY_INVITATION,
            standings.of_conference(desk.session, actor, row),
        )
    ]


def _referrals(desk: Desk, actor: Actor) -> list[Waiting]:
    query = (
        select(ReferralRow, CaseRow, FirmRow, AgencyRow)
        .join(CaseRow, col(CaseRow.id) == col(ReferralRow.case_id))
        .join(FirmRow, col(FirmRow.id) == col(CaseRow.firm_id))
        .join(AgencyRow, col(AgencyRow.id) == col(ReferralRow.from_agency_id))
        .where(
            ReferralRow.to_agency_id == actor.agency_id,
            ReferralRow.status == ReferralStatus.SENT,
        )
    )
    found = []
    for referral, case, firm, sender in desk.session.exec(query):
        standing = standings.of_case(desk.session, actor, case, desk.today())
        if decide(actor, Act.ANSWER_REFERRAL, standing):
            due = add_business_days(in_japan(referral.sent_at).date(), REFERRAL_DAYS)
            found.append(waiting(desk, WaitingFor.REFERRAL, case.id, firm.name, sender.name, due))
    return found


def _confirmations(desk: Desk, actor: Actor) -> list[Waiting]:
    answered = select(PlanConfirmationRow.plan_id).where(
        PlanConfirmationRow.agency_id == actor.agency_id
    )
    taking_part = select(CaseAgencyRow.case_id).where(CaseAgencyRow.agency_id == actor.agency_id)
    query = (
        select(PlanRow, CaseRow, FirmRow)
        .join(CaseRow, col(CaseRow.id) == col(PlanRow.case_id))
        .join(FirmRow, col(FirmRow.id) == col(CaseRow.firm_id))
        .where(
            PlanRow.status == PlanStatus.CIRCULATING,
            col(PlanRow.id).not_in(answered),
            or_(
                CaseRow.referrer_agency_id == actor.agency_id,
                CaseRow.lead_agency_id == actor.agency_id,
                col(CaseRow.id).in_(taking_part),
            ),
        )
    )
    found = []
    for plan, case, firm in desk.session.exec(query):
        if all(asked["agency_id"] != actor.agency_id for asked in plan.asked):
            continue
        standing = standings.of_case(desk.session, actor, case, desk.today())
        if decide(actor, Act.CONFIRM_PLAN, standing):
            found.append(
                waiting(desk, WaitingFor.CONFIRMATION, plan.id, firm.name, plan.number, None)
            )
    return found
