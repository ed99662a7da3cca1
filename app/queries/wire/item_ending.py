"""The picture of how an agenda item ended."""

from dataclasses import dataclass

from app.domain.item_results import ItemResult
from app.queries.wire.shape import Shape


@dataclass(frozen=True)
class ItemEnding(Shape):
    """The agency (and person) that answers for what follows, and when or where it goes on."""

    result: ItemResult
    owner_agency_id: str | None
    owner_person: str
    reason: str
    next_date: str | None
    next_conference_id: str | None
    next_conference_name: str
    by: str
    at: str
