"""An agency states for itself whether it takes cases on, and every statement is kept."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from app.domain.errors import Malformed, NotEntitled, OpReused
from app.domain.vocabulary import Role
from app.queries.capacities import capacity_page
from app.services.capacities import StateCapacity, state_capacity
from app.store.tables.capacities import CapacityRow
from app.store.tables.journal import EntryRow
from tests.factories import op, table


def states(database, actor, state="open", **more):
    command = StateCapacity(**{"op_id": op(), "state": state, **more})
    return state_capacity(database, actor, command)


def rows(database):
    with database.read() as desk:
        query = select(CapacityRow).order_by(CapacityRow.agency_id, CapacityRow.number)
        return list(desk.session.exec(query))


def entries(database):
    with database.read() as desk:
        return list(desk.session.exec(select(EntryRow.seq)))


def line_of(database, reader, agency_id):
    with database.read() as desk:
        page = capacity_page(desk, reader)
    return next(line.stated for line in page.others if line.agency.id == agency_id)


def test_every_agency_reads_what_one_states(database):
    at = table(database)
    states(database, at["cga"], "needs_talk", note="年内に面談できます")
    for reader in (at["bank"], at.outsider, at.stranger):
        told = line_of(database, reader, at.agencies["cga"].id)
        assert (told.state, told.note, told.by) == (
            "needs_talk",
            "年内に面談できます",
            at["cga"].person_name,
        )
        assert (told.as_of, told.age) == (date(2026, 11, 24), None)


def test_the_newest_statement_holds_and_the_ones_before_stay(database):
    at = table(database)
    first = states(database, at["cga"], "open")
    second = states(database, at["cga"], "closed", as_of="2026-11-20")
    states(database, at.outsider, "waiting")
    assert (first.version, second.version) == (1, 2)
    assert line_of(database, at["bank"], at.agencies["cga"].id).state == "closed"
    kept = [(row.number, row.state) for row in rows(database) if row.state != "waiting"]
    assert kept == [(1, "open"), (2, "closed")]


def test_a_statement_that_grew_old_is_told_with_its_age(database, clock):
    at = table(database)
    states(database, at["cga"])
    clock.advance(days=91)
    assert line_of(database, at["bank"], at.agencies["cga"].id).age == "91日前の情報です。"


def test_it_is_about_today_or_a_day_before(database):
    at = table(database)
    with pytest.raises(Malformed):
        states(database, at["cga"], as_of="2026-11-25")
    assert rows(database) == []


@pytest.mark.parametrize("role", [Role.PARTICIPANT, Role.OBSERVER, Role.AUDITOR])
def test_only_coordinators_and_administrators_state_it(database, role):
    at = table(database)
    with pytest.raises(NotEntitled):
        states(database, replace(at["cga"], role=role))
    states(database, replace(at["cga"], role=Role.AGENCY_ADMIN))
    assert len(rows(database)) == 1


def test_an_auditor_does_not_read_it(database):
    at = table(database)
    with database.read() as desk, pytest.raises(NotEntitled):
        capacity_page(desk, replace(at["cga"], role=Role.AUDITOR))


def test_the_same_operation_is_carried_out_once(database):
    at = table(database)
    same = op()
    first = states(database, at["cga"], op_id=same)
    assert states(database, at["cga"], op_id=same) == first
    with pytest.raises(OpReused):
        states(database, at["cga"], "closed", op_id=same)
    assert [row.op_id for row in rows(database)] == [same]


def test_it_is_no_fact_of_any_room(database):
    at = table(database)
    before = len(entries(database))
    states(database, at["cga"])
    assert len(entries(database)) == before
