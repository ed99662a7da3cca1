"""What happens to a case: consent, referral, agenda, result."""

from dataclasses import dataclass
from typing import ClassVar

from app.domain.facts.base import Fact, RoomKind


@dataclass(frozen=True)
class CaseOpened(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CASE
    case_no: str
    status: str


@dataclass(frozen=True)
class ConsentRecorded(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CASE
    changes_rights: ClassVar[bool] = True
    version: int
    status: str
    agencies: list[str]
    groups: list[str]
    valid_until: str | None
    case_status: str


@dataclass(frozen=True)
class ConsentWithdrawn(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CASE
    changes_rights: ClassVar[bool] = True
    version: int
    on: str
    reason: str
    case_status: str


@dataclass(frozen=True)
class CaseReferred(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CASE
    changes_rights: ClassVar[bool] = True
    referral_id: str
    to_agency_id: str
    to_agency_name: str
    reason: str
    case_status: str


@dataclass(frozen=True)
class ReferralAnswered(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CASE
    changes_rights: ClassVar[bool] = True
    referral_id: str
    status: str
    reason: str
    case_status: str


@dataclass(frozen=True)
class CaseTabled(Fact):
    room_kind: ClassVar[RoomKind] = RoomKind.CASE
    changes_rights: ClassVar[bool] = True
    conference_id: str
    conference_name: str
    item_id: str
    case_status: str


@dataclass(frozen=True)
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
