"""時点: the sheet at a moment is what the journal up to it makes, through the rights of today."""

from datetime import timedelta
from random import Random

import pytest
from sqlmodel import col, select

from app.clock import iso
from app.domain.access import Act
from app.domain.errors import NotFound
from app.domain.sheet_schema import visible_tags
from app.queries.sheet_at import sheet_at
from app.queries.sheet_snapshot import sheet_snapshot
from app.store import reach
from app.store.tables.journal import EntryRow
from app.store.tables.sheets import CellVersionRow
from tests.factories import table
from tests.sheet_steps import adds, decides, writes

COLUMNS = {
    "bank": ("wishes", "background", "repayment_status", "adjusted_net_assets"),
    "cga": ("wishes", "strengths", "contention", "policy"),
}


def value(random, column):
    if column == "repayment_status":
        return random.choice(("repaying", "modified", None))
    if column == "adjusted_net_assets":
        return random.randrange(-9999, 9999)
    return random.choice(("", "雇用を守りたい", f"第{random.randrange(99)}案"))


def played(database, clock, random):
    """Some fifty writes and lines by several hands, the clock being put back now and then."""
    at = table(database)
    versions, notes = {}, {who: [] for who in ("bank", "cga")}
    for _step in range(50):
        clock.advance(minutes=random.choice((0, 1, 7, 400, -3)))
        who = random.choice(("bank", "cga"))
        if random.random() < 0.1:
            notes[who].append(adds(database, at, who, "note"))
            continue
        row, column = "case", random.choice(COLUMNS[who])
        if notes[who] and random.random() < 0.3:
            row, column = random.choice(notes[who]), "note"
        base = versions.get((row, column), 0)
        given = {"row": row, "base_version": base}
        writes(database, at, who, column, value(random, column), **given)
        versions[row, column] = base + 1
    decides(database, at)
    return at


def replayed(entries, tags, moment):
    """The model: one entry after the other, until the first that came later."""
    rows, cells = [], {}
    for entry in entries:
        body = entry.body
        if entry.at > moment:
            break
        if entry.kind == "sheet_row_added" and (
            body["row_kind"] == "case" or entry.visibility in tags
        ):
            rows.append(body["row"])
        if entry.kind == "cell_written" and entry.visibility in tags:
            cells[f"{body['row']}|{body['column']}"] = {
                "value": body["value"],
                "version": body["version"],
                "person": entry.person_name,
                "agency": entry.agency_name,
                "at": iso(entry.at),
                "reason": body["reason"],
            }
    return rows, cells


def entries_of(desk, at):
    query = select(EntryRow).where(EntryRow.room_id == f"s-{at.case.id}")
    return desk.session.exec(query.order_by(col(EntryRow.seq))).all()


@pytest.mark.parametrize("seed", range(4))
def test_the_sheet_at_any_moment_is_the_fold_of_what_was_written_by_then(database, clock, seed):
    at = played(database, clock, Random(seed))
    with database.read() as desk:
        entries = entries_of(desk, at)
        moments = {entry.at + timedelta(minutes=one) for entry in entries for one in (-1, 0)}
        for who in ("bank", "cga", "chamber"):
            standing = reach.case(desk, at[who], at.case.id, Act.SEE_SHEET).standing
            tags = visible_tags(at[who], standing)
            for moment in sorted(moments):
                shown = sheet_at(desk, at[who], at.case.id, moment)
                rows, cells = replayed(entries, tags, moment)
                assert [row["id"] for row in shown["rows"]] == rows
                assert shown["cells"] == cells
            now = sheet_snapshot(desk, at[who], at.case.id)
            assert shown == {name: now[name] for name in ("id", "rows", "cells")}


def test_the_table_of_versions_is_what_the_journal_makes_of_it(database, clock):
    at = played(database, clock, Random(9))
    with database.read() as desk:
        folded = [
            (e.body["row"], e.body["column"], e.body["version"], e.seq)
            for e in entries_of(desk, at)
            if e.kind == "cell_written"
        ]
        held = desk.session.exec(select(CellVersionRow).order_by(col(CellVersionRow.seq))).all()

    assert [(one.row, one.column, one.version, one.seq) for one in held] == folded
    assert len(folded) > 40


def test_who_may_not_see_the_sheet_today_sees_none_of_its_past(database):
    at = table(database)

    with database.read() as desk, pytest.raises(NotFound):
        sheet_at(desk, at.outsider, at.case.id, desk.now())
