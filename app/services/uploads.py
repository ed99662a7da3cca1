"""Handing in bytes, before a command makes something of them.

No command of its own: a command travels by every door, and this one would let somebody claim
bytes it never had. Whoever hands bytes in gets their digest, which alone stands in a command, so
that the same command twice is the same operation.
"""

from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, func, select

from app.domain.access import Act
from app.domain.errors import TooMany
from app.domain.papers import Examined
from app.domain.people import Actor
from app.domain.sentences import _
from app.store import papers, reach
from app.store.columns import new_id
from app.store.tables.papers import UploadRow
from app.store.unit_of_work import Database, UnitOfWork

MOST_AN_HOUR = 60


def require_room(database: Database, actor: Actor) -> None:
    """Before anything is taken apart or written: whoever only watches hands nothing in, and
    nobody fills the disk."""
    reach.network(actor, Act.OPEN_CASE)
    with database.read() as desk:
        recent = select(func.count()).where(
            UploadRow.person_id == actor.person_id,
            col(UploadRow.at) > desk.now() - timedelta(hours=1),
        )
        if desk.session.exec(recent).one() >= MOST_AN_HOUR:
            raise TooMany(_("短い時間に多くのファイルが送られたため、受け付けを止めています。"))


def keep_upload(database: Database, actor: Actor, file: Examined, name: str) -> str:
    """Note whose bytes they are, once they are on disk; return the digest a command names."""
    try:
        _keep(database, actor, file, name)
    except IntegrityError:
        # The same hand pressed twice: by now the row of the other press is there.
        _keep(database, actor, file, name)
    return file.digest


def _keep(database: Database, actor: Actor, file: Examined, name: str) -> None:
    with database.begin() as uow:
        held = papers.upload_of(uow.session, actor, file.digest) or _new(uow, actor, file)
        held.name, held.at = name, uow.now()
        uow.session.add(held)


def _new(uow: UnitOfWork, actor: Actor, file: Examined) -> UploadRow:
    return UploadRow(
        id=new_id(),
        person_id=actor.person_id,
        agency_id=actor.agency_id,
        digest=file.digest,
        name="",
        type=file.type,
        size=file.size,
        pages=file.pages,
        at=uow.now(),
    )
