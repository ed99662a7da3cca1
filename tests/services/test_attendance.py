"""Attendance: by the agency itself, by chair or host, apart from the reply; changes are told."""

import pytest

from app.domain.errors import Malformed, NotEntitled, NotFound, StateForbids
from app.domain.facts import RoomKind
from app.domain.vocabulary import Role
from app.queries.attendance import attendance_page
from app.services.attendance import (
    TakeAttendance,
    TakeAttendanceAsReplied,
    take_attendance,
    take_attendance_as_replied,
)
from app.services.invitations import InviteAgency, invite_agency
from tests.conference_steps import answered, as_role, entries, invited, replies
from tests.factories import op, table
from tests.room_steps import close, open_

PEOPLE = [{"name": "田中 一郎", "title": "融資課長"}, {"name": "井口 真由", "title": ""}]


@pytest.fixture
def at(database):
    return table(database)


def take(database, actor, conference_id, mode="on_site", **more):
    values = {"op_id": op(), "conference_id": conference_id, "mode": mode, **more}
    return take_attendance(database, actor, TakeAttendance.model_validate(values))


def follow(database, actor, conference_id):
    command = TakeAttendanceAsReplied(op_id=op(), conference_id=conference_id)
    return take_attendance_as_replied(database, actor, command)


def noted(database, at, conference_id, key):
    with database.read() as desk:
        page = attendance_page(desk, at["cga"], conference_id)
    return next(seat.noted for seat in page.seats if seat.agency_id == at.agencies[key].id)


def test_an_agency_says_who_comes_and_the_reply_stays_what_it_was(database, at):
    take(database, at["bank"], at.conference.id, "online", people=PEOPLE)

    given = noted(database, at, at.conference.id, "bank")
    assert (given.mode, [(one.name, one.title) for one in given.people]) == (
        "online",
        [("田中 一郎", "融資課長"), ("井口 真由", "")],
    )
    assert set(replies(database, at.conference.id)) == {"attend"}


def test_coming_late_and_leaving_early_are_entries_of_their_own(database, at):
    bank = {"agency_id": at.agencies["bank"].id}
    take(database, at["yorozu"], at.conference.id, **bank)
    take(database, at["cga"], at.conference.id, **bank, arrived="14:20")
    take(database, at["bank"], at.conference.id, arrived="14:20", left="15:05")

    told = [
        (one.body["arrived"], one.body["left"], one.agency_name)
        for one in entries(database, RoomKind.CONFERENCE, at.conference.id)
    ]
    assert told == [
        ("", "", "東京都よろず支援拠点"),
        ("14:20", "", "東京信用保証協会"),
        ("14:20", "15:05", "つむぎ坂信用金庫"),
    ]


def test_chair_or_host_take_it_from_the_replies_without_touching_what_is_noted(database):
    at = table(database, running=False)
    conference_id = answered(database, at)
    take(database, at["bank"], conference_id, "online")

    follow(database, at["cga"], conference_id)

    assert noted(database, at, conference_id, "bank").mode == "online"
    assert noted(database, at, conference_id, "council").mode == "on_site"
    assert [one.name for one in noted(database, at, conference_id, "council").people] == ["担当"]
    assert noted(database, at, conference_id, "chamber").mode == "absent"
    with pytest.raises(StateForbids):
        follow(database, at["cga"], conference_id)


def test_a_proxy_is_named_and_nobody_leaves_before_coming(database, at):
    with pytest.raises(Malformed) as unnamed:
        take(database, at["bank"], at.conference.id, "proxy")
    with pytest.raises(Malformed) as backwards:
        take(database, at["bank"], at.conference.id, arrived="15:00", left="14:00")

    assert (set(unnamed.value.fields), set(backwards.value.fields)) == ({"people-0-name"}, {"left"})
    assert entries(database, RoomKind.CONFERENCE, at.conference.id) == []


def test_what_is_meant_changes_and_the_rest_stays_as_it_stands_by_then(database, at):
    stale = {"agency_id": at.agencies["bank"].id, "mode": "on_site", "people": []}
    take(database, at["cga"], at.conference.id, **{**stale, "left": "15:05"}, only=["left"])
    take(database, at["cga"], at.conference.id, **{**stale, "mode": "online"}, only=["mode"])
    take(database, at["bank"], at.conference.id, people=PEOPLE, only=["people"])
    take(database, at["yorozu"], at.conference.id, **stale)

    told = [
        (one.body["mode"], len(one.body["people"]), one.body["left"])
        for one in entries(database, RoomKind.CONFERENCE, at.conference.id)
    ]
    assert told == [
        ("on_site", 0, "15:05"),
        ("online", 0, "15:05"),
        ("online", 2, "15:05"),
        ("on_site", 0, ""),
    ]


def test_who_is_absent_brings_nobody_and_has_no_times(database, at):
    take(database, at["bank"], at.conference.id, "absent", people=PEOPLE, arrived="14:20")

    given = noted(database, at, at.conference.id, "bank")
    assert (given.mode, given.people, given.arrived) == ("absent", (), "")


def test_another_agencys_attendance_belongs_to_chair_and_host(database, at):
    other = {"agency_id": at.agencies["cga"].id}
    with pytest.raises(NotEntitled):
        take(database, at["bank"], at.conference.id, **other)
    with pytest.raises(NotEntitled):
        follow(database, at["bank"], at.conference.id)
    for actor in (at.outsider, at.stranger, as_role(at["bank"], Role.AUDITOR)):
        with pytest.raises(NotFound):
            take(database, actor, at.conference.id)
    with pytest.raises(NotEntitled):
        take(database, as_role(at["bank"], Role.OBSERVER), at.conference.id)
    with pytest.raises(NotFound):
        take(database, at["cga"], at.conference.id, agency_id=at.outsider.agency_id)


def test_an_observer_has_no_act_and_stands_apart(database):
    at = table(database, running=False)
    conference_id = invited(database, at)
    seat = {"op_id": op(), "conference_id": conference_id, "role": "observer"}
    more = InviteAgency.model_validate(seat | {"agency_id": at.outsider.agency_id})
    invite_agency(database, at["cga"], more)

    with pytest.raises(NotEntitled):
        take(database, at.outsider, conference_id)
    take(database, at["cga"], conference_id, agency_id=at.outsider.agency_id)
    with database.read() as desk:
        page = attendance_page(desk, at.outsider, conference_id)
    assert [seat.name for seat in page.observers] == ["白霧信用組合"]
    assert (len(page.members), page.takes_part) == (6, 0)
    assert {seat.may_note for seat in page.seats} == {False}


def test_after_closing_it_is_read_and_not_changed(database):
    at = table(database, running=False)
    conference_id = answered(database, at)
    open_(database, at["cga"], conference_id)
    follow(database, at["cga"], conference_id)
    close(database, at["cga"], conference_id)

    with pytest.raises(StateForbids):
        take(database, at["bank"], conference_id)
    with database.read() as desk:
        page = attendance_page(desk, at["bank"], conference_id)
    assert page.takes_part == 5
