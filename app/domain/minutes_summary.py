"""議事要旨: minutes cut down to results, conditions, dissent and next steps, and nobody by name."""

from dataclasses import replace

from app.domain.conference import OUTCOME_KIND_LABELS, OutcomeKind
from app.domain.decision_sheet import Condition, DecisionSheet, SeatAnswer
from app.domain.minutes import Ballot, Form, GapDeclared, ItemMinutes, Minutes
from app.domain.stances import STANCE_LABELS, Stance

SHORT = 80
_INFORMATION = OUTCOME_KIND_LABELS[OutcomeKind.INFORMATION]
# Of the stances those are told that were not simply for it; conditions stand by themselves.
_DISSENT = frozenset({STANCE_LABELS[Stance.OBJECT], STANCE_LABELS[Stance.HOLD]})


def in_short(text: str) -> str:
    """One line of it; the whole stands in the 議事録."""
    words = " ".join(text.split())
    return words if len(words) <= SHORT else words[: SHORT - 1] + "…"


def as_summary(minutes: Minutes) -> Minutes:
    """The same with results only, and without the name of any person but the chair's."""
    return replace(
        minutes,
        form=Form.SUMMARY,
        seats=tuple(replace(seat, people=()) for seat in minutes.seats),
        proxies=tuple(replace(one, person="") for one in minutes.proxies),
        ballots=tuple(map(_ballot_in_short, minutes.ballots)),
        items=tuple(map(_item_in_short, minutes.items)),
        issuer_person="",
    )


def _item_in_short(item: ItemMinutes) -> ItemMinutes:
    return replace(
        item,
        guests=(),
        papers=(),
        outcomes=tuple(
            replace(one, text=in_short(one.text), person="")
            for one in item.outcomes
            if one.kind != _INFORMATION
        ),
        decisions=tuple(map(_decision_in_short, item.decisions)),
        ballots=tuple(map(_ballot_in_short, item.ballots)),
        gaps=tuple(map(_gap_in_short, item.gaps)),
        ending=replace(item.ending, owner_person="") if item.ending else None,
    )


def _decision_in_short(sheet: DecisionSheet) -> DecisionSheet:
    return replace(
        sheet,
        declared_by="",
        lead_person="",
        action=in_short(sheet.action),
        action_person="",
        conditions=tuple(map(_condition_in_short, sheet.conditions)),
        answers=tuple(_answer_in_short(one) for one in sheet.answers if one.stance in _DISSENT),
        replies=tuple(_answer_in_short(one) for one in sheet.replies if one.stance in _DISSENT),
        reasons=(),
        became_because=(),
        addenda=(),
        issued_by="",
    )


def _condition_in_short(one: Condition) -> Condition:
    return replace(one, text=in_short(one.text))


def _answer_in_short(one: SeatAnswer) -> SeatAnswer:
    alternative = in_short(one.alternative)
    return replace(one, how="", remark=in_short(one.remark), alternative=alternative)


def _ballot_in_short(one: Ballot) -> Ballot:
    return replace(one, chair_reason=in_short(one.chair_reason), reasons=(), votes=())


def _gap_in_short(one: GapDeclared) -> GapDeclared:
    moves = tuple(replace(move, person="", reason="") for move in one.moves)
    short = in_short(one.text), in_short(one.next_step), in_short(one.state_text)
    return replace(
        one,
        text=short[0],
        declined=(),
        owner_person="",
        next_step=short[1],
        moves=moves,
        state_text=short[2],
    )
