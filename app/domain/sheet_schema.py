"""情報共有シート: its columns, their types, and who may see or edit which group (4.1, 4.2)."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.domain.access import Relation, Standing
from app.domain.case_life import CaseStatus
from app.domain.consent import ItemGroup
from app.domain.people import Actor
from app.domain.sentences import _
from app.domain.vocabulary import (
    LENDERS,
    PHASE_LABELS,
    REQUEST_KIND_LABELS,
    URGENCY_LABELS,
    AgencyKind,
    Role,
)


class CellType(StrEnum):
    TEXT = "text"
    LONGTEXT = "longtext"
    ENUM = "enum"
    MULTI = "multi"
    DATE = "date"
    MONEY = "money"
    INT = "int"


class RowKind(StrEnum):
    """The case itself, or one of its lists (issues, proposals, own notes)."""

    CASE = "case"
    ISSUE = "issue"
    PROPOSAL = "proposal"
    NOTE = "note"


class Right(StrEnum):
    EDIT = "edit"
    VIEW = "view"
    OWN = "own"  # only the rows of the actor's own agency are editable, all are visible
    OWN_ONLY = "own_only"  # rows of other agencies do not exist for this agency
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the sheet; ``options`` are value → label for enum and multi."""

    key: str
    label: str
    group: ItemGroup
    type: CellType
    row_kind: RowKind = RowKind.CASE
    required: bool = False
    max_length: int = 200
    options: Mapping[Any, str] | None = None


_G = ItemGroup
_T = CellType
_LONG = 2000
_TAX = {
    "none": _("なし"),
    "grace": _("猶予中"),
    "overdue": _("滞納あり"),
    "unknown": _("不明"),
}
_REPAYMENT = {
    "repaying": _("約定返済中"),
    "grace": _("元金据置中"),
    "modified": _("条件変更中"),
    "delinquent": _("延滞中"),
    "incident": _("事故報告"),
    "claimed": _("代位弁済請求中"),
    "subrogated": _("代位弁済済（求償権）"),
}
_GUARANTOR = {"yes": _("あり"), "no": _("なし"), "releasing": _("解除検討")}
_GRADE = {
    "ahead": _("◎ 計画超"),
    "on_plan": _("○ 計画どおり"),
    "late": _("△ 遅れ"),
    "stopped": _("× 中断"),
}
_CHANNEL = {
    "window": _("窓口"),
    "bank": _("金融機関紹介"),
    "association_visit": _("保証協会訪問"),
    "consultation": _("経営相談会"),
    "commerce": _("商工会議所・商工会"),
    "seminar": _("セミナー"),
    "other": _("その他"),
}
_TIME_AXIS = {"normal": _("平時"), "distressed": _("有事")}
_PRIORITY = {"high": _("高"), "middle": _("中"), "low": _("低")}

