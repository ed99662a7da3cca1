"""The pictures of what is said: a remark, and an inner lane with its own."""

from dataclasses import dataclass

from app.domain.lanes import Lane
from app.domain.mentions import MentionKind
from app.queries.wire.shape import Shape


@dataclass(frozen=True)
class Mentioned(Shape):
    """Whom a remark calls on; ``name`` is what stands in its text after the sign."""

    kind: MentionKind
    agency_id: str
    name: str


@dataclass(frozen=True)
class EarlierText(Shape):
    """What a remark said before it was corrected; ``at`` is when it was said so."""

    text: str
    at: str


@dataclass(frozen=True)
class Remark(Shape):
    """``reply_to`` is never an answer itself; ``links`` are ``cell:row|column`` of the
    sheet or ``paper:id``."""

    id: str
    text: str
    at: str
    person: str
    agency_id: str
    agency: str
    reply_to: str | None
    mentions: list[Mentioned]
    links: list[str]
    corrected_at: str | None
    earlier: list[EarlierText]


@dataclass(frozen=True)
class LaneSnapshot(Shape):
    """Room ``l-<item>-<agency>-agency`` or ``…-chair``: what is said among one agency, or between
    it and the chair. It can be joined before anything was said in it."""

    item_id: str
    agency_id: str
    lane: Lane
    remarks: list[Remark]
