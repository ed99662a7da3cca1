from typing import Any

import pytest

from app.domain.errors import NotFound
from app.domain.facts import RoomKind, all_facts
from app.domain.people import Actor
from app.domain.vocabulary import Role
from app.queries.room_snapshot import Snapshot, conference_snapshot
from app.services.agenda import ReorderAgenda, reorder_agenda
from app.services.attendance import TakeAttendanceAsReplied, take_attendance_as_replied
from app.services.conferences import (
    CancelConference,
    ChangeConference,
    cancel_conference,
    change_conference,
)
from app.services.decision_rule import SetDecisionRule, set_decision_rule
from app.services.interests import (
    DeclareRecusal,
    LiftRecusal,
    declare_recusal,
    lift_recusal,
)
from app.services.invitations import InviteAgency, invite_agency
from app.services.proxies import GiveProxy, RevokeProxy, give_proxy, revoke_proxy
from app.store import journal
from app.store.unit_of_work import Database
from tests import poll_steps
from tests.conference_steps import (
    accept,
    added,
    answered,
    as_role,
    case_of,
    invited,
    opened,
    reply,
    tabled,
)
from tests.factories import SECRET, StandingClock, Table, actor_of, op, table
from tests.reducers import folded
from tests.room_steps import (
    LATER,
    carry_over,
    close,
    end,
    extend,
    hand_over,
    open_,
    pause,
    put_off,
    resume,
    start,
    step,
)


class Watcher:
    """Takes the whole picture again and again, and remembers up to which entry it went."""

    def __init__(self, database: Database, actor: Actor, conference_id: str) -> None:
        self.database, self.actor, self.conference_id = database, actor, conference_id
        self.pictures: list[tuple[int, Snapshot]] = []
        self.look()

    def look(self) -> None:
        with self.database.read() as desk:
            picture = conference_snapshot(desk, self.actor, self.conference_id)
            room = journal.room_of(desk.session, RoomKind.CONFERENCE, self.conference_id)
        self.pictures.append((room.last_seq, picture))

    def histories(self) -> list[tuple[dict[str, Any], Snapshot]]:
        """Every earlier picture with what happened since, and the picture it has to become."""
        with self.database.read() as desk:
            room_id = journal.room_id(RoomKind.CONFERENCE, self.conference_id)
            entries = journal.entries_after(desk.session, room_id, 0)
        return [
            (
                {
                    "snapshot": earlier,
                    "entries": [journal.on_wire(SECRET, e, e.seq - 1) for e in entries[i:j]],
                },
                later,
            )
            for i, earlier in self.pictures
            for j, later in self.pictures
            if i < j
        ]


def change(database: Database, at: Table, conference_id: str) -> None:
    values = {"op_id": op(), "conference_id": conference_id, "name": "臨時会議（𠮷野）"}
    values |= {"held": "2026-12-16", "start_time": "10:00", "minutes": "90", "place": "本所"}
    change_conference(database, at["cga"], ChangeConference.model_validate(values))


def live_through(database: Database, clock: StandingClock, at: Table, watcher: Watcher) -> None:
    """Everything that can happen in a conference's room, one step after the other."""
    conference_id = watcher.conference_id
    outside = at.outsider.agency_id
    case_item = tabled(database, at, conference_id, case_of(database, at))
    watcher.look()
    leave = {"op_id": op(), "item_id": case_item, "reason": "取引先と競合する"}
    declare_recusal(database, at["bank"], DeclareRecusal.model_validate(leave))
    watcher.look()
    back = {**leave, "op_id": op(), "agency_id": at.agencies["bank"].id}
    lift_recusal(database, at["cga"], LiftRecusal.model_validate(back))
    watcher.look()
    first = added(database, at, conference_id, "前回の報告")
    last = added(database, at, conference_id, "情報交換")
    watcher.look()
    values = {"op_id": op(), "conference_id": conference_id, "item_ids": [last, case_item, first]}
    reorder_agenda(database, at["cga"], ReorderAgenda.model_validate(values))
    watcher.look()
    change(database, at, conference_id)
    watcher.look()
    handed_on(database, at, watcher)
    more = {"op_id": op(), "conference_id": conference_id, "agency_id": outside}
    invite_agency(database, at["cga"], InviteAgency.model_validate(more | {"role": "observer"}))
    for key in ("cga", "yorozu", "council", "bank"):
        reply(database, at[key], conference_id)
    watcher.look()
    open_(database, at["cga"], conference_id)
    with database.begin() as uow:
        newcomer = actor_of(uow, at.agencies["bank"], "井口 真由", has_accepted=False)
    accept(database, newcomer, conference_id)
    watcher.look()
    command = TakeAttendanceAsReplied(op_id=op(), conference_id=conference_id)
    take_attendance_as_replied(database, at["cga"], command)
    watcher.look()
    put_off(database, at["cga"], case_item)
    watcher.look()
    for item_id in (last, first):
        clock.advance(minutes=7, milliseconds=345.678)
        start(database, at["cga"], item_id)
        extend(database, at["cga"], item_id, 5)
        watcher.look()
    to_its_end(database, clock, at, watcher, first, case_item)


