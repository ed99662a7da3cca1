from dataclasses import replace
from typing import Any

import pytest

from app.domain.errors import NotFound
from app.domain.facts import RoomKind, all_facts
from app.domain.people import Actor
from app.queries.case_snapshot import Snapshot, case_snapshot
from app.services.consents import (
    RecordConsent,
    WithdrawConsent,
    record_consent,
    withdraw_consent,
)
from app.services.referrals import AnswerReferral, ReferCase, answer_referral, refer_case
from app.store import journal
from app.store.unit_of_work import Database
from tests.conference_steps import case, invited, item, reply, tabled
from tests.factories import SECRET, StandingClock, Table, op, table
from tests.plan_steps import (
    ASKED,
    agreed,
    circulate,
    confirm,
    decide,
    draft,
    lines,
    outcome,
    put,
    remove,
    write,
)
from tests.reducers import folded
from tests.room_steps import hand_over, open_, start
from tests.services.case_paths import consent_command, new_case, new_firm


class Watcher:
    """Takes the picture after every step, and remembers up to which entry it went."""

    def __init__(self, database: Database, clock: StandingClock, actor: Actor, case_id: str):
        self.database, self.clock, self.actor, self.case_id = database, clock, actor, case_id
        self.pictures: list[tuple[int, Snapshot]] = []
        self.look()

    def look(self) -> None:
        with self.database.read() as desk:
            picture = case_snapshot(desk, self.actor, self.case_id)
            room = journal.room_of(desk.session, RoomKind.CASE, self.case_id)
        self.pictures.append((room.last_seq, picture))
        self.clock.advance(minutes=3, milliseconds=345.678)

    def histories(self) -> list[tuple[dict[str, Any], Snapshot]]:
        """Every earlier picture with what happened since, and the picture it has to become."""
        with self.database.read() as desk:
            room_id = journal.room_id(RoomKind.CASE, self.case_id)
            entries = journal.entries_after(desk.session, room_id, 0)
        wired = [journal.on_wire(SECRET, e, e.seq - 1) for e in entries]
        return [
            ({"snapshot": earlier, "entries": wired[i:j]}, later)
            for i, earlier in self.pictures
            for j, later in self.pictures
            if i < j
        ]


def record(database: Database, at: Table, case_id: str, **changes: Any) -> None:
    command: RecordConsent = consent_command(case_id, at.actors.values(), **changes)
    record_consent(database, at["bank"], command)


def refer(database: Database, at: Table, case_id: str) -> str:
    command = ReferCase(
        op_id=op(), case_id=case_id, to_agency_id=at.agencies["cga"].id, reason="複数行の調整"
    )
    return refer_case(database, at["bank"], command).id or ""


def answer(database: Database, at: Table, referral_id: str, accept: bool) -> None:
    command = AnswerReferral(
        op_id=op(), referral_id=referral_id, accept=accept, reason="受付の経緯を残します。"
    )
    answer_referral(database, at["cga"], command)


def taken_up(database: Database, at: Table, watcher: Watcher) -> None:
    """Consent, referral sent back and sent again, consent withdrawn and given anew."""
    record(database, at, watcher.case_id)
    watcher.look()
    first = refer(database, at, watcher.case_id)
    watcher.look()
    answer(database, at, first, accept=False)
    watcher.look()
    second = refer(database, at, watcher.case_id)
    watcher.look()
    answer(database, at, second, accept=True)
    watcher.look()
    withdrawal = WithdrawConsent(op_id=op(), case_id=watcher.case_id, reason="事業者の申し出")
    withdraw_consent(database, at["bank"], withdrawal)
    watcher.look()
    record(database, at, watcher.case_id, item_groups=("identity", "issues", "support"))
    watcher.look()


