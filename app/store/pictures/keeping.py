"""控え: the digest of a room's picture, kept in its journal, for its fold to be held against.

The picture is taken from the rows, not from the entries: whoever restores the room from its journal
alone and finds another digest knows that one of the two was changed since.
"""

import hashlib
import json
from typing import Any

from app.domain.facts import ConferencePictureKept, ItemOpened, ItemPictureKept, RoomKind
from app.store import journal
from app.store.pictures.conference import conference_picture
from app.store.pictures.item import case_told, item_picture
from app.store.tables.conferences import AgendaItemRow, ConferenceRow
from app.store.tables.journal import RoomRow
from app.store.unit_of_work import UnitOfWork

# To be counted up whenever a picture gains or loses a part; entries without it were of shape 1.
ITEM_SHAPE, CONFERENCE_SHAPE = 3, 2


def digest_of(picture: dict[str, Any]) -> str:
    """Over the one way to write a picture down that a browser has too: sorted, no spaces."""
    canonical = json.dumps(picture, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def keep_item(uow: UnitOfWork, item: AgendaItemRow) -> None:
    """Keep the item's picture as it stands now, unless nothing happened since the last one.

    The room of an item from before ``item_opened`` was told learns whose case it is here.
    """
    room = journal.room_of(uow.session, RoomKind.ITEM, item.id)
    last = _stands_still(uow, room)
    if last and last == journal.newest_of(uow.session, room.id, ItemPictureKept):
        return
    if journal.newest_of(uow.session, room.id, ItemOpened) == 0:
        uow.record(room, ItemOpened(case=case_told(uow.session, item.case_id)))
    digest = digest_of(item_picture(uow, item))
    uow.record(room, ItemPictureKept(digest=digest, shape=ITEM_SHAPE))


def keep_conference(uow: UnitOfWork, conference: ConferenceRow) -> None:
    room = journal.room_of(uow.session, RoomKind.CONFERENCE, conference.id)
    _stands_still(uow, room)
    digest = digest_of(conference_picture(uow, conference))
    uow.record(room, ConferencePictureKept(digest=digest, shape=CONFERENCE_SHAPE))


def _stands_still(uow: UnitOfWork, room: RoomRow) -> int:
    """Nobody else's entries come in between the picture and its own; the room's last number.

    Rows read earlier in this transaction may have changed before the room was held.
    """
    uow.session.flush()
    last = journal.hold(uow.session, room)
    if not uow.on_sqlite:
        uow.session.expire_all()
    return last
