"""The relay by itself: who is sent out, when nothing was written that says so, and before what."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from app.domain.errors import NotFound
from app.domain.vocabulary import Role
from app.services.consents import WithdrawConsent, withdraw_consent
from app.services.lanes import SayInLane, say_in_lane
from app.services.room_life import HandOverChair, hand_over_chair
from app.services.sheets import WriteCell, write_cell
from app.settings import Settings
from app.store.cursors import seq_of
from app.store.tables.cases import ConsentRow
from app.store.tables.people import MembershipRow
from app.store.unit_of_work import Database
from auth import session
from realtime import views
from realtime.guard import Bucket
from realtime.live import Link, Live
from realtime.neighbours import Neighbours
from realtime.presence import Presence
from realtime.relay import Relay
from realtime.rooms import Listener, Rooms
from realtime.sign_ins import SignIns
from tests.factories import actor_of, op, table
from tests.web.pages import Pages


class Ears:
    """Connections without a network: what each was sent, and who was sent out of which room."""

    def __init__(self, database, settings=None):
        self.database = database
        self.rooms = Rooms()
        self.heard, self.evicted, self.cut = [], set(), []
        presence = Presence(self.rooms, database.clock, lambda *_told: None, Neighbours("a"))
        self.live = Live(self, settings, database, self.rooms, presence)
        self.sign_ins = SignIns(self, "/live", database, self.rooms)
        self.relay = Relay(database, self.rooms, self.deliver, self.evict)
        database.wake = self.relay.wake

    def deliver(self, sids, frames):
        self.heard += [(sid, frame["kind"]) for sid in sorted(sids) for frame in frames]

    def evict(self, sid, room_id):
        self.evicted.add((sid, room_id))

    def disconnect(self, sid, namespace):
        self.cut.append((sid, namespace))

    def listen(self, sid, actor, *room_ids, token=""):
        self.rooms.listeners[sid] = Listener(sid, token, actor)
        for room_id in room_ids:
            with self.database.read() as desk:
                way = views.entrance(desk, actor, room_id)
            self.live._listen(sid, room_id, way)


@pytest.fixture
def at(database):
    return table(database)


@pytest.fixture
def ears(database, at):
    return Ears(database)


def sheet(at):
    return f"s-{at.case.id}"


def write(database, at, who="bank", value="雇用を守りたい", version=0):
    cell = {"row": "case", "column": "wishes", "value": value, "base_version": version}
    return write_cell(database, at[who], WriteCell(op_id=op(), case_id=at.case.id, **cell))


def test_a_consent_that_runs_out_at_midnight_sends_out_before_anything_new_is_told(
    database, at, ears, clock
):
    with database.begin() as uow:
        row = uow.session.exec(select(ConsentRow)).one()
        row.valid_until = date(2026, 11, 24)
        uow.session.add(row)
    rooms = (sheet(at), f"i-{at.item.id}", f"a-{at.case.id}")
    ears.listen("yorozu", at["yorozu"], *rooms, f"c-{at.conference.id}")
    ears.listen("bank", at["bank"], sheet(at))
    write(database, at)
    ears.relay.drain()
    assert sorted(ears.heard) == [("bank", "cell_written"), ("yorozu", "cell_written")]
    ears.heard.clear()

    clock.advance(hours=15)
    write(database, at, value="翌日の記入", version=1)
    ears.relay.drain()

    assert ears.heard == [("bank", "cell_written")]
    assert ears.evicted == {("yorozu", room) for room in rooms}


def test_a_withdrawal_written_elsewhere_goes_before_what_is_written_here(database, at, ears):
    """Another process wrote it, so nothing woke this one for the room of the case."""
    ears.listen("yorozu", at["yorozu"], sheet(at))
    ears.relay.drain()
    database.wake = lambda _rooms: None
    command = WithdrawConsent(op_id=op(), case_id=at.case.id, reason="共有先を絞りたい")
    withdraw_consent(database, at["bank"], command)
    database.wake = ears.relay.wake

    write(database, at, value="撤回後の記入")
    ears.relay.drain()

    assert ears.heard == []
    assert ears.evicted == {("yorozu", sheet(at))}


def test_a_failed_check_of_rights_is_made_again(database, at, ears):
    ears.listen("yorozu", at["yorozu"], sheet(at))
    ears.relay.drain()
    command = WithdrawConsent(op_id=op(), case_id=at.case.id, reason="共有先を絞りたい")
    withdraw_consent(database, at["bank"], command)
    broken, ears.rooms.listeners["yorozu"].actor = ears.rooms.listeners["yorozu"].actor, None
    with pytest.raises(AttributeError):
        ears.relay.drain()

    ears.rooms.listeners["yorozu"].actor = broken
    ears.relay.wake(frozenset({f"a-{at.case.id}"}))
    ears.relay.drain()

    assert ears.evicted == {("yorozu", sheet(at))}


def test_whose_capacity_ends_is_cut_off_though_another_remains(database, at, tmp_path):
    ears, membership = seconded(database, at, tmp_path)
    with database.begin() as uow:
        row = uow.session.get(MembershipRow, membership)
        row.active = False
        uow.session.add(row)

    ears.sign_ins.drop_ended()

    assert ears.cut == [("seconded", "/live")]


def test_whose_role_narrows_is_sent_out_of_the_class_that_sees_more(database, at, tmp_path):
    ears, membership = seconded(database, at, tmp_path)
    ears.sign_ins.drop_ended()
    ears.relay.drain()
    assert (ears.cut, ears.evicted) == ([], set())
    with database.begin() as uow:
        row = uow.session.get(MembershipRow, membership)
        row.role = Role.OBSERVER
        uow.session.add(row)

    ears.sign_ins.drop_ended()
    ears.relay.drain()

    assert ears.cut == []
    assert ears.evicted == {("seconded", sheet(at))}


def seconded(database, at, tmp_path):
    """A person of two agencies who listens to the sheet for one of them."""
    settings = Pages(database, tmp_path).app.extensions["entaku_settings"]
    ears = Ears(database, settings)
    with database.begin() as uow:
        actor = actor_of(uow, at.agencies["council"], "出向 一郎")
        other = MembershipRow(
            person_id=actor.person_id,
            agency_id=at.agencies["chamber"].id,
            role=Role.PARTICIPANT,
            title="",
        )
        uow.session.add(other)
        token = session.start(
            uow, settings, person_id=actor.person_id, membership_id=actor.membership_id
        )
    ears.listen("seconded", actor, sheet(at), token=session.hash_of(token))
    return ears, actor.membership_id


def test_whoever_goes_on_from_a_picture_of_another_class_gets_a_new_picture(database, at, clock):
    """The chamber was away while a consent of fewer groups took the place of the first."""
    first = write(database, at)
    with database.read() as desk:
        way = views.entrance(desk, at["chamber"], sheet(at))
        seq = seq_of(desk.secret, sheet(at), first.cursor)
        assert views.class_may_have_changed(desk, way, sheet(at), seq) is False

    clock.advance(minutes=1)
    command = WithdrawConsent(op_id=op(), case_id=at.case.id, reason="共有先を絞りたい")
    withdraw_consent(database, at["bank"], command)

    with database.read() as desk:
        way = views.entrance(desk, at["bank"], sheet(at))
        assert views.class_may_have_changed(desk, way, sheet(at), seq) is True
        assert views.class_may_have_changed(desk, replace(way, tags=None), sheet(at), seq) is False


class Interrupted(Live):
    """Something happens between being let in and taking a place in the room."""

    __slots__ = ("meanwhile",)

    def _listen(self, sid, room_id, way):
        self.meanwhile()
        super()._listen(sid, room_id, way)


def test_a_right_that_ends_while_entering_leaves_nobody_listening(database, at, tmp_path):
    settings = Settings(data=tmp_path, database_url="sqlite://", secret=b"secret")
    ears = Ears(database, settings)
    live = Interrupted(ears, settings, database, ears.rooms, ears.live.presence)
    withdrawal = WithdrawConsent(op_id=op(), case_id=at.case.id, reason="共有先を絞りたい")

    def withdrawn_and_told():
        withdraw_consent(database, at["bank"], withdrawal)
        ears.relay.drain()

    live.meanwhile = withdrawn_and_told
    ears.listen("bank", at["bank"], sheet(at))
    ears.relay.drain()
    yorozu = at["yorozu"]
    with database.begin() as uow:
        token = session.start(
            uow, settings, person_id=yorozu.person_id, membership_id=yorozu.membership_id
        )
    ears.rooms.listeners["yorozu"] = Listener("yorozu", session.hash_of(token), yorozu)
    live.links["yorozu"] = Link(token, "ja", Bucket(database.clock))

    with pytest.raises(NotFound):
        live.join("yorozu", {"room": sheet(at)})
    write(database, at)
    ears.relay.drain()

    assert ears.rooms.audiences[sheet(at)].sids() == {"bank"}
    assert {sid for sid, _kind in ears.heard} == {"bank"}


def test_what_another_process_wrote_is_minded_also_after_a_word_in_another_room(database, at, ears):
    """The chair changed hands elsewhere. What is said first here concerns another lane, so the
    way to the chair is not looked at with it; what is put to the chair next must not go out."""
    bank = at.agencies["bank"].id
    among, to_chair = (f"l-{at.item.id}-{bank}-{lane}" for lane in ("agency", "chair"))
    say(database, at, "agency")  # from here on this process knows itself alone
    ears.listen("bank", at["bank"], among, to_chair)
    ears.listen("yorozu", at["yorozu"], to_chair)
    ears.relay.drain()
    command = HandOverChair(
        op_id=op(),
        conference_id=at.conference.id,
        agency_id=at.agencies["council"].id,
        person="高橋 誠",
    )
    database.hand_over = ears.relay.take
    elsewhere = Database(database.engine, database.clock, database.secret)
    hand_over_chair(elsewhere, at["yorozu"], command)

    for lane in ("agency", "chair"):
        say(database, at, lane)
        ears.relay.drain()

    assert {sid for sid, _kind in ears.heard} == {"bank"}
    assert ears.evicted == {("yorozu", to_chair)}


def say(database, at, lane):
    body = {"item_id": at.item.id, "agency_id": at.agencies["bank"].id, "lane": lane}
    say_in_lane(database, at["bank"], SayInLane(op_id=op(), **body, text="議長へ"))


def test_an_entry_is_not_given_twice_to_whom_it_was_given_before_the_relay_stumbled(
    ears, database, at
):
    ears.listen("the bank", at["bank"], sheet(at))
    given = ears.relay.deliver

    def stumbles(sids, frames):
        given(sids, frames)
        raise RuntimeError("a connection ended in the middle")

    ears.relay.deliver = stumbles
    write(database, at)
    with pytest.raises(RuntimeError):
        ears.relay.drain()
    ears.relay.deliver, ears.relay._looked = given, 0.0
    ears.relay.drain()
    write(database, at, value="黒字にする", version=1)
    ears.relay.drain()
    assert ears.heard == [("the bank", "cell_written")] * 2
