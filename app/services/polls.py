"""投票・意向確認: the chair puts a question to the table, or to those at one of its items."""

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from app.domain import choosing
from app.domain import conference as rules
from app.domain.access import Act
from app.domain.choosing import YES_AND_NO, Option, PollKind, PollState
from app.domain.conference import ConferenceStatus
from app.domain.dates import western
from app.domain.decision_rules import (
    Abstention,
    DecisionRule,
    Denominator,
    Method,
    Quorum,
    Tie,
    digest_of,
)
from app.domain.errors import Malformed, NotFound, StateForbids
from app.domain.facts import ItemPollOpened, PollOpened
from app.domain.people import Actor
from app.domain.sentences import _
from app.services.commands import ClockTime, Command, Done, Id, OptionalDay, Whole, line, paragraph
from app.services.use_case import use_case
from app.store import electorates, polls, reach
from app.store.columns import new_id
from app.store.tables.conferences import ConferenceRow
from app.store.tables.polls import PollRow
from app.store.unit_of_work import UnitOfWork


class OptionGiven(BaseModel):
    """A text, or where days are asked for a day with a time if one is meant."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: Annotated[str, line(200, required=False)] = ""
    day: OptionalDay = None
    time: ClockTime | None = None


class OpenPoll(Command):
    """At the conference, or with ``item_id`` at an item of it: then only its electorate is asked.

    Without options it is answered with yes and no. ``secret``: nobody ever learns who chose what.
    ``quorum``: so many agencies, or with ``share`` that many per cent of those asked. A ballot
    that is counted by shares has a ``denominator`` and says what an ``abstention`` does to it.
    ``earlier_id`` and ``because``: the ballot it follows, and why it is asked again.
    """

    conference_id: Id
    item_id: Id | None = None
    kind: PollKind
    question: Annotated[str, paragraph(500)]
    options: list[OptionGiven] = Field(default_factory=list, max_length=choosing.MOST_OPTIONS)
    method: Method
    secret: bool = False
    blind: bool = True
    tie: Tie = Tie.CONTINUE
    quorum: Annotated[Whole, Field(ge=1, le=100)] | None = None
    share: bool = False
    denominator: Denominator = Denominator.ALL
    abstention: Abstention = Abstention.LEAVES
    must_include: list[Annotated[str, line(40)]] = Field(default_factory=list, max_length=20)
    earlier_id: Id | None = None
    because: Annotated[str, paragraph(500, required=False)] = ""


@use_case
def open_poll(uow: UnitOfWork, actor: Actor, command: OpenPoll) -> Done:
    """The rule and the electorate are pinned to the ballot for good."""
    at = _place(uow, actor, command)
    rules.require_open(ConferenceStatus(polls.conference_of(at).status))
    earlier = polls.polls_in(uow.session, at.room.id)
    if any(one.state == PollState.OPEN for one in earlier):
        raise StateForbids(
            _("受付中の投票があります。"),
            remedy=_("いまの投票を締め切ってから、次の投票を始めてください。"),
        )
    seats = polls.seats_asked(uow, at)
    rule = _rule_of(command, polls.conference_of(at))
    options = _options_of(command)
    _require_sound(command, rule, options, seats)
    _require_because(command, earlier)
    row = PollRow(
        id=new_id(),
        room_id=at.room.id,
        conference_id=polls.conference_of(at).id,
        item_id=at.row.id if isinstance(at, reach.ItemInHand) else None,
        number=len(earlier) + 1,
        kind=command.kind,
        question=command.question,
        options=options,
        rule=rule.as_mapping(),
        rule_digest=digest_of(rule),
        seats=seats,
        earlier_id=command.earlier_id,
        because=command.because if command.earlier_id else "",
        state=PollState.OPEN,
        opened_by=actor.person_name,
        opened_at=uow.now(),
    )
    uow.session.add(row)
    uow.session.flush()
    fact = polls.fact_of(row, PollOpened, ItemPollOpened)(
        poll_id=row.id,
        number=row.number,
        poll_kind=row.kind,
        question=row.question,
        options=row.options,
        rule=row.rule,
        rule_digest=row.rule_digest,
        seats=seats,
        earlier_id=row.earlier_id,
        because=row.because,
    )
    return Done(id=row.id, cursor=uow.record(at.room, fact))


def _place(
    uow: UnitOfWork, actor: Actor, command: OpenPoll
) -> reach.ConferenceInHand | reach.ItemInHand:
    if command.item_id is None:
        return reach.conference(uow, actor, command.conference_id, Act.RUN_POLL)
    item = reach.item(uow, actor, command.item_id, Act.RUN_POLL)
    if item.conference.id != command.conference_id:
        raise NotFound
    rules.require_running(rules.ItemStatus(item.row.status))
    return item


def _rule_of(command: OpenPoll, conference: ConferenceRow) -> DecisionRule:
    quorum = Quorum(seats=command.quorum or int(conference.template.get("quorum", 2)))
    if command.quorum is not None and command.share:
        quorum = Quorum(percent=command.quorum)
    return DecisionRule(
        method=command.method,
        quorum=quorum,
        must_include=tuple(dict.fromkeys(command.must_include)),
        denominator=command.denominator,
        abstention=command.abstention,
        tie=command.tie,
        blind=command.blind or command.secret,
        secret=command.secret,
        allow_provisional=False,
    )


def _options_of(command: OpenPoll) -> list[dict[str, Any]]:
    """With keys of their own; yes and no where nothing was given."""
    given = [(n, one) for n, one in enumerate(command.options) if one.text or one.day]
    if not given:
        return [_option(one.key, one.text) for one in YES_AND_NO]
    dated = command.kind is PollKind.DATE
    lacking = {
        f"options-{n}-{'day' if dated else 'text'}": _("入力してください。")
        for n, one in given
        if (one.day is None if dated else not one.text)
    }
    if lacking:
        raise Malformed(_("選択肢に入力されていない項目があります。"), fields=lacking)
    return [
        _on_a_day(str(number), one.day, one.time or "", one.text)
        if dated and one.day
        else _option(str(number), one.text)
        for number, (_n, one) in enumerate(given, start=1)
    ]


def _option(key: str, text: str) -> dict[str, Any]:
    return {"key": key, "text": text, "day": None, "time": "", "note": ""}


def _on_a_day(key: str, day: date, time: str, note: str) -> dict[str, Any]:
    text = " ".join(part for part in (western(day), time, note) if part)
    return {"key": key, "text": text, "day": day.isoformat(), "time": time, "note": note}


def _require_sound(
    command: OpenPoll,
    rule: DecisionRule,
    options: list[dict[str, Any]],
    seats: list[electorates.Seat],
) -> None:
    among = [Option(one["key"], one["text"]) for one in options]
    problems = choosing.problems_of_poll(command.kind, rule, among, len(seats))
    if problems:
        values: dict[str, Any] = problems[0].values
        raise Malformed(problems[0].template, **values)
    marks = {mark for seat in seats for mark in (seat["kind"], *seat["marks"])}
    if not marks.issuperset(rule.must_include):
        raise Malformed(
            _("回答が必要な機関が、対象の機関の中にありません。"),
            fields={"must_include": _("選び直してください。")},
        )
    asked = len(seats)
    if rule.quorum.seats is not None and rule.quorum.seats > asked:
        raise Malformed(
            _("定足数は、回答を求める機関の数（{asked}機関）以下にしてください。"),
            fields={"quorum": _("対象の機関の数を超えています。")},
            asked=asked,
        )


def _require_because(command: OpenPoll, earlier: list[PollRow]) -> None:
    if command.earlier_id is None:
        return
    if all(one.id != command.earlier_id for one in earlier):
        raise NotFound
    if not command.because:
        raise Malformed(
            _("前回の投票から改めて行う理由を入力してください。"),
            fields={"because": _("入力してください。")},
        )
