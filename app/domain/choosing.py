"""投票・意向確認: a question with options, or with yes and no, put to the seats of a table.

A ballot is named, or secret: then only who has voted is known and how often each was chosen.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain import ballot
from app.domain.ballot import Outcome, VotingSeat
from app.domain.decision_rules import DecisionRule, Method, Tie, problems_of
from app.domain.sentences import _
from app.domain.stances import STANCE_LABELS, Given, Stance
from app.domain.text import Sentence, listed

FEWEST_OPTIONS, MOST_OPTIONS = 2, 8
# Among fewer, what somebody said is soon guessed.
FEWEST_SECRET = 5
ABSTAIN = Stance.ABSTAIN.value


class PollKind(StrEnum):
    DATE = "date"
    WORDING = "wording"
    TEMPERATURE = "temperature"
    OTHER = "other"


POLL_KIND_LABELS = {
    PollKind.DATE: _("日程"),
    PollKind.WORDING: _("文言"),
    PollKind.TEMPERATURE: _("意向確認"),
    PollKind.OTHER: _("その他"),
}
# Whose words are weighed against each other is chosen among; the others may be agreed to.
METHODS = {
    PollKind.DATE: (Method.PLURALITY, Method.ADVISORY),
    PollKind.WORDING: (Method.PLURALITY, Method.ADVISORY),
    PollKind.TEMPERATURE: (Method.ADVISORY,),
    PollKind.OTHER: (
        Method.PLURALITY,
        Method.MAJORITY,
        Method.TWO_THIRDS,
        Method.UNANIMITY,
        Method.CONSENSUS,
        Method.NO_OBJECTION,
        Method.ADVISORY,
    ),
}
OUTCOME_LABELS = {
    Outcome.CARRIED: _("決定"),
    Outcome.NOT_CARRIED: _("決まりませんでした"),
    Outcome.TIED: _("同数"),
    Outcome.HEARD: _("意見を聴きました"),
}


class PollState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Option:
    key: str
    text: str


YES_AND_NO = (
    Option(Stance.AGREE, STANCE_LABELS[Stance.AGREE]),
    Option(Stance.OBJECT, STANCE_LABELS[Stance.OBJECT]),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """``outcome`` is None where something is missing; ``chosen`` is the option that won.

    ``counts``: by option and 棄権, in that order; empty where nobody may know them.
    """

    outcome: Outcome | None
    chosen: str | None
    tied: tuple[str, ...]
    counts: dict[str, int]
    reasons: tuple[str, ...]
    missing: tuple[str, ...]
    silent: tuple[str, ...]


def is_yes_or_no(options: Sequence[Option]) -> bool:
    return {one.key for one in options} == {one.key for one in YES_AND_NO}


def problems_of_poll(
    kind: PollKind, rule: DecisionRule, options: Sequence[Option], asked: int
) -> tuple[Sentence, ...]:
    """What about the question cannot hold together; empty when it may be put to ``asked`` seats."""
    found = list(problems_of(rule))
    if rule.method not in METHODS[kind]:
        found.append(Sentence(_("この種類では使えない決定方法です。")))
    if rule.presence:
        found.append(Sentence(_("投票では、欠席以外のすべての機関に回答を求めます。")))
    chosen_among = not is_yes_or_no(options)
    if rule.method is Method.PLURALITY and not chosen_among:
        found.append(Sentence(_("相対多数で決めるには、2つ以上の選択肢が必要です。")))
    if chosen_among and rule.method not in {Method.PLURALITY, Method.ADVISORY}:
        found.append(Sentence(_("この決定方法では、選択肢は賛成・反対・棄権に限られます。")))
    if not FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS:
        found.append(
            Sentence(
                _("選択肢は{fewest}〜{most}個で入力してください。"),
                fewest=FEWEST_OPTIONS,
                most=MOST_OPTIONS,
            )
        )
    if len({one.text for one in options}) < len(options):
        found.append(Sentence(_("同じ選択肢が二つ以上あります。")))
    if asked == 0:
        found.append(Sentence(_("回答を求める機関がありません。")))
    elif rule.secret and asked < FEWEST_SECRET:
        found.append(
            Sentence(
                _(
                    "無記名の投票は、対象が{fewest}機関以上のときに行えます（現在{asked}機関）。"
                    "少ない機関では、誰の選択かが分かるためです。"
                ),
                fewest=FEWEST_SECRET,
                asked=asked,
            )
        )
    return tuple(found)


def judge_named(
    rule: DecisionRule,
    options: Sequence[Option],
    seats: Sequence[VotingSeat],
    choices: Mapping[str, str],
    excluded: Collection[str] = (),
) -> Verdict:
    """``choices``: agency → option or 棄権. Who left for a conflict is neither heard nor missed."""
    asked = [seat for seat in seats if seat.agency_id not in excluded]
    heard = {s.agency_id: choices[s.agency_id] for s in asked if s.agency_id in choices}
    counts = Counter(heard.values())
    if rule.method in {Method.PLURALITY, Method.ADVISORY}:
        return _by_options(rule, options, asked, heard, counts)
    told = ballot.outcome_of(rule, asked, {one: Given(Stance(said)) for one, said in heard.items()})
    return _by_yes_and_no(rule, options, counts, told)


def judge_secret(
    rule: DecisionRule,
    options: Sequence[Option],
    seats: Sequence[VotingSeat],
    voted: Collection[str],
    box: Mapping[str, int],
    excluded: Collection[str] = (),
) -> Verdict:
    """``box``: how often each was chosen. It stays shut over fewer than five voices.

    A voice cannot be taken out again, so it stays shut too when one of those who voted has left
    for a conflict of interest since.
    """
    asked = [seat for seat in seats if seat.agency_id not in excluded]
    heard = [seat.agency_id for seat in seats if seat.agency_id in voted]
    shut = []
    if len(heard) < FEWEST_SECRET:
        text = _("投票が{fewest}機関に満たないため、開票しません（投票{heard}機関）。")
        shut.append(Sentence(text, fewest=FEWEST_SECRET, heard=len(heard)))
    left = [seat.name for seat in seats if seat.agency_id in voted and seat.agency_id in excluded]
    if left:
        text = _("投票した機関が利益相反のため退席したので、開票しません：{names}")
        shut.append(Sentence(text, names=listed(left)))
    if shut:
        silent = tuple(seat.agency_id for seat in asked if seat.agency_id not in voted)
        return Verdict(None, None, (), {}, (), tuple(shut), silent)
    if rule.method in {Method.PLURALITY, Method.ADVISORY}:
        return _by_options(rule, options, asked, heard, box)
    counted = {Stance(key): number for key, number in box.items()}
    told = ballot.outcome_by_count(rule, asked, heard, counted)
    return _by_yes_and_no(rule, options, box, told)


def after_tie(rule: DecisionRule) -> Sentence:
    """What the rule says becomes of a tie, as the next thing to do."""
    return Sentence(
        {
            Tie.CHAIR: _("議長が裁決します。"),
            Tie.AGAIN: _("改めて投票を行います。"),
            Tie.CONTINUE: _("協議を続けます。"),
        }[rule.tie]
    )


def all_alike(counts: Mapping[str, int]) -> bool:
    """Whether everybody chose the same: then even a secret ballot tells what each has chosen."""
    return sum(number > 0 for number in counts.values()) == 1


def _in_order(options: Sequence[Option], counts: Mapping[str, int]) -> dict[str, int]:
    return {key: counts.get(key, 0) for key in (*(one.key for one in options), ABSTAIN)}


def _by_options(
    rule: DecisionRule,
    options: Sequence[Option],
    asked: Sequence[VotingSeat],
    heard: Collection[str],
    counts: Mapping[str, int],
) -> Verdict:
    names = {seat.agency_id: seat.name for seat in asked}
    silent = tuple(one for one in names if one not in heard)
    words = {one: Given(Stance.ABSTAIN) for one in heard}
    missing = ballot.missing_of(rule, asked, words, silent, names)
    told = _in_order(options, counts)
    if missing:
        return Verdict(None, None, (), told, (), missing, silent)
    if rule.method is Method.ADVISORY:
        heard_all = Sentence(_("各機関の意見を聴きました。決定はしません。"))
        return Verdict(Outcome.HEARD, None, (), told, (heard_all,), (), silent)
    most = max(told[one.key] for one in options)
    first = [one for one in options if told[one.key] == most] if most else []
    if len(first) == 1:
        why = Sentence(_("最も多く選ばれました：{option}（{n}機関）"), option=first[0].text, n=most)
        return Verdict(Outcome.CARRIED, first[0].key, (), told, (why,), (), silent)
    if not first:
        nobody = Sentence(_("どの選択肢も選ばれませんでした。"))
        return Verdict(Outcome.NOT_CARRIED, None, (), told, (nobody,), (), silent)
    equal = Sentence(
        _("最多が同数です：{options}（各{n}機関）"),
        options=listed(one.text for one in first),
        n=most,
    )
    tied = tuple(one.key for one in first)
    return Verdict(Outcome.TIED, None, tied, told, (equal, after_tie(rule)), (), silent)


def _by_yes_and_no(
    rule: DecisionRule,
    options: Sequence[Option],
    counts: Mapping[str, int],
    told: ballot.Verdict,
) -> Verdict:
    tied = told.outcome is Outcome.TIED
    return Verdict(
        outcome=told.outcome,
        chosen=Stance.AGREE.value if told.outcome is Outcome.CARRIED else None,
        tied=tuple(one.key for one in options) if tied else (),
        counts=_in_order(options, counts),
        reasons=(*told.reasons, after_tie(rule)) if tied else told.reasons,
        missing=told.missing,
        silent=told.silent,
    )
