"""確認を始める前に: by which rule the lead would be decided, and whom a question would ask."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.access import Act
from app.domain.conference import SeatRole
from app.domain.decision_rules import DecisionRule
from app.domain.people import Actor
from app.domain.sentences import _
from app.store import conferences, electorates, reach, recusals, standings
from app.store.ballots import rule_at
from app.store.unit_of_work import Desk


class Unasked(StrEnum):
    """Why a member's seat would not be asked, in the order it is looked at."""

    RECUSED = "recused"
    OUTSIDE_CONSENT = "outside_consent"
    ABSENT = "absent"


UNASKED_LABELS = {
    Unasked.RECUSED: _("利益相反のため退席"),
    Unasked.OUTSIDE_CONSENT: _("情報提供の同意の範囲外"),
    Unasked.ABSENT: _("欠席（有効な委任状なし）"),
}


@dataclass(frozen=True, slots=True)
class Prospect:
    """``unasked``: names of member seats that would not be asked, and why."""

    rule: DecisionRule
    seats: tuple[electorates.Seat, ...]
    unasked: tuple[tuple[str, Unasked], ...]


def prospect_of(desk: Desk, actor: Actor, item_id: str) -> Prospect:
    """For whoever may put the question; nothing is changed or promised by looking."""
    item = reach.item(desk, actor, item_id, Act.PROPOSE_LEAD)
    seats = electorates.electorate_of(desk, item.row, item.conference, item.case)
    asked = {seat["agency_id"] for seat in seats}
    out = recusals.out_of(desk.session, item.row.id)
    consent = standings.consent_in_force(desk.session, item.case.id) if item.case else None

    def why(agency_id: str) -> Unasked:
        if agency_id in out:
            return Unasked.RECUSED
        within = consent is not None and consent.groups_for(agency_id, desk.today())
        return Unasked.ABSENT if within else Unasked.OUTSIDE_CONSENT

    return Prospect(
        rule=rule_at(desk, item.conference, item.case),
        seats=tuple(seats),
        unasked=tuple(
            (agency.name, why(agency.id))
            for seat, agency in conferences.seats_of(desk.session, item.conference.id)
            if seat.role == SeatRole.MEMBER and agency.id not in asked
        ),
    )
