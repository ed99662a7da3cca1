"""Working on a draft plan: its sections and the lines of its tables, against the version seen."""

from typing import Annotated, Any

from pydantic import Field

from app.clock import iso
from app.domain.access import Act, decide
from app.domain.errors import Malformed, NotEntitled, StaleVersion, StateForbids
from app.domain.facts import PlanLinePut, PlanLineRemoved, PlanSectionWritten
from app.domain.people import Actor
from app.domain.plan import (
    LINE_FIELDS,
    LINE_NEEDS,
    LONGEST_SECTION,
    MOST_LINES,
    PLAN_STATUS_LABELS,
    SECTION,
    ActionStatus,
    PlanList,
    PlanStatus,
)
from app.domain.sentences import _
from app.services.commands import Command, Done, Id, OptionalDay, line, paragraph
from app.services.use_case import use_case
from app.store import plans, reach
from app.store.tables.journal import EntryRow
from app.store.tables.plans import PlanLineRow
from app.store.unit_of_work import UnitOfWork

_Words = Annotated[str, paragraph(1000, required=False)]
_Line = Annotated[str, line(120, required=False)]


class WritePlanSection(Command):
    """``base_version`` is the version of the text the writer saw."""

    plan_id: Id
    section: str = Field(max_length=20)
    text: Annotated[str, paragraph(LONGEST_SECTION, required=False)] = ""
    base_version: int = Field(ge=1)


class PutPlanLine(Command):
    """A new line (no ``line_id``, ``base_version`` 0), or a line as it shall read from now on.

    ``role`` takes agency, role, person, contact; ``action`` agency, content, person, due,
    deliverable, status; ``kpi`` indicator, target, current, due, how.
    """

    plan_id: Id
    list: PlanList
    line_id: Id | None = None
    base_version: int = Field(default=0, ge=0)
    agency_id: Id | None = None
    role: _Words = ""
    person: Annotated[str, line(80, required=False)] = ""
    contact: _Line = ""
    content: _Words = ""
    due: OptionalDay = None
    deliverable: Annotated[str, line(200, required=False)] = ""
    status: ActionStatus | None = None
    indicator: Annotated[str, line(200, required=False)] = ""
    current: _Line = ""
    target: _Line = ""
    how: Annotated[str, line(200, required=False)] = ""


class RemovePlanLine(Command):
    plan_id: Id
    line_id: Id
    base_version: int = Field(ge=1)


@use_case
def write_plan_section(uow: UnitOfWork, actor: Actor, command: WritePlanSection) -> Done:
    """The lead's words; whoever saw an older text is told the newer one instead of losing it."""
    plan = reach.plan(uow, actor, command.plan_id, Act.DRAFT_PLAN)
    _require_draft(plan)
    if command.section not in SECTION:
        raise Malformed(
            _("この章はありません。"), fields={"section": _("選択肢から選んでください。")}
        )
    held = plan.row.sections[command.section]
    if held["version"] != command.base_version:
        about = {"plan_id": plan.row.id, "section": command.section}
        entry = plans.last_entry(
            uow.session, plan.case.room.id, PlanSectionWritten.wire_name(), about
        )
        raise _clash(
            entry,
            {
                "section": command.section,
                "text": held["text"],
                "version": held["version"],
                "typed": command.text,
            },
        )
    version = command.base_version + 1
    plan.row.sections = {
        **plan.row.sections,
        command.section: {"text": command.text, "version": version},
    }
    uow.session.add(plan.row)
    fact = PlanSectionWritten(
        plan_id=plan.row.id, section=command.section, text=command.text, version=version
    )
    return Done(id=plan.row.id, cursor=uow.record(plan.case.room, fact), version=version)


@use_case
def put_plan_line(uow: UnitOfWork, actor: Actor, command: PutPlanLine) -> Done:
    """The lead edits every line; another agency of the plan edits the lines of its own."""
    plan = reach.plan(uow, actor, command.plan_id, Act.CONFIRM_PLAN)
    _require_draft(plan)
    values = _values(command)
    held = plans.line_of(uow, plan.row.id, command.line_id) if command.line_id else None
    if held is not None and held.list != command.list:
        raise Malformed(
            _("この行は別の表の行です。"), fields={"list": _("選択肢から選んでください。")}
        )
    _require_own(uow, actor, plan, [command.agency_id, *([held.agency_id] if held else [])])
    if held is None:
        _require_within(uow, plan, command.agency_id)
        _require_room(uow, plan, command.list)
        held = plans.add_line(uow.session, plan.row.id, command.list, command.agency_id, values)
    else:
        if held.version != command.base_version:
            raise _line_clash(uow, plan, held, {**values, "agency_id": command.agency_id})
        if command.agency_id != held.agency_id:
            _require_within(uow, plan, command.agency_id)
        held.agency_id, held.values, held.version = command.agency_id, values, held.version + 1
        uow.session.add(held)
    fact = PlanLinePut(plan_id=plan.row.id, line=plans.line_on_wire(held))
    return Done(id=held.id, cursor=uow.record(plan.case.room, fact), version=held.version)


