"""An import is one act: whole or not at all, by right, against what was seen, undone as one."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlmodel import select

from app.domain.errors import Malformed, NotFound, Refused, StaleVersion, StateForbids, TooMany
from app.domain.sheet_file import Way
from app.domain.sheet_grid import Grid, Raw, RawKind
from app.domain.vocabulary import Role
from app.queries.sheet_export import base_of, sheet_file
from app.queries.sheet_import import dry_run
from app.queries.sheet_snapshot import sheet_snapshot
from app.services import sheet_imports
from app.services.sheet_exports import note_export
from app.services.sheet_imports import (
    ImportSheet,
    UndoImport,
    import_sheet,
    keep_reading,
    require_turn,
    undo_import,
)
from app.services.sheets import AddSheetRow, WriteCell, add_sheet_row, write_cell
from app.services.validation import validated
from app.store.columns import new_id
from app.store.sheet_exchange import Choices
from app.store.tables.exchange import SheetImportRow
from app.store.tables.journal import EntryRow
from tests.case_rows import case_of
from tests.factories import firm, op, table


def grid(*lines, name="表"):
    return Grid(
        name,
        {
            (row, column): Raw(RawKind.TEXT, text)
            for row, line in enumerate(lines, 1)
            for column, text in enumerate(line, 1)
            if text
        },
    )


def brought(database, at, *grids, who="bank"):
    return keep_reading(database, at[who], at.case.id, "様式.xlsx", grids)


def seen(database, actor, at, import_id):
    """Every guess as it is."""
    with database.read() as desk:
        run = dry_run(desk, actor, at.case.id, import_id, Choices.of((), ()))
        blocks = run.opened.blocks
        told = [
            f"{b}.{f}={field.key}"
            for b, block in enumerate(blocks)
            for f, field in enumerate(block.fields)
        ]
        run = dry_run(desk, actor, at.case.id, import_id, Choices.of((), told))
    return {"mapping": told, "seen": run.plan.fingerprint}, run.plan


def applied(database, at, import_id, who="bank", **more):
    given, _plan = seen(database, at[who], at, import_id)
    command = {"op_id": op(), "import_id": import_id, **given, **more}
    return import_sheet(database, at[who], validated(ImportSheet, command))


def undone(database, at, import_id, who="bank"):
    return undo_import(database, at[who], UndoImport(op_id=op(), import_id=import_id))


def writes(database, at, column, value, base=0, row="case", who="bank"):
    given = {"row": row, "column": column, "value": value, "base_version": base}
    command = validated(WriteCell, {"op_id": op(), "case_id": at.case.id, **given})
    return write_cell(database, at[who], command)


def cells(database, at, who="bank"):
    with database.read() as desk:
        told = sheet_snapshot(desk, at[who], at.case.id)["cells"]
    return {key: cell["value"] for key, cell in told.items()}


FILE = grid(["事業者の希望", "緊急度"], ["雇用を守りたい", "B"])


def test_all_cells_of_a_file_are_one_operation(database):
    at = table(database)
    done = applied(database, at, brought(database, at, FILE))

    with database.read() as desk:
        entries = desk.session.exec(select(EntryRow).where(EntryRow.kind == "cell_written")).all()
        row = desk.session.get_one(SheetImportRow, done.id)
    assert {entry.body["source"] for entry in entries[-2:]} == {"import"}
    assert cells(database, at) == {"case|wishes": "雇用を守りたい", "case|urgency": "B"}
    assert (done.version, row.state, row.grids) == (2, "applied", [])


def test_the_same_operation_twice_is_carried_out_once(database):
    at = table(database)
    import_id = brought(database, at, FILE)
    given, _plan = seen(database, at["bank"], at, import_id)
    command = validated(ImportSheet, {"op_id": op(), "import_id": import_id, **given})

    assert import_sheet(database, at["bank"], command) == import_sheet(
        database, at["bank"], command
    )
    with pytest.raises(StateForbids):
        import_sheet(database, at["bank"], command.model_copy(update={"op_id": op()}))


def test_nothing_is_written_when_anything_changed_since_the_dry_run(database):
    at = table(database)
    import_id = brought(database, at, FILE)
    given, _plan = seen(database, at["bank"], at, import_id)
    writes(database, at, "urgency", "A", who="cga")

    command = validated(ImportSheet, {"op_id": op(), "import_id": import_id, **given})
    with pytest.raises(StaleVersion):
        import_sheet(database, at["bank"], command)
    assert cells(database, at) == {"case|urgency": "A"}


def test_of_two_imports_at_once_the_second_looks_again(database):
    at = table(database)
    first, second = brought(database, at, FILE), brought(database, at, FILE, who="cga")
    commands = []
    for who, import_id in (("bank", first), ("cga", second)):
        given, _plan = seen(database, at[who], at, import_id)
        command = validated(ImportSheet, {"op_id": op(), "import_id": import_id, **given})
        commands.append((at[who], command))

    def try_it(one):
        try:
            return import_sheet(database, *one).version
        except Refused as refusal:
            return refusal.code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(map(str, pool.map(try_it, commands))) == ["2", "stale_version"]


def test_lines_of_lists_are_found_again_or_added(database):
    at = table(database)
    issue = add_sheet_row(
        database, at["bank"], AddSheetRow(op_id=op(), case_id=at.case.id, kind="issue")
    ).id
    writes(database, at, "issue", "売上の減少", row=issue)
    lists = (
        grid(["経営課題", "優先度", "根拠"], ["売上の 減少", "高", ""], ["承継", "", "面談"]),
        grid(
            ["機関", "支援メニュー"],
            [at.agencies["bank"].name, "借換え"],
            [at.agencies["yorozu"].name, "専門家"],
        ),
    )
    import_id = brought(database, at, *lists)
    _given, plan = seen(database, at["bank"], at, import_id)
    applied(database, at, import_id)

    told = cells(database, at)
    added = {key.split("|")[0] for key, value in told.items() if value == "承継"}
    assert told == {
        f"{issue}|issue": "売上の 減少",
        f"{issue}|priority": "high",
        **{f"{row}|issue": "承継" for row in added},
        **{f"{row}|grounds": "面談" for row in added},
        f"{at.agencies['bank'].id}|menu": "借換え",
    }
    assert len(added) == 1
    assert [str(one) for one in plan.notices] == [
        "「表」B3の行は、どの行のものか分からないため取り込みません。"
    ]


def test_a_cell_one_may_only_read_is_refused_and_one_hidden_is_no_column(database):
    at = table(database)
    sheet = grid(["直近試算表", "返済状況", "強み"], ["2026/10/31", "延滞中", "立地"])
    import_id = brought(database, at, sheet, who="yorozu")
    given, plan = seen(database, at["yorozu"], at, import_id)

    assert [(one.column, str(one.reason)) for one in plan.items if one.reason] == [
        ("trial_balance_month", "この欄を編集する権限がありません。")
    ]
    forced = [one.replace("0.1=", "0.1=repayment_status") for one in given["mapping"]]
    applied(database, at, import_id, who="yorozu", mapping=forced)
    assert cells(database, at) == {"case|strengths": "立地"}


def test_an_export_of_another_case_is_not_taken(database):
    at = table(database)
    number = new_id()
    with database.begin() as uow:
        uow.act_as(at["bank"], op())
        other = case_of(uow, at.agencies, firm(uow, "株式会社別"), True, case_no="13-R8-0002")
    with database.read() as desk:
        file = sheet_file(desk, at["bank"], other.id, number)
        base = base_of(desk, at["bank"], file, other.id, Way.XLSX)
    note_export(database, at["bank"], other.id, number, Way.XLSX, base)
    machine = grid(["書き出し番号", number], name="書き出し情報")

    with pytest.raises(Malformed) as refused:
        brought(database, at, FILE, machine)
    assert refused.value.fields == {"file": "別の案件から書き出されたファイルです。"}
    assert keep_reading(database, at["bank"], other.id, "a", (FILE, machine))


def test_undoing_leaves_what_others_wrote_and_goes_once(database):
    at = table(database)
    writes(database, at, "wishes", "前の希望")
    import_id = brought(database, at, FILE)
    applied(database, at, import_id)
    writes(database, at, "urgency", "C", base=1, who="cga")

    with pytest.raises(NotFound):
        undone(database, at, import_id, who="cga")
    assert undone(database, at, import_id).version == 1
    assert cells(database, at) == {"case|wishes": "前の希望", "case|urgency": "C"}
    with pytest.raises(StateForbids):
        undone(database, at, import_id)


def test_where_nothing_can_go_back_undoing_is_refused(database):
    at = table(database)
    import_id = brought(database, at, FILE)
    applied(database, at, import_id)
    writes(database, at, "urgency", "C", base=1, who="cga")
    writes(database, at, "wishes", "別の希望", base=1, who="cga")

    with pytest.raises(StateForbids):
        undone(database, at, import_id)


def test_who_looks_on_or_does_not_belong_brings_nothing(database):
    at = table(database)
    import_id = brought(database, at, FILE)
    given, _plan = seen(database, at["bank"], at, import_id)
    command = validated(ImportSheet, {"op_id": op(), "import_id": import_id, **given})
    for actor in (at.outsider, at["cga"], replace(at["bank"], role=Role.OBSERVER)):
        with pytest.raises(Refused):
            import_sheet(database, actor, command.model_copy(update={"op_id": op()}))
    with pytest.raises(NotFound):
        require_turn(database, at.outsider, at.case.id)
    with pytest.raises(NotFound):
        keep_reading(database, at.outsider, at.case.id, "a", (FILE,))
    assert cells(database, at) == {}


def test_a_file_without_any_change_is_not_an_act(database):
    at = table(database)
    writes(database, at, "wishes", "雇用を守りたい")
    writes(database, at, "urgency", "B")
    with pytest.raises(Malformed):
        applied(database, at, brought(database, at, FILE))


def test_files_nobody_went_on_with_are_put_away_and_there_is_a_limit(database, clock, monkeypatch):
    at = table(database)
    brought(database, at, FILE)
    clock.advance(days=1, seconds=1)
    later = brought(database, at, FILE)
    with database.read() as desk:
        assert desk.session.exec(select(SheetImportRow.id)).all() == [later]
    monkeypatch.setattr(sheet_imports, "MOST_AN_HOUR", 1)
    with pytest.raises(TooMany):
        require_turn(database, at["bank"], at.case.id)
