"""What the sentences about a conference are made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.domain.sentences import _
from app.domain.text import Sentence


class Weight(StrEnum):
    """Whether a happening begins a part of the conference, and which."""

    CONFERENCE = "conference"
    ITEM = "item"
    STEP = "step"
    PAUSE = "pause"
    PLAIN = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """``text`` is to be told; ``note`` is what a person wrote and stays as it is."""

    text: Sentence
    note: str = ""
    weight: Weight = Weight.PLAIN


@dataclass(frozen=True, slots=True)
class Names:
    """Names by id, as far as the reader may know them; ``items``: number and title."""

    agencies: Mapping[str, str]
    items: Mapping[str, tuple[int, str]]

    def agency(self, agency_id: str | None) -> str:
        return self.agencies.get(agency_id or "", "")

    def item(self, item_id: str) -> Sentence:
        """A case's papers also tell of items it has on other agendas."""
        if item_id not in self.items:
            return Sentence(_("別の会議の議題"))
        number, title = self.items[item_id]
        if title:
            return Sentence(_("議題{number}「{title}」"), number=number, title=title)
        return Sentence(_("議題{number}"), number=number)


Body = Mapping[str, Any]
Tell = Callable[[Body, Names], Happening | None]
