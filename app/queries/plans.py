"""A support plan as its page shows it: texts, tables, who confirmed, and what the actor may do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.domain import case_life
from app.domain.access import Act, decide
from app.domain.case_life import CaseStatus
from app.domain.errors import NotFound
from app.domain.people import Actor
from app.domain.plan import SECTIONS, Answer, PlanList, PlanStatus
from app.store import agencies, plans, reach
from app.store.tables.agencies import AgencyRow
from app.store.tables.firms import FirmRow
from app.store.tables.plans import PlanConfirmationRow, PlanLineRow, PlanRow
from app.store.unit_of_work import Desk


@dataclass(frozen=True, slots=True)
class SectionShown:
    key: str
    label: str
    required: bool
    text: str
    version: int


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line of one of the tables; ``due`` is its date, where the table has one."""

    id: str
    agency_id: str | None
    agency: str
    agency_kind: str
    values: Mapping[str, Any]
    due: date | None
    version: int
    may_edit: bool


@dataclass(frozen=True, slots=True)
class AskedShown:
    """An agency asked to confirm; ``answer`` is None while it has not answered."""

    agency_id: str
    name: str
    kind: str
    answer: Answer | None
    text: str
    person: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class VersionShown:
    id: str
    number: str
    version: int
    status: PlanStatus
    created_at: datetime
    circulated_at: datetime | None
    agreed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Choice:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class PlanPage:
    id: str
    number: str
    version: int
    status: PlanStatus
    digest: str
    case_id: str
    case_no: str
    case_status: CaseStatus
    firm_name: str
    lead: Choice
    lead_kind: str
    lead_person: str
    circulated_at: datetime | None
    agreed_at: datetime | None
    sections: tuple[SectionShown, ...]
    lines: Mapping[PlanList, tuple[LineShown, ...]]
    asked: tuple[AskedShown, ...]
    missing: tuple[str, ...]
    choices: tuple[Choice, ...]
    versions: tuple[VersionShown, ...]
    may_write: bool
    may_add: bool
    may_answer: bool
    may_revise: bool
    mine: AskedShown | None
    today: date

    @property
    def is_newest(self) -> bool:
        return self.versions[0].id == self.id

    @property
    def answered(self) -> int:
        return sum(one.answer is not None for one in self.asked)

    @property
    def returned(self) -> tuple[AskedShown, ...]:
        """Agencies that sent the text back, while it is written anew."""
        if self.status is not PlanStatus.DRAFT:
            return ()
        return tuple(one for one in self.asked if one.answer is Answer.RETURN)


def plan_page(desk: Desk, actor: Actor, plan_id: str) -> PlanPage:
    """What the page shows; who is asked follows the lines until the text is circulated."""
    plan = reach.plan(desk, actor, plan_id, Act.SEE_PLAN)
    row, case = plan.row, plan.case.row
    firm = desk.session.get(FirmRow, case.firm_id)
    lead = desk.session.get(AgencyRow, row.lead_agency_id)
    if firm is None or lead is None:
        raise NotFound
    lines = plans.lines_of(desk.session, row.id)
    drafting = row.status == PlanStatus.DRAFT and case.status == CaseStatus.PLANNING
    asked = (
        plans.to_ask(desk.session, case, lines, desk.today())
        if row.status == PlanStatus.DRAFT
        else row.asked
    )
    is_asked = any(one["agency_id"] == actor.agency_id for one in asked)
    may_confirm = decide(actor, Act.CONFIRM_PLAN, plan.case.standing)
    may_write = drafting and decide(actor, Act.DRAFT_PLAN, plan.case.standing)
    may_add = may_write or (drafting and may_confirm and is_asked)
    answers = plans.answers_on(desk.session, row.id)
    shown = tuple(_asked(one, answers.get(one["agency_id"])) for one in asked)
    return PlanPage(
        id=row.id,
        number=row.number,
        version=row.version,
        status=PlanStatus(row.status),
        digest=row.digest,
        case_id=case.id,
        case_no=case.case_no,
        case_status=CaseStatus(case.status),
        firm_name=firm.name,
        lead=Choice(lead.id, lead.name),
        lead_kind=lead.kind,
        lead_person=case.lead_person,
        circulated_at=row.circulated_at,
        agreed_at=row.agreed_at,
        sections=_sections(row),
        lines=_lines(desk, lines, None if may_write else actor.agency_id, may_add),
        asked=shown,
        missing=plans.missing(desk.session, row, desk.today()) if may_write else (),
        choices=_choices(desk, actor, case.id, may_write, may_add),
        versions=tuple(_version(one) for one in plans.versions(desk.session, case.id)),
        may_write=may_write,
        may_add=may_add,
        may_answer=(
            row.status == PlanStatus.CIRCULATING
            and case.status == CaseStatus.PLANNING
            and may_confirm
            and is_asked
        ),
        may_revise=(
            row.status == PlanStatus.AGREED
            and case_life.may_move(CaseStatus(case.status), CaseStatus.PLANNING)
            and decide(actor, Act.DRAFT_PLAN, plan.case.standing)
        ),
        mine=next((one for one in shown if one.agency_id == actor.agency_id), None),
        today=desk.today(),
    )


def _sections(row: PlanRow) -> tuple[SectionShown, ...]:
    return tuple(
        SectionShown(
            key=section.key,
            label=section.label,
            required=section.required,
            text=row.sections[section.key]["text"],
            version=row.sections[section.key]["version"],
        )
        for section in SECTIONS
    )


def _lines(
    desk: Desk, lines: list[PlanLineRow], own: str | None, may_edit: bool
) -> Mapping[PlanList, tuple[LineShown, ...]]:
    """The lines of each table; with ``own``, only that agency's may be edited."""
    named = agencies.by_ids(desk.session, {line.agency_id for line in lines if line.agency_id})
    shown: dict[PlanList, list[LineShown]] = {kind: [] for kind in PlanList}
    for line in lines:
        agency = named.get(line.agency_id or "")
        due = line.values.get("due")
        shown[PlanList(line.list)].append(
            LineShown(
                id=line.id,
                agency_id=line.agency_id,
                agency=agency.name if agency else "",
                agency_kind=agency.kind if agency else "",
                values=line.values,
                due=date.fromisoformat(due) if due else None,
                version=line.version,
                may_edit=may_edit and own in {None, line.agency_id},
            )
        )
    return {kind: tuple(several) for kind, several in shown.items()}


def _choices(
    desk: Desk, actor: Actor, case_id: str, may_write: bool, may_add: bool
) -> tuple[Choice, ...]:
    """The agencies the actor may put into a line."""
    if not may_add:
        return ()
    if not may_write:
        return (Choice(actor.agency_id, actor.agency_name),)
    ids = plans.may_be_given_work(desk.session, case_id, desk.today())
    return tuple(Choice(one.id, one.name) for one in agencies.by_ids(desk.session, ids).values())


def _asked(one: Mapping[str, str], answer: PlanConfirmationRow | None) -> AskedShown:
    return AskedShown(
        agency_id=one["agency_id"],
        name=one["name"],
        kind=one["kind"],
        answer=Answer(answer.answer) if answer else None,
        text=answer.text if answer else "",
        person="　".join(filter(None, (answer.title, answer.person_name))) if answer else "",
        at=answer.at if answer else None,
    )


def _version(row: PlanRow) -> VersionShown:
    return VersionShown(
        id=row.id,
        number=row.number,
        version=row.version,
        status=PlanStatus(row.status),
        created_at=row.created_at,
        circulated_at=row.circulated_at,
        agreed_at=row.agreed_at,
    )
