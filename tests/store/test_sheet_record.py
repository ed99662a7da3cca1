"""The sheet says at any time what the record, the consent and the decision say."""

import pytest
from sqlmodel import col, select

from app.domain.errors import NotEntitled
from app.domain.sheet_record import RECORD_COLUMNS, record_values
from app.services.sheet_records import tell_records
from app.services.sheets import WriteCell, write_cell
from app.store.sheet_record import record_of, tell_record
from app.store.sheets import CASE_ROW
from app.store.tables.cases import CaseRow
from app.store.tables.journal import EntryRow
from app.store.tables.sheets import CellRow
from app.store.unit_of_work import Database
from tests.factories import op, table
from tests.story import cast, story


def said(session, case):
    query = select(CellRow.column, CellRow.value).where(
        CellRow.case_id == case.id, CellRow.row == CASE_ROW, col(CellRow.column).in_(RECORD_COLUMNS)
    )
    return {column: value for column, value in session.exec(query) if value is not None}


def meant(session, case):
    values = record_values(record_of(session, case))
    return {column: value for column, value in values.items() if value is not None}


def test_after_every_step_of_a_case_s_life_the_sheet_says_what_the_record_says(database: Database):
    characters = cast(database)
    seen = set()
    for step, act in story(characters):
        act()
        with database.read() as desk:
            for case in desk.session.exec(select(CaseRow)):
                assert said(desk.session, case) == meant(desk.session, case), step
                seen |= said(desk.session, case).keys()
    assert {"firm_name", "received_by", "lead_agency", "decided_on", "consent_status"} <= seen


def test_nothing_is_written_where_nothing_changed(database: Database):
    at = table(database)
    with database.begin() as uow:
        uow.act_as(at["bank"], op())
        case = uow.session.get_one(CaseRow, at.case.id)
        assert tell_record(uow, case, at["bank"]) > 10
        assert tell_record(uow, case, at["bank"]) == 0
    with database.read() as desk:
        told = desk.session.exec(select(EntryRow).where(EntryRow.kind == "cell_written"))
        assert {(entry.body or {})["source"] for entry in told} == {"record"}


def test_nobody_types_into_the_record(database: Database):
    at = table(database)
    command = WriteCell(
        op_id=op(), case_id=at.case.id, row=CASE_ROW, column="sales", value="1", base_version=0
    )
    with pytest.raises(NotEntitled) as refused:
        write_cell(database, at["bank"], command)
    assert "元の登録" in refused.value.remedy


def test_naught_is_a_figure_and_an_empty_text_is_none(database: Database):
    at = table(database)
    with database.read() as desk:
        record = record_of(desk.session, desk.session.get_one(CaseRow, at.case.id))
    record.firm.update({"capital": 0, "phone": "", "employees": None})
    values = record_values(record)
    assert (values["capital"], values["phone"], values["employees"]) == (0, None, None)
    assert tuple(values) == RECORD_COLUMNS


def test_what_an_older_case_lacks_is_made_good_once_a_day(database: Database):
    at = table(database)
    assert tell_records(database) == 1
    assert tell_records(database) == 0
    with database.read() as desk:
        cell = desk.session.get_one(CellRow, (at.case.id, CASE_ROW, "firm_name"))
        case = desk.session.get_one(CaseRow, at.case.id)
        assert said(desk.session, case) == meant(desk.session, case)
    assert (cell.value, cell.person_name) == (at.firm.name, "自動処理")