@use_case
def remove_plan_line(uow: UnitOfWork, actor: Actor, command: RemovePlanLine) -> Done:
    plan = reach.plan(uow, actor, command.plan_id, Act.CONFIRM_PLAN)
    _require_draft(plan)
    held = plans.line_of(uow, plan.row.id, command.line_id)
    _require_own(uow, actor, plan, [held.agency_id])
    if held.version != command.base_version:
        raise _line_clash(uow, plan, held, None)
    uow.session.delete(held)
    fact = PlanLineRemoved(plan_id=plan.row.id, line_id=held.id)
    return Done(id=held.id, cursor=uow.record(plan.case.room, fact))


def _require_draft(plan: reach.PlanInHand) -> None:
    if plan.row.status != PlanStatus.DRAFT:
        raise StateForbids(
            _("この支援計画書は「{status}」のため、書き換えられません。"),
            status=PLAN_STATUS_LABELS[PlanStatus(plan.row.status)],
        )
    plans.require_planning(plan.case.row)


def _values(command: PutPlanLine) -> dict[str, Any]:
    """The line as it is stored; what belongs to another table is refused, not dropped."""
    own = LINE_FIELDS[command.list]
    strange = {name for fields in LINE_FIELDS.values() for name in fields} - set(own)
    problems = {name: _("この表にない項目です。") for name in strange if getattr(command, name)}
    if command.list is PlanList.KPI and command.agency_id:
        problems["agency_id"] = _("この表にない項目です。")
    problems |= {
        name: _("入力してください。")
        for name in LINE_NEEDS[command.list]
        if not getattr(command, name)
    }
    if problems:
        raise Malformed(_("入力内容を確認してください。"), fields=problems)
    given: dict[str, Any] = {name: getattr(command, name) for name in own}
    if "due" in given:
        given["due"] = command.due.isoformat() if command.due else ""
    if "status" in given:
        given["status"] = str(command.status or ActionStatus.PLANNED)
    return given


def _require_own(
    uow: UnitOfWork, actor: Actor, plan: reach.PlanInHand, owners: list[str | None]
) -> None:
    """Asked agencies other than the lead touch only what is theirs before and after."""
    if decide(actor, Act.DRAFT_PLAN, plan.case.standing):
        return
    lines = plans.lines_of(uow.session, plan.row.id)
    asked = plans.to_ask(uow.session, plan.case.row, lines, uow.today())
    if all(one["agency_id"] != actor.agency_id for one in asked):
        raise NotEntitled(_("この支援計画書に担当のある機関ではありません。"))
    if any(owner != actor.agency_id for owner in owners):
        raise NotEntitled(_("書き換えられるのは、お使いの機関の行だけです。"))


def _require_within(uow: UnitOfWork, plan: reach.PlanInHand, agency_id: str | None) -> None:
    """Work is given only to agencies that take part in the case within the firm's consent."""
    if agency_id is None:
        return
    if agency_id not in plans.may_be_given_work(uow.session, plan.case.row.id, uow.today()):
        raise Malformed(
            _("案件に参加している、同意の範囲の機関から選んでください。"),
            fields={"agency_id": _("案件の参加機関ではありません。")},
        )


def _require_room(uow: UnitOfWork, plan: reach.PlanInHand, kind: PlanList) -> None:
    lines = plans.lines_of(uow.session, plan.row.id)
    if sum(line.list == kind for line in lines) >= MOST_LINES:
        raise StateForbids(
            _("一つの表に入れられるのは{most}行までです。"),
            remedy=_("使わない行を削除するか、行をまとめてください。"),
            most=MOST_LINES,
        )


def _line_clash(
    uow: UnitOfWork, plan: reach.PlanInHand, held: PlanLineRow, typed: dict[str, Any] | None
) -> StaleVersion:
    now = plans.line_on_wire(held)
    about = {"plan_id": plan.row.id, "line": now}
    entry = plans.last_entry(uow.session, plan.case.room.id, PlanLinePut.wire_name(), about)
    return _clash(entry, {"line": now, "version": held.version, "typed": typed})


def _clash(entry: EntryRow | None, detail: dict[str, object]) -> StaleVersion:
    """Both texts stay: the writer's on the screen and in ``typed``, the other's beside it."""
    if entry is None:
        return StaleVersion(_("先に変更されています。"), detail=detail)
    return StaleVersion(
        _("{agency} {person}が先に変更しました。"),
        agency=entry.agency_name,
        person=entry.person_name,
        detail={
            **detail,
            "agency": entry.agency_name,
            "person": entry.person_name,
            "at": iso(entry.at),
        },
    )
