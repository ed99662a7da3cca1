import json
from datetime import date
from typing import Any

import pytest
from sqlmodel import SQLModel, col, func, select

from app.domain.consent import ItemGroup
from app.services.case_import import import_cases
from app.settings import ROOT
from app.store import agencies, journal, standings
from app.store.tables.agencies import AgencyRow
from app.store.tables.cases import CasePaperRow, CaseRow, ConsentRow, OpinionRow
from app.store.tables.firms import (
    CashFlowMonthRow,
    FirmRow,
    FiscalYearRow,
    GuaranteeRow,
    LoanRow,
)
from app.store.tables.journal import RoomRow
from app.store.tables.sheets import CellRow, SheetRowRow
from app.store.unit_of_work import Database
from tests.factories import StandingClock

DATA = (ROOT / "app" / "data" / "demo_cases.json").read_bytes()


def only(*case_ids: str) -> Any:
    content = json.loads(DATA)
    content["cases"] = [case for case in content["cases"] if case["case_id"] in case_ids]
    return content


def packed(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()


def load_reference(database: Database) -> None:
    with database.begin() as uow:
        agencies.load_reference(uow.session, uow.now())


def count(database: Database, table: type[SQLModel]) -> int:
    with database.read() as desk:
        return desk.session.exec(select(func.count()).select_from(table)).one()


def test_the_demonstration_file_is_stored_completely(database: Database) -> None:
    load_reference(database)

    report = import_cases(database, DATA)

    assert (report.problems, report.warnings, report.skipped) == ((), (), ())
    assert [one.case_id for one in report.imported][:3] == ["C01", "C02", "C03"]
    assert {table: count(database, table) for table in _COUNTS} == _COUNTS
    with database.read() as desk:
        statuses = desk.session.exec(select(CaseRow.source_key, CaseRow.status)).all()
        assert {key: status for key, status in statuses if status != "consented"} == {
            "demo_cases/1:C20": "suspended",
            "demo_cases/1:C25": "consent_pending",
        }
        for room in desk.session.exec(select(RoomRow)):
            assert list(journal.verify(desk.session, room)) == []


_COUNTS: dict[type[SQLModel], int] = {
    FirmRow: 24,
    CaseRow: 24,
    FiscalYearRow: 72,
    LoanRow: 68,
    GuaranteeRow: 46,
    CashFlowMonthRow: 60,
    ConsentRow: 25,
    OpinionRow: 288,
    CasePaperRow: 24,
}


def test_one_case_arrives_field_by_field(database: Database) -> None:
    load_reference(database)
    import_cases(database, packed(only("C01")))

    with database.read() as desk:
        case = desk.session.exec(select(CaseRow)).one()
        firm = desk.session.exec(select(FirmRow)).one()
        assert (case.case_no, case.conference_kind) == ("13-R8-0001", "assist")
        assert (firm.name, firm.corporate_number) == ("株式会社灯夜ダイニング", "5990001100001")
        assert firm.created_by_agency_id == case.referrer_agency_id
        referrer = desk.session.get(AgencyRow, case.referrer_agency_id)
        assert referrer is not None
        assert (referrer.name, referrer.kind) == ("つむぎ坂信用金庫", "financial_institution")
        years = desk.session.exec(select(FiscalYearRow).order_by(col(FiscalYearRow.period_end)))
        assert [y.profit_and_loss["operating_profit"] for y in years] == [-3464, -751, -6158]
        loans = desk.session.exec(select(LoanRow).order_by(col(LoanRow.position))).all()
        assert [(loan.balance, loan.annual_rate) for loan in loans] == [
            (38200, "1.3"),
            (6000, "1.6"),
            (21600, "1.4"),
            (16600, "1.2"),
        ]
        guarantees = desk.session.exec(select(GuaranteeRow)).all()
        assert {g.association_id for g in guarantees} == {agencies.agency_id("cga-13")}
        cells = desk.session.exec(select(CellRow).where(CellRow.row == "case"))
        values = {cell.column: cell.value for cell in cells}
        assert values["phase"] == "maturity"
        assert values["wishes"].split("\n")[2] == "従業員の雇用は守りたい"
        kinds = desk.session.exec(select(SheetRowRow.kind)).all()
        assert sorted(kinds) == ["case", *["issue"] * 5]
        paper = desk.session.exec(select(CasePaperRow)).one()
        assert paper.content["support_plan"]["period_months"] == 12
        assert paper.content["early_warning_signs"][1] == "当座貸越の利用が常態化"
        assert paper.content["source"]["case_id"] == "C01"
        opinions = desk.session.exec(select(OpinionRow).where(OpinionRow.stage == "final"))
        assert sorted(o.stance for o in opinions) == ["agree"] * 5 + ["agree_with_condition"]


def test_consents_keep_their_limits_their_history_and_their_notes(database: Database) -> None:
    load_reference(database)
    import_cases(database, packed(only("C05", "C20", "C25", "C30")))

    with database.read() as desk:
        by_case = {
            str(case.source_key)[-3:]: list(
                desk.session.exec(
                    select(ConsentRow)
                    .where(ConsentRow.case_id == case.id)
                    .order_by(col(ConsentRow.version))
                )
            )
            for case in desk.session.exec(select(CaseRow))
        }
        limited = by_case["C05"][0]
        assert (limited.status, limited.method) == ("granted_limited", "handwritten")
        assert limited.note == "借入明細・家計に関する情報は紹介元と主担当機関に限る"
        assert ItemGroup.EXPOSURE not in limited.item_groups
        consent = standings.consent_of(desk.session, limited)
        assert len(consent.agencies) == 4
        assert [one.status for one in by_case["C20"]] == ["expired"]
        assert [(one.status, one.item_groups) for one in by_case["C25"]] == [("explained", [])]
        first, second = by_case["C30"]
        assert (first.status, first.withdrawn_on) == ("withdrawn", date(2026, 9, 30))
        assert (second.status, second.method, second.version) == ("granted", "electronic", 2)


def test_a_consent_that_ran_out_since_the_file_was_written_suspends_its_case(
    database: Database, clock: StandingClock
) -> None:
    clock.advance(days=800)

    import_cases(database, packed(only("C01")))

    with database.read() as desk:
        case = desk.session.exec(select(CaseRow)).one()
        assert (case.status, case.status_before) == ("suspended", "consented")
        assert desk.session.exec(select(ConsentRow.status)).one() == "expired"


def test_loading_the_same_file_again_changes_nothing(database: Database) -> None:
    content = only("C01", "C02")
    first = import_cases(database, packed(content))

    again = import_cases(database, packed(content))
    content["cases"][1]["background"] += "追記"
    changed = import_cases(database, packed(content))

    assert (again.imported, again.skipped, again.changed) == ((), first.imported, ())
    assert (changed.skipped, changed.changed) == (first.imported, ("C02",))
    assert count(database, CaseRow) == 2
    with database.read() as desk:
        backgrounds = desk.session.exec(select(CellRow).where(CellRow.column == "background"))
        assert [cell.version for cell in backgrounds] == [1, 1]


def test_one_bad_field_leaves_nothing_of_the_whole_file(database: Database) -> None:
    content = only("C01", "C02", "C03")
    content["cases"][1]["exposure"]["loans"][0]["balance"] = "多額"

    report = import_cases(database, packed(content))

    assert [(one.case_id, one.path) for one in report.problems] == [
        ("C02", "exposure.loans.0.balance")
    ]
    assert not report.ok
    assert [count(database, table) for table in (FirmRow, CaseRow, AgencyRow, RoomRow)] == [0] * 4


def test_a_firm_registered_meanwhile_is_not_written_over(database: Database) -> None:
    with database.begin() as uow:
        uow.session.add(
            FirmRow(
                name="株式会社灯夜ダイニング",
                name_key="灯夜ダイニング",
                legal_form="株式会社",
                is_corporation=True,
                corporate_number="5990001100001",
                prefecture_code="13",
                created_at=uow.now(),
            )
        )

    report = import_cases(database, packed(only("C01", "C02")))

    assert [(one.case_id, one.path) for one in report.problems] == [
        ("C01", "firm.corporate_number")
    ]
    assert count(database, CaseRow) == 0


@pytest.mark.parametrize("name", ["𠮷野髙橋槗亭🍶", "Ｄ＆Ｃ㈱"])
def test_rare_letters_arrive_as_they_are(database: Database, name: str) -> None:
    content = only("C01")
    content["cases"][0]["firm"]["name"] = name

    import_cases(database, packed(content))

    with database.read() as desk:
        assert desk.session.exec(select(FirmRow.name)).one() == name
