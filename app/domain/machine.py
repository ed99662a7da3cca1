"""Who acts when no person does: the import of a file, and rules that act by date."""

from app.domain.people import Actor
from app.domain.sentences import _
from app.domain.vocabulary import AgencyKind, Role

NOBODY = "0" * 32


def importer(agency_id: str, agency_name: str, kind: AgencyKind) -> Actor:
    """Writes what a file says in the name of the agency that brings the case."""
    return Actor(
        person_id=NOBODY,
        person_name=_("データ取込"),
        membership_id="",
        title="",
        role=Role.PARTICIPANT,
        agency_id=agency_id,
        agency_name=agency_name,
        agency_kind=kind,
    )


# What the product itself does belongs to no agency of the network.
AUTOMATIC = Actor(
    person_id=NOBODY,
    person_name=_("自動処理"),
    membership_id="",
    title="",
    role=Role.OBSERVER,
    agency_id=NOBODY,
    agency_name=_("円卓"),
    agency_kind=AgencyKind.SMRJ,
)
