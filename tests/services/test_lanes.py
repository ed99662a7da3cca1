"""Inner lanes: who hears and writes them, from when to when, and that nothing of them leaks."""

from dataclasses import replace

import pytest
from sqlmodel import select

from app.domain.errors import Malformed, NotEntitled, NotFound, StateForbids
from app.domain.lanes import Lane, LaneOf
from app.domain.vocabulary import Role
from app.queries.item_snapshot import item_snapshot
from app.queries.remarks import lane_snapshot
from app.services.lanes import CorrectInLane, SayInLane, correct_in_lane, say_in_lane
from app.services.sheets import AddSheetRow, add_sheet_row
from app.store import journal
from app.store.tables.journal import EntryRow, RoomRow
from tests.factories import op, table
from tests.room_steps import LATER, carry_over, close, hand_over


def say(database, at, who, owner, lane="agency", text="内々の話", **more):
    agency_id = at.agencies[owner].id
    body = {"item_id": at.item.id, "lane": lane, "agency_id": agency_id, "text": text, **more}
    actor = at[who] if isinstance(who, str) else who
    return say_in_lane(database, actor, SayInLane(op_id=op(), **body))


def heard(database, at, who, owner, lane="agency"):
    of = LaneOf(at.item.id, at.agencies[owner].id, Lane(lane))
    with database.read() as desk:
        return [one["text"] for one in lane_snapshot(desk, at[who], of)["remarks"]]


def test_an_agency_talks_among_itself_and_nobody_else_hears_it(database):
    at = table(database)
    say(database, at, "bank", "bank")
    say(database, at, at.colleague("bank"), "bank", text="同感です")

    assert heard(database, at, "bank", "bank") == ["内々の話", "同感です"]
    for other in ("cga", "yorozu", "chamber"):
        with pytest.raises(NotFound):
            heard(database, at, other, "bank")
        with pytest.raises(NotFound):
            say(database, at, other, "bank")
    with database.read() as desk:
        assert item_snapshot(desk, at["bank"], at.item.id)["remarks"] == []


def test_the_chair_hears_what_is_put_to_it_and_answers(database):
    at = table(database)
    say(database, at, "bank", "bank", "chair", "先に話したい")
    say(database, at, "yorozu", "bank", "chair", "どうぞ")

    assert heard(database, at, "bank", "bank", "chair") == ["先に話したい", "どうぞ"]
    assert heard(database, at, "yorozu", "bank", "chair") == ["先に話したい", "どうぞ"]
    with pytest.raises(NotFound):
        heard(database, at, "cga", "bank", "chair")


def test_the_lane_goes_with_the_chair(database):
    at = table(database)
    say(database, at, "bank", "bank", "chair", "議長へ")

    hand_over(database, at["yorozu"], at.conference.id, at.agencies["council"].id)

    assert heard(database, at, "council", "bank", "chair") == ["議長へ"]
    with pytest.raises(NotFound):
        heard(database, at, "yorozu", "bank", "chair")
    with pytest.raises(NotFound):
        say(database, at, "yorozu", "bank", "chair")


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.AUDITOR])
def test_who_only_looks_on_hears_no_inner_lane(database, role):
    at = table(database)
    say(database, at, "bank", "bank")
    onlooker = replace(at["bank"], role=role)

    for lane in ("agency", "chair"):
        with database.read() as desk, pytest.raises(NotFound):
            lane_snapshot(desk, onlooker, LaneOf(at.item.id, at.agencies["bank"].id, Lane(lane)))
        with pytest.raises(NotFound):
            say(database, at, onlooker, "bank", lane)


def test_it_begins_before_the_item_does(database):
    at = table(database, running=False)
    say(database, at, "bank", "bank", text="事前の相談")

    assert heard(database, at, "bank", "bank") == ["事前の相談"]


def test_it_ends_with_the_conference_and_stays_readable(database):
    at = table(database)
    carry_over(database, at["yorozu"], at.item.id, next_date=LATER)
    said = say(database, at, "bank", "bank", text="議題の後で")
    close(database, at["yorozu"], at.conference.id)
    late = CorrectInLane(op_id=op(), remark_id=said.id, text="x")

    with pytest.raises(StateForbids):
        say(database, at, "bank", "bank", text="会議の後で")
    with pytest.raises(StateForbids):
        correct_in_lane(database, at["bank"], late)
    assert heard(database, at, "bank", "bank") == ["議題の後で"]


def test_an_agency_without_a_seat_has_no_lane(database):
    at = table(database)
    outside = at.agencies["bank"].model_copy(update={"id": at.outsider.agency_id})
    at.agencies["outside"] = outside

    with pytest.raises(NotFound):
        say(database, at, "yorozu", "outside", "chair")
    with pytest.raises(NotFound):
        say(database, at, at.outsider, "outside")


def test_its_journal_begins_with_the_first_word_and_has_no_gap(database):
    at = table(database)
    for text in ("一", "二"):
        say(database, at, "bank", "bank", text=text)

    room_id = f"l-{at.item.id}-{at.agencies['bank'].id}-agency"
    with database.read() as desk:
        room = desk.session.get(RoomRow, room_id)
        entries = select(EntryRow.seq).where(EntryRow.room_id == room_id)
        rows = desk.session.exec(entries.order_by(EntryRow.seq)).all()
        assert (list(rows), list(journal.verify(desk.session, room))) == ([1, 2], [])


def test_only_who_hears_a_lane_is_called_on_in_it(database):
    at = table(database)
    text = "@東京都よろず支援拠点 @つむぎ坂信用金庫 @鈴木 花子 @佐藤 健"
    say(database, at, "bank", "bank", text=text)
    say(database, at, "bank", "bank", "chair", text=text)

    def called(lane):
        of = LaneOf(at.item.id, at.agencies["bank"].id, lane)
        with database.read() as desk:
            told = lane_snapshot(desk, at["bank"], of)["remarks"][0]["mentions"]
        return [one["name"] for one in told]

    assert called(Lane.AGENCY) == ["つむぎ坂信用金庫"]
    assert called(Lane.CHAIR) == ["東京都よろず支援拠点", "つむぎ坂信用金庫", "佐藤 健"]


def test_answers_stay_in_their_lane(database):
    at = table(database)
    among = say(database, at, "bank", "bank").id

    with pytest.raises(Malformed):
        say(database, at, "bank", "bank", "chair", reply_to=among)
    say(database, at, "bank", "bank", reply_to=among)


def test_a_private_note_is_pointed_to_in_the_own_lane_only(database):
    at = table(database)
    command = AddSheetRow(op_id=op(), case_id=at.case.id, kind="note")
    note = add_sheet_row(database, at["bank"], command).id

    with pytest.raises(Malformed):
        say(database, at, "bank", "bank", "chair", links=(f"cell:{note}|note",))
    with pytest.raises(Malformed):
        say(database, at, "cga", "cga", links=(f"cell:{note}|note",))
    say(database, at, "bank", "bank", links=(f"cell:{note}|note",))


def test_only_the_speaker_corrects_what_was_said(database):
    at = table(database)
    said = say(database, at, "bank", "bank", "chair").id
    command = CorrectInLane(op_id=op(), remark_id=said, text="別の言葉")

    with pytest.raises(NotEntitled):
        correct_in_lane(database, at["yorozu"], command)
    with pytest.raises(NotFound):
        correct_in_lane(database, at["cga"], command)
