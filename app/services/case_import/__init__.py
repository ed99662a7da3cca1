"""Import of case files: complete or not at all, with every bad field named."""

from sqlalchemy import text
from sqlmodel import Session, col, select

from app.domain.sentences import _
from app.domain.text import Sentence
from app.services.case_import.reading import ReadCase, read
from app.services.case_import.report import Imported, ImportReport, Remark
from app.services.case_import.writing import source_key, write_case
from app.store import firms
from app.store.tables.cases import CasePaperRow, CaseRow
from app.store.unit_of_work import Database

__all__ = ["ImportReport", "import_cases"]


def import_cases(database: Database, data: bytes) -> ImportReport:
    """Store every case of the file that is not there yet, or nothing if anything is wrong.

    One bad field refuses the whole file: whoever made it can mend all of it at once, and nobody
    has to find out which half of it arrived. Loading the same file again changes nothing. It is
    an act of whoever runs the installation, and each case is written in the name of its referrer.
    """
    with database.read() as desk:
        today = desk.today()
    reading = read(data, today)
    if reading.problems:
        return ImportReport(problems=tuple(reading.problems), warnings=tuple(reading.warnings))
    with database.begin() as uow:
        if uow.session.get_bind().dialect.name == "postgresql":
            uow.session.execute(text("SELECT pg_advisory_xact_lock(hashtext('import_cases'))"))
        held = _held(uow.session, reading.cases)
        taken = _taken_numbers(uow.session, [c for c in reading.cases if _key(c) not in held])
        if taken:
            return ImportReport(problems=tuple(taken), warnings=tuple(reading.warnings))
        imported, skipped, changed = [], [], []
        for one in reading.cases:
            case = held.get(_key(one))
            if case is None:
                row = write_case(uow, one)
                imported.append(Imported(one.record.case_id, row.id, row.case_no))
                continue
            skipped.append(Imported(one.record.case_id, case.id, case.case_no))
            paper = uow.session.get(CasePaperRow, case.id)
            if paper is None or paper.content["source"]["digest"] != one.digest:
                changed.append(one.record.case_id)
    return ImportReport(
        imported=tuple(imported),
        skipped=tuple(skipped),
        changed=tuple(changed),
        warnings=tuple(reading.warnings),
    )


def _key(one: ReadCase) -> str:
    return source_key(one.record.case_id)


def _held(session: Session, given: list[ReadCase]) -> dict[str, CaseRow]:
    keys = [_key(one) for one in given]
    rows = session.exec(select(CaseRow).where(col(CaseRow.source_key).in_(keys)))
    return {str(row.source_key): row for row in rows}


def _taken_numbers(session: Session, new: list[ReadCase]) -> list[Remark]:
    """A firm somebody has registered meanwhile is not overwritten by a file."""
    remarks = []
    for one in new:
        number = one.record.firm.corporate_number
        same = firms.of_number(session, number) if number else None
        if same is not None:
            sentence = Sentence(
                _("法人番号 {number} は「{name}」として登録済みです。"),
                number=number,
                name=same.name,
            )
            remarks.append(Remark(one.record.case_id, "firm.corporate_number", sentence))
    return remarks
