"""Whom a remark calls on: ＠ and the name of an agency or a person at this table."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class MentionKind(StrEnum):
    AGENCY = "agency"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Mention:
    """An agency, or a person acting for it; ``name`` is what stands in the text after the sign."""

    kind: MentionKind
    agency_id: str
    name: str

    def as_mapping(self) -> dict[str, str]:
        return {"kind": str(self.kind), "agency_id": self.agency_id, "name": self.name}


SIGNS = "@＠"


def mentions_in(text: str, known: Iterable[Mention]) -> list[Mention]:
    """Those of ``known`` whom the text calls on, each once, in the order of the text.

    The longest name that fits is meant: a branch is not its head office. A family and a given
    name may be written together. Two people of one name are both meant, for the text cannot tell
    them apart. Anything else after the sign is text, such as an address.
    """
    longest = sorted(known, key=lambda one: -len(one.name))
    found: list[Mention] = []
    for at, character in enumerate(text):
        if character not in SIGNS:
            continue
        rest = text[at + 1 :]
        length = 0
        for one in longest:
            name = next((n for n in _spellings(one.name) if n and rest.startswith(n)), None)
            if name is None or len(name) < length:
                continue
            length = len(name)
            if one not in found:
                found.append(one)
    return found


def _spellings(name: str) -> tuple[str, str]:
    return name, name.replace(" ", "").replace("\u3000", "")
