"""A break: the clock stands, the table takes nothing, and the running item loses no time."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from app.domain.errors import NotEntitled, NotFound, StateForbids
from app.domain.facts import RoomKind
from app.services.discussion import SayRemark, say_remark
from app.services.pausing import PauseConference
from app.services.stances import GiveStance, give_stance
from app.store.unit_of_work import Database
from tests.conference_steps import added, conference, entries, item, opened
from tests.factories import NOW, StandingClock, op, table
from tests.room_steps import close, end, extend, pause, propose, resume, start


def test_the_running_item_ends_later_by_as_long_as_the_break_was(
    database: Database, clock: StandingClock
) -> None:
    at = table(database, running=False)
    conference_id, _case_item, report = opened(database, at)
    start(database, at["cga"], report)
    clock.advance(minutes=4)
    pause(database, at["cga"], conference_id)
    told = entries(database, RoomKind.CONFERENCE, conference_id)[-1]
    assert (told.kind, told.body) == (
        "conference_paused",
        {
            "reason": "換気のため",
            "at": "2026-11-24T00:04:00.000Z",
            "resumes_at": "2026-11-24T00:14:00.000Z",
        },
    )
    assert conference(database, conference_id).status == "paused"
    clock.advance(minutes=12)
    resume(database, at["cga"], conference_id)
    assert conference(database, conference_id).status == "open"
    assert item(database, report).ends_at == NOW + timedelta(minutes=10 + 12)


def test_during_a_break_the_table_takes_nothing_and_says_so(database: Database) -> None:
    at = table(database)
    conference_id = at.conference.id
    with database.begin() as uow:
        row = uow.session.merge(at.conference)
        row.chair_agency_id = at.agencies["cga"].id
        uow.session.add(row)
    round_id = propose(database, at, at.item.id)
    pause(database, at["cga"], conference_id)
    stance = GiveStance.model_validate({"op_id": op(), "round_id": round_id, "stance": "agree"})
    refused = [
        lambda: say_remark(
            database, at["bank"], SayRemark(op_id=op(), item_id=at.item.id, text="一言")
        ),
        lambda: give_stance(database, at["bank"], stance),
        lambda: extend(database, at["cga"], at.item.id),
        lambda: end(database, at["cga"], at.item.id),
        lambda: close(database, at["cga"], conference_id),
        lambda: pause(database, at["cga"], conference_id),
    ]
    for act in refused:
        with pytest.raises(StateForbids) as refusal:
            act()
        assert str(refusal.value) == "会議は休憩中のため、この操作はできません。"
        assert refusal.value.remedy == "会議が再開してから、もう一度操作してください。"
    resume(database, at["cga"], conference_id)
    give_stance(database, at["bank"], stance)


def test_the_agenda_may_be_arranged_during_a_break_but_nothing_starts(database: Database) -> None:
    at = table(database, running=False)
    conference_id, _case_item, report = opened(database, at)
    pause(database, at["cga"], conference_id)
    added(database, at, conference_id, "挿入した議題")
    with pytest.raises(StateForbids):
        start(database, at["cga"], report)


def test_only_chair_and_host_pause_and_only_a_break_is_resumed(database: Database) -> None:
    at = table(database, running=False)
    conference_id, _case_item, _report = opened(database, at)
    for refusal, actor in ((NotEntitled, at["bank"]), (NotFound, at.outsider)):
        for act in (pause, resume):
            with pytest.raises(refusal):
                act(database, actor, conference_id)
    with pytest.raises(StateForbids) as not_paused:
        resume(database, at["cga"], conference_id)
    assert str(not_paused.value) == "会議は「開催中」のため、再開できません。"


@pytest.mark.parametrize("wrong", [{"minutes": 0}, {"minutes": 181}, {"reason": " "}])
def test_a_break_says_why_and_for_how_long(wrong: dict[str, object]) -> None:
    values = {"op_id": op(), "conference_id": op(), "reason": "休憩", "minutes": 10}
    with pytest.raises(ValidationError):
        PauseConference.model_validate(values | wrong)
