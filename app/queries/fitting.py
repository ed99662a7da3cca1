"""主担当の候補を考える: for each agency of an item's electorate what speaks for it, to one reader.

Every reason is made from what this reader may read itself: cells as the sheet shows them to it,
the firm's record as far as its groups go. So two agencies may be given different reasons, and none
is given one whose fact is kept from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col, select

from app.domain.access import Act
from app.domain.consent import ItemGroup
from app.domain.errors import NotFound
from app.domain.fitting import Fitting, Member, fittings
from app.domain.fitting_facts import CaseFacts, Cash, Debts
from app.domain.people import Actor
from app.domain.sheet_columns import COLUMN
from app.domain.sheet_schema import Right, right_to
from app.domain.vocabulary import AgencyKind, LifeCyclePhase, RequestKind
from app.queries.capacities import Stated, may_read, stated_by
from app.queries.firms import record_groups
from app.queries.sheet_snapshot import sheet_snapshot
from app.store import firm_papers, reach
from app.store.electorates import at_table, main_banks_of
from app.store.sheets import CASE_ROW
from app.store.tables.cases import CaseRow
from app.store.tables.firms import FirmRow, GuaranteeRow, LoanRow
from app.store.unit_of_work import Desk

Cells = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """An agency as the list shows it. ``menu`` is None where the reader may not see it."""

    agency_id: str
    name: str
    kind: AgencyKind
    fitting: Fitting
    menu: str | None
    capacity: Stated | None


@dataclass(frozen=True, slots=True)
class FittingList:
    """Two groups, each in the order of the office; there is no other order."""

    with_reasons: tuple[CandidateLine, ...]
    others: tuple[CandidateLine, ...]


def fitting_of(desk: Desk, actor: Actor, item_id: str) -> FittingList:
    """Raises ``NotFound`` for an item without a case, as for one that is not the reader's."""
    item = reach.item(desk, actor, item_id, Act.SEE_ITEM)
    if item.case is None:
        raise NotFound
    seats = at_table(desk, item.row, item.conference, item.case)
    ids = [seat["agency_id"] for seat in seats]
    stated = stated_by(desk, ids) if may_read(actor) else {}
    case, cells = _read(desk, actor, item.case)
    proposes = case is not None and (
        right_to(actor, case.standing, COLUMN["menu"].group) is not Right.HIDDEN
    )
    members = [
        Member(
            agency_id=seat["agency_id"],
            kind=AgencyKind(seat["kind"]),
            menu=_text(cells, seat["agency_id"], "menu") if proposes else None,
            capacity=stated[seat["agency_id"]].state if seat["agency_id"] in stated else None,
        )
        for seat in seats
    ]
    found = fittings(_facts(desk, actor, case, cells), members, desk.today())
    lines = [
        CandidateLine(
            seat["agency_id"],
            seat["name"],
            member.kind,
            one,
            member.menu,
            stated.get(seat["agency_id"]),
        )
        for seat, member, one in zip(seats, members, found, strict=True)
    ]
    return FittingList(
        with_reasons=tuple(line for line in lines if line.fitting.grounds),
        others=tuple(line for line in lines if not line.fitting.grounds),
    )


def _read(desk: Desk, actor: Actor, case: CaseRow) -> tuple[reach.CaseInHand | None, Cells]:
    """The case and the cells of its sheet; an item may be seen by some who may not see those."""
    try:
        in_hand = reach.case(desk, actor, case.id, Act.SEE_SHEET)
        return in_hand, sheet_snapshot(desk, actor, case.id)["cells"]
    except NotFound:
        return None, {}


def _facts(desk: Desk, actor: Actor, case: reach.CaseInHand | None, cells: Cells) -> CaseFacts:
    if case is None:
        return CaseFacts()
    groups = record_groups(desk, actor, case.row, case.standing)
    firm = reach.load(desk, FirmRow, case.row.firm_id)
    phase = _value(cells, "phase")
    finance = ItemGroup.FINANCE in groups
    years = firm_papers.years_of(desk.session, firm.id) if finance else []
    newest = firm_papers.figures_of(years[-1]) if years else None
    of_sheet = right_to(actor, case.standing, ItemGroup.FINANCE) is not Right.HIDDEN
    return CaseFacts(
        phase=LifeCyclePhase(phase) if phase else None,
        requests=tuple(RequestKind(kind) for kind in _value(cells, "request_kind") or ()),
        issues=_issues(cells),
        employees=firm.employees if ItemGroup.IDENTITY in groups else None,
        debts=_debts(desk, case.row) if ItemGroup.EXPOSURE in groups else None,
        repayment_status=_value(cells, "repayment_status"),
        guarantor_status=_value(cells, "guarantor_status"),
        adjusted_net_assets=_value(cells, "adjusted_net_assets"),
        net_assets=(newest.label, newest.net_assets)
        if newest is not None and newest.net_assets is not None
        else None,
        cash=_cash(desk, firm.id, cells) if finance and of_sheet else None,
    )


def _value(cells: Cells, column: str) -> Any:
    return cells.get(f"{CASE_ROW}|{column}", {}).get("value")


def _text(cells: Cells, row: str, column: str) -> str:
    return str(cells.get(f"{row}|{column}", {}).get("value") or "").strip()


def _issues(cells: Cells) -> tuple[str, ...]:
    return tuple(
        str(cell["value"])
        for key, cell in cells.items()
        if key.endswith("|issue") and cell["value"]
    )


def _debts(desk: Desk, case: CaseRow) -> Debts:
    """Loans that are still owed; a lender counts once, however many loans it gave."""
    loans = desk.session.exec(
        select(LoanRow).where(LoanRow.firm_id == case.firm_id, LoanRow.balance > 0)
    ).all()
    ids = [loan.id for loan in loans]
    guarantees = desk.session.exec(
        select(GuaranteeRow).where(col(GuaranteeRow.loan_id).in_(ids))
    ).all()
    guaranteed = {guarantee.loan_id for guarantee in guarantees}
    return Debts(
        total=sum(loan.balance for loan in loans),
        guaranteed=sum(loan.balance for loan in loans if loan.id in guaranteed),
        lenders=len({loan.lender_agency_id or loan.lender_name for loan in loans}),
        main_banks=frozenset(main_banks_of(desk, case)),
        associations=frozenset(one.association_id for one in guarantees if one.association_id),
    )


def _cash(desk: Desk, firm_id: str, cells: Cells) -> Cash:
    """What people expect stands on the sheet; without it, what the cash table comes to."""
    months = firm_papers.cash_of(desk.session, firm_id)
    this_month = desk.today().replace(day=1)
    short = [m.month for m in months if m.month >= this_month and m.closing < 0]
    expected = _value(cells, "cash_low_month")
    return Cash(
        short_on=date.fromisoformat(expected) if expected else next(iter(short), None),
        known_until=months[-1].month if months else None,
    )
