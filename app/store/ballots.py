"""Reading rounds and stances; numbering decisions."""

from datetime import date

from sqlmodel import Session, col, func, select

from app.domain.dates import fiscal_year
from app.store.tables.ballots import DecisionRow, StanceRow


def stances_on(session: Session, round_id: str) -> list[StanceRow]:
    query = select(StanceRow).where(StanceRow.round_id == round_id)
    return list(session.exec(query.order_by(col(StanceRow.agency_id))))


def next_decision_number(session: Session, day: date) -> str:
    """決定番号 such as 令和8年度-17: counted within the fiscal year, whatever the conference."""
    prefix = f"令和{fiscal_year(day) - 2018}年度-"
    count = session.exec(
        select(func.count())
        .select_from(DecisionRow)
        .where(col(DecisionRow.number).startswith(prefix))
    ).one()
    return f"{prefix}{count + 1}"
