"""A case under its consent, as rows."""

from collections.abc import Iterable
from datetime import date

from app.domain.case_life import CaseStatus
from app.domain.consent import CONSENTABLE, ConsentStatus, SignMethod
from app.domain.facts import RoomKind
from app.domain.sheet_columns import RowKind
from app.store import journal, sheets
from app.store.tables.agencies import AgencyRow
from app.store.tables.cases import CaseAgencyRow, CaseRow, ConsentAgencyRow, ConsentRow
from app.store.tables.firms import FirmRow
from app.store.unit_of_work import UnitOfWork


def consent(
    uow: UnitOfWork,
    case: CaseRow,
    agencies: Iterable[AgencyRow],
    *,
    version: int = 1,
    until: date = date(2028, 10, 31),
) -> ConsentRow:
    row = ConsentRow(
        case_id=case.id,
        version=version,
        status=ConsentStatus.GRANTED,
        method=SignMethod.HANDWRITTEN,
        purpose="支援方針の協議",
        item_groups=[str(g) for g in CONSENTABLE],
        valid_from=date(2026, 10, 21),
        valid_until=until,
        recorded_by_agency_id=case.referrer_agency_id,
        recorded_at=uow.now(),
    )
    uow.session.add(row)
    uow.session.flush()
    for one in agencies:
        uow.session.add(ConsentAgencyRow(consent_id=row.id, agency_id=one.id))
    return row


def case_of(
    uow: UnitOfWork,
    agencies: dict[str, AgencyRow],
    subject: FirmRow,
    running: bool,
    case_no: str = "13-R8-0001",
) -> CaseRow:
    """The bank's case, taken up by the association, with all six within the consent."""
    case = CaseRow(
        case_no=case_no,
        firm_id=subject.id,
        status=CaseStatus.IN_CONFERENCE if running else CaseStatus.ACCEPTED,
        referrer_agency_id=agencies["bank"].id,
        receiver_agency_id=agencies["cga"].id,
        created_at=uow.now(),
    )
    uow.session.add(case)
    uow.session.flush()
    for kind in (RoomKind.CASE, RoomKind.SHEET):
        journal.open_room(uow.session, kind, case.id, uow.now())
    sheets.add_row(uow, case.id, sheets.CASE_ROW, RowKind.CASE)
    consent(uow, case, agencies.values())
    for one in agencies.values():
        uow.session.add(CaseAgencyRow(case_id=case.id, agency_id=one.id, since=uow.now()))
    return case
