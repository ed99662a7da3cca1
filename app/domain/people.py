"""Who acts: one person, standing for one agency, in one role."""

from dataclasses import dataclass

from app.domain.vocabulary import AgencyKind, Role


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