COLUMNS: tuple[Column, ...] = (
    Column("phase", _("フェーズ"), _G.IDENTITY, _T.ENUM, options=PHASE_LABELS, required=True),
    Column("time_axis", _("平時・有事"), _G.IDENTITY, _T.ENUM, options=_TIME_AXIS),
    Column("business", _("事業内容"), _G.IDENTITY, _T.LONGTEXT, max_length=1000),
    Column("received_on", _("受付日"), _G.REFERRAL, _T.DATE),
    Column("channel", _("受付経路"), _G.REFERRAL, _T.ENUM, options=_CHANNEL),
    Column(
        "request_kind",
        _("依頼区分"),
        _G.REFERRAL,
        _T.MULTI,
        options=REQUEST_KIND_LABELS,
        required=True,
    ),
    Column(
        "request_detail",
        _("相談・依頼内容"),
        _G.REFERRAL,
        _T.LONGTEXT,
        required=True,
        max_length=1000,
    ),
    Column("background", _("相談の背景"), _G.REFERRAL, _T.LONGTEXT, max_length=_LONG),
    Column("wishes", _("事業者の希望"), _G.REFERRAL, _T.LONGTEXT, max_length=_LONG),
    Column("urgency", _("緊急度"), _G.REFERRAL, _T.ENUM, options=URGENCY_LABELS, required=True),
    Column("cash_low_month", _("資金不足見込み月"), _G.FINANCE, _T.DATE),
    Column("adjusted_net_assets", _("実質純資産（千円）"), _G.FINANCE, _T.MONEY),
    Column("trial_balance_month", _("直近試算表"), _G.FINANCE, _T.DATE),
    Column("tax_arrears", _("公租公課の滞納"), _G.FINANCE, _T.ENUM, options=_TAX),
    Column("repayment_status", _("返済状況"), _G.EXPOSURE, _T.ENUM, options=_REPAYMENT),
    Column("guarantor_status", _("経営者保証"), _G.EXPOSURE, _T.ENUM, options=_GUARANTOR),
    Column("strengths", _("強み"), _G.ISSUES, _T.LONGTEXT, max_length=_LONG),
    Column("nf_manager", _("経営者"), _G.ISSUES, _T.LONGTEXT, max_length=_LONG),
    Column("nf_business", _("事業"), _G.ISSUES, _T.LONGTEXT, max_length=_LONG),
    Column(
        "nf_environment", _("企業を取り巻く環境・関係者"), _G.ISSUES, _T.LONGTEXT, max_length=_LONG
    ),
    Column("nf_internal", _("内部管理体制"), _G.ISSUES, _T.LONGTEXT, max_length=_LONG),
    Column("distress_cause", _("窮境要因"), _G.ISSUES, _T.LONGTEXT, max_length=_LONG),
    Column("tried", _("これまでの支援・取組み"), _G.ISSUES, _T.LONGTEXT, max_length=_LONG),
    Column("contention", _("論点"), _G.ISSUES, _T.LONGTEXT, max_length=_LONG),
    Column("conditions", _("付帯条件"), _G.DECISION, _T.LONGTEXT, max_length=8000),
    Column("policy", _("支援方針"), _G.SUPPORT, _T.LONGTEXT, max_length=_LONG),
    Column("next_date", _("次回確認日"), _G.MONITORING, _T.DATE),
    Column("monitoring_grade", _("進捗評価"), _G.MONITORING, _T.ENUM, options=_GRADE),
    Column("issue", _("経営課題"), _G.ISSUES, _T.LONGTEXT, RowKind.ISSUE, max_length=500),
    Column("priority", _("優先度"), _G.ISSUES, _T.ENUM, RowKind.ISSUE, options=_PRIORITY),
    Column("grounds", _("根拠"), _G.ISSUES, _T.LONGTEXT, RowKind.ISSUE, max_length=500),
    Column("situation", _("把握している状況"), _G.PROPOSAL, _T.LONGTEXT, RowKind.PROPOSAL),
    Column("menu", _("支援メニュー"), _G.PROPOSAL, _T.LONGTEXT, RowKind.PROPOSAL),
    Column("in_charge", _("担当"), _G.PROPOSAL, _T.TEXT, RowKind.PROPOSAL, max_length=60),
    Column("available_from", _("開始可能時期"), _G.PROPOSAL, _T.DATE, RowKind.PROPOSAL),
    Column("premise", _("前提"), _G.PROPOSAL, _T.LONGTEXT, RowKind.PROPOSAL),
    Column("note", _("機関内メモ"), _G.PRIVATE, _T.LONGTEXT, RowKind.NOTE, max_length=_LONG),
)
COLUMN = {column.key: column for column in COLUMNS}


class Part(StrEnum):
    """The columns of the rights table: in which part the agency sits at this case."""

    COORDINATOR = "coordinator"
    REFERRER = "referrer"
    OTHER_LENDER = "other_lender"
    ASSOCIATION = "association"
    YOROZU = "yorozu"
    COUNCIL = "council"
    SUCCESSION = "succession"
    CHAMBER = "chamber"
    EXPERT = "expert"
    OBSERVER = "observer"


