from concurrent.futures import ThreadPoolExecutor

import pytest
from pydantic import ValidationError
from sqlmodel import col, select

from app.domain.errors import Duplicate, NotFound
from app.domain.sheet_columns import COLUMN
from app.services.cases import OpenCase, open_case
from app.services.validation import problems_of
from app.store.tables.cases import CaseAgencyRow, CaseRow
from app.store.tables.journal import EntryRow
from app.store.tables.sheets import CellRow
from app.store.unit_of_work import Database
from tests.factories import op
from tests.services.case_paths import network, new_case, new_firm


def test_opening_a_case_makes_its_rooms_and_the_first_cells_of_its_sheet(
    database: Database,
) -> None:
    at = network(database)
    firm_id = new_firm(database, at.bank)

    case_id = new_case(database, at.bank, firm_id, wishes="雇用は守りたい\n値上げもしたい")

    with database.read() as desk:
        case = desk.session.get(CaseRow, case_id)
        assert case is not None
        assert (case.case_no, case.status) == ("13-R8-0001", "detected")
        assert case.referrer_agency_id == at.bank.agency_id
        joined = desk.session.exec(select(CaseAgencyRow.agency_id))
        assert list(joined) == [at.bank.agency_id]
        cells = desk.session.exec(select(CellRow).where(CellRow.case_id == case_id))
        assert {c.column: c.value for c in cells if not COLUMN[c.column].record} == {
            "phase": "maturity",
            "request_kind": ["cash", "profit"],
            "request_detail": "返済を1年程度緩めたい。",
            "wishes": "雇用は守りたい\n値上げもしたい",
            "urgency": "A",
        }
        entries = desk.session.exec(
            select(EntryRow).order_by(col(EntryRow.room_id), col(EntryRow.seq))
        )
        typed = [e.kind for e in entries if (e.body or {}).get("source") != "record"]
        assert typed == [
            "case_opened",
            "sheet_row_added",
            *["cell_written"] * 5,
        ]


def test_one_agency_has_one_live_case_per_firm(database: Database) -> None:
    at = network(database)
    firm_id = new_firm(database, at.bank)
    first = new_case(database, at.bank, firm_id)

    with pytest.raises(Duplicate) as refused:
        new_case(database, at.bank, firm_id)
    assert refused.value.detail == {"case_id": first}

    assert new_case(database, at.yorozu, firm_id) != first


def test_a_firm_that_does_not_exist_is_not_found(database: Database) -> None:
    at = network(database)

    with pytest.raises(NotFound):
        new_case(database, at.bank, op())


def test_numbers_stay_unique_when_cases_are_opened_at_once(database: Database) -> None:
    at = network(database)
    firms = [
        new_firm(database, at.bank, name=f"企業{n}号室", corporate_number=None) for n in range(8)
    ]

    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda firm: new_case(database, at.bank, firm), firms))

    with database.read() as desk:
        numbers = desk.session.exec(select(CaseRow.case_no).order_by(col(CaseRow.case_no))).all()
    assert len(opened) == 8
    assert numbers == [f"13-R8-{n:04d}" for n in range(1, 9)]


def test_numbers_leave_gaps_alone_and_go_on_beyond_four_digits(database: Database) -> None:
    at = network(database)
    for firm_no, case_no in ((1, "13-R8-0007"), (2, "13-R8-9999"), (3, "13-R8-10000")):
        firm_id = new_firm(database, at.bank, name=f"企業{firm_no}号室", corporate_number=None)
        case_id = new_case(database, at.bank, firm_id)
        with database.begin() as uow:
            case = uow.session.get(CaseRow, case_id)
            assert case is not None
            case.case_no = case_no

    firm_id = new_firm(database, at.bank, name="別会社", corporate_number=None)
    case_id = new_case(database, at.bank, firm_id)

    with database.read() as desk:
        last = desk.session.get(CaseRow, case_id)
        assert last is not None
        assert last.case_no == "13-R8-10001"


def test_the_same_operation_opens_one_case(database: Database) -> None:
    at = network(database)
    command = OpenCase(op_id=op(), firm_id=new_firm(database, at.bank))

    assert open_case(database, at.bank, command) == open_case(database, at.bank, command)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("firm_id", "C01"),
        ("phase", "円熟"),
        ("request_kind", ("cash", "money")),
        ("urgency", "E"),
        ("request_detail", "あ" * 1001),
        ("background", "\u202e逆向き"),
        ("conference_kind", "party"),
        ("status", "closed"),
    ],
)
def test_what_cannot_be_taken_is_named_in_japanese(field: str, value: object) -> None:
    with pytest.raises(ValidationError) as refused:
        OpenCase.model_validate({"op_id": op(), "firm_id": op(), field: value})

    told = problems_of(refused.value)
    assert [name.partition("-")[0] for name in told] == [field]
    assert not any(sentence.isascii() for sentence in told.values())
