"""The pictures of how the lead is chosen at an agenda item."""

from dataclasses import dataclass, field

from app.domain.addenda import DecisionField
from app.domain.consensus import Result, RoundState
from app.domain.decision_rules import Abstention, Denominator, Method, Tie
from app.domain.lead_selection import Nominating
from app.domain.proxies import Holder, Manner
from app.domain.stances import Stance
from app.domain.vocabulary import AgencyKind
from app.queries.wire.shape import Shape


@dataclass(frozen=True)
class Nominations(Shape):
    """The turn that runs or ran last; ``given``: agency → who pressed for it, not whom it named."""

    role: str
    turn: int
    state: Nominating
    asked: list[str]
    given: dict[str, str]


@dataclass(frozen=True)
class Nomination(Shape):
    """Revealed; without a nominee no agency at the table can lead, in this agency's view."""

    agency_id: str
    nominee_id: str | None
    reason: str
    person: str
    turn: int


@dataclass(frozen=True)
class Supporter(Shape):
    agency_id: str
    role: str


@dataclass(frozen=True)
class Quorum(Shape):
    """One of the two: so many seats, or so many per cent of those asked."""

    seats: int | None
    percent: int | None


@dataclass(frozen=True)
class DecisionRule(Shape):
    """How the question is decided; pinned to the round, ``schema`` saying how to read it."""

    schema: int
    method: Method
    quorum: Quorum
    must_include: list[str]
    denominator: Denominator
    abstention: Abstention
    tie: Tie
    presence: bool
    blind: bool
    secret: bool
    allow_provisional: bool


@dataclass(frozen=True)
class PinnedProxy(Shape):
    """委任状 the seat is asked through; without agency and person it is the chair's to say."""

    id: str
    holder: Holder
    agency_id: str | None
    person_id: str | None
    name: str


@dataclass(frozen=True)
class FileNamed(Shape):
    """SHA-256 of the file the office entered a stance from, and the name it came with."""

    digest: str
    name: str


@dataclass(frozen=True)
class AskedSeat(Shape):
    """An agency of the round's electorate, as it was when the round opened.

    ``marks``: ``main_bank``, ``secretariat``. ``takes_part``: noted or announced as coming,
    writing, or represented. What rounds opened earlier did not keep yet is absent from them.
    """

    agency_id: str
    name: str
    kind: AgencyKind
    marks: list[str] = field(default_factory=list)
    takes_part: bool = True
    proxy: PinnedProxy | None = None


@dataclass(frozen=True)
class GivenStance(Shape):
    """In a blind round ``stance`` is null until all are revealed."""

    stance: Stance | None
    text: str
    alternative: str
    reply_by: str | None
    owner_id: str | None
    due: str | None
    manner: Manner
    reason: str
    file: FileNamed | None
    person: str
    version: int
    at: str


@dataclass(frozen=True)
class CountedStance(Shape):
    stance: Stance
    text: str
    alternative: str
    reply_by: str | None
    owner_id: str | None
    due: str | None
    person: str
    receipt: str
    manner: Manner = Manner.OWN
    reason: str = ""
    file: FileNamed | None = None


@dataclass(frozen=True)
class Tally(Shape):
    """``denominator`` and ``needed`` only where a share decides."""

    agree: int
    hold: int
    against: int
    abstain: int
    not_applicable: int
    silent: int
    denominator: int | None
    needed: int | None


@dataclass(frozen=True)
class Closing(Shape):
    """Everything the declared result was reached from, to be recomputed by hand."""

    seats: list[AskedSeat]
    recused: list[str]
    accepted: bool | None
    stances: dict[str, CountedStance]
    tally: Tally
    rule_digest: str


@dataclass(frozen=True)
class HoldReply(Shape):
    """What an agency that took the 仮決定 home says after its head office was asked."""

    stance: Stance
    text: str
    alternative: str
    person: str
    version: int
    at: str


@dataclass(frozen=True)
class Settled(Shape):
    """What the 仮決定 became; ``next_date`` where it is discussed again."""

    result: Result
    reasons: list[str]
    next_date: str | None
    by: str


@dataclass(frozen=True)
class DecisionRecord(Shape):
    """From when a decision holds, its review, and the lead's first action (≤ 14 days)."""

    effective_on: str | None
    review_on: str | None
    action: str
    action_person: str
    action_due: str | None


@dataclass(frozen=True)
class Addendum(Shape):
    """訂正: what the decision says instead from then on; ``agency_id``: whose condition."""

    number: int
    field: DecisionField
    agency_id: str
    was: str
    says: str
    reason: str
    by: str
    agency: str
    at: str


@dataclass(frozen=True)
class Round(Shape):
    """``accepted`` is the nominee's own answer; ``stances`` are kept by agency id.

    ``recused`` are seats of it that left for a conflict of interest and are asked no longer.
    ``because``: why it was asked again. ``closing`` comes with the declaration.
    """

    id: str
    number: int
    state: RoundState
    nominee_id: str
    supporters: list[Supporter]
    wording: str
    because: str
    rule: DecisionRule
    rule_digest: str
    seats: list[AskedSeat]
    recused: list[str]
    accepted: bool | None
    lead_person: str
    answer_reason: str
    stances: dict[str, GivenStance]
    result: Result | None
    reasons: list[str]
    next_date: str | None
    decision_number: str
    declared_by: str
    closing: Closing | None
    replies: dict[str, HoldReply]
    settled: Settled | None
    record: DecisionRecord | None
    addenda: list[Addendum]