def discussed(database: Database, at: Table, watcher: Watcher) -> Table:
    """On the agenda of a conference, taken up there, and its lead decided."""
    conference_id = invited(database, at)
    item_id = tabled(database, at, conference_id, case(database, watcher.case_id))
    watcher.look()
    for actor in at.actors.values():
        reply(database, actor, conference_id)
    open_(database, at["cga"], conference_id)
    hand_over(database, at["cga"], conference_id, at.agencies["yorozu"].id)
    start(database, at["yorozu"], item_id)
    watcher.look()
    there = replace(at, case=case(database, watcher.case_id), item=item(database, item_id))
    task = {"agency_id": at.agencies["bank"].id, "due": "2026-12-20"}
    outcome(database, there, "task", "店舗別損益表を作る。", **task)
    decide(database, there)
    watcher.look()
    return there


def planned(database: Database, at: Table, watcher: Watcher) -> None:
    """Drafted, rewritten, sent back once, agreed, and begun again as a second version."""
    lead = at["yorozu"]
    plan_id = draft(database, lead, at.case.id).id or ""
    watcher.look()
    for section in ("situation", "issues", "policy", "monitoring"):
        write(database, lead, plan_id, section, f"{section}について。𠮷")
    line = {"agency_id": at.agencies["council"].id, "role": "収益力改善支援"}
    added = put(database, lead, plan_id, "role", **line).id or ""
    put(database, lead, plan_id, "role", **line, line_id=added, base_version=1, person="邉見")
    put(database, lead, plan_id, "kpi", indicator="粗利率", target="67％")
    watcher.look()
    remove(database, lead, plan_id, added, base=2)
    put(database, lead, plan_id, "role", **line)
    watcher.look()
    circulate(database, lead, plan_id)
    watcher.look()
    confirm(database, at["bank"], plan_id, "conditional", "期限を守ること。")
    watcher.look()
    confirm(database, at["council"], plan_id, "return", "役割を直してください。")
    watcher.look()
    circulate(database, lead, plan_id)
    watcher.look()
    for key in ASKED:
        confirm(database, at[key], plan_id)
        watcher.look()
    draft(database, lead, at.case.id)
    watcher.look()


def test_folding_what_happened_gives_the_picture_the_server_gives(
    database: Database, clock: StandingClock
) -> None:
    at = table(database, running=False)
    case_id = new_case(database, at["bank"], new_firm(database, at["bank"], name="朱凪漆工房"))
    watcher = Watcher(database, clock, at["bank"], case_id)
    taken_up(database, at, watcher)
    planned(database, discussed(database, at, watcher), watcher)

    nothing: Snapshot = dict.fromkeys(("case_no", "status"), "") | {
        "id": case_id,
        "lead": {"agency_id": None, "agency": "", "person": ""},
        "consent": None,
        "referral": None,
        "plan": None,
    }
    watcher.pictures.insert(0, (0, nothing))
    histories = watcher.histories()

    answers = folded("case", "foldCase", [history for history, _wanted in histories])
    assert answers == [wanted for _history, wanted in histories]
    with database.read() as desk:
        room_id = journal.room_id(RoomKind.CASE, case_id)
        seen = {entry.kind for entry in journal.entries_after(desk.session, room_id, 0)}
    assert seen == {f.wire_name() for f in all_facts() if f.room_kind is RoomKind.CASE}


def test_the_picture_shows_the_plan_as_it_stands(database: Database) -> None:
    made = agreed(database)
    with database.read() as desk:
        pictures = [case_snapshot(desk, made[key], made.at.case.id) for key in made.at.actors]

    assert all(picture == pictures[0] for picture in pictures)
    plan = pictures[0]["plan"]
    assert (plan["id"], plan["status"], plan["version"]) == (made.plan_id, "agreed", 1)
    assert [line for line in plan["lines"] if line["list"] == "action"] == lines(
        database, made.plan_id, "action"
    )
    assert set(plan["confirmations"]) == {made.at.agencies[key].id for key in ASKED}


def test_who_stands_outside_the_case_sees_no_picture(database: Database) -> None:
    at = table(database)
    with database.read() as desk:
        for actor in (at.outsider, at.stranger):
            with pytest.raises(NotFound):
                case_snapshot(desk, actor, at.case.id)
