"""支援方針・支援計画書: its sections, states and what makes it complete (5.5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.sentences import _


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
    return tuple(missing)


def status_after(answers: Mapping[str, Answer], asked: frozenset[str]) -> PlanStatus:
    """Agreed once every asked agency approved (a condition counts as approval with a note)."""
    if Answer.RETURN in answers.values():
        return PlanStatus.DRAFT
    if asked and asked <= answers.keys():
        return PlanStatus.AGREED
    return PlanStatus.CIRCULATING
