"""Steps, 後回し, 取下げ, the next conference, and what a close still needs."""

import pytest

from app.domain.errors import Incomplete, Malformed, NotEntitled, StateForbids
from app.domain.facts import RoomKind
from app.domain.people import Actor
from app.services.item_course import (
    SettleItem,
    WithdrawItem,
    settle_item,
    withdraw_item,
)
from app.store.conferences import items_of
from app.store.tables.conferences import ConferenceRow
from app.store.tables.course import ItemResultRow
from app.store.unit_of_work import Database
from tests.conference_steps import (
    added,
    case,
    entries,
    item,
    kinds,
    opened,
    planned,
)
from tests.factories import op, table
from tests.room_steps import (
    LATER,
    carry_over,
    close,
    end,
    hand_over,
    pass_over,
    propose,
    put_off,
    start,
    step,
)


def order(database: Database, conference_id: str) -> list[str]:
    with database.read() as desk:
        return [one.id for one in items_of(desk, conference_id)]


def result(database: Database, item_id: str) -> ItemResultRow:
    with database.read() as desk:
        return desk.session.get_one(ItemResultRow, item_id)


def withdraw(database: Database, actor: Actor, item_id: str, **more: object) -> None:
    values = {"op_id": op(), "item_id": item_id, **more}
    withdraw_item(database, actor, WithdrawItem.model_validate(values))


def test_a_step_stays_when_the_chair_passes_on_and_a_question_moves_it(database: Database) -> None:
    at = table(database, running=False)
    conference_id, case_item, report = opened(database, at)
    with pytest.raises(StateForbids):
        step(database, at["cga"], case_item, "questions")
    start(database, at["cga"], case_item)
    assert item(database, case_item).step == "explanation"
    step(database, at["cga"], case_item, "questions")
    with pytest.raises(NotEntitled):
        step(database, at["bank"], case_item, "menu")
    hand_over(database, at["cga"], conference_id, at.agencies["yorozu"].id)
    assert item(database, case_item).step == "questions"
    hand_over(database, at["yorozu"], conference_id, at.agencies["cga"].id)
    propose(database, at, case_item)
    assert item(database, case_item).step == "lead"
    step(database, at["cga"], case_item, "menu")
    assert item(database, case_item).step == "menu"
    assert report in order(database, conference_id)


def test_a_report_has_no_steps(database: Database) -> None:
    at = table(database, running=False)
    _conference_id, _case_item, report = opened(database, at)
    start(database, at["cga"], report)
    with pytest.raises(StateForbids):
        step(database, at["cga"], report, "questions")
    assert item(database, report).step is None


def test_what_waits_is_put_behind_the_next_or_behind_all(database: Database) -> None:
    at = table(database, running=False)
    conference_id, case_item, report = opened(database, at)
    last = added(database, at, conference_id, "その他")
    put_off(database, at["cga"], case_item, "next")
    assert order(database, conference_id) == [report, case_item, last]
    put_off(database, at["cga"], report, "last")
    assert order(database, conference_id) == [case_item, last, report]
    with pytest.raises(StateForbids):
        put_off(database, at["cga"], report)


def test_a_running_case_that_is_put_off_waits_and_starts_anew(database: Database) -> None:
    at = table(database, running=False)
    _conference_id, case_item, report = opened(database, at)
    start(database, at["cga"], case_item)
    step(database, at["cga"], case_item, "questions")
    put_off(database, at["cga"], case_item)
    row = item(database, case_item)
    assert (row.status, row.started_at, row.position) == ("waiting", None, 2)
    assert case(database, row.case_id).status == "scheduled"
    start(database, at["cga"], report)
    start(database, at["cga"], case_item)
    assert item(database, case_item).step == "questions"
    assert case(database, row.case_id).status == "in_conference"


def test_what_has_begun_keeps_its_place_whatever_is_put_off(database: Database) -> None:
    at = table(database, running=False)
    conference_id, case_item, report = opened(database, at)
    last = added(database, at, conference_id, "その他")
    start(database, at["cga"], report)
    put_off(database, at["cga"], case_item)
    assert order(database, conference_id) == [last, report, case_item]


def test_a_case_is_withdrawn_by_an_agency_with_a_reason_and_can_be_tabled_again(
    database: Database,
) -> None:
    at = table(database, running=False)
    _conference_id, case_item, _report = opened(database, at)
    start(database, at["cga"], case_item)
    bank = at.agencies["bank"].id
    with pytest.raises(Malformed) as refusal:
        withdraw(database, at["cga"], case_item)
    assert sorted(refusal.value.fields) == ["agency_id", "reason"]
    with pytest.raises(Malformed):
        withdraw(
            database, at["cga"], case_item, agency_id=at.outsider.agency_id, reason="資料の不備"
        )
    withdraw(
        database, at["cga"], case_item, agency_id=bank, person="田中 一郎", reason="資料の不備"
    )
    row = item(database, case_item)
    assert row.status == "done"
    assert case(database, row.case_id).status == "accepted"
    told = result(database, case_item)
    assert (told.result, told.owner_agency_id, told.owner_person, told.reason) == (
        "withdrawn",
        bank,
        "田中 一郎",
        "資料の不備",
    )
    last_two = entries(database, RoomKind.ITEM, case_item)[-2:]
    assert [entry.kind for entry in last_two] == ["item_settled", "item_picture_kept"]


