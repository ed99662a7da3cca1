"""発言: who speaks next at an agenda item, and how its time is shared among the agencies."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from app.domain.sentences import _


class SpeechKind(StrEnum):
    """What somebody raises the hand for, in the order it is offered."""

    CONTRIBUTION = "contribution"
    QUESTION = "question"
    ORDER = "order"


SPEECH_KIND_LABELS = {
    SpeechKind.CONTRIBUTION: _("発言"),
    SpeechKind.QUESTION: _("質問"),
    SpeechKind.ORDER: _("議事進行"),
}


class SpeechState(StrEnum):
    """One request from the raised hand to the end of what was said."""

    WAITING = "waiting"
    WITHDRAWN = "withdrawn"
    SPEAKING = "speaking"
    SPOKEN = "spoken"


class Hand(Protocol):
    """A raised hand."""

    @property
    def kind(self) -> str: ...
    @property
    def agency_id(self) -> str: ...


H = TypeVar("H", bound=Hand)
_RANK = {SpeechKind.ORDER: 0, SpeechKind.QUESTION: 1, SpeechKind.CONTRIBUTION: 2}


def in_order(waiting: Iterable[H], heard: Set[str]) -> list[H]:
    """Raised hands, given in the order they were raised, in the order they are called.

    議事進行 comes first: it says that the proceedings themselves go wrong, and by its time alone,
    whoever raised it. Then 質問: it asks about what was just said, and loses its sense once the
    next contribution begins. Then 発言. Among questions and among contributions an agency not
    heard at this item yet goes before one that was; beyond that, whoever asked first.
    """

    def place(hand: H) -> tuple[int, bool]:
        rank = _RANK[SpeechKind(hand.kind)]
        return rank, rank > 0 and hand.agency_id in heard

    return sorted(waiting, key=place)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A speech, ended or going on: who, for what, and how long so far, in seconds."""

    kind: str
    agency_id: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Account:
    """An agency's time at one item in seconds; ``left`` below zero is 超過."""

    spent: int
    gained: int
    left: int


def counts(kind: str) -> bool:
    """A point of order serves the table: it neither costs time nor makes an agency heard."""
    return kind != SpeechKind.ORDER


def heard(speeches: Iterable[Spoken]) -> set[str]:
    """The agencies that have had the floor at this item, the present one among them."""
    return {one.agency_id for one in speeches if counts(one.kind)}


def default_allowance(minutes: int, agencies: int) -> int:
    """The item's time shared among its agencies, in whole tens of seconds, at least 30 seconds."""
    return max(30, minutes * 60 // max(agencies, 1) // 10 * 10)


def accounts(
    allowance: int, agencies: Iterable[str], speeches: Iterable[Spoken]
) -> dict[str, Account]:
    """公平な補償: when one agency overruns by n seconds, all the others gain n.

    Speeches come in the order they were held; the last may still go on. What others gained is
    never taken back, not even when the one who overran gains later from somebody else. An agency
    that spoke without being among ``agencies`` (it left the table since) still counts for the rest.
    """
    spent: dict[str, int] = {}
    over: dict[str, int] = {}
    for one in speeches:
        if not counts(one.kind):
            continue
        spent[one.agency_id] = spent.get(one.agency_id, 0) + one.seconds
        gained = sum(over.values()) - over.get(one.agency_id, 0)
        debt = spent[one.agency_id] - allowance - gained
        over[one.agency_id] = max(over.get(one.agency_id, 0), debt)
    total = sum(over.values())
    found = {}
    for agency in agencies:
        gained = total - over.get(agency, 0)
        used = spent.get(agency, 0)
        found[agency] = Account(spent=used, gained=gained, left=allowance + gained - used)
    return found


def silent(agencies: Iterable[str], speeches: Sequence[Spoken]) -> list[str]:
    """まだ発言のない機関, in the order of the office."""
    have_spoken = heard(speeches)
    return [agency for agency in agencies if agency not in have_spoken]


def least_heard(
    agencies: Iterable[str], speeches: Sequence[Spoken], present: str | None
) -> str | None:
    """Whom the chair might ask next: the agency that spoke least, the office's order settling ties.

    Nobody while nobody has spoken: the first word needs no suggestion. The one who has the floor
    is not suggested.
    """
    if not heard(speeches):
        return None
    spent: dict[str, int] = {}
    for one in speeches:
        if counts(one.kind):
            spent[one.agency_id] = spent.get(one.agency_id, 0) + one.seconds
    others = [agency for agency in agencies if agency != present]
    return min(others, key=lambda agency: spent.get(agency, 0), default=None)


def elapsed(seconds: int, since: datetime | None, now: datetime) -> int:
    """Whole seconds of a speech: those before it was held up, and those since it goes on."""
    if since is None:
        return seconds
    return seconds + max(0, int((now - since).total_seconds()))
