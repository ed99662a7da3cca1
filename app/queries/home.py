"""What an agency finds when it comes in: today's conference, its cases, what waits for it."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import count

from sqlmodel import col, or_, select

from app.domain.access import Act, decide
from app.domain.case_life import CASE_STATUS_LABELS, ENDED, STAGES, CaseStatus, stage_of
from app.domain.conference import LIVE, UNDER_WAY
from app.domain.people import Actor
from app.queries.capacities import Stated, may_read, may_state, stated_by
from app.queries.conferences import ConferenceLine, coming_conferences
from app.queries.waiting import what_waits
from app.queries.waiting_shape import Waiting
from app.store import standings
from app.store.tables.agencies import AgencyRow
from app.store.tables.cases import CaseAgencyRow, CaseRow, ReferralRow
from app.store.tables.conferences import AgendaItemRow, ConferenceRow
from app.store.tables.firms import FirmRow
from app.store.unit_of_work import Desk

CASES_SHOWN = 10
CONFERENCES_SHOWN = 6
AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case the agency has to do with; ``stage`` and ``status`` are labels to be told."""

    id: str
    case_no: str
    firm_name: str
    stage: str
    status: str
    lead: str
    next_conference: datetime | None


@dataclass(frozen=True, slots=True)
class Home:
    """``band`` is the conference to enter now: under way, or today's next."""

    today: date
    band: ConferenceLine | None
    conferences: tuple[ConferenceLine, ...]
    cases: tuple[CaseLine, ...]
    more_cases: bool
    waiting: tuple[Waiting, ...]
    capacity: Stated | None
    may_read_capacities: bool
    may_state_capacity: bool


def home(desk: Desk, actor: Actor) -> Home:
    lines = coming_conferences(desk, actor, CONFERENCES_SHOWN + 1)
    today = [line for line in lines if line.day <= desk.today()]
    under_way = [line for line in today if line.status in UNDER_WAY]
    band = next(iter(under_way + today), None)
    cases = _cases(desk, actor)
    return Home(
        today=desk.today(),
        band=band,
        conferences=tuple(line for line in lines if line is not band)[:CONFERENCES_SHOWN],
        cases=tuple(cases[:CASES_SHOWN]),
        more_cases=len(cases) > CASES_SHOWN,
        waiting=what_waits(desk, actor),
        capacity=stated_by(desk, [actor.agency_id]).get(actor.agency_id),
        may_read_capacities=may_read(actor),
        may_state_capacity=may_state(actor),
    )


def _cases(desk: Desk, actor: Actor) -> list[CaseLine]:
    """The newest cases that have not ended, one more than is shown.

    The query gathers what could concern the agency; who may see what is decided case by case.
    """
    agency = actor.agency_id
    taking_part = select(CaseAgencyRow.case_id).where(CaseAgencyRow.agency_id == agency)
    asked = select(ReferralRow.case_id).where(
        ReferralRow.to_agency_id == agency, ReferralRow.status == "sent"
    )
    query = (
        select(CaseRow, FirmRow)
        .join(FirmRow, col(FirmRow.id) == col(CaseRow.firm_id))
        .where(
            col(CaseRow.status).not_in(ENDED),
            or_(
                CaseRow.referrer_agency_id == agency,
                CaseRow.receiver_agency_id == agency,
                CaseRow.lead_agency_id == agency,
                col(CaseRow.id).in_(taking_part),
                col(CaseRow.id).in_(asked),
            ),
        )
        .order_by(col(CaseRow.created_at).desc(), col(CaseRow.case_no))
    )
    found: list[CaseLine] = []
    # A bank has thousands of cases and this page shows the first few.
    for start in count(step=AT_ONCE):
        rows = desk.session.exec(query.offset(start).limit(AT_ONCE)).all()
        for case, firm in rows:
            standing = standings.of_case(desk.session, actor, case, desk.today())
            if decide(actor, Act.SEE_CASE, standing):
                found.append(_case(desk, case, firm))
            if len(found) > CASES_SHOWN:
                return found
        if len(rows) < AT_ONCE:
            break
    return found


def _case(desk: Desk, case: CaseRow, firm: FirmRow) -> CaseLine:
    status = CaseStatus(case.status)
    before = CaseStatus(case.status_before) if case.status_before else None
    lead = desk.session.get(AgencyRow, case.lead_agency_id) if case.lead_agency_id else None
    query = (
        select(ConferenceRow.starts_at)
        .join(AgendaItemRow, col(AgendaItemRow.conference_id) == col(ConferenceRow.id))
        .where(
            AgendaItemRow.case_id == case.id,
            AgendaItemRow.status != "done",
            col(ConferenceRow.status).in_(LIVE),
        )
        .order_by(col(ConferenceRow.starts_at))
    )
    return CaseLine(
        id=case.id,
        case_no=case.case_no,
        firm_name=firm.name,
        stage=STAGES[stage_of(status, before)][0],
        status=CASE_STATUS_LABELS[status],
        lead=lead.name if lead else "",
        next_conference=desk.session.exec(query.limit(1)).first(),
    )