def test_the_reason_of_a_withdrawal_stays_in_the_items_own_room(database: Database) -> None:
    at = table(database, running=False)
    conference_id, case_item, _report = opened(database, at)
    withdraw(
        database,
        at["cga"],
        case_item,
        agency_id=at.agencies["bank"].id,
        reason="代表者の入院のため",
    )
    told = [entry.body for entry in entries(database, RoomKind.CONFERENCE, conference_id)]
    assert told[-1] == {
        "item_id": case_item,
        "ended_at": "2026-11-24T00:00:00.000Z",
        "result": "withdrawn",
    }
    assert "代表者の入院のため" not in str(told)


def test_an_asked_or_decided_item_is_neither_withdrawn_nor_put_off(database: Database) -> None:
    at = table(database, running=False)
    _conference_id, case_item, _report = opened(database, at)
    start(database, at["cga"], case_item)
    propose(database, at, case_item)
    bank = at.agencies["bank"].id
    with pytest.raises(StateForbids):
        withdraw(database, at["cga"], case_item, agency_id=bank, reason="資料の不備")
    with pytest.raises(StateForbids):
        put_off(database, at["cga"], case_item)


def test_a_case_moves_to_the_next_conference_of_the_secretariat(database: Database) -> None:
    at = table(database, running=False)
    conference_id, case_item, _report = opened(database, at)
    later = planned(database, at, held="2027-01-19")
    start(database, at["cga"], case_item)
    carry_over(database, at["cga"], case_item, conference_id=later)
    case_id = item(database, case_item).case_id
    moved = item(database, order(database, later)[0])
    assert (moved.case_id, moved.minutes, moved.status) == (case_id, 30, "waiting")
    assert case(database, case_id).status == "scheduled"
    told = result(database, case_item)
    assert (told.result, told.next_conference_id, str(told.next_date)) == (
        "continued",
        later,
        "2027-01-19",
    )
    assert told.owner_agency_id == at.agencies["cga"].id
    assert kinds(database, RoomKind.CASE, case_id)[-2:] == ["case_discussed", "case_tabled"]
    pass_over(database, at["cga"], order(database, conference_id)[1])
    close(database, at["cga"], conference_id)


def test_a_report_moves_as_it_is(database: Database) -> None:
    at = table(database, running=False)
    _conference_id, _case_item, report = opened(database, at)
    later = planned(database, at)
    carry_over(database, at["cga"], report, conference_id=later)
    moved = item(database, order(database, later)[0])
    assert (moved.kind, moved.title, moved.minutes) == ("report", "前回の報告", 10)


def test_a_case_does_not_move_where_its_consent_does_not_reach(database: Database) -> None:
    at = table(database, running=False)
    _conference_id, case_item, _report = opened(database, at)
    later = planned(database, at, held="2027-04-20")
    with pytest.raises(StateForbids) as refusal:
        carry_over(database, at["cga"], case_item, conference_id=later)
    assert str(refusal.value) == "会議の開催日に同意が有効ではないため、付議できません。"
    assert item(database, case_item).status == "waiting"


def test_an_item_moves_only_to_a_coming_conference_the_chair_may_see(database: Database) -> None:
    at = table(database, running=False)
    conference_id, case_item, _report = opened(database, at)
    hidden = planned(database, at, agency_ids=[at.agencies["yorozu"].id], quorum=2)
    hand_over(database, at["cga"], conference_id, at.agencies["succession"].id)
    for target in (conference_id, hidden, op()):
        with pytest.raises(Malformed):
            carry_over(database, at["succession"], case_item, conference_id=target)
    started = planned(database, at)
    with database.begin() as uow:
        row = uow.session.get_one(ConferenceRow, started)
        row.status = "open"
        uow.session.add(row)
    with pytest.raises(StateForbids):
        carry_over(database, at["cga"], case_item, conference_id=started)


def test_the_close_names_each_item_and_what_it_lacks(database: Database) -> None:
    at = table(database, running=False)
    conference_id, case_item, report = opened(database, at)
    carry_over(database, at["cga"], case_item)
    with pytest.raises(Incomplete) as refusal:
        close(database, at["cga"], conference_id)
    assert str(refusal.value) == (
        "まだ会議を終了できません。足りないもの："
        "議題1（次に協議する日または会議）、議題2（終了または見送り）"
    )
    assert refusal.value.detail["missing"] == ["1", "2"]
    pass_over(database, at["cga"], report)
    council = at.agencies["council"].id
    command = SettleItem.model_validate(
        {"op_id": op(), "item_id": case_item, "owner_agency_id": council, "next_date": LATER}
    )
    with pytest.raises(NotEntitled):
        settle_item(database, at["bank"], command)
    settle_item(database, at["cga"], command)
    told = result(database, case_item)
    assert (told.owner_agency_id, str(told.next_date)) == (council, LATER)
    close(database, at["cga"], conference_id)


def test_only_what_goes_on_is_settled_anew(database: Database) -> None:
    at = table(database, running=False)
    _conference_id, _case_item, report = opened(database, at)
    values = {"op_id": op(), "item_id": report, "owner_agency_id": at.agencies["cga"].id}
    with pytest.raises(StateForbids):
        settle_item(database, at["cga"], SettleItem.model_validate(values))
    start(database, at["cga"], report)
    with pytest.raises(StateForbids):
        withdraw(database, at["cga"], report)
    end(database, at["cga"], report)
    assert result(database, report).result == "held"
    with pytest.raises(StateForbids):
        settle_item(database, at["cga"], SettleItem.model_validate(values | {"op_id": op()}))
