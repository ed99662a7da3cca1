"""開会の要件: whose absence keeps a conference from opening, and 事前協議."""

import pytest

from app.domain.errors import Incomplete, NotEntitled, StateForbids
from app.domain.people import Actor
from app.services.room_life import OpenConference, open_conference
from app.store.tables.conferences import ConferenceRow
from app.store.unit_of_work import Database
from tests.conference_steps import (
    DAY,
    conference,
    planned,
)
from tests.factories import Table, op, table
from tests.room_steps import note, propose


def preliminary(database: Database, at: Table, actor: Actor, conference_id: str) -> None:
    command = OpenConference(op_id=op(), conference_id=conference_id, preliminary=True)
    open_conference(database, actor, command)


def test_without_a_required_agency_only_the_chair_opens_and_no_lead_is_decided(
    database: Database,
) -> None:
    at = table(database, running=False)
    conference_id = planned(database, at, chair_agency_id=at.agencies["yorozu"].id)
    for key in ("cga", "yorozu", "bank"):
        note(database, at, conference_id, key)
    plain = OpenConference(op_id=op(), conference_id=conference_id)
    with pytest.raises(Incomplete) as refusal:
        open_conference(database, at["yorozu"], plain)
    council = at.agencies["council"].name
    assert str(refusal.value) == (
        f"この会議の開始に必要な機関が出席の回答をしていません：{council}"
    )
    assert refusal.value.detail["preliminary"] is True
    with pytest.raises(NotEntitled):
        preliminary(database, at, at["cga"], conference_id)
    preliminary(database, at, at["yorozu"], conference_id)
    assert conference(database, conference_id).preliminary == [council]


def test_where_the_template_knows_no_preliminary_talk_it_stays_closed(database: Database) -> None:
    at = table(database, running=False)
    yorozu = at.agencies["yorozu"].id
    conference_id = planned(
        database, at, kind="management_support", chair_agency_id=yorozu, held=DAY
    )
    with pytest.raises(Incomplete) as refusal:
        preliminary(database, at, at["yorozu"], conference_id)
    assert refusal.value.detail["preliminary"] is False


def test_at_a_preliminary_talk_no_round_is_opened(database: Database) -> None:
    at = table(database)
    with database.begin() as uow:
        row = uow.session.get_one(ConferenceRow, at.conference.id)
        row.preliminary, row.chair_agency_id = ["東京都中小企業活性化協議会"], at["cga"].agency_id
        uow.session.add(row)
    with pytest.raises(StateForbids) as refusal:
        propose(database, at, at.item.id)
    assert str(refusal.value) == (
        "事前協議扱いの会議のため、主担当機関は決められません（欠席：東京都中小企業活性化協議会）。"
    )
