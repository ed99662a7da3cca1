"""When a daily chore was last carried out, and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import col, select

from app.clock import in_japan
from app.domain.chores import day_due, operation_of
from app.store.tables.journal import OperationRow
from app.store.unit_of_work import Desk

# Records are found by their ids alone, so it is said how far back is looked.
DAYS_BACK = 60


@dataclass(frozen=True, slots=True)
class Ran:
    day: date
    at: datetime
    told: dict[str, Any]


def last_run(desk: Desk, chore: str) -> Ran | None:
    due = day_due(in_japan(desk.now()))
    back = (due - timedelta(n) for n in range(DAYS_BACK))
    days = {operation_of(desk.secret, chore, day): day for day in back}
    query = select(OperationRow).where(col(OperationRow.id).in_(days))
    ran = [Ran(days[row.id], row.at, row.answer) for row in desk.session.exec(query)]
    return max(ran, key=lambda one: one.day, default=None)