_E, _V, _O, _N, _X = Right.EDIT, Right.VIEW, Right.OWN, Right.OWN_ONLY, Right.HIDDEN
_PARTS = tuple(Part)
_TABLE: dict[ItemGroup, tuple[Right, ...]] = {
    #                co  ref  oth  cga  yor  cnl  suc  cci  exp  obs
    _G.IDENTITY: (_E, _E, _V, _E, _V, _V, _V, _E, _V, _V),
    _G.REFERRAL: (_E, _E, _V, _E, _E, _E, _E, _E, _V, _V),
    _G.FINANCE: (_V, _E, _V, _E, _V, _E, _V, _V, _V, _X),
    _G.EXPOSURE: (_V, _E, _X, _E, _X, _V, _X, _X, _X, _X),
    _G.ISSUES: (_E, _E, _V, _E, _E, _E, _E, _E, _V, _V),
    _G.PROPOSAL: (_V, _O, _O, _O, _O, _O, _O, _O, _X, _V),
    _G.DECISION: (_E, _V, _V, _V, _V, _V, _V, _V, _X, _V),
    _G.SUPPORT: (_V, _E, _E, _E, _E, _E, _E, _E, _E, _V),
    _G.MONITORING: (_E, _E, _E, _E, _E, _E, _E, _E, _E, _V),
    _G.PRIVATE: (_N, _N, _N, _N, _N, _N, _N, _N, _N, _X),
    _G.CONSENT: (_V, _V, _V, _V, _V, _V, _V, _V, _X, _V),
}
RIGHTS = {
    (group, part): right
    for group, row in _TABLE.items()
    for part, right in zip(_PARTS, row, strict=True)
}
_BY_KIND = {
    AgencyKind.GUARANTEE_ASSOCIATION: Part.ASSOCIATION,
    AgencyKind.YOROZU: Part.YOROZU,
    AgencyKind.REVITALIZATION_COUNCIL: Part.COUNCIL,
    AgencyKind.SUCCESSION_CENTER: Part.SUCCESSION,
    AgencyKind.CHAMBER: Part.CHAMBER,
    AgencyKind.COMMERCE_SOCIETY: Part.CHAMBER,
    AgencyKind.COMMERCE_FEDERATION: Part.CHAMBER,
    AgencyKind.EXPERT: Part.EXPERT,
}


def parts_of(actor: Actor, relations: Set[Relation]) -> frozenset[Part]:
    """An agency may sit in several parts; the widest right of them counts."""
    if actor.role is Role.OBSERVER:
        return frozenset({Part.OBSERVER})
    parts = set()
    if Relation.RECEIVER in relations:
        parts.add(Part.COORDINATOR)
    if Relation.REFERRER in relations:
        parts.add(Part.REFERRER)
    if actor.agency_kind in LENDERS:
        parts.add(Part.OTHER_LENDER)
    parts.add(_BY_KIND.get(actor.agency_kind, Part.OBSERVER))
    if len(parts) > 1:
        parts.discard(Part.OBSERVER)
    return frozenset(parts)


_WIDTH = {_E: 4, _O: 3, _V: 2, _N: 1, _X: 0}


def right_to(actor: Actor, standing: Standing, group: ItemGroup) -> Right:
    """Table of rights ∩ consent ∩ participation, for one group of columns."""
    if group not in standing.groups:
        return Right.HIDDEN
    parts = parts_of(actor, standing.relations)
    return max((RIGHTS[group, part] for part in parts), key=_WIDTH.__getitem__)


_S = CaseStatus
# From when on a group stands as it was decided. Until then only the declaring itself fills it.
FROZEN_AT: Mapping[ItemGroup, Set[CaseStatus]] = {
    _G.DECISION: {
        *(_S.LEAD_DECIDED, _S.PLANNING, _S.PLAN_AGREED),
        *(_S.EXECUTING, _S.MONITORING, _S.CLOSED),
    },
}


def is_frozen(group: ItemGroup, status: CaseStatus) -> bool:
    """Whether a cell of the group changes only as a 訂正, with its reason."""
    return status in FROZEN_AT.get(group, ())


def right_at(actor: Actor, standing: Standing, group: ItemGroup, status: CaseStatus) -> Right:
    """The right of this moment: nobody's hand is ahead of the declaring."""
    right = right_to(actor, standing, group)
    waits = group in FROZEN_AT and not is_frozen(group, status)
    return Right.VIEW if waits and right is Right.EDIT else right


def may_see(right: Right, owner_id: str | None, agency_id: str) -> bool:
    return right is not Right.HIDDEN and (right is not Right.OWN_ONLY or owner_id == agency_id)


def may_edit(right: Right, owner_id: str | None, agency_id: str) -> bool:
    return right is Right.EDIT or (right in {Right.OWN, Right.OWN_ONLY} and owner_id == agency_id)


def visibility_tag(group: ItemGroup, owner_id: str | None) -> str:
    """The tag a sheet entry carries: its group, and the owner where others must not see it."""
    return f"{group}:{owner_id}" if group is ItemGroup.PRIVATE else str(group)


def visible_tags(actor: Actor, standing: Standing) -> frozenset[str]:
    """The visibility class of this actor: agencies with equal sets share one rendering."""
    return frozenset(
        visibility_tag(group, actor.agency_id)
        for group in ItemGroup
        if right_to(actor, standing, group) is not Right.HIDDEN
    )
