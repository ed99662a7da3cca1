"""Bringing papers to a case: a paper, and a newer version of it."""

from typing import Annotated

from app.domain.access import Act
from app.domain.consent import ItemGroup
from app.domain.errors import Malformed, NotEntitled, StateForbids
from app.domain.papers import PaperKind, may_bring
from app.domain.people import Actor
from app.domain.sentences import _
from app.services.commands import Command, Digest, Done, Id, line
from app.services.use_case import use_case
from app.store import papers, reach
from app.store.columns import new_id
from app.store.tables.papers import PaperRow
from app.store.unit_of_work import UnitOfWork

_MOST_PAPERS = 200


class BringPaper(Command):
    """``file`` is the digest that ``POST /api/uploads`` answered with; a form sends the file
    itself under this name. ``item_group`` decides who may know of the paper."""

    case_id: Id
    title: Annotated[str, line(120)]
    kind: PaperKind
    item_group: ItemGroup
    file: Digest
    note: Annotated[str, line(200, required=False)] = ""


class RenewPaper(Command):
    paper_id: Id
    file: Digest
    note: Annotated[str, line(200, required=False)] = ""


@use_case
def bring_paper(uow: UnitOfWork, actor: Actor, command: BringPaper) -> Done:
    """Who may write a group of the sheet may bring papers of it, and they belong to its agency."""
    case = reach.case(uow, actor, command.case_id, Act.BRING_PAPER)
    if not may_bring(actor, case.standing, command.item_group):
        raise Malformed(
            _("この項目の資料は登録できません。"),
            fields={"item_group": _("登録できる項目から選んでください。")},
        )
    if len(papers.of_case(uow.session, case.row.id)) >= _MOST_PAPERS:
        raise StateForbids(_("この案件の資料が上限の200件に達しています。"))
    upload = papers.handed_in(uow.session, actor, command.file)
    paper = PaperRow(
        id=new_id(),
        case_id=case.row.id,
        agency_id=actor.agency_id,
        agency_name=actor.agency_name,
        title=command.title,
        kind=command.kind,
        item_group=command.item_group,
        position=0,
    )
    cursor = papers.add(uow, actor, paper, upload, command.note)
    return Done(id=paper.id, cursor=cursor, version=1)


@use_case
def renew_paper(uow: UnitOfWork, actor: Actor, command: RenewPaper) -> Done:
    """A newer version comes from the agency that brought the paper; the older ones stay."""
    held = reach.paper(uow, actor, command.paper_id, Act.BRING_PAPER)
    own = held.row.agency_id == actor.agency_id
    if not own or not may_bring(actor, held.case.standing, ItemGroup(held.row.item_group)):
        raise NotEntitled(_("新しい版は、この資料を登録した機関だけが登録できます。"))
    upload = papers.handed_in(uow.session, actor, command.file)
    cursor, version = papers.add_version(uow, actor, held.row, upload, command.note)
    return Done(id=held.row.id, cursor=cursor, version=version)
