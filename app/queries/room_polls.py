"""Ballots as the room's plain page shows them: what is asked, what may be done, what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.access import Act, Standing, decide
from app.domain.ballot import Outcome
from app.domain.choosing import ABSTAIN, FEWEST_SECRET, PollState, all_alike
from app.domain.conference import UNDER_WAY, ConferenceStatus, ItemStatus
from app.domain.decision_rules import DecisionRule, Tie, text_of
from app.domain.people import Actor
from app.domain.stances import STANCE_LABELS, Stance
from app.domain.text import Sentence
from app.queries.room_page import RoomPage
from app.store import reach
from app.store.pictures.polls import polls_at
from app.store.unit_of_work import Desk


@dataclass(frozen=True, slots=True)
class Line:
    """An option, or 棄権; ``number`` and ``share`` (per cent) once they are known.

    ``is_word``: the text is a word of the product's and not one somebody wrote.
    """

    key: str
    text: str
    is_word: bool
    day: date | None
    rest: str  # what is said beside the day
    number: int | None
    share: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class PollView:
    """``told`` is the picture. ``may_vote``, ``may_close``, ``may_decide``: of this reader."""

    told: dict[str, Any]
    lines: tuple[Line, ...]
    may_vote: bool
    has_voted: bool
    may_close: bool
    may_decide: bool
    is_alike: bool
    rule_text: tuple[Sentence, ...]

    @property
    def is_open(self) -> bool:
        return bool(self.told["state"] == PollState.OPEN)

    def line(self, key: str | None) -> Line | None:
        return next((line for line in self.lines if line.key == key), None)


@dataclass(frozen=True, slots=True)
class RoomPolls:
    """``shown``: the newest of the conference and of the item, what is asked first.

    ``places``: where the chair may open one now, with the item's id or none.
    """

    shown: tuple[PollView, ...]
    past: tuple[PollView, ...]
    places: tuple[str | None, ...]
    fewest_secret: int = FEWEST_SECRET


def room_polls(desk: Desk, actor: Actor, page: RoomPage) -> RoomPolls:
    held = reach.conference(desk, actor, page.id, Act.ENTER_ROOM)
    at_table = _views(actor, page, held.standing, polls_at(desk, held.room.id))
    at_item: list[PollView] = []
    places: list[str | None] = []
    opens = page.status is ConferenceStatus.OPEN
    if opens and decide(actor, Act.RUN_POLL, held.standing):
        places += [None] if not any(one.is_open for one in at_table) else []
    if page.item is not None:
        item = reach.item(desk, actor, page.item.line.id, Act.SEE_ITEM)
        at_item = _views(actor, page, item.standing, page.item.told["polls"])
        running = page.item.line.status is ItemStatus.RUNNING
        if opens and running and decide(actor, Act.RUN_POLL, item.standing):
            places += [item.row.id] if not any(one.is_open for one in at_item) else []
    newest = [*at_table[-1:], *at_item[-1:]]
    return RoomPolls(
        shown=tuple(sorted(newest, key=lambda one: not one.is_open)),
        past=tuple(one for one in reversed([*at_table, *at_item]) if not one.is_open),
        places=tuple(places),
    )


def _views(
    actor: Actor,
    page: RoomPage,
    standing: Standing,
    pictures: Iterable[dict[str, Any]],
) -> list[PollView]:
    return [_view(actor, page, standing, told) for told in pictures]


def _view(actor: Actor, page: RoomPage, standing: Standing, told: dict[str, Any]) -> PollView:
    rule = DecisionRule.of(told["rule"])
    is_open = told["state"] == PollState.OPEN
    asked = any(seat["agency_id"] == actor.agency_id for seat in told["seats"])
    result = told["result"]
    has_voted = actor.agency_id in told["answered"]
    chairs = decide(actor, Act.RUN_POLL, standing)
    return PollView(
        told=told,
        lines=tuple(lines_of(told)),
        may_vote=is_open
        and asked
        and page.status in UNDER_WAY
        and decide(actor, Act.VOTE, standing)
        and not (has_voted and rule.secret),
        has_voted=has_voted,
        may_close=is_open and chairs and page.status is not ConferenceStatus.PAUSED,
        may_decide=chairs
        and result is not None
        and result["outcome"] == Outcome.TIED
        and rule.tie is Tie.CHAIR
        and told["decided"] is None,
        is_alike=rule.secret and result is not None and all_alike(result["counts"]),
        rule_text=text_of(rule),
    )


def lines_of(told: dict[str, Any]) -> Iterable[Line]:
    result = told["result"] or {}
    counts = result.get("counts") or {}
    chosen = told["decided"]["chosen"] if told["decided"] else result.get("chosen")
    every = sum(counts.values())
    abstain = {"key": ABSTAIN, "text": STANCE_LABELS[Stance.ABSTAIN]}
    for one in (*told["options"], abstain):
        key, day = one["key"], one.get("day")
        number = counts.get(key)
        yield Line(
            key=key,
            text=one["text"],
            is_word=key in STANCE_LABELS,
            day=date.fromisoformat(day) if day else None,
            rest=" ".join(part for part in (one.get("time"), one.get("note")) if part),
            number=number,
            share=round(100 * number / every) if number and every else 0,
            is_chosen=key == chosen,
        )
