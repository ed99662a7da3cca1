"""What the journal of an item says of choosing the lead, and whether it follows from itself."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import date
from typing import Any, Protocol

from app.domain import consensus
from app.domain.ballot import VotingSeat
from app.domain.consensus import Result
from app.domain.decision_rules import DecisionRule
from app.domain.journal_faults import Fault
from app.domain.lead_questions import Body, Question, Word
from app.domain.lead_selection import content_of
from app.domain.receipts import receipt_of
from app.domain.sealing import seal_of
from app.domain.stances import Given, Stance

SAID = ("stance", "text", "alternative", "reply_by", "owner_id", "due")
# Told beside it since others can say a seat's word; so it was in journals before that.
PLAIN: dict[str, Any] = {"manner": "own", "reason": "", "file": None}
_TOLD = (*SAID, *PLAIN)


class Recorded(Protocol):
    """An entry of the journal, as far as it is read here."""

    @property
    def seq(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def person_name(self) -> str: ...
    @property
    def hash(self) -> str: ...
    @property
    def body(self) -> dict[str, Any] | None: ...


class LeadCourse:
    """Reads an item's entries in order, and tells where one does not follow from those before.

    Where a body was erased nothing of the course can be recomputed: ``withheld`` says so.
    """

    def __init__(self, item_id: str) -> None:
        self.item_id = item_id
        self.questions: dict[str, Question] = {}
        self.withheld = False
        self._nominated: dict[int, dict[str, str]] = {}
        self._out: set[str] = set()

    def faults(self, entries: Iterable[Recorded]) -> list[tuple[int, Fault]]:
        found = []
        for entry in entries:
            take = _TAKES.get(entry.kind)
            if take is None:
                continue
            if entry.body is None:
                self.withheld = True
                return []
            try:
                found += [(entry.seq, fault) for fault in take(self, entry, entry.body)]
            except (AttributeError, KeyError, TypeError, ValueError):
                found.append((entry.seq, Fault.SHAPE))
        return found

    def _nomination_sealed(self, _entry: Recorded, body: Body) -> Iterator[Fault]:
        self._nominated.setdefault(body["turn"], {})[body["agency_id"]] = body["seal"]
        yield from ()

    def _nominations_revealed(self, _entry: Recorded, body: Body) -> Iterator[Fault]:
        """Whoever has left for an interest by now is not told."""
        turn = body["turn"]
        sealed = self._nominated.get(turn, {})
        expected = sorted((who, seal) for who, seal in sealed.items() if who not in self._out)
        shown = []
        for one in body["nominations"]:
            content = content_of(
                self.item_id, one["agency_id"], turn, one["nominee_id"], one["reason"]
            )
            shown.append((one["agency_id"], seal_of(content, one["nonce"])))
        if sorted(shown) != expected:
            yield Fault.SEALS

    def _recused(self, _entry: Recorded, body: Body) -> Iterator[Fault]:
        self._out.add(body["agency_id"])
        question = self.questions.get(body["round_id"])
        if question:
            question.recused.add(body["agency_id"])
        elif body["round_id"]:
            yield Fault.CLOSED

    def _lifted(self, _entry: Recorded, body: Body) -> Iterator[Fault]:
        self._out.discard(body["agency_id"])
        question = self.questions.get(body["round_id"])
        if question:
            question.recused.discard(body["agency_id"])
        elif body["round_id"]:
            yield Fault.CLOSED

    def _opened(self, entry: Recorded, body: Body) -> Iterator[Fault]:
        self.questions[body["round_id"]] = Question(body, entry.seq)
        # Over the rule as it was pinned, whatever its schema.
        if _digest_of(body["rule"]) != body["rule_digest"]:
            yield Fault.RULE

    def _answered(self, entry: Recorded, body: Body) -> Iterator[Fault]:
        question = self._open(body)
        if question is None:
            yield Fault.CLOSED
            return
        before = question.words.get(body["agency_id"])
        question.words[body["agency_id"]] = Word(
            said=_all_told(body) if "stance" in body else {},
            seal=body.get("seal"),
            person=entry.person_name,
            receipt=receipt_of(entry.hash),
            times=before.times + 1 if before else 1,
            manner=body.get("manner", "own"),
        )

    def _stances_revealed(self, _entry: Recorded, body: Body) -> Iterator[Fault]:
        question = self._open(body)
        if question is None:
            yield Fault.CLOSED
            return
        question.revealed = True
        sealed = {who: word.seal for who, word in question.words.items()}
        shown = {
            who: seal_of(sealed_content(body["round_id"], who, told), told["nonce"])
            for who, told in body["stances"].items()
        }
        manners = {who: told.get("manner", "own") for who, told in body["stances"].items()}
        if shown != sealed or manners != {w: word.manner for w, word in question.words.items()}:
            yield Fault.SEALS
            return
        for who, told in body["stances"].items():
            question.words[who].said = _all_told(told)

    def _lead_answered(self, _entry: Recorded, body: Body) -> Iterator[Fault]:
        question = self._open(body)
        if question is None:
            yield Fault.CLOSED
        else:
            question.answer = body

    def _declared(self, entry: Recorded, body: Body) -> Iterator[Fault]:
        question = self._open(body)
        if question is None:
            yield Fault.CLOSED
            return
        question.declared, question.declared_at = body, entry.seq
        yield from _faults_of(question, body)

    def _replaced(self, entry: Recorded, body: Body) -> Iterator[Fault]:
        question = self._open(body)
        if question is None:
            yield Fault.CLOSED
            return
        question.replaced, question.declared_at = body, entry.seq
        yield from _faults_of(question, body)

    def _hold_answered(self, entry: Recorded, body: Body) -> Iterator[Fault]:
        question = self.questions.get(body["round_id"])
        if question is None or not question.is_provisional:
            yield Fault.CLOSED
            return
        before = question.replies.get(body["agency_id"])
        question.replies[body["agency_id"]] = Word(
            said={name: body[name] for name in ("stance", "text", "alternative")},
            seal=None,
            person=entry.person_name,
            receipt=receipt_of(entry.hash),
            times=before.times + 1 if before else 1,
        )

    def _settled(self, entry: Recorded, body: Body) -> Iterator[Fault]:
        """It may always be returned; a decision needs everybody's word who took it home."""
        question = self.questions.get(body["round_id"])
        if question is None or not question.is_provisional:
            yield Fault.CLOSED
            return
        question.settled, question.settled_by = body, entry.person_name
        holding = {
            who
            for who, word in question.words.items()
            if word.said["stance"] == Stance.HOLD and who not in self._out
        }
        said = {who: Stance(word.said["stance"]) for who, word in question.replies.items()}
        allowed = {Result.CONTINUED, consensus.after_replies(holding, said)}
        if Result(body["result"]) not in allowed:
            yield Fault.RESULT

    def _open(self, body: Body) -> Question | None:
        question = self.questions.get(body["round_id"])
        over = question is None or question.declared or question.replaced
        return None if over else question


