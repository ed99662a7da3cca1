"""The confidentiality statement of a conference: what this person still has to accept, who did."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.access import Act, Standing, decide
from app.domain.confidentiality import STATEMENTS, Statement, version_asked
from app.domain.people import Actor
from app.store import confidentiality, standings
from app.store.tables.conferences import ConferenceRow
from app.store.unit_of_work import Desk


@dataclass(frozen=True, slots=True)
class Acceptance:
    person: str
    agency: str
    agency_kind: str
    at: datetime


def statement_to_accept(
    desk: Desk, actor: Actor, conference: ConferenceRow, at_table: Standing
) -> Statement | None:
    """None for whoever accepted it, and for those who see no item of the conference anyway."""
    version = version_asked(conference.template)
    if version is None or not decide(actor, Act.SEE_ITEM, at_table):
        return None
    done = standings.has_accepted(desk.session, actor, conference)
    return None if done else STATEMENTS[version]


def acceptances(
    desk: Desk, actor: Actor, conference: ConferenceRow, at_table: Standing
) -> tuple[Acceptance, ...]:
    """For chair and host: who of the conference's agencies accepted its version, and when."""
    if not decide(actor, Act.RUN_CONFERENCE, at_table):
        return ()
    return tuple(
        Acceptance(row.person_name, agency.name, agency.kind, row.accepted_at)
        for row, agency in confidentiality.acceptances_at(desk.session, conference)
    )
