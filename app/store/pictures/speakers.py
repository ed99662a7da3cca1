"""The list of speakers at an item as its journal tells it."""

from typing import Any

from app.clock import iso
from app.domain.speaking import SpeechState
from app.store import speaking
from app.store.tables.speaking import SpeechRow
from app.store.unit_of_work import Desk

Picture = dict[str, Any]


def speakers(desk: Desk, item_id: str) -> Picture:
    """A part of the item's picture; folding later entries gives the later one."""
    told = speaking.speakers_of(desk, item_id)
    hands = speaking.hands_at(desk, item_id)
    speeches = speaking.speeches_at(desk, item_id)
    present = next((one for one in speeches if one.state == SpeechState.SPEAKING), None)
    ended = [one for one in speeches if one is not present]
    return {
        "is_open": told.is_open,
        "allowance": told.allowance,
        "waiting": [_who(one) | {"at": iso(one.asked_at)} for one in hands],
        "present": _present(present) if present else None,
        "speeches": [_who(one) | {"seconds": one.seconds} for one in ended],
    }


def _present(one: SpeechRow) -> Picture:
    since = iso(one.since) if one.since else None
    return _who(one) | {"seconds": one.seconds, "since": since}


def _who(one: SpeechRow) -> Picture:
    return {
        "id": one.id,
        "kind": one.kind,
        "agency_id": one.agency_id,
        "agency": one.agency_name,
        "speaker": one.speaker,
    }
