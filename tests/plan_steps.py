"""Steps from an open conference to an agreed support plan, each done through its own use-case."""

from dataclasses import dataclass
from typing import Any

from app.domain.people import Actor
from app.domain.sheet_columns import RowKind
from app.services.commands import Done
from app.services.decisions import DeclareResult, declare_result
from app.services.discussion import RecordOutcome, record_outcome
from app.services.nominations import (
    NominateLead,
    OpenNominations,
    RevealNominations,
    nominate_lead,
    open_nominations,
    reveal_nominations,
)
from app.services.plan_confirming import (
    CirculatePlan,
    ConfirmPlan,
    circulate_plan,
    confirm_plan,
)
from app.services.plan_drafting import DraftPlan, draft_plan
from app.services.plan_lines import (
    PutPlanLine,
    RemovePlanLine,
    WritePlanSection,
    put_plan_line,
    remove_plan_line,
    write_plan_section,
)
from app.services.rounds import OpenRound, open_round
from app.services.sheets import AddSheetRow, WriteCell, add_sheet_row, write_cell
from app.services.stances import AnswerLead, GiveStance, answer_lead, give_stance
from app.store import plans
from app.store.tables.plans import PlanRow
from app.store.unit_of_work import Database
from tests.decision_record import RECORD, condition
from tests.factories import Table, op, table

CONDITION = "3行の調整が整わないときは協議会の支援へ移すこと。"
# The lead, the one supporter, and the bank that brought the case.
ASKED = ("bank", "yorozu", "council")


@dataclass
class Planned:
    """A case whose lead (the yorozu centre) works on its plan."""

    at: Table
    plan_id: str

    def __getitem__(self, key: str) -> Actor:
        return self.at[key]


def cell(database: Database, at: Table, column: str, value: Any, row: str = "case") -> None:
    command = WriteCell(
        op_id=op(), case_id=at.case.id, row=row, column=column, value=value, base_version=0
    )
    write_cell(database, at["bank"], command)


def fill_sheet(database: Database, at: Table) -> None:
    cell(database, at, "nf_manager", "創業社長。現場に毎日立ち、数字は税理士任せ。")
    cell(database, at, "distress_cause", "谷中店の赤字と原価率の上昇。")
    cell(database, at, "policy", "店舗別採算の見える化と谷中店の撤退判断を3か月で行う。")
    cell(database, at, "next_date", "2026-12-22")
    for text, priority in (("原価率の上昇", "low"), ("店舗別の損益が不明", "high")):
        command = AddSheetRow(op_id=op(), case_id=at.case.id, kind=RowKind.ISSUE)
        row = add_sheet_row(database, at["bank"], command).id or ""
        cell(database, at, "issue", text, row)
        cell(database, at, "priority", priority, row)


def outcome(database: Database, at: Table, kind: str, text: str, **more: Any) -> None:
    values = {"op_id": op(), "item_id": at.item.id, "kind": kind, "text": text}
    record_outcome(database, at["yorozu"], RecordOutcome.model_validate(values | more))


