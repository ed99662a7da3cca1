"""決め方 on a conference's page: the rule in words, and what the office may set."""

from dataclasses import dataclass

from app.domain.access import Act, decide
from app.domain.conference import ConferenceStatus, SeatRole
from app.domain.decision_rules import (
    MAIN_BANK,
    SECRETARIAT,
    DecisionRule,
    for_a_lead,
    mark_label,
    text_of,
)
from app.domain.people import Actor
from app.domain.text import Sentence
from app.store import conferences, reach
from app.store.unit_of_work import Desk


@dataclass(frozen=True, slots=True)
class RulePage:
    """``marks``: of whom an answer can be asked for, with their names."""

    rule: DecisionRule
    text: tuple[Sentence, ...]
    may_set: bool
    marks: tuple[tuple[str, str], ...]

    @property
    def quorum(self) -> int:
        return self.rule.quorum.percent or self.rule.quorum.seats or 1


def decision_rule_at(desk: Desk, actor: Actor, conference_id: str) -> RulePage:
    """As it is told before a case is known: with its メイン金融機関, if the rule waits for that."""
    held = reach.conference(desk, actor, conference_id, Act.SEE_CONFERENCE)
    rule = for_a_lead(held.row.template, known=(MAIN_BANK,))
    members = [
        agency
        for seat, agency in conferences.seats_of(desk.session, conference_id)
        if seat.role == SeatRole.MEMBER
    ]
    marks = [MAIN_BANK]
    if any(agency.id == held.row.host_agency_id for agency in members):
        marks.append(SECRETARIAT)
    marks += dict.fromkeys(agency.kind for agency in members)
    may_set = decide(actor, Act.MANAGE_CONFERENCE, held.standing)
    return RulePage(
        rule=rule,
        text=text_of(rule),
        may_set=may_set and held.row.status == ConferenceStatus.PLANNED,
        marks=tuple((mark, mark_label(mark)) for mark in marks),
    )