def handed_on(database: Database, at: Table, watcher: Watcher) -> None:
    """How it decides, and a word given to the chair, given anew and taken back."""
    here = {"conference_id": watcher.conference_id}
    rule = {"op_id": op(), **here, "method": "unanimity", "quorum": 2}
    set_decision_rule(database, at["cga"], SetDecisionRule.model_validate(rule))
    given = None
    for _again in range(2):
        proxy = GiveProxy.model_validate({"op_id": op(), **here, "holder": "chair"})
        given = give_proxy(database, at["bank"], proxy).id
        watcher.look()
    back = {"op_id": op(), "proxy_id": given}
    revoke_proxy(database, at["bank"], RevokeProxy.model_validate(back))
    watcher.look()


def to_its_end(
    database: Database,
    clock: StandingClock,
    at: Table,
    watcher: Watcher,
    first: str,
    case_item: str,
) -> None:
    """From the chair handed over, by way of a break, to the close."""
    conference_id = watcher.conference_id
    hand_over(database, at["cga"], conference_id, at.agencies["yorozu"].id)
    watcher.look()
    pause(database, at["yorozu"], conference_id)
    watcher.look()
    clock.advance(minutes=12, milliseconds=1.5)
    resume(database, at["yorozu"], conference_id)
    watcher.look()
    ballot(database, at, watcher)
    end(database, at["yorozu"], first)
    start(database, at["yorozu"], case_item)
    step(database, at["yorozu"], case_item, "questions")
    watcher.look()
    carry_over(database, at["yorozu"], case_item, next_date=LATER)
    watcher.look()
    close(database, at["yorozu"], conference_id)
    watcher.look()


def ballot(database: Database, at: Table, watcher: Watcher) -> None:
    """Two that choose differently, and the chair between them."""
    here = {"conference_id": watcher.conference_id}
    poll_id = poll_steps.opened(database, at, tie="chair", quorum=1, **here)
    for who, choice in (("bank", "1"), ("council", "2")):
        poll_steps.casts(database, at, poll_id, who, choice)
        watcher.look()
    poll_steps.closes(database, at, poll_id)
    watcher.look()
    poll_steps.decides(database, at, poll_id, "2")
    watcher.look()


def test_folding_what_happened_gives_the_picture_the_server_gives(
    database: Database, clock: StandingClock
) -> None:
    at = table(database, running=False)
    watcher = Watcher(database, at["yorozu"], answered(database, at))
    live_through(database, clock, at, watcher)
    other = Watcher(database, at["bank"], invited(database, at))
    command = CancelConference(op_id=op(), conference_id=other.conference_id, reason="台風")
    cancel_conference(database, at["cga"], command)
    other.look()
    histories = watcher.histories() + other.histories()
    answers = folded("conference", "foldConference", [history for history, _wanted in histories])
    assert answers == [wanted for _history, wanted in histories]


def test_the_first_picture_can_be_folded_from_nothing(database: Database) -> None:
    at = table(database, running=False)
    watcher = Watcher(database, at["cga"], answered(database, at))
    nothing: Snapshot = {
        "id": watcher.conference_id,
        "name": "",
        "status": "planned",
        "starts_at": "",
        "chair": {"agency_id": "", "name": ""},
        "seats": [],
        "items": [],
        "opened_at": None,
        "closed_at": None,
        "paused": None,
        "preliminary": [],
        "proxies": [],
        "polls": [],
    }
    watcher.pictures.insert(0, (0, nothing))
    ((history, wanted),) = watcher.histories()
    assert folded("conference", "foldConference", [history]) == [wanted]


def test_every_kind_of_fact_of_a_conference_is_lived_through(
    database: Database, clock: StandingClock
) -> None:
    at = table(database, running=False)
    conference_id = invited(database, at)
    watcher = Watcher(database, at["cga"], conference_id)
    live_through(database, clock, at, watcher)
    with database.read() as desk:
        room_id = journal.room_id(RoomKind.CONFERENCE, conference_id)
        seen = {entry.kind for entry in journal.entries_after(desk.session, room_id, 0)}
    known = {f.wire_name() for f in all_facts() if f.room_kind is RoomKind.CONFERENCE}
    assert known - seen == {"conference_cancelled"}


def test_the_picture_names_no_firm_and_is_the_same_for_all(database: Database) -> None:
    at = table(database, running=False)
    conference_id, _case_item, _report = opened(database, at)
    with database.read() as desk:
        pictures = [conference_snapshot(desk, at[key], conference_id) for key in at.actors]
    assert all(picture == pictures[0] for picture in pictures)
    assert [item["title"] for item in pictures[0]["items"]] == ["", "前回の報告"]
    assert pictures[0]["seats"][0] == {
        "agency_id": at.agencies["bank"].id,
        "name": "つむぎ坂信用金庫",
        "kind": "financial_institution",
        "mark": "金",
        "role": "member",
        "reply": "attend",
        "attendees": "担当",
        "position": 1,
        "attendance": None,
    }


def test_only_those_at_the_table_see_the_picture(database: Database) -> None:
    at = table(database, running=False)
    conference_id, _case_item, _report = opened(database, at)
    with database.read() as desk:
        for actor in (at.outsider, at.stranger, as_role(at["bank"], Role.AUDITOR)):
            with pytest.raises(NotFound):
                conference_snapshot(desk, actor, conference_id)
        watching = as_role(at["bank"], Role.OBSERVER)
        assert conference_snapshot(desk, watching, conference_id)["status"] == "open"
