"""委任状と代理入力: who may say a seat's word when its own people are not at the table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.domain.sentences import _
from app.domain.text import Sentence


class Holder(StrEnum):
    """Whom a 委任状 names: one person of another agency, or whoever is in the chair."""

    PERSON = "person"
    CHAIR = "chair"


class Manner(StrEnum):
    """How a seat's word was given: by its own people, under a 委任状, or entered by the office."""

    OWN = "own"
    PROXY = "proxy"
    OFFICE = "office"


MANNER_LABELS = {
    Manner.OWN: _("自機関"),
    Manner.PROXY: _("委任"),
    Manner.OFFICE: _("事務局が入力"),
}


# What the electorate of a question keeps of it: id, holder, agency_id, person_id, name.
Pinned = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Proxy:
    """``to_agency``: the agency of the person, or the one in the chair now.

    ``item_id``: the one item it is for; None for the whole conference.
    """

    id: str
    agency_id: str
    to_agency: str
    item_id: str | None = None

    def overlaps(self, item_id: str | None) -> bool:
        return self.item_id is None or item_id is None or self.item_id == item_id


def refused_because(
    giver: str, to_agency: str, item_id: str | None, others: Iterable[Proxy]
) -> Sentence | None:
    """Why ``giver`` may not hand its word to ``to_agency``; None where it may.

    A word is handed on once: who has given its own away holds nobody else's, and the other way
    round, as far as the two are for the same item.
    """
    if giver == to_agency:
        return Sentence(_("自機関の方は、委任状がなくても回答できます。"))
    for one in others:
        if one.agency_id == giver or not one.overlaps(item_id):
            continue
        if one.agency_id == to_agency:
            return Sentence(_("選んだ機関も意思表示を委任しているため、委任を受けられません。"))
        if one.to_agency == giver:
            return Sentence(_("自機関がほかの機関の委任を受けているため、さらに委任できません。"))
    return None


def at_item(proxies: Iterable[Proxy], item_id: str, able: Iterable[str]) -> dict[str, Proxy]:
    """By giving agency: the 委任状 that count at an item; one for the item beats a general one.

    ``able``: agencies that may themselves answer there. Who may not read of a case, has left it,
    or stays away too cannot speak for another, nor can a chair whose own word is given away.
    """
    here = [one for one in proxies if one.item_id in {None, item_id}]
    here.sort(key=lambda one: one.item_id is not None)
    chosen = {one.agency_id: one for one in here}
    may = set(able)
    return {
        agency: one
        for agency, one in chosen.items()
        if one.to_agency in may and one.to_agency != agency and one.to_agency not in chosen
    }


def holds(pinned: Pinned | None, person_id: str, *, is_chair: bool) -> bool:
    """Whether this person may say the word of a seat that is asked through such a 委任状."""
    if pinned is None:
        return False
    if pinned["holder"] == Holder.CHAIR:
        return is_chair
    return bool(pinned["person_id"] == person_id)
