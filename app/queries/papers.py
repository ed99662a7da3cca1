"""資料: the papers of a case as one agency may see them, with the sets of its agenda items."""

from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import col, select

from app.clock import iso
from app.domain.access import Act, decide
from app.domain.consent import ITEM_GROUP_LABELS, ItemGroup
from app.domain.errors import NotFound
from app.domain.papers import (
    PAPER_KIND_LABELS,
    PAPER_TYPE_LABELS,
    PaperKind,
    PaperType,
    groups_to_bring,
    may_bring,
    may_read,
)
from app.domain.people import Actor
from app.store import papers, reach
from app.store.tables.agencies import AgencyRow
from app.store.tables.papers import PaperRow, PaperVersionRow, PaperViewRow
from app.store.unit_of_work import Desk

Snapshot = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Paper:
    """``version`` is the one to show here: the item's own, else the newest.

    ``page`` is the one the chair shows to the whole table, 0 for none.
    """

    id: str
    title: str
    kind: str
    group: str
    agency: str
    agency_kind: str
    versions: tuple[PaperVersionRow, ...]
    version: PaperVersionRow
    may_renew: bool
    is_private: bool
    page: int = 0

    @property
    def newest(self) -> PaperVersionRow:
        return self.versions[-1]

    @property
    def has_newer(self) -> bool:
        return self.version.version < self.newest.version

    @property
    def type_label(self) -> str:
        return PAPER_TYPE_LABELS[PaperType(self.version.type)]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The papers of a case for a page; ``groups`` are those the actor may bring papers of."""

    papers: tuple[Paper, ...]
    groups: dict[ItemGroup, str]


@dataclass(frozen=True, slots=True)
class ItemShelf:
    """The papers an item discusses, and those of its case that it does not."""

    fixed: tuple[Paper, ...]
    others: tuple[Paper, ...]
    may_fix: bool

    @property
    def on_screen(self) -> Paper | None:
        return next((paper for paper in self.fixed if paper.page), None)


@dataclass(frozen=True, slots=True)
class Shown:
    """One version on its own page; ``views`` only for the agency that brought the paper."""

    paper: Paper
    case_id: str
    case_no: str
    views: tuple[PaperViewRow, ...]


def papers_snapshot(desk: Desk, actor: Actor, case: reach.CaseInHand) -> Snapshot:
    """What the sheet's journal has told this agency's class of the papers."""
    seen = _seen(desk, actor, case)
    ids = {paper.id for paper, _versions in seen}
    return {
        "papers": [
            {
                "id": paper.id,
                "title": paper.title,
                "kind": paper.kind,
                "group": paper.item_group,
                "owner_id": paper.agency_id,
                "agency": paper.agency_name,
                "versions": [papers.version_on_wire(one) for one in versions],
            }
            for paper, versions in seen
        ],
        "on_items": {
            f"{one.item_id}|{one.paper_id}": {
                "version": one.version,
                "page": one.page,
                "person": one.person_name,
                "agency": one.agency_name,
                "at": iso(one.at),
            }
            for one in papers.on_items(desk.session, case.row.id)
            if one.paper_id in ids
        },
    }


def shelf(desk: Desk, actor: Actor, case_id: str) -> Shelf:
    case = reach.case(desk, actor, case_id, Act.SEE_CASE)
    if not decide(actor, Act.SEE_PAPER, case.standing):
        return Shelf((), {})
    mine = decide(actor, Act.BRING_PAPER, case.standing)
    return Shelf(
        tuple(_paper(desk, actor, case, *one) for one in _seen(desk, actor, case)),
        groups_to_bring(actor, case.standing) if mine else {},
    )


def item_shelf(desk: Desk, actor: Actor, item_id: str) -> ItemShelf | None:
    """None for an item without a case, and for those who may see the item but not its papers."""
    item = reach.item(desk, actor, item_id, Act.SEE_ITEM)
    try:
        case = reach.case(desk, actor, item.row.case_id or "", Act.SEE_PAPER)
    except NotFound:
        return None
    on_item = {
        one.paper_id: one
        for one in papers.on_items(desk.session, case.row.id)
        if one.item_id == item_id
    }
    seen = _seen(desk, actor, case)
    return ItemShelf(
        fixed=tuple(
            replace(
                _paper(desk, actor, case, paper, versions, on_item[paper.id].version),
                page=on_item[paper.id].page,
            )
            for paper, versions in seen
            if paper.id in on_item
        ),
        others=tuple(
            _paper(desk, actor, case, paper, versions)
            for paper, versions in seen
            if paper.id not in on_item
        ),
        may_fix=decide(actor, Act.FIX_PAPERS, item.standing),
    )


def shown(desk: Desk, actor: Actor, paper_id: str, version: int) -> Shown:
    held = reach.paper(desk, actor, paper_id, Act.SEE_PAPER)
    versions = next(
        rows for row, rows in papers.of_case(desk.session, held.row.case_id) if row.id == paper_id
    )
    if not 1 <= version <= len(versions):
        raise NotFound
    own = held.row.agency_id == actor.agency_id
    query = select(PaperViewRow).where(PaperViewRow.paper_id == paper_id)
    views = desk.session.exec(query.order_by(col(PaperViewRow.last_at).desc())) if own else ()
    return Shown(
        paper=_paper(desk, actor, held.case, held.row, versions, version),
        case_id=held.row.case_id,
        case_no=held.case.row.case_no,
        views=tuple(views),
    )


def is_noted(desk: Desk, actor: Actor, paper_id: str, version: int, way: str) -> bool:
    """Whether today's record already says that this person was shown the version."""
    day = desk.today()
    return papers.was_shown(desk.session, actor, paper_id, version, day, way) is not None


def _seen(
    desk: Desk, actor: Actor, case: reach.CaseInHand
) -> list[tuple[PaperRow, list[PaperVersionRow]]]:
    return [
        (paper, versions)
        for paper, versions in papers.of_case(desk.session, case.row.id)
        if may_read(actor, case.standing, ItemGroup(paper.item_group), paper.agency_id)
    ]


def _paper(
    desk: Desk,
    actor: Actor,
    case: reach.CaseInHand,
    paper: PaperRow,
    versions: list[PaperVersionRow],
    version: int = 0,
) -> Paper:
    group = ItemGroup(paper.item_group)
    agency = desk.session.get_one(AgencyRow, paper.agency_id)
    mine = paper.agency_id == actor.agency_id and decide(actor, Act.BRING_PAPER, case.standing)
    return Paper(
        id=paper.id,
        title=paper.title,
        kind=PAPER_KIND_LABELS[PaperKind(paper.kind)],
        group=ITEM_GROUP_LABELS[group],
        agency=paper.agency_name,
        agency_kind=agency.kind,
        versions=tuple(versions),
        version=versions[version - 1],
        may_renew=mine and may_bring(actor, case.standing, group),
        is_private=group is ItemGroup.PRIVATE,
    )
