"""Cases: opening them with their rooms and sheet, their numbers, and who takes part."""

from datetime import date, datetime

from sqlalchemy import text
from sqlmodel import Session, col, func, or_, select

from app.domain import case_life, dates
from app.domain.case_life import CaseStatus
from app.domain.conference import LIVE, ItemStatus
from app.domain.consent import Consent
from app.domain.facts import CaseOpened, RoomKind
from app.domain.sheet_columns import RowKind
from app.store import consents, journal, sheets, standings
from app.store.columns import new_id
from app.store.tables.cases import CaseAgencyRow, CaseRow, ReferralRow
from app.store.tables.conferences import AgendaItemRow, ConferenceRow
from app.store.tables.firms import FirmRow
from app.store.unit_of_work import UnitOfWork


def next_case_no(session: Session, prefecture_code: str, day: date) -> str:
    """案件番号, for example 09-R8-0012: prefecture, 年度, and a count that may have gaps.

    On PostgreSQL those who open a case with the same beginning wait for each other here; SQLite
    has one writer at a time anyway. The column is unique, whatever happens.
    """
    beginning = f"{prefecture_code}-{dates.fiscal_year_label(dates.fiscal_year(day))}-"
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:key))"), {"key": beginning})
    last = session.exec(
        select(CaseRow.case_no)
        .where(col(CaseRow.case_no).startswith(beginning, autoescape=True))
        .order_by(func.length(CaseRow.case_no).desc(), col(CaseRow.case_no).desc())
        .limit(1)
    ).first()
    number = int(last.removeprefix(beginning)) + 1 if last else 1
    return f"{beginning}{number:04d}"


def open_case(
    uow: UnitOfWork,
    firm: FirmRow,
    referrer_agency_id: str,
    status: CaseStatus,
    *,
    source_key: str | None = None,
    conference_kind: str | None = None,
) -> tuple[CaseRow, str]:
    """Make the case with its two rooms and the first line of its sheet; return it and the cursor.

    A case that comes in suspended was ``consented`` before.
    """
    suspended = status is CaseStatus.SUSPENDED
    case = CaseRow(
        id=new_id(),
        case_no=next_case_no(uow.session, firm.prefecture_code, uow.today()),
        source_key=source_key,
        firm_id=firm.id,
        status=status,
        status_before=CaseStatus.CONSENTED if suspended else None,
        conference_kind=conference_kind,
        referrer_agency_id=referrer_agency_id,
        created_at=uow.now(),
    )
    uow.session.add(case)
    uow.session.flush()
    room = journal.open_room(uow.session, RoomKind.CASE, case.id, uow.now())
    journal.open_room(uow.session, RoomKind.SHEET, case.id, uow.now())
    take_part(uow.session, case.id, referrer_agency_id, uow.now())
    cursor = uow.record(room, CaseOpened(case_no=case.case_no, status=case.status))
    sheets.add_row(uow, case.id, sheets.CASE_ROW, RowKind.CASE)
    return case, cursor


def take_part(session: Session, case_id: str, agency_id: str, now: datetime) -> None:
    """Put the agency on the case; what it then sees is for the consent to say."""
    if session.get(CaseAgencyRow, (case_id, agency_id)) is None:
        session.add(CaseAgencyRow(case_id=case_id, agency_id=agency_id, since=now))
        session.flush()


def leave(session: Session, case_id: str, agency_id: str) -> None:
    row = session.get(CaseAgencyRow, (case_id, agency_id))
    if row is not None:
        session.delete(row)
        session.flush()


def open_referral(session: Session, case_id: str) -> ReferralRow | None:
    """The referral that awaits its answer; there is at most one."""
    return session.exec(
        select(ReferralRow).where(ReferralRow.case_id == case_id, ReferralRow.status == "sent")
    ).one_or_none()


def carriers(session: Session, case: CaseRow) -> frozenset[str]:
    """Agencies without which the case cannot go on: addressee, receiver, lead."""
    referral = open_referral(session, case.id)
    addressee = referral.to_agency_id if referral else None
    return frozenset(filter(None, (addressee, case.receiver_agency_id, case.lead_agency_id)))


def follow_consent(session: Session, case: CaseRow, consent: Consent | None, day: date) -> None:
    """Suspend the case, or let it go on, as the consent in force demands.

    A case goes on only while its consent is live and names every agency that carries the case.
    Before any consent there is nothing to suspend, and a case that ended stays ended.
    """
    status = CaseStatus(case.status)
    live = consent is not None and consent.live_on(day)
    covered = live and consent is not None and carriers(session, case) <= consent.agencies
    if covered:
        if status is CaseStatus.SUSPENDED:
            case.status, case.status_before = _goes_on(session, case), None
        elif status in {CaseStatus.DETECTED, CaseStatus.CONSENT_PENDING}:
            case.status = case_life.move(status, CaseStatus.CONSENTED)
    elif status in {CaseStatus.DETECTED, CaseStatus.CONSENT_PENDING}:
        case.status = CaseStatus.CONSENT_PENDING
    elif case_life.may_move(status, CaseStatus.SUSPENDED):
        case.status, case.status_before = CaseStatus.SUSPENDED, case.status
    session.add(case)
    session.flush()


def _goes_on(session: Session, case: CaseRow) -> CaseStatus:
    """Where it stood before; but the table it stood at may have left it behind meanwhile."""
    before = CaseStatus(case.status_before or CaseStatus.CONSENTED)
    if before not in {CaseStatus.SCHEDULED, CaseStatus.IN_CONFERENCE}:
        return before
    query = (
        select(AgendaItemRow.status)
        .join(ConferenceRow, col(ConferenceRow.id) == col(AgendaItemRow.conference_id))
        .where(AgendaItemRow.case_id == case.id, col(ConferenceRow.status).in_(LIVE))
    )
    standing = set(session.exec(query))
    if ItemStatus.RUNNING in standing:
        return CaseStatus.IN_CONFERENCE
    return CaseStatus.SCHEDULED if ItemStatus.WAITING in standing else CaseStatus.ACCEPTED


def visible_ids(session: Session, agency_id: str, day: date) -> frozenset[str]:
    """Cases the agency may see on that day: those it brought, and those a consent opens to it,
    but none in which it has a conflict of interest."""
    joined = select(CaseAgencyRow.case_id).where(CaseAgencyRow.agency_id == agency_id)
    open_to_it = col(CaseRow.id).in_(consents.live_cases(agency_id, day))
    query = select(CaseRow.id).where(
        or_(
            CaseRow.referrer_agency_id == agency_id,
            open_to_it & or_(CaseRow.lead_agency_id == agency_id, col(CaseRow.id).in_(joined)),
        ),
        col(CaseRow.id).not_in(standings.cases_kept_from(agency_id)),
    )
    return frozenset(session.exec(query))
