"""What happened, in the past tense: every entry of a journal is one of these."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, ClassVar

from app.domain.consent import ItemGroup
from app.domain.sheet_schema import visibility_tag


class RoomKind(StrEnum):
    """One audience per room; only the sheet mixes audiences, by visibility tags."""

    CONFERENCE = "conference"
    ITEM = "item"
    SHEET = "sheet"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class Fact:
    """Base of all facts. Values are JSON values; ids are text; times are ISO 8601 in UTC."""

    room_kind: ClassVar[RoomKind]
    # Whoever may see the case or conference can gain or lose sight through this fact.
    changes_rights: ClassVar[bool] = False

    @classmethod
    def wire_name(cls) -> str:
        """``StanceGiven`` travels as ``stance_given``."""
        name = cls.__name__
        return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")

    def body(self) -> dict[str, Any]:
        return {f.name: getattr(self, f.name) for f in fields(self)}

    def visibility(self) -> str:
        """Empty for everybody in the room's audience, else a tag of the sheet."""
        return ""


# --- conference ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ConferencePlanned(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    name: str
    starts_at: str


@dataclass(frozen=True, slots=True)
class AgencyInvited(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    changes_rights: ClassVar[bool] = True
    agency_id: str
    agency_name: str
    agency_kind: str
    seat_role: str
    position: int


@dataclass(frozen=True, slots=True)
class InvitationAnswered(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    agency_id: str
    reply: str
    attendees: str


@dataclass(frozen=True, slots=True)
class ItemAdded(Fact):
    """A case item carries no title: the name of a firm is known in the item's own room only."""

    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    item_id: str
    position: int
    item_kind: str
    title: str
    minutes: int


@dataclass(frozen=True, slots=True)
class ConferenceOpened(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    chair_agency_id: str
    chair_name: str
    at: str


@dataclass(frozen=True, slots=True)
class ChairHandedOver(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    chair_agency_id: str
    chair_name: str


@dataclass(frozen=True, slots=True)
class ItemStarted(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    item_id: str
    started_at: str
    ends_at: str


@dataclass(frozen=True, slots=True)
class ItemExtended(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    item_id: str
    ends_at: str


@dataclass(frozen=True, slots=True)
class ItemEnded(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    item_id: str
    ended_at: str


@dataclass(frozen=True, slots=True)
class ConferenceClosed(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CONFERENCE
    at: str


# --- agenda item --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RemarkMade(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    remark_id: str
    text: str


@dataclass(frozen=True, slots=True)
class LeadNominated(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    nominee_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class RoundOpened(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    round_id: str
    number: int
    nominee_id: str
    supporters: list[dict[str, str]]
    wording: str
    quorum: int
    allow_provisional: bool
    seats: list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class StanceGiven(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    round_id: str
    agency_id: str
    stance: str
    text: str
    alternative: str
    reply_by: str | None


@dataclass(frozen=True, slots=True)
class LeadAnswered(Fact):
    """受諾: the nominee's own answer, with the person who would lead."""

    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    round_id: str
    agency_id: str
    accepted: bool
    person: str
    reason: str


@dataclass(frozen=True, slots=True)
class ResultDeclared(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    changes_rights: ClassVar[bool] = True
    round_id: str
    result: str
    reasons: list[str]
    next_date: str | None
    number: str


@dataclass(frozen=True, slots=True)
class OutcomeRecorded(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.ITEM
    outcome_id: str
    outcome_kind: str
    text: str
    agency_id: str | None
    person: str
    due: str | None


# --- sheet --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SheetRowAdded(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.SHEET
    row: str
    row_kind: str
    owner_id: str | None
    group: str

    def visibility(self) -> str:
        return visibility_tag(ItemGroup(self.group), self.owner_id)


@dataclass(frozen=True, slots=True)
class CellWritten(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.SHEET
    row: str
    column: str
    value: Any
    version: int
    group: str
    owner_id: str | None
    source: str

    def visibility(self) -> str:
        return visibility_tag(ItemGroup(self.group), self.owner_id)


# --- case ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CaseOpened(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CASE
    case_no: str
    status: str


@dataclass(frozen=True, slots=True)
class ConsentRecorded(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CASE
    changes_rights: ClassVar[bool] = True
    version: int
    status: str
    agencies: list[str]
    groups: list[str]
    valid_until: str | None
    case_status: str


@dataclass(frozen=True, slots=True)
class ConsentWithdrawn(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CASE
    changes_rights: ClassVar[bool] = True
    version: int
    on: str
    reason: str
    case_status: str


@dataclass(frozen=True, slots=True)
class CaseReferred(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CASE
    changes_rights: ClassVar[bool] = True
    referral_id: str
    to_agency_id: str
    to_agency_name: str
    reason: str
    case_status: str


@dataclass(frozen=True, slots=True)
class ReferralAnswered(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CASE
    changes_rights: ClassVar[bool] = True
    referral_id: str
    status: str
    reason: str
    case_status: str


@dataclass(frozen=True, slots=True)
class CaseTabled(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CASE
    changes_rights: ClassVar[bool] = True
    conference_id: str
    conference_name: str
    item_id: str
    case_status: str


@dataclass(frozen=True, slots=True)
class CaseDiscussed(Fact):
    """The case was taken up in a conference, or left it with this result."""

    room_kind: ClassVar[RoomKind] = RoomKind.CASE
    changes_rights: ClassVar[bool] = True
    conference_id: str
    result: str | None
    lead_agency_id: str | None
    lead_agency_name: str
    lead_person: str
    case_status: str


@dataclass(frozen=True, slots=True)
class PlanDrafted(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CASE
    plan_id: str
    version: int
    sections: dict[str, dict[str, Any]]
    lines: list[dict[str, Any]]
    asked: list[dict[str, str]]
    case_status: str


@dataclass(frozen=True, slots=True)
class PlanSectionWritten(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CASE
    plan_id: str
    section: str
    text: str
    version: int


@dataclass(frozen=True, slots=True)
class PlanLinePut(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CASE
    plan_id: str
    line: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PlanLineRemoved(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CASE
    plan_id: str
    line_id: str


@dataclass(frozen=True, slots=True)
class PlanCirculated(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CASE
    plan_id: str
    digest: str


@dataclass(frozen=True, slots=True)
class PlanConfirmed(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CASE
    plan_id: str
    agency_id: str
    answer: str
    text: str
    person: str
    at: str
    status: str
    case_status: str


def all_facts() -> Iterator[type[Fact]]:
    """Every kind of fact, in the order of this file."""
    yield from Fact.__subclasses__()
