from datetime import date

import pytest
from pydantic import ValidationError

from app.domain.errors import Malformed, NotEntitled, NotFound, StateForbids
from app.domain.facts import RoomKind
from app.domain.people import Actor
from app.domain.vocabulary import Role
from app.services.conferences import (
    CancelConference,
    ChangeConference,
    cancel_conference,
    change_conference,
    create_conference,
)
from app.services.room_life import OpenConference, open_conference
from app.store.unit_of_work import Database
from tests.conference_steps import (
    answered,
    as_role,
    case,
    case_of,
    conference,
    creation,
    entries,
    invited,
    item,
    kinds,
    planned,
    replies,
    tabled,
)
from tests.factories import op, table


def change(database: Database, actor: Actor, conference_id: str, **changes: object) -> None:
    values: dict[str, object] = {
        "op_id": op(),
        "conference_id": conference_id,
        "name": "事業者支援合同カンファレンス（第8回）",
        "held": "2026-12-15",
        "start_time": "13:30",
        "minutes": 120,
        "place": "オンライン",
    }
    change_conference(database, actor, ChangeConference.model_validate(values | changes))


def cancel(database: Database, actor: Actor, conference_id: str) -> None:
    command = CancelConference(op_id=op(), conference_id=conference_id, reason="台風のため")
    cancel_conference(database, actor, command)


def test_a_single_conference_is_planned_with_its_seats(database: Database) -> None:
    at = table(database, running=False)
    conference_id = planned(database, at, chair_agency_id=at.agencies["yorozu"].id, quorum=4)
    row = conference(database, conference_id)
    assert (row.series_id, row.status, row.sequence) == (None, "planned", 0)
    assert (row.host_agency_id, row.chair_agency_id) == (
        at.agencies["cga"].id,
        at.agencies["yorozu"].id,
    )
    assert row.template == {
        "quorum": 4,
        "consent_required": True,
        "allow_provisional": True,
        "slot_minutes": 20,
        "allow_preliminary": True,
        "method": "consensus",
        "must_answer": [],
        "confidentiality_version": 1,
        "required": ["guarantee_association", "revitalization_council", "yorozu"],
    }
    assert replies(database, conference_id) == ["waiting"] * 6


def test_only_coordinators_plan_a_conference(database: Database) -> None:
    at = table(database, running=False)
    for role in (Role.PARTICIPANT, Role.OBSERVER, Role.AUDITOR):
        with pytest.raises(NotEntitled):
            create_conference(database, as_role(at["cga"], role), creation(at))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("held", "2026-11-23"),
        ("held", "2029-11-24"),
        ("agency_ids", ["f" * 32]),
        ("chair_agency_id", "f" * 32),
        ("quorum", 7),
    ],
)
def test_a_conference_that_cannot_be_held_names_the_field(
    database: Database, field: str, value: object
) -> None:
    at = table(database, running=False)
    with pytest.raises(Malformed) as refusal:
        planned(database, at, **{field: value})
    assert list(refusal.value.fields) == [field]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("held", "2026-02-30"),
        ("start_time", "24:00"),
        ("minutes", 0),
        ("online_url", "//evil.example"),
        ("online_url", "https://[::1"),
        ("online_url", "https://a.example/ b"),
        ("place", "所" * 201),
        ("name", ""),
        ("quorum", 1),
    ],
)
def test_what_cannot_be_a_conference_never_becomes_a_command(
    database: Database, field: str, value: object
) -> None:
    at = table(database, running=False)
    with pytest.raises(ValidationError) as problem:
        creation(at, **{field: value})
    assert [error["loc"][0] for error in problem.value.errors()] == [field]


def test_another_place_raises_the_sequence_and_keeps_the_replies(database: Database) -> None:
    at = table(database, running=False)
    conference_id = answered(database, at)
    change(database, at["cga"], conference_id, place="𠮷祥寺会館")
    row = conference(database, conference_id)
    assert (row.sequence, row.place, row.online_url) == (1, "𠮷祥寺会館", "")
    assert replies(database, conference_id) == ["attend"] * 5 + ["absent"]


def test_another_time_asks_every_agency_again(database: Database) -> None:
    at = table(database, running=False)
    conference_id = answered(database, at)
    change(database, at["cga"], conference_id, held="2026-12-03", start_time="10:00")
    row = conference(database, conference_id)
    assert row.starts_at.isoformat() == "2026-12-03T01:00:00+00:00"
    assert row.reply_by == date(2026, 12, 3)
    assert replies(database, conference_id) == ["waiting"] * 6
    last = entries(database, RoomKind.CONFERENCE, conference_id)[-1]
    assert last.kind == "conference_changed"
    assert last.body is not None
    assert last.body["asked_again"] is True


def test_a_case_keeps_a_conference_within_its_consent(database: Database) -> None:
    at = table(database, running=False)
    conference_id = invited(database, at)
    tabled(database, at, conference_id, case_of(database, at))
    change(database, at["cga"], conference_id, held="2027-03-31")
    with pytest.raises(StateForbids) as refusal:
        change(database, at["cga"], conference_id, held="2027-04-01")
    assert str(refusal.value) == "変更後の開催日に、同意が有効でない案件があります（議題1）。"
    assert conference(database, conference_id).sequence == 1


def test_the_past_is_no_day_for_a_conference(database: Database) -> None:
    at = table(database, running=False)
    conference_id = planned(database, at)
    with pytest.raises(Malformed) as refusal:
        change(database, at["cga"], conference_id, held="2026-11-23")
    assert list(refusal.value.fields) == ["held"]


def test_a_cancelled_conference_gives_its_cases_back(database: Database) -> None:
    at = table(database, running=False)
    conference_id = invited(database, at)
    subject = case_of(database, at)
    tabled(database, at, conference_id, subject)
    cancel(database, at["cga"], conference_id)
    row = conference(database, conference_id)
    assert (row.status, row.sequence) == ("cancelled", 1)
    assert case(database, subject.id).status == "accepted"
    assert kinds(database, RoomKind.CASE, subject.id) == ["case_tabled", "case_discussed"]
    other = planned(database, at)
    assert item(database, tabled(database, at, other, subject)).position == 1


def test_only_the_hosts_coordinators_change_or_cancel(database: Database) -> None:
    at = table(database, running=False)
    conference_id = invited(database, at)
    seated = (at["bank"], as_role(at["bank"], Role.COORDINATOR), at["yorozu"])
    for actor in (*seated, as_role(at["cga"], Role.OBSERVER)):
        with pytest.raises(NotEntitled):
            change(database, actor, conference_id)
        with pytest.raises(NotEntitled):
            cancel(database, actor, conference_id)
    for actor in (at.outsider, at.stranger, as_role(at["cga"], Role.AUDITOR)):
        with pytest.raises(NotFound):
            change(database, actor, conference_id)
        with pytest.raises(NotFound):
            cancel(database, actor, conference_id)
    with pytest.raises(NotFound):
        cancel(database, at["cga"], op())
    assert conference(database, conference_id).sequence == 0


def test_what_has_begun_or_ended_is_not_changed_any_more(database: Database) -> None:
    at = table(database, running=False)
    running = answered(database, at)
    open_conference(database, at["cga"], OpenConference(op_id=op(), conference_id=running))
    called_off = planned(database, at)
    cancel(database, at["cga"], called_off)
    for conference_id in (running, called_off):
        with pytest.raises(StateForbids):
            change(database, at["cga"], conference_id)
        with pytest.raises(StateForbids):
            cancel(database, at["cga"], conference_id)
