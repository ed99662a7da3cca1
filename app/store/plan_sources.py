"""What a plan is drafted from: cells of the sheet, outcomes, the decision, imported papers."""

from collections.abc import Set
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from app.domain.conference import OUTCOME_KIND_LABELS, OutcomeKind
from app.domain.consent import ItemGroup
from app.domain.plan_draft import ImportedPlan, IssueFound, Reserved, imported_plan
from app.domain.sheet_columns import COLUMN, RowKind
from app.domain.stances import STANCE_LABELS, Stance
from app.store import ballots, sheets
from app.store.tables.agencies import AgencyRow
from app.store.tables.ballots import DecisionRow
from app.store.tables.cases import CasePaperRow
from app.store.tables.conferences import AgendaItemRow, OutcomeRow
from app.store.tables.sheets import CellRow, SheetRowRow

# Stances that reserve something, and what they are called on paper.
_RESERVING = (Stance.AGREE_WITH_CONDITION, Stance.HOLD, Stance.OBJECT)


def cells_of(session: Session, case_id: str, groups: Set[ItemGroup]) -> dict[str, Any]:
    """Values of the case's own line of the sheet, as far as the groups allow."""
    query = select(CellRow).where(CellRow.case_id == case_id, CellRow.row == sheets.CASE_ROW)
    return {
        cell.column: cell.value
        for cell in session.exec(query)
        if cell.value is not None and COLUMN[cell.column].group in groups
    }


def text_of(cells: dict[str, Any], key: str) -> str:
    value = cells.get(key)
    return value if isinstance(value, str) else ""


def day_of(cells: dict[str, Any], key: str) -> date | None:
    value = text_of(cells, key)
    return date.fromisoformat(value) if value else None


def label_of(cells: dict[str, Any], key: str) -> str | None:
    """The label of the choice in an enum cell."""
    return (COLUMN[key].options or {}).get(cells.get(key))


def issues_of(session: Session, case_id: str, groups: Set[ItemGroup]) -> list[IssueFound]:
    if ItemGroup.ISSUES not in groups:
        return []
    rows = session.exec(
        select(SheetRowRow)
        .where(SheetRowRow.case_id == case_id, SheetRowRow.kind == RowKind.ISSUE)
        .order_by(col(SheetRowRow.position))
    ).all()
    cells: dict[str, dict[str, Any]] = {row.row: {} for row in rows}
    query = select(CellRow).where(CellRow.case_id == case_id, col(CellRow.row).in_(list(cells)))
    for cell in session.exec(query):
        cells[cell.row][cell.column] = cell.value
    return [
        IssueFound(
            text_of(line, "issue"),
            text_of(line, "priority"),
            label_of(line, "priority") or "",
            text_of(line, "grounds"),
        )
        for line in cells.values()
    ]


def outcomes_of(
    session: Session, case_id: str, since: datetime | None = None
) -> list[tuple[OutcomeRow, str]]:
    """Outcomes typed while the case was on the table, with the name of the agency they name."""
    query = (
        select(OutcomeRow, AgencyRow.name)
        .join(AgendaItemRow, col(AgendaItemRow.id) == OutcomeRow.item_id)
        .join(AgencyRow, col(AgencyRow.id) == OutcomeRow.agency_id, isouter=True)
        .where(AgendaItemRow.case_id == case_id)
        .order_by(col(OutcomeRow.at), col(OutcomeRow.position))
    )
    if since is not None:
        query = query.where(OutcomeRow.at > since)
    return [(outcome, name or "") for outcome, name in session.exec(query)]


def reserved_at_the_table(
    session: Session, decision: DecisionRow | None, outcomes: list[tuple[OutcomeRow, str]]
) -> list[Reserved]:
    """What the seats reserved when the lead was decided, then conditions and dissent typed."""
    reserved = []
    if decision is not None:
        for stance in ballots.stances_on(session, decision.round_id):
            kind = Stance(stance.stance)
            agency = session.get(AgencyRow, stance.agency_id)
            if kind in _RESERVING and stance.text and agency:
                label = _CALLED.get(kind, STANCE_LABELS[kind])
                reserved.append((agency.position, Reserved(label, agency.name, stance.text)))
        reserved.sort(key=lambda pair: pair[0])
    return [one for _position, one in reserved] + reserved_in(outcomes)


def reserved_in(outcomes: list[tuple[OutcomeRow, str]]) -> list[Reserved]:
    """Conditions and dissent among the outcomes typed at the table."""
    return [
        Reserved(OUTCOME_KIND_LABELS[OutcomeKind(outcome.kind)], name, outcome.text)
        for outcome, name in outcomes
        if outcome.kind in {OutcomeKind.CONDITION, OutcomeKind.OBJECTION}
    ]


_CALLED = {Stance.AGREE_WITH_CONDITION: OUTCOME_KIND_LABELS[OutcomeKind.CONDITION]}


def imported_of(session: Session, case_id: str, groups: Set[ItemGroup]) -> ImportedPlan:
    """支援計画 that came with an imported case, within what the firm lets be shared."""
    row = session.get(CasePaperRow, case_id)
    if row is None or ItemGroup.SUPPORT not in groups:
        return ImportedPlan()
    return imported_plan(row.content.get("support_plan"))
