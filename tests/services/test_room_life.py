from collections.abc import Callable

import pytest

from app.domain.case_life import CaseStatus
from app.domain.conference import Reply
from app.domain.errors import (
    Incomplete,
    Malformed,
    NotEntitled,
    NotFound,
    StateForbids,
)
from app.domain.facts import RoomKind
from app.domain.people import Actor
from app.domain.vocabulary import Role
from app.store.unit_of_work import Database
from tests.conference_steps import (
    added,
    answered,
    as_role,
    case,
    conference,
    entries,
    invited,
    item,
    kinds,
    opened,
    planned,
    reply,
)
from tests.factories import NOW, Table, op, table
from tests.room_steps import (
    LATER,
    carry_over,
    close,
    end,
    extend,
    hand_over,
    note,
    open_,
    pass_over,
    start,
)


def test_a_conference_opens_with_its_quorum_and_names_its_chair(database: Database) -> None:
    at = table(database, running=False)
    conference_id = answered(database, at)
    open_(database, at["cga"], conference_id)
    row = conference(database, conference_id)
    assert (row.status, row.chair_name, row.opened_at) == ("open", "鈴木 花子", NOW)
    last = entries(database, RoomKind.CONFERENCE, conference_id)[-1]
    assert (last.kind, last.body) == (
        "conference_opened",
        {
            "chair_agency_id": at.agencies["cga"].id,
            "chair_name": "鈴木 花子",
            "at": "2026-11-24T00:00:00.000Z",
            "preliminary": [],
        },
    )


def test_without_a_quorum_it_does_not_open_and_says_what_lacks(database: Database) -> None:
    at = table(database, running=False)
    conference_id = invited(database, at)
    reply(database, at["bank"], conference_id, Reply.SUBSTITUTE)
    reply(database, at["council"], conference_id, Reply.WRITTEN)
    reply(database, at["chamber"], conference_id, Reply.ABSENT)
    with pytest.raises(Incomplete) as refusal:
        open_(database, at["cga"], conference_id)
    assert str(refusal.value) == (
        "定足数3機関に対し、出席（代理・書面を含む）の回答は2機関です。"
        "出席が必要な機関：東京信用保証協会、東京都よろず支援拠点"
    )
    assert refusal.value.detail["missing"] == [
        at.agencies[key].name for key in ("cga", "yorozu", "succession")
    ]
    for key in ("cga", "yorozu"):
        reply(database, at[key], conference_id)
    open_(database, at["cga"], conference_id)


def test_who_opens_for_another_chair_names_the_person(database: Database) -> None:
    at = table(database, running=False)
    yorozu = at.agencies["yorozu"].id
    conference_id = planned(database, at, chair_agency_id=yorozu, quorum=2)
    for key in ("cga", "council", "yorozu"):
        note(database, at, conference_id, key)
    with pytest.raises(Malformed) as refusal:
        open_(database, at["cga"], conference_id)
    assert list(refusal.value.fields) == ["chair_name"]
    open_(database, at["cga"], conference_id, "佐藤 健")
    assert conference(database, conference_id).chair_name == "佐藤 健"


def test_the_chair_opens_in_its_own_name(database: Database) -> None:
    at = table(database, running=False)
    yorozu = at.agencies["yorozu"].id
    conference_id = planned(database, at, chair_agency_id=yorozu, quorum=2)
    for key in ("cga", "council", "yorozu"):
        note(database, at, conference_id, key)
    open_(database, at["yorozu"], conference_id)
    assert conference(database, conference_id).chair_name == at["yorozu"].person_name


def test_what_is_open_or_called_off_does_not_open_again(database: Database) -> None:
    at = table(database, running=False)
    conference_id, _case_item, _report = opened(database, at)
    with pytest.raises(StateForbids):
        open_(database, at["cga"], conference_id)


def everything(
    at: Table, conference_id: str, item_id: str
) -> list[Callable[[Database, Actor], None]]:
    yorozu = at.agencies["yorozu"].id
    return [
        lambda db, actor: open_(db, actor, conference_id),
        lambda db, actor: hand_over(db, actor, conference_id, yorozu),
        lambda db, actor: start(db, actor, item_id),
        lambda db, actor: extend(db, actor, item_id),
        lambda db, actor: end(db, actor, item_id),
        lambda db, actor: carry_over(db, actor, item_id),
        lambda db, actor: close(db, actor, conference_id),
    ]


def test_only_chair_and_host_run_a_conference(database: Database) -> None:
    at = table(database, running=False)
    conference_id, case_item, _report = opened(database, at)
    before = kinds(database, RoomKind.CONFERENCE, conference_id)
    for act in everything(at, conference_id, case_item):
        for actor in (at["bank"], at["yorozu"], as_role(at["cga"], Role.OBSERVER)):
            with pytest.raises(NotEntitled):
                act(database, actor)
        for actor in (at.outsider, at.stranger, as_role(at["cga"], Role.AUDITOR)):
            with pytest.raises(NotFound):
                act(database, actor)
    for act in everything(at, op(), op()):
        with pytest.raises(NotFound):
            act(database, at["cga"])
    assert kinds(database, RoomKind.CONFERENCE, conference_id) == before


def test_a_suspended_case_is_continued_and_leaves_the_conference_free_to_close(
    database: Database,
) -> None:
    at = table(database, running=False)
    conference_id, case_item, report = opened(database, at)
    with database.begin() as uow:
        row = uow.session.merge(case(database, item(database, case_item).case_id))
        row.status, row.status_before = CaseStatus.SUSPENDED, CaseStatus.SCHEDULED
        uow.session.add(row)
    with pytest.raises(StateForbids):
        start(database, at["cga"], case_item)
    carry_over(database, at["cga"], case_item, next_date=LATER)
    pass_over(database, at["cga"], report)
    close(database, at["cga"], conference_id)
    assert conference(database, conference_id).closed_at == NOW
    assert case(database, item(database, case_item).case_id).status == "suspended"


def test_the_chair_passes_to_an_agency_that_comes(database: Database) -> None:
    at = table(database, running=False)
    conference_id, case_item, report = opened(database, at)
    for wrong in (at.agencies["chamber"].id, at.outsider.agency_id, op()):
        with pytest.raises(Malformed):
            hand_over(database, at["cga"], conference_id, wrong)
    hand_over(database, at["cga"], conference_id, at.agencies["succession"].id)
    row = conference(database, conference_id)
    assert (row.chair_agency_id, row.chair_name) == (at.agencies["succession"].id, "佐藤 健")
    start(database, at["succession"], report)
    # Outside the firm's consent the chair still moves the agenda, knowing only the number.
    start(database, at["succession"], case_item)
    assert item(database, case_item).status == "running"


def test_nothing_runs_before_the_opening_or_after_the_close(database: Database) -> None:
    at = table(database, running=False)
    conference_id = answered(database, at)
    report = added(database, at, conference_id)
    late = added(database, at, conference_id, "その他")
    with pytest.raises(StateForbids):
        start(database, at["cga"], report)
    with pytest.raises(StateForbids):
        close(database, at["cga"], conference_id)
    open_(database, at["cga"], conference_id)
    start(database, at["cga"], report)
    end(database, at["cga"], report)
    pass_over(database, at["cga"], late)
    close(database, at["cga"], conference_id)
    for act in everything(at, conference_id, late):
        with pytest.raises(StateForbids):
            act(database, at["cga"])
