"""The procedure of choosing a lead, walked at random; ten planted bugs and more are found."""

from pathlib import Path

import pytest

from app.domain import ballot, consensus, lead_selection
from app.domain.case_life import CaseStatus
from app.domain.consensus import Result
from app.domain.facts import NominationsRevealed, StancesRevealed
from app.domain.stances import Given, Stance
from app.services import decisions, nominations, rounds
from app.services.stances import saying
from app.store import ballots
from app.store.pictures import item as item_pictures
from app.store.pictures import lead as lead_pictures
from tests.guarantees.lead_machine import LeadMachine
from tests.guarantees.played import Plant, is_found, walks

judge, lead = ballot.outcome_of, consensus.outcome_of


def test_every_act_is_taken_or_refused_as_the_procedure_says(tmp_path: Path) -> None:
    walks(tmp_path, LeadMachine, 40, 16)


@pytest.mark.soak
def test_every_act_is_taken_or_refused_as_the_procedure_says_for_long(tmp_path: Path) -> None:
    walks(tmp_path, LeadMachine, 2_000, 30)


def _said(change):
    def judged(rule, seats, given, excluded=()):
        return judge(rule, seats, change(seats, given), excluded)

    return judged


def silence_agrees(plant):
    agreeing = Given(Stance.AGREE)
    change = _said(lambda seats, given: {s.agency_id: agreeing for s in seats} | dict(given))
    plant.setattr(ballot, "outcome_of", change)


def an_objection_is_outvoted(plant):
    def kept(_seats, given):
        return {who: one for who, one in given.items() if one.stance is not Stance.OBJECT} | {
            who: Given(Stance.ABSTAIN) for who, one in given.items() if one.stance is Stance.OBJECT
        }

    plant.setattr(ballot, "outcome_of", _said(kept))


def a_hold_agrees(plant):
    def kept(_seats, given):
        yes = Given(Stance.AGREE)
        return {who: yes if one.stance is Stance.HOLD else one for who, one in given.items()}

    plant.setattr(ballot, "outcome_of", _said(kept))


def who_left_is_waited_for(plant):
    plant.setattr(
        ballot, "outcome_of", lambda rule, seats, given, _excluded=(): judge(rule, seats, given)
    )


def nobody_has_to_accept(plant):
    def judged(rule, seats, nominee, accepted, given, recused=()):
        return lead(rule, seats, nominee, accepted is not False, given, recused)

    plant.setattr(consensus, "outcome_of", judged)


def a_refusal_is_overheard(plant):
    def judged(rule, seats, nominee, accepted, given, recused=()):
        return lead(rule, seats, nominee, accepted is not None or None, given, recused)

    plant.setattr(consensus, "outcome_of", judged)


def sealed_stances_are_shown(plant):
    plant.setattr(lead_pictures, "is_sealed", lambda _row: False)


def sealed_nominations_are_shown(plant):
    plant.setattr(lead_pictures, "Nominating", type("Never", (), {"OPEN": "never"}))
    assert item_pictures.nominations_at is lead_pictures.nominations_at


def nominations_go_on_after_the_reveal(plant):
    plant.setattr(lead_selection, "require_open", lambda _state: None)


def a_sealed_round_is_declared(plant):
    plant.setattr(decisions.ballots, "is_sealed", lambda _row: False)


def an_answer_comes_after_the_declaration(plant):
    plant.setattr(saying, "STILL_ASKED", frozenset(consensus.RoundState))


def a_head_office_is_not_listened_to(plant):
    def after(holding, replies):
        return Result.DECIDED if all(one in replies for one in holding) else None

    plant.setattr(consensus, "after_replies", after)


def the_first_head_office_decides_for_all(plant):
    def after(_holding, replies):
        if Stance.OBJECT in replies.values():
            return Result.CONTINUED
        return Result.DECIDED if replies else None

    plant.setattr(consensus, "after_replies", after)


def the_reveal_leaves_one_out(plant):
    def told(round_id, stances):
        return StancesRevealed(round_id, dict(list(stances.items())[1:]))

    plant.setattr(rounds, "StancesRevealed", told)


def a_nomination_is_changed_in_the_reveal(plant):
    def told(turn, nominations):
        changed = [one | {"nominee_id": None} for one in nominations]
        return NominationsRevealed(turn, changed)

    plant.setattr(nominations, "NominationsRevealed", told)


def the_case_does_not_move(plant):
    after = decisions._CASE_AFTER | {Result.DECIDED: CaseStatus.PROVISIONAL}
    plant.setattr(decisions, "_CASE_AFTER", after)


def it_is_asked_again_without_a_reason(plant):
    ask = rounds._ask_again
    plant.setattr(
        rounds, "_ask_again", lambda uow, item, last, because: ask(uow, item, last, because or "？")
    )


def the_closing_forgets_the_last_word(plant):
    closing = ballots.closing_of

    def told(desk, row, conference_id):
        verdict, kept = closing(desk, row, conference_id)
        return verdict, kept | {"stances": dict(list(kept["stances"].items())[:-1])}

    plant.setattr(ballots, "closing_of", told)


BUGS: tuple[Plant, ...] = (
    silence_agrees,
    an_objection_is_outvoted,
    a_hold_agrees,
    who_left_is_waited_for,
    nobody_has_to_accept,
    a_refusal_is_overheard,
    sealed_stances_are_shown,
    sealed_nominations_are_shown,
    nominations_go_on_after_the_reveal,
    a_sealed_round_is_declared,
    an_answer_comes_after_the_declaration,
    a_head_office_is_not_listened_to,
    the_first_head_office_decides_for_all,
    the_reveal_leaves_one_out,
    a_nomination_is_changed_in_the_reveal,
    the_case_does_not_move,
    it_is_asked_again_without_a_reason,
    the_closing_forgets_the_last_word,
)


@pytest.mark.guarantee
@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.__name__)
def test_a_planted_bug_is_found(bug: Plant, tmp_path: Path) -> None:
    is_found(bug, tmp_path, LeadMachine)
