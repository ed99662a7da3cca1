"""Making good what the sheets do not say yet of the record: of cases older than a column."""

from sqlmodel import col, select

from app.domain.case_life import ENDED
from app.domain.machine import AUTOMATIC
from app.store import reach, sheet_record
from app.store.columns import new_id
from app.store.tables.cases import CaseRow
from app.store.unit_of_work import Database


def tell_records(database: Database) -> int:
    """Tell every live case's sheet what it lacks, each in a transaction of its own; return in how
    many there was something. The product's own act, run once a day and harmless to repeat."""
    with database.read() as desk:
        live = desk.session.exec(select(CaseRow).where(col(CaseRow.status).not_in(ENDED)))
        behind = [case.id for case in live if sheet_record.untold(desk.session, case)]
    return sum(_tell(database, case_id) for case_id in behind)


def _tell(database: Database, case_id: str) -> int:
    with database.begin() as uow:
        uow.act_as(AUTOMATIC, new_id())
        case = reach.load(uow, CaseRow, case_id)
        return min(sheet_record.tell_record(uow, case, AUTOMATIC), 1)
