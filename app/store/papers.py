"""Papers and their versions as records, the sets of agenda items, and who was shown what."""

from datetime import date
from typing import Any

from sqlmodel import Session, col, func, select

from app.clock import iso
from app.domain.consent import ItemGroup
from app.domain.errors import Malformed
from app.domain.facts import (
    ItemPapersFixed,
    PaperAdded,
    PaperPutOnItem,
    PaperShown,
    PaperTakenOffItem,
    PaperVersionAdded,
    RoomKind,
)
from app.domain.people import Actor
from app.domain.sentences import _
from app.store import journal
from app.store.columns import new_id
from app.store.tables.papers import (
    ItemPaperRow,
    ItemPaperSetRow,
    PaperRow,
    PaperVersionRow,
    PaperViewRow,
    UploadRow,
)
from app.store.unit_of_work import UnitOfWork


def of_case(session: Session, case_id: str) -> list[tuple[PaperRow, list[PaperVersionRow]]]:
    """Every paper with its versions, oldest first; who may see which is the caller's business."""
    papers = session.exec(
        select(PaperRow)
        .where(PaperRow.case_id == case_id)
        .order_by(col(PaperRow.position), col(PaperRow.id))
    ).all()
    versions: dict[str, list[PaperVersionRow]] = {paper.id: [] for paper in papers}
    rows = session.exec(
        select(PaperVersionRow)
        .where(col(PaperVersionRow.paper_id).in_(versions))
        .order_by(col(PaperVersionRow.version))
    )
    for row in rows:
        versions[row.paper_id].append(row)
    return [(paper, versions[paper.id]) for paper in papers]


def newest(session: Session, paper_id: str) -> int:
    query = select(func.max(PaperVersionRow.version)).where(PaperVersionRow.paper_id == paper_id)
    return session.exec(query).one() or 0


def version_of(session: Session, paper_id: str, version: int) -> PaperVersionRow:
    return session.get_one(PaperVersionRow, (paper_id, version))


def upload_of(session: Session, actor: Actor, digest: str) -> UploadRow | None:
    """What this very person has handed in for this agency; knowing a digest gives nothing."""
    query = select(UploadRow).where(
        UploadRow.person_id == actor.person_id,
        UploadRow.agency_id == actor.agency_id,
        UploadRow.digest == digest,
    )
    return session.exec(query).one_or_none()


def handed_in(session: Session, actor: Actor, digest: str) -> UploadRow:
    """The bytes a command names, if this person handed them in."""
    upload = upload_of(session, actor, digest)
    if upload is None:
        raise Malformed(
            _("ファイルが届いていません。"), fields={"file": _("ファイルを選んでください。")}
        )
    return upload


def add(uow: UnitOfWork, actor: Actor, paper: PaperRow, upload: UploadRow, note: str) -> str:
    """A new paper with its first version; the case is locked. Return the cursor."""
    count = select(func.count()).select_from(PaperRow).where(PaperRow.case_id == paper.case_id)
    paper.position = uow.session.exec(count).one() + 1
    uow.session.add(paper)
    uow.session.flush()
    fact = PaperAdded(
        paper_id=paper.id,
        title=paper.title,
        paper_kind=paper.kind,
        group=paper.item_group,
        owner_id=paper.agency_id,
        version=version_on_wire(_put_version(uow, actor, paper, upload, note)),
    )
    return uow.record(_sheet_room(uow, paper), fact)


def add_version(
    uow: UnitOfWork, actor: Actor, paper: PaperRow, upload: UploadRow, note: str
) -> tuple[str, int]:
    row = _put_version(uow, actor, paper, upload, note)
    fact = PaperVersionAdded(
        paper_id=paper.id,
        group=paper.item_group,
        owner_id=paper.agency_id,
        version=version_on_wire(row),
    )
    return uow.record(_sheet_room(uow, paper), fact), row.version


def _put_version(
    uow: UnitOfWork, actor: Actor, paper: PaperRow, upload: UploadRow, note: str
) -> PaperVersionRow:
    row = PaperVersionRow(
        paper_id=paper.id,
        version=newest(uow.session, paper.id) + 1,
        note=note,
        person_id=actor.person_id,
        person_name=actor.person_name,
        at=uow.now(),
        **upload.model_dump(include={"digest", "name", "type", "size", "pages"}),
    )
    uow.session.add(row)
    uow.session.flush()
    return row


def version_on_wire(row: PaperVersionRow) -> dict[str, Any]:
    told = row.model_dump(include={"version", "name", "type", "size", "pages", "digest", "note"})
    return told | {"person": row.person_name, "at": iso(row.at)}


def on_items(session: Session, case_id: str) -> list[ItemPaperRow]:
    """The versions that items of this case discuss now."""
    query = (
        select(ItemPaperRow)
        .join(PaperRow, col(PaperRow.id) == col(ItemPaperRow.paper_id))
        .where(PaperRow.case_id == case_id, col(ItemPaperRow.until).is_(None))
        .order_by(col(ItemPaperRow.at), col(ItemPaperRow.id))
    )
    return list(session.exec(query))


