"""情報共有シート: who may see or edit which group of its columns (4.2)."""

from collections.abc import Mapping, Set
from enum import StrEnum

from app.domain.access import Relation, Standing
from app.domain.case_life import CaseStatus
from app.domain.consent import ItemGroup
from app.domain.people import Actor
from app.domain.sheet_columns import Column, RowKind
from app.domain.vocabulary import LENDERS, AgencyKind, Role


class Right(StrEnum):
    EDIT = "edit"
    VIEW = "view"
    OWN = "own"  # only the rows of the actor's own agency are editable, all are visible
    OWN_ONLY = "own_only"  # rows of other agencies do not exist for this agency
    HIDDEN = "hidden"


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


_G = ItemGroup
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


def right_at(actor: Actor, standing: Standing, column: Column, status: CaseStatus) -> Right:
    """The right of this moment: nobody's hand is ahead of the declaring.

    What an agency did is told by itself (経過記録): only the secretariat's hand is in all lines.
    """
    group = column.group
    right = right_to(actor, standing, group)
    if column.row_kind is RowKind.PROGRESS and right is Right.EDIT:
        return right if Part.COORDINATOR in parts_of(actor, standing.relations) else Right.OWN
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
