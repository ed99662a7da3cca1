"""Who acts: one person, standing for one agency in one role, or for the firm itself."""

from dataclasses import dataclass
from typing import Protocol

from app.domain.vocabulary import AgencyKind, Role


class Signatory(Protocol):
    """Whoever an act and its entry in a journal are signed by."""

    @property
    def person_id(self) -> str: ...
    @property
    def person_name(self) -> str: ...
    @property
    def agency_id(self) -> str: ...
    @property
    def agency_name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in the capacity chosen for this session.

    A seconded person (出向者) has two memberships and acts for one of them at a time, so that
    what one agency keeps to itself does not reach the other through the same person.
    """

    person_id: str
    person_name: str
    membership_id: str
    title: str
    role: Role
    agency_id: str
    agency_name: str
    agency_kind: AgencyKind
    prefecture_code: str | None = None


@dataclass(frozen=True, slots=True)
class Guest:
    """A person of the firm (事業者), let in to the firm's own item by a link that works once.

    Not an ``Actor``: a guest has no seat, no role, no stance, and none of the acts of agencies.
    """

    invitation_id: str
    session_id: str
    item_id: str
    person_name: str
    firm_name: str

    @property
    def person_id(self) -> str:
        return self.invitation_id

    @property
    def agency_id(self) -> str:
        """Of no agency: entries of the journal name the firm alone."""
        return ""

    @property
    def agency_name(self) -> str:
        return self.firm_name
