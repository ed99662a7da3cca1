"""The list of speakers of an agenda item, as it travels in the item's picture."""

from dataclasses import dataclass

from app.domain.speaking import SpeechKind
from app.queries.wire.shape import Shape


@dataclass(frozen=True)
class RaisedHand(Shape):
    """A request to speak; ``speaker`` is who raised the hand for the agency."""

    id: str
    kind: SpeechKind
    agency_id: str
    agency: str
    speaker: str
    at: str


@dataclass(frozen=True)
class PresentSpeech(Shape):
    """Who has the floor: ``seconds`` are those spent before ``since``; no ``since``: it is held."""

    id: str
    kind: SpeechKind
    agency_id: str
    agency: str
    speaker: str
    seconds: int
    since: str | None


@dataclass(frozen=True)
class HeldSpeech(Shape):
    id: str
    kind: SpeechKind
    agency_id: str
    agency: str
    speaker: str
    seconds: int


@dataclass(frozen=True)
class Speakers(Shape):
    """``waiting`` in the order hands were raised; the order they are called in follows by rule.

    ``allowance``: seconds of each agency, empty until it is set or the first speaker is called.
    """

    is_open: bool
    allowance: int | None
    waiting: list[RaisedHand]
    present: PresentSpeech | None
    speeches: list[HeldSpeech]
