"""記録の写し: a room's journal as it leaves the house, a header and one entry a line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from app.domain.journal_faults import Fault

FORMAT = "entaku-journal/1"
_CONTENT = frozenset({"body", "salt"})
_HEADER = {"format": str, "room": str, "seq": int, "hash": str}
_ENTRY = {"room_id": str, "seq": int, "hash": str, "kind": str}


@dataclass(frozen=True, slots=True)
class Copy:
    """``header``: format, room, number and hash of its newest entry, when it was exported."""

    header: Mapping[str, Any]
    entries: tuple[Mapping[str, Any], ...]

    @classmethod
    def of(cls, lines: Sequence[Any]) -> Self:
        """Read what stood in the lines; ValueError where they are no such copy."""
        if not lines or not all(_has(lines[0], _HEADER)) or lines[0]["format"] != FORMAT:
            raise ValueError("no header")
        if not all(all(_has(entry, _ENTRY)) and "body" in entry for entry in lines[1:]):
            raise ValueError("no entry")
        return cls(lines[0], tuple(lines[1:]))

    @property
    def room(self) -> str:
        return str(self.header["room"])


def _has(value: Any, types: Mapping[str, type]) -> list[bool]:
    told = value if isinstance(value, dict) else {}
    return [isinstance(told.get(name), kind) for name, kind in types.items()]


@dataclass(frozen=True, slots=True)
class Difference:
    """The first place at which a copy leaves an earlier one."""

    seq: int
    fault: Fault


def difference(earlier: Copy, later: Copy) -> Difference | None:
    """None where the later copy begins with every entry of the earlier one, unchanged.

    A body that one of them withholds is not compared: its digest is, and the hash over that.
    """
    if earlier.room != later.room:
        return Difference(0, Fault.OTHER_ROOM)
    for place, entry in enumerate(earlier.entries):
        if place >= len(later.entries):
            return Difference(entry["seq"], Fault.CUT)
        other = later.entries[place]
        withheld = entry["body"] is None or other["body"] is None
        beside = _CONTENT if withheld else frozenset()
        if any(entry[name] != other.get(name) for name in entry.keys() - beside):
            return Difference(entry["seq"], Fault.CHANGED)
    head = (earlier.header["seq"], earlier.header["hash"])
    last = earlier.entries[-1] if earlier.entries else {"seq": 0, "hash": ""}
    if head != (last["seq"], last["hash"]):
        return Difference(earlier.header["seq"], Fault.HEAD)
    return None
