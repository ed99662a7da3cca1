"""Answers that arrive in the same instant: each counts once, and the plan is agreed once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlmodel import select

from app.domain.people import Actor
from app.store.tables.cases import CaseRow
from app.store.tables.journal import EntryRow
from app.store.tables.plans import PlanConfirmationRow
from app.store.unit_of_work import Database
from tests.plan_steps import ASKED, circulated, confirm, plan_of


def at_once(database: Database, plan_id: str, actors: list[Actor]) -> None:
    ready = Barrier(len(actors))

    def answer(actor: Actor) -> None:
        ready.wait()
        confirm(database, actor, plan_id)

    with ThreadPoolExecutor(len(actors)) as people:
        list(people.map(answer, actors))


def confirmations(database: Database) -> list[dict[str, object]]:
    with database.read() as desk:
        query = select(EntryRow).where(EntryRow.kind == "plan_confirmed")
        return [e.body or {} for e in sorted(desk.session.exec(query), key=lambda e: e.seq)]


def test_the_last_answers_at_once_agree_the_plan_once(database: Database) -> None:
    planned = circulated(database)

    at_once(database, planned.plan_id, [planned[key] for key in ASKED])

    assert plan_of(database, planned.plan_id).status == "agreed"
    with database.read() as desk:
        assert desk.session.get_one(CaseRow, planned.at.case.id).status == "plan_agreed"
    assert [body["status"] for body in confirmations(database)] == [
        "circulating",
        "circulating",
        "agreed",
    ]


def test_two_people_of_one_agency_at_once_leave_one_answer(database: Database) -> None:
    planned = circulated(database)
    bank = [planned["bank"], planned.at.colleague("bank")]

    at_once(database, planned.plan_id, bank)

    with database.read() as desk:
        (answer,) = desk.session.exec(select(PlanConfirmationRow)).all()
    assert len(confirmations(database)) == 2
    assert answer.person_name == confirmations(database)[-1]["person"]
