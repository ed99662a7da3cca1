"""支援方針・支援計画書: its sections, states and what makes it complete (5.5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.sentences import _
from app.domain.text import Sentence


class PlanStatus(StrEnum):
    DRAFT = "draft"
    CIRCULATING = "circulating"
    AGREED = "agreed"
    SUPERSEDED = "superseded"


PLAN_STATUS_LABELS = {
    PlanStatus.DRAFT: _("作成中"),
    PlanStatus.CIRCULATING: _("確認中"),
    PlanStatus.AGREED: _("合意"),
    PlanStatus.SUPERSEDED: _("旧版"),
}


class Answer(StrEnum):
    """How an agency confirms its part."""

    APPROVE = "approve"
    CONDITIONAL = "conditional"
    RETURN = "return"


ANSWER_LABELS = {
    Answer.APPROVE: _("承認"),
    Answer.CONDITIONAL: _("条件付承認"),
    Answer.RETURN: _("差戻し"),
}


class ActionStatus(StrEnum):
    PLANNED = "planned"
    DOING = "doing"
    DONE = "done"


ACTION_STATUS_LABELS = {
    ActionStatus.PLANNED: _("未着手"),
    ActionStatus.DOING: _("実施中"),
    ActionStatus.DONE: _("実施済"),
}


class PlanList(StrEnum):
    """The plan's tables, in the order of the paper."""

    ROLE = "role"
    ACTION = "action"
    KPI = "kpi"


PLAN_LIST_LABELS = {
    PlanList.ROLE: _("役割分担"),
    PlanList.ACTION: _("具体的支援内容"),
    PlanList.KPI: _("KPI"),
}
# What a line of each table says; what it cannot do without comes first. An action may lack its
# date while it is drafted, but not when it is circulated.
LINE_FIELDS: Mapping[PlanList, tuple[str, ...]] = {
    PlanList.ROLE: ("role", "person", "contact"),
    PlanList.ACTION: ("content", "person", "due", "deliverable", "status"),
    PlanList.KPI: ("indicator", "target", "current", "due", "how"),
}
LINE_NEEDS: Mapping[PlanList, frozenset[str]] = {
    PlanList.ROLE: frozenset({"agency_id", "role"}),
    PlanList.ACTION: frozenset({"agency_id", "content"}),
    PlanList.KPI: frozenset({"indicator", "target"}),
}
LONGEST_SECTION = 6000
MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class Section:
    """A section written as text; tables (roles, actions, KPIs) are kept as rows."""

    key: str
    label: str
    required: bool


SECTIONS: tuple[Section, ...] = (
    Section("situation", _("現状認識"), True),
    Section("issues", _("経営課題と優先順位"), True),
    Section("policy", _("支援方針"), True),
    Section("cash", _("資金繰りの見通しと金融支援の前提"), False),
    Section("monitoring", _("モニタリング（頻度・方法・報告先・見直し条件）"), True),
    Section("notes", _("付帯条件・留意事項"), False),
)
SECTION = {section.key: section for section in SECTIONS}


def document_number(case_no: str, version: int) -> str:
    """文書番号, for example SP-13-R8-0001-2: the second version of the plan of case 13-R8-0001."""
    return f"SP-{case_no}-{version}"


def missing_for_circulation(
    texts: Mapping[str, str], actions: int, roles: int, undated_actions: int
) -> tuple[str, ...]:
    """What a draft still needs before the agencies are asked to confirm it."""
    missing = [s.label for s in SECTIONS if s.required and not texts.get(s.key, "").strip()]
    if not roles:
        missing.append(_("役割分担"))
    if not actions:
        missing.append(_("具体的支援内容（1件以上）"))
    if undated_actions:
        missing.append(_("支援内容の期限"))
    missing.extend(
        Sentence(_("「{section}」の短縮（{most}文字以内）"), section=s.label, most=LONGEST_SECTION)
        for s in SECTIONS
        if len(texts.get(s.key, "")) > LONGEST_SECTION
    )
    return tuple(missing)


def status_after(answers: Mapping[str, Answer], asked: frozenset[str]) -> PlanStatus:
    """Agreed once every asked agency approved (a condition counts as approval with a note)."""
    if Answer.RETURN in answers.values():
        return PlanStatus.DRAFT
    if asked and asked <= answers.keys():
        return PlanStatus.AGREED
    return PlanStatus.CIRCULATING
