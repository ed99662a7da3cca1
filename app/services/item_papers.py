"""資料の確定: which versions an agenda item discusses, whatever becomes newer meanwhile."""

from typing import Annotated

from pydantic import Field

from app.domain import conference as rules
from app.domain.access import Act
from app.domain.conference import ItemStatus
from app.domain.consent import ItemGroup
from app.domain.errors import Malformed, NotFound, StateForbids
from app.domain.people import Actor
from app.domain.sentences import _
from app.services.commands import Command, Done, Id, Whole
from app.services.use_case import use_case
from app.store import conferences, papers, reach
from app.store.unit_of_work import UnitOfWork


class FixItemPapers(Command):
    item_id: Id


class PutPaperOnItem(Command):
    """Adds the paper to the item's set, or puts this version in the place of another."""

    item_id: Id
    paper_id: Id
    version: Annotated[Whole, Field(ge=1)]


class TakePaperOffItem(Command):
    item_id: Id
    paper_id: Id


class ShowPaper(Command):
    """``page`` 0 takes the paper off the screen again."""

    item_id: Id
    paper_id: Id
    page: Annotated[Whole, Field(ge=0)]


@use_case
def fix_item_papers(uow: UnitOfWork, actor: Actor, command: FixItemPapers) -> Done:
    """Every paper the item never had, in its newest version; what it has stays as it is.

    Chair and secretariat fix the whole set, also what of it their own agency may not see.
    """
    item = _changeable(uow, actor, command.item_id)
    case = reach.case(uow, actor, item.row.case_id or "", Act.SEE_PAPER)
    is_fixed = papers.set_of(uow.session, item.row.id) is not None
    if is_fixed and not papers.never_on(uow.session, item.row.id, case.row.id):
        raise StateForbids(
            _("新しく加える資料はありません。この議題の資料は変わっていません。"),
            remedy=_("外した資料と新しい版は、一つずつ加えてください。"),
        )
    cursor = papers.fix(uow, actor, item.row.id, case.row.id)
    if cursor is None:
        raise StateForbids(
            _("この案件には、確定する資料がまだありません。"),
            remedy=_("案件のページで資料を登録してください。"),
        )
    return Done(id=item.row.id, cursor=cursor)


@use_case
def put_paper_on_item(uow: UnitOfWork, actor: Actor, command: PutPaperOnItem) -> Done:
    item = _changeable(uow, actor, command.item_id)
    held = reach.paper(uow, actor, command.paper_id, Act.SEE_PAPER)
    if held.row.case_id != item.row.case_id:
        raise NotFound
    if held.row.item_group == ItemGroup.PRIVATE:
        raise StateForbids(_("機関内の資料は、議題の資料にできません。"))
    if command.version > papers.newest(uow.session, held.row.id):
        raise Malformed(_("この版はありません。"), fields={"version": _("版を確認してください。")})
    before = papers.on_item(uow.session, item.row.id, held.row.id)
    if before is not None and before.version == command.version:
        return Done(id=held.row.id, version=command.version)
    cursor = papers.put_on_item(uow, actor, item.row.id, held.row, command.version)
    return Done(id=held.row.id, cursor=cursor, version=command.version)


@use_case
def take_paper_off_item(uow: UnitOfWork, actor: Actor, command: TakePaperOffItem) -> Done:
    """Whoever may add papers to the set may take one out; it also leaves the screen."""
    item = _changeable(uow, actor, command.item_id)
    held = reach.paper(uow, actor, command.paper_id, Act.SEE_PAPER)
    row = papers.on_item(uow.session, item.row.id, held.row.id)
    if row is None:
        raise StateForbids(
            _("この資料は、この議題の資料に入っていません。何も変更していません。"),
            remedy=_("画面を読み込み直し、いまの資料の一覧を確認してください。"),
        )
    return Done(id=held.row.id, cursor=papers.take_off_item(uow, row, held.row))


@use_case
def show_paper(uow: UnitOfWork, actor: Actor, command: ShowPaper) -> Done:
    """投影: one page of the item's own papers, before everybody who may see it."""
    item = _changeable(uow, actor, command.item_id)
    rules.require_running(rules.ItemStatus(item.row.status))
    held = reach.paper(uow, actor, command.paper_id, Act.SEE_PAPER)
    row = papers.on_item(uow.session, item.row.id, held.row.id)
    if row is None:
        raise StateForbids(_("この議題の資料に加えてから投影してください。"))
    if command.page > papers.version_of(uow.session, held.row.id, row.version).pages:
        raise Malformed(
            _("このページはありません。"), fields={"page": _("ページ数を確認してください。")}
        )
    cursor = papers.show(uow, item.row.id, held.row, command.page)
    return Done(id=held.row.id, cursor=cursor)


def _changeable(uow: UnitOfWork, actor: Actor, item_id: str) -> reach.ItemInHand:
    """A set changes until its item has ended; after that it is what was discussed."""
    item = reach.item(uow, actor, item_id, Act.FIX_PAPERS)
    if item.case is None:
        raise StateForbids(_("案件のない議題には、確定する資料がありません。"))
    if item.row.status == ItemStatus.DONE or conferences.is_over(item.conference):
        raise StateForbids(_("この議題は終わったため、資料は変更できません。"))
    return item
