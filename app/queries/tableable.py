"""付議できる案件: cases the host may put on the agenda of a conference."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from app.domain.access import Act, decide
from app.domain.case_life import CaseStatus
from app.domain.people import Actor
from app.store import conferences, standings
from app.store.tables.cases import CaseRow
from app.store.tables.conferences import AgendaItemRow, ConferenceRow
from app.store.tables.firms import FirmRow
from app.store.unit_of_work import Desk


@dataclass(frozen=True, slots=True)
class TableableCase:
    """A case the host may put on the agenda, if its consent reaches the day."""

    id: str
    case_no: str
    firm_name: str
    consent_until: date | None
    consent_reaches: bool


def tableable_cases(desk: Desk, actor: Actor, row: ConferenceRow) -> tuple[TableableCase, ...]:
    day = conferences.held_on(row)
    query = (
        select(CaseRow, FirmRow)
        .join(FirmRow, col(FirmRow.id) == col(CaseRow.firm_id))
        .where(
            CaseRow.receiver_agency_id == actor.agency_id,
            CaseRow.status == CaseStatus.ACCEPTED,
            col(CaseRow.id).not_in(
                select(AgendaItemRow.case_id).where(
                    AgendaItemRow.conference_id == row.id, col(AgendaItemRow.case_id).is_not(None)
                )
            ),
        )
        .order_by(col(CaseRow.case_no))
    )
    found = []
    for case, firm in desk.session.exec(query):
        standing = standings.of_case(desk.session, actor, case, desk.today())
        if decide(actor, Act.TABLE_CASE, standing):
            consent = standings.consent_in_force(desk.session, case.id)
            found.append(
                TableableCase(
                    id=case.id,
                    case_no=case.case_no,
                    firm_name=firm.name,
                    consent_until=consent.valid_until if consent else None,
                    consent_reaches=consent is not None and consent.live_on(day),
                )
            )
    return tuple(found)