_TAKES: dict[str, Callable[[LeadCourse, Recorded, Body], Iterable[Fault]]] = {
    "nomination_sealed": LeadCourse._nomination_sealed,
    "nominations_revealed": LeadCourse._nominations_revealed,
    "agency_recused": LeadCourse._recused,
    "recusal_lifted": LeadCourse._lifted,
    "round_opened": LeadCourse._opened,
    "stance_given": LeadCourse._answered,
    "stance_sealed": LeadCourse._answered,
    "stances_revealed": LeadCourse._stances_revealed,
    "lead_answered": LeadCourse._lead_answered,
    "result_declared": LeadCourse._declared,
    "round_replaced": LeadCourse._replaced,
    "hold_answered": LeadCourse._hold_answered,
    "provisional_settled": LeadCourse._settled,
}
KINDS = frozenset(_TAKES)


def _faults_of(question: Question, body: Body) -> Iterator[Fault]:
    """Where a declaration says something else than what was recorded until then."""
    opened, closing = question.opened, body["closing"]
    if closing["rule_digest"] != opened["rule_digest"]:
        yield Fault.RULE
    same_seats = _apart_from_presence(opened["seats"]) == _apart_from_presence(closing["seats"])
    left = (closing["recused"], closing["accepted"])
    if not same_seats or left != (sorted(question.recused), question.accepted):
        yield Fault.ELECTORATE
    counted = {who: {**PLAIN, **told} for who, told in closing["stances"].items()}
    if counted != {who: {**PLAIN, **word.told()} for who, word in question.words.items()}:
        yield Fault.STANCES
    verdict = consensus.outcome_of(
        DecisionRule.of(opened["rule"]),
        [_seat_of(seat) for seat in closing["seats"]],
        opened["nominee_id"],
        question.accepted,
        {who: _given(word.said) for who, word in question.words.items()},
        question.recused,
    )
    if closing["tally"] != asdict(verdict.tally):
        yield Fault.TALLY
    if "result" in body and not consensus.may_declare(verdict, Result(body["result"])):
        yield Fault.RESULT


def _apart_from_presence(seats: Iterable[Body]) -> list[dict[str, Any]]:
    """How a seat takes part may change until the end; who is asked may not."""
    return [{**seat, "takes_part": None} for seat in seats]


def _seat_of(seat: Body) -> VotingSeat:
    return VotingSeat(
        agency_id=seat["agency_id"],
        name=seat["name"],
        marks=frozenset({seat["kind"], *seat.get("marks", ())}),
        takes_part=seat.get("takes_part", True),
    )


def _given(said: Body) -> Given:
    by = said["reply_by"]
    return Given(Stance(said["stance"]), date.fromisoformat(by) if by else None)


def sealed_content(round_id: str, agency_id: str, said: Body) -> dict[str, Any]:
    """What the seal of a stance stands for."""
    return {"round_id": round_id, "agency_id": agency_id, **{name: said[name] for name in SAID}}


def _all_told(body: Body) -> dict[str, Any]:
    return {name: body[name] for name in _TOLD if name in body}


def _digest_of(rule: Body) -> str:
    told = json.dumps(rule, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()
