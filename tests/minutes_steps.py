"""A conference that leaves minutes: two cases, dissent, a secret ballot, an agency that left."""

from datetime import date
from typing import Any

from app.domain.lanes import Lane
from app.services.attendance import TakeAttendance, take_attendance
from app.services.discussion import (
    MarkOutcome,
    RecordOutcome,
    SayRemark,
    mark_outcome,
    record_outcome,
    say_remark,
)
from app.services.interests import DeclareRecusal, declare_recusal
from app.services.lanes import SayInLane, say_in_lane
from app.store.unit_of_work import Database
from tests import poll_steps, room_steps
from tests.conference_steps import case_of, tabled
from tests.factories import StandingClock, Table, op
from tests.proxy_steps import hands_on
from tests.round_steps import accepts, declares, opened, says

CONDITION = "月次で資金繰りを共有すること"
DISSENT = "担保の取扱いを先に整理すべき"
PINNED = "返済は約定どおりに続いている"
SAID, WHISPERED = "新店の投資が重かったと聞いている", "うちは引き受けにくい"
TASK = "店舗別の損益表をまとめる"
QUESTION = "次回の開催地区はどちらがよいですか"
SECOND = "有限会社仁科坂プレス"
# Named somewhere in the record, and in no 議事要旨; the chair is 佐藤 健.
PEOPLE = ("田中 一郎", "井口 真由", "鈴木 花子", "高橋 誠", "伊藤 恵", "渡辺 実", "斉藤 弘")


def held(database: Database, at: Table, clock: StandingClock) -> Table:
    """All of it but the closing. The council is out of the second case, the succession centre
    and the chamber are outside its consent."""
    at.extra["second"] = tabled(database, at, at.conference.id, case_of(database, at))
    _at_the_door(database, at)
    _first_case(database, at, clock)
    _second_case(database, at, clock)
    return at


def closed(database: Database, at: Table, clock: StandingClock) -> Table:
    held(database, at, clock)
    clock.advance(minutes=3)
    room_steps.close(database, at["yorozu"], at.conference.id)
    return at


def _at_the_door(database: Database, at: Table) -> None:
    people = [{"name": "田中 一郎", "title": "融資課長"}, {"name": "井口 真由", "title": "主任"}]
    _attends(database, at, "bank", mode="online", people=people, arrived="09:05")
    for who in ("cga", "yorozu", "council", "succession"):
        name = {"name": at[who].person_name, "title": "主任"}
        _attends(database, at, who, mode="on_site", people=[name])
    _attends(database, at, "chamber", mode="absent")
    hands_on(database, at, "chamber", "council")


def _attends(database: Database, at: Table, who: str, **more: Any) -> None:
    values = {"op_id": op(), "conference_id": at.conference.id, **more}
    take_attendance(database, at[who], TakeAttendance.model_validate(values))


def _first_case(database: Database, at: Table, clock: StandingClock) -> None:
    item = at.item.id
    remark = say_remark(database, at["bank"], SayRemark(op_id=op(), item_id=item, text=PINNED))
    say_remark(database, at["cga"], SayRemark(op_id=op(), item_id=item, text=SAID))
    whisper = {"lane": Lane.AGENCY, "agency_id": at.agencies["bank"].id, "text": WHISPERED}
    say_in_lane(
        database, at["bank"], SayInLane.model_validate({"op_id": op(), "item_id": item} | whisper)
    )
    told = {"op_id": op(), "remark_id": remark.id, "kind": "information"}
    mark_outcome(database, at["yorozu"], MarkOutcome.model_validate(told))
    clock.advance(minutes=5)
    room_steps.pause(database, at["yorozu"], at.conference.id)
    clock.advance(minutes=10)
    room_steps.resume(database, at["yorozu"], at.conference.id)
    first = opened(database, at)
    says(database, at, first, "bank", "object", text=DISSENT, alternative="協議会を先に")
    accepts(database, at, first)
    declares(database, at, first, "continued", date(2026, 12, 15))
    clock.advance(minutes=5)
    second = opened(database, at, because="担保の取扱いを整理したため")
    for who in ("cga", "yorozu", "council", "succession", "chamber"):
        says(database, at, second, who, "agree")
    says(database, at, second, "bank", "agree_with_condition", text=CONDITION)
    accepts(database, at, second)
    declares(database, at, second, "decided")
    at.extra["round"] = second
    task: dict[str, Any] = {"kind": "task", "text": TASK, "person": "斉藤 弘", "due": "2026-12-05"}
    task |= {"op_id": op(), "item_id": item, "agency_id": at.agencies["cga"].id}
    record_outcome(database, at["cga"], RecordOutcome.model_validate(task))
    secret = poll_steps.opened(database, at, question=QUESTION, secret=True)
    poll_steps.all_cast(database, at, secret, "11211-")
    poll_steps.closes(database, at, secret)
    room_steps.end(database, at["yorozu"], item)


def _second_case(database: Database, at: Table, clock: StandingClock) -> None:
    second = at.extra["second"]
    clock.advance(minutes=1)
    room_steps.start(database, at["yorozu"], second)
    out = DeclareRecusal(op_id=op(), item_id=second, reason="取引先が競合する")
    declare_recusal(database, at["council"], out)
    clock.advance(minutes=10)
    room_steps.carry_over(
        database,
        at["yorozu"],
        second,
        owner_agency_id=at.agencies["cga"].id,
        owner_person="鈴木 花子",
        next_date=date(2027, 1, 19),
    )
