"""議事録・議事要旨: a conference as its record tells it to one reader, on a page and on paper."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.domain.conference import ConferenceStatus
from app.domain.decision_sheet import DecisionSheet
from app.domain.sentences import _


class Form(StrEnum):
    """The whole, or the short form that may be handed on: results only, and nobody by name."""

    FULL = "full"
    SUMMARY = "summary"


FORM_LABELS = {Form.FULL: _("議事録"), Form.SUMMARY: _("議事要旨")}


class Mask(StrEnum):
    """Why the reader sees no more of an item than its number."""

    NONE = ""
    OUT = "out"
    UNACCEPTED = "unaccepted"
    OUTSIDE = "outside"


# In the place of a firm's name, in the words of the agenda.
MASKED_CASES = {
    Mask.OUT: _("案件（非公開）"),
    Mask.UNACCEPTED: _("案件（守秘の確認後に表示）"),
    Mask.OUTSIDE: _("案件（同意の範囲外のため非表示）"),
}


@dataclass(frozen=True, slots=True)
class Chairing:
    """Who was in the chair, from when on where it was handed over."""

    agency: str
    person: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Break:
    begun: datetime
    ended: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class SeatTaken:
    """How an agency took part; ``manner`` is a label, empty where nobody noted it.

    ``replied``: what it had said beforehand, a label.
    """

    agency: str
    kind: str
    is_member: bool
    is_chair: bool
    is_host: bool
    manner: str
    is_absent: bool
    replied: str
    people: tuple[tuple[str, str], ...]  # name, title
    arrived: str
    left: str


@dataclass(frozen=True, slots=True)
class WordGiven:
    """委任状: ``position`` is that of the one item it was for; no ``person``: the chair."""

    agency: str
    to_chair: bool
    person: str
    to_agency: str
    position: int | None


@dataclass(frozen=True, slots=True)
class Left:
    """退席（利益相反）of an item; ``returned``: the chair let it come back."""

    agency: str
    returned: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    kind: str
    text: str
    agency: str
    person: str
    due: date | None


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a ballot; ``is_word``: the text is the product's and not somebody's."""

    text: str
    is_word: bool
    day: date | None
    rest: str
    number: int | None
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Ballot:
    """A ballot that was closed. ``outcome`` is a label, empty where it came to nothing.

    ``votes``: agency and choice; of a secret one there is none, nor who took part in it.
    """

    number: int
    kind: str
    question: str
    because: str
    is_secret: bool
    outcome: str
    chosen: Choice | None
    by_chair: bool
    chair_reason: str
    reasons: tuple[str, ...]
    choices: tuple[Choice, ...]
    answered: int
    asked: int
    votes: tuple[tuple[str, Choice | None], ...]


@dataclass(frozen=True, slots=True)
class Declining:
    agency: str
    how: str
    reason: str


@dataclass(frozen=True, slots=True)
class GapMoved:
    """Another owner, or another day, since it was declared."""

    agency: str
    person: str
    due: date
    reason: str


@dataclass(frozen=True, slots=True)
class GapDeclared:
    """引受手不在 as it was declared; ``moves`` and ``state`` (a label) are what became of it."""

    number: str
    declared_at: datetime
    kind: str
    text: str
    declined: tuple[Declining, ...]
    owner: str
    owner_person: str
    next_step: str
    due: date
    next_date: date
    moves: tuple[GapMoved, ...]
    state: str
    state_text: str


@dataclass(frozen=True, slots=True)
class Ending:
    """How the item left the table, who answers for it, and when it is taken up again."""

    result: str
    owner: str
    owner_person: str
    reason: str
    next_date: date | None
    next_conference: str


@dataclass(frozen=True, slots=True)
class ItemMinutes:
    """Of a masked item there is nothing but its number, and a title only where it has no firm."""

    position: int
    kind: str
    is_case: bool
    mask: Mask
    title: str
    case_number: str = ""
    presenter: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    guests: tuple[str, ...] = ()
    left: tuple[Left, ...] = ()
    papers: tuple[tuple[str, int], ...] = ()  # title, version
    outcomes: tuple[Outcome, ...] = ()
    decisions: tuple[DecisionSheet, ...] = ()
    corrections: int = 0
    ballots: tuple[Ballot, ...] = ()
    gaps: tuple[GapDeclared, ...] = ()
    ending: Ending | None = None

    @property
    def masked_as(self) -> str:
        """What stands in the place of the firm's name, a label; empty where nothing does."""
        return MASKED_CASES[self.mask] if self.is_case and self.mask else ""

    @property
    def declarations(self) -> tuple[DecisionSheet | GapDeclared, ...]:
        """What was declared at it, the first one first."""
        every: list[DecisionSheet | GapDeclared] = [*self.decisions, *self.gaps]
        return tuple(sorted(every, key=lambda one: one.declared_at))

    @property
    def is_bare(self) -> bool:
        """Nothing was recorded of it but that it was on the agenda."""
        told = self.outcomes, self.decisions, self.ballots, self.gaps, self.ending
        return not self.mask and not any(told)


@dataclass(frozen=True, slots=True)
class Minutes:
    """``fingerprint``: of the conference's journals, once it is closed; until then a draft."""

    form: Form
    id: str
    name: str
    kind: str
    status: ConferenceStatus
    starts_at: datetime
    opened_at: datetime | None
    closed_at: datetime | None
    breaks: tuple[Break, ...]
    place: str
    online: bool
    host: str
    chairs: tuple[Chairing, ...]
    preliminary: tuple[str, ...]
    quorum: int
    seats: tuple[SeatTaken, ...]
    proxies: tuple[WordGiven, ...]
    ballots: tuple[Ballot, ...]
    items: tuple[ItemMinutes, ...]
    fingerprint: str
    issuer: str
    issuer_person: str

    @property
    def issued_by(self) -> str:
        return "　".join(part for part in (self.issuer, self.issuer_person) if part)

    @property
    def has_begun(self) -> bool:
        return self.opened_at is not None and self.status is not ConferenceStatus.CANCELLED

    @property
    def is_draft(self) -> bool:
        return self.status is not ConferenceStatus.CLOSED

    @property
    def is_summary(self) -> bool:
        return self.form is Form.SUMMARY

    @property
    def members(self) -> tuple[SeatTaken, ...]:
        return tuple(seat for seat in self.seats if seat.is_member)

    @property
    def observers(self) -> tuple[SeatTaken, ...]:
        return tuple(seat for seat in self.seats if not seat.is_member)

    @property
    def took_part(self) -> int:
        """Member seats that were noted as taking part, in whatever way."""
        return sum(bool(seat.manner) and not seat.is_absent for seat in self.members)

    @property
    def awaits_acceptance(self) -> bool:
        return any(item.mask is Mask.UNACCEPTED for item in self.items)

    @property
    def masked(self) -> int:
        return sum(bool(item.mask) for item in self.items)
