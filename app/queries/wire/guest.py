"""The firm at its own item: as the table sees it, and what the firm itself is shown."""

from dataclasses import dataclass

from app.domain.guests import CorrectionState, InvitationState
from app.queries.wire.shape import Shape


@dataclass(frozen=True)
class Invitation(Shape):
    """``person`` and ``agency`` invited; the link itself is told nowhere."""

    id: str
    name: str
    state: InvitationState
    person: str
    agency: str
    at: str
    expires_at: str
    entered_at: str | None
    accepted_at: str | None


@dataclass(frozen=True)
class Correction(Shape):
    """``column`` of the case's own line should read ``value``, the firm says."""

    id: str
    column: str
    value: str
    words: str
    person: str
    at: str
    state: CorrectionState
    answer: str
    answered_by: str
    answered_agency: str
    answered_at: str | None


@dataclass(frozen=True)
class Preference(Shape):
    """The newest is what the firm wishes now; those before it stay for the record."""

    id: str
    agency_id: str | None
    text: str
    person: str
    at: str


@dataclass(frozen=True)
class GuestStatement(Shape):
    version: int
    lead: str
    points: list[str]
    close: str


@dataclass(frozen=True)
class GuestFact(Shape):
    """A shared column of the sheet, in the guest's language."""

    column: str
    label: str
    value: str
    correctable: bool


@dataclass(frozen=True)
class GuestOffer(Shape):
    """What an agency offers to the firm."""

    agency: str
    menu: str
    available_from: str


@dataclass(frozen=True)
class GuestAgency(Shape):
    id: str
    name: str


@dataclass(frozen=True)
class GuestCorrection(Shape):
    id: str
    column: str
    label: str
    value: str
    words: str
    at: str
    state: CorrectionState
    answer: str
    told: str


@dataclass(frozen=True)
class GuestPreference(Shape):
    id: str
    agency: str
    text: str
    at: str


@dataclass(frozen=True)
class GuestTable(Shape):
    """What is told once the statement is accepted; ``now`` says what goes on, ``ends_at`` is the
    planned end of the item, ``resumes_at`` that of a break."""

    is_running: bool
    now: str
    ends_at: str | None
    resumes_at: str | None
    agencies: list[GuestAgency]
    facts: list[GuestFact]
    issues: list[str]
    offers: list[GuestOffer]
    corrections: list[GuestCorrection]
    preferences: list[GuestPreference]


@dataclass(frozen=True)
class GuestPicture(Shape):
    """Everything a guest is shown; there are no entries and no rooms for guests."""

    guest: str
    firm: str
    conference: str
    expires_at: str
    statement: GuestStatement | None
    table: GuestTable | None


@dataclass(frozen=True)
class DatedPicture(Shape):
    """``now`` is the server's clock, by which the page counts what is left."""

    now: str
    picture: GuestPicture


@dataclass(frozen=True)
class GuestEnd(Shape):
    """The guest's part is over; the connection is closed behind this."""

    message: str
    remedy: str