def on_item(session: Session, item_id: str, paper_id: str) -> ItemPaperRow | None:
    query = select(ItemPaperRow).where(
        ItemPaperRow.item_id == item_id,
        ItemPaperRow.paper_id == paper_id,
        col(ItemPaperRow.until).is_(None),
    )
    return session.exec(query).one_or_none()


def put_on_item(uow: UnitOfWork, actor: Actor, item_id: str, paper: PaperRow, version: int) -> str:
    """The item discusses this version from now on; what it discussed before stays on record."""
    before = on_item(uow.session, item_id, paper.id)
    if before is not None:
        _no_longer(uow, before)
    uow.session.add(
        ItemPaperRow(
            id=new_id(),
            item_id=item_id,
            paper_id=paper.id,
            version=version,
            person_name=actor.person_name,
            agency_name=actor.agency_name,
            at=uow.now(),
        )
    )
    fact = PaperPutOnItem(
        item_id=item_id,
        paper_id=paper.id,
        group=paper.item_group,
        owner_id=paper.agency_id,
        version=version,
        replaced=before.version if before else 0,
    )
    return uow.record(_sheet_room(uow, paper), fact)


def take_off_item(uow: UnitOfWork, row: ItemPaperRow, paper: PaperRow) -> str:
    """The item discusses the paper no longer; that it did stays on record."""
    _no_longer(uow, row)
    fact = PaperTakenOffItem(
        item_id=row.item_id,
        paper_id=paper.id,
        group=paper.item_group,
        owner_id=paper.agency_id,
        version=row.version,
    )
    return uow.record(_sheet_room(uow, paper), fact)


def _no_longer(uow: UnitOfWork, row: ItemPaperRow) -> None:
    row.until = uow.now()
    uow.session.add(row)
    uow.session.flush()


def show(uow: UnitOfWork, item_id: str, paper: PaperRow, page: int) -> str | None:
    """Put the page on the screen, and whatever was there off it; None when nothing changes."""
    cursor = None
    rows = on_items(uow.session, paper.case_id)
    for row in sorted(rows, key=lambda one: one.paper_id == paper.id):
        wanted = page if row.paper_id == paper.id else 0
        if row.item_id != item_id or row.page == wanted:
            continue
        row.page = wanted
        uow.session.add(row)
        of = paper if row.paper_id == paper.id else uow.session.get_one(PaperRow, row.paper_id)
        fact = PaperShown(
            item_id=item_id,
            paper_id=of.id,
            group=of.item_group,
            owner_id=of.agency_id,
            page=wanted,
        )
        cursor = uow.record(_sheet_room(uow, of), fact)
    return cursor


def never_on(session: Session, item_id: str, case_id: str) -> list[tuple[PaperRow, int]]:
    """The papers of the table the item has never had, each with its newest version.

    What an agency keeps to itself is no paper of the table, and what was taken off the item comes
    back only by itself.
    """
    known = set(session.exec(select(ItemPaperRow.paper_id).where(ItemPaperRow.item_id == item_id)))
    return [
        (paper, versions[-1].version)
        for paper, versions in of_case(session, case_id)
        if paper.item_group != ItemGroup.PRIVATE and paper.id not in known
    ]


def fix(uow: UnitOfWork, actor: Actor, item_id: str, case_id: str) -> str | None:
    """Give the item every paper it never had; the case is locked. Without any, nothing is fixed."""
    added = never_on(uow.session, item_id, case_id)
    if not added and not any(row.item_id == item_id for row in on_items(uow.session, case_id)):
        return None
    for paper, version in added:
        put_on_item(uow, actor, item_id, paper, version)
    held = uow.session.get(ItemPaperSetRow, item_id) or ItemPaperSetRow(
        item_id=item_id, person_name="", agency_id="", agency_name="", at=uow.now()
    )
    held.person_name, held.agency_name = actor.person_name, actor.agency_name
    held.agency_id, held.at = actor.agency_id, uow.now()
    uow.session.add(held)
    room = journal.room_of(uow.session, RoomKind.ITEM, item_id)
    return uow.record(room, ItemPapersFixed())


def set_of(session: Session, item_id: str) -> ItemPaperSetRow | None:
    return session.get(ItemPaperSetRow, item_id)


def was_shown(
    session: Session, actor: Actor, paper_id: str, version: int, day: date, way: str
) -> PaperViewRow | None:
    key = (paper_id, version, actor.person_id, actor.agency_id, day, way)
    return session.get(PaperViewRow, key)


def note_shown(uow: UnitOfWork, actor: Actor, paper_id: str, version: int, way: str) -> None:
    """誰が見たか: who was shown the version, or took its file, for whom, on which day."""
    held = was_shown(uow.session, actor, paper_id, version, uow.today(), way)
    if held is None:
        held = PaperViewRow(
            paper_id=paper_id,
            version=version,
            person_id=actor.person_id,
            agency_id=actor.agency_id,
            day=uow.today(),
            way=way,
            person_name=actor.person_name,
            agency_name=actor.agency_name,
            times=0,
            first_at=uow.now(),
            last_at=uow.now(),
        )
    held.times, held.last_at = held.times + 1, uow.now()
    uow.session.add(held)


def _sheet_room(uow: UnitOfWork, paper: PaperRow) -> Any:
    return journal.room_of(uow.session, RoomKind.SHEET, paper.case_id)