def decide(database: Database, at: Table) -> None:
    """All six answer, the council with a condition; the yorozu centre accepts and leads."""
    yorozu = at.agencies["yorozu"].id
    role = OpenNominations(op_id=op(), item_id=at.item.id, role="採算の見直しと支援の取りまとめ")
    open_nominations(database, at["yorozu"], role)
    nominate = NominateLead(
        op_id=op(), item_id=at.item.id, nominee_id=yorozu, reason="飲食の専門家がいるため。"
    )
    nominate_lead(database, at["bank"], nominate)
    reveal = RevealNominations(op_id=op(), item_id=at.item.id)
    reveal_nominations(database, at["yorozu"], reveal)
    proposal = {
        "op_id": op(),
        "item_id": at.item.id,
        "nominee_id": yorozu,
        "supporters": [{"agency_id": at.agencies["council"].id, "role": "収益力改善支援"}],
        "wording": "よろず支援拠点を主担当とする。",
    }
    round_id = open_round(database, at["yorozu"], OpenRound.model_validate(proposal)).id or ""
    for key in at.actors:
        conditional = key == "council"
        stance = {
            "op_id": op(),
            "round_id": round_id,
            "stance": "agree_with_condition" if conditional else "agree",
            "text": CONDITION if conditional else "",
        }
        if conditional:
            stance |= condition(at.agencies["yorozu"].id, CONDITION)
        give_stance(database, at[key], GiveStance.model_validate(stance))
    accept = AnswerLead(op_id=op(), round_id=round_id, accepted=True, person="髙橋 﨑太郎")
    answer_lead(database, at["yorozu"], accept)
    declared = DeclareResult.model_validate(
        {"op_id": op(), "round_id": round_id, "result": "decided", **RECORD}
    )
    declare_result(database, at["yorozu"], declared)


def decided(database: Database) -> Table:
    """A case with a full sheet, a task and a decision, and its lead decided."""
    at = table(database)
    fill_sheet(database, at)
    task = {"agency_id": at.agencies["bank"].id, "person": "槗本 一", "due": "2026-12-20"}
    outcome(database, at, "task", "店舗別損益表を作る。", **task)
    outcome(database, at, "decision", "返済は6か月据え置く方向で調整する。")
    decide(database, at)
    return at


def draft(database: Database, actor: Actor, case_id: str) -> Done:
    return draft_plan(database, actor, DraftPlan(op_id=op(), case_id=case_id))


def drafted(database: Database) -> Planned:
    at = decided(database)
    return Planned(at, draft(database, at["yorozu"], at.case.id).id or "")


def write(
    database: Database, actor: Actor, plan_id: str, section: str, text: str, base: int = 1
) -> Done:
    command = WritePlanSection(
        op_id=op(), plan_id=plan_id, section=section, text=text, base_version=base
    )
    return write_plan_section(database, actor, command)


def put(database: Database, actor: Actor, plan_id: str, kind: str, **values: Any) -> Done:
    given = {"op_id": op(), "plan_id": plan_id, "list": kind} | values
    return put_plan_line(database, actor, PutPlanLine.model_validate(given))


def remove(database: Database, actor: Actor, plan_id: str, line_id: str, base: int = 1) -> Done:
    command = RemovePlanLine(op_id=op(), plan_id=plan_id, line_id=line_id, base_version=base)
    return remove_plan_line(database, actor, command)


def circulate(database: Database, actor: Actor, plan_id: str) -> Done:
    return circulate_plan(database, actor, CirculatePlan(op_id=op(), plan_id=plan_id))


def confirm(
    database: Database, actor: Actor, plan_id: str, answer: str = "approve", text: str = ""
) -> Done:
    given = {"op_id": op(), "plan_id": plan_id, "answer": answer, "text": text}
    return confirm_plan(database, actor, ConfirmPlan.model_validate(given))


def completed(database: Database) -> Planned:
    """A draft in which nothing is missing any more."""
    planned = drafted(database)
    write(database, planned["yorozu"], planned.plan_id, "monitoring", "毎月、試算表で確認する。")
    return planned


def circulated(database: Database) -> Planned:
    planned = completed(database)
    circulate(database, planned["yorozu"], planned.plan_id)
    return planned


def agreed(database: Database) -> Planned:
    planned = circulated(database)
    for key in ASKED:
        confirm(database, planned[key], planned.plan_id)
    return planned


def plan_of(database: Database, plan_id: str) -> PlanRow:
    with database.read() as desk:
        return desk.session.get_one(PlanRow, plan_id)


def lines(database: Database, plan_id: str, kind: str) -> list[dict[str, Any]]:
    with database.read() as desk:
        return [
            plans.line_on_wire(line)
            for line in plans.lines_of(desk.session, plan_id)
            if line.list == kind
        ]
