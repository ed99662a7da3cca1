"""誰が書き出したか: that the sheet was taken out, written before the file is sent (G13)."""

from typing import Any

from app.domain.access import Act
from app.domain.people import Actor
from app.domain.sheet_file import Way
from app.store import reach
from app.store.tables.exchange import SheetExportRow
from app.store.unit_of_work import Database


def note_export(
    database: Database, actor: Actor, case_id: str, number: str, way: Way, base: dict[str, Any]
) -> None:
    """No command: it is a file that is asked for, and the record is what it costs."""
    with database.begin() as uow:
        case = reach.case(uow, actor, case_id, Act.SEE_SHEET)
        uow.session.add(
            SheetExportRow(
                id=number,
                case_id=case.row.id,
                person_id=actor.person_id,
                person_name=actor.person_name,
                agency_id=actor.agency_id,
                agency_name=actor.agency_name,
                way=way,
                base=base,
                at=uow.now(),
            )
        )
