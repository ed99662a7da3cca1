"""利益相反: who may take an agency out of an item, and that it then sees nothing of the case."""

import pytest
from sqlmodel import select

from app.domain.access import Act, Relation, decide
from app.domain.conference import ItemStatus
from app.domain.errors import Malformed, NotEntitled, NotFound, StateForbids
from app.domain.facts import RoomKind
from app.services.interests import (
    DeclareRecusal,
    DenyRecusal,
    LiftRecusal,
    PinRecusal,
    SuggestRecusal,
    declare_recusal,
    deny_recusal,
    lift_recusal,
    pin_recusal,
    suggest_recusal,
)
from app.services.invitations import InviteAgency, invite_agency
from app.services.sheets import WriteCell, write_cell
from app.store import cases, firms, reach, standings
from app.store.tables.cases import CaseRow
from app.store.tables.conferences import AgendaItemRow, ConferenceRow
from app.store.tables.recusals import RecusalRow
from tests import conference_steps as steps
from tests import room_steps
from tests.factories import op, table

EVERYBODY = ("bank", "cga", "yorozu", "council", "succession", "chamber")


def leaves(database, at, who, item_id=None, reason="競合する取引先がある"):
    command = DeclareRecusal(op_id=op(), item_id=item_id or at.item.id, reason=reason)
    return declare_recusal(database, at[who], command)


def about(at, who, reason="競合する取引先があるため", item_id=None):
    return {
        "op_id": op(),
        "item_id": item_id or at.item.id,
        "agency_id": at.agencies[who].id,
        "reason": reason,
    }


def pins(database, at, by, who):
    return pin_recusal(database, at[by], PinRecusal(**about(at, who)))


def suggests(database, at, by, who):
    return suggest_recusal(database, at[by], SuggestRecusal(**about(at, who)))


def lifts(database, at, by, who, item_id=None):
    return lift_recusal(database, at[by], LiftRecusal(**about(at, who, item_id=item_id)))


def denies(database, at, who):
    command = DenyRecusal(op_id=op(), item_id=at.item.id, reason="該当しません")
    return deny_recusal(database, at[who], command)


def sees(database, at, who):
    """By every way there is: the rooms and acts of the case, its lists, and its firm by name."""
    actor = at[who]
    with database.read() as desk:
        case = desk.session.get(CaseRow, at.case.id)
        ways = [
            _reached(lambda: reach.item(desk, actor, at.item.id, Act.SEE_ITEM)),
            _reached(lambda: reach.case(desk, actor, at.case.id, Act.SEE_CASE)),
            _reached(lambda: reach.case(desk, actor, at.case.id, Act.SEE_SHEET)),
            decide(actor, Act.SEE_PLAN, standings.of_case(desk.session, actor, case, desk.today())),
            at.case.id in cases.visible_ids(desk.session, actor.agency_id, desk.today()),
            firms.known_to(desk.session, actor.agency_id, at.firm.id, desk.today()),
        ]
    assert len(set(ways)) == 1, ways
    return ways[0]


def _reached(way):
    try:
        way()
    except NotFound:
        return False
    return True


def states(database, at):
    with database.read() as desk:
        rows = desk.session.exec(select(RecusalRow).order_by(RecusalRow.at)).all()
    return [(row.origin, row.state) for row in rows]


@pytest.mark.parametrize("who", ["bank", "cga", "council"])
def test_an_agency_that_declares_sees_nothing_more_whatever_it_is(database, who):
    """Not as the one who brought the case, not as secretariat, receiver or member."""
    at = table(database)
    assert sees(database, at, who) is True

    done = leaves(database, at, who)

    assert sees(database, at, who) is False
    assert [sees(database, at, one) for one in EVERYBODY if one != who] == [True] * 5
    assert done.cursor is not None
    write = {"row": "case", "column": "wishes", "value": "x", "base_version": 0}
    with pytest.raises(NotFound):
        write_cell(database, at[who], WriteCell(op_id=op(), case_id=at.case.id, **write))


def test_the_journals_tell_who_left_and_only_the_item_tells_why(database):
    at = table(database)
    leaves(database, at, "bank", reason="秘密の理由")
    lifts(database, at, "yorozu", "bank")

    bank = at.agencies["bank"].id
    conference = steps.entries(database, RoomKind.CONFERENCE, at.conference.id)
    assert [(e.kind, e.body) for e in conference] == [
        ("seat_vacated", {"item_id": at.item.id, "agency_id": bank}),
        ("seat_retaken", {"item_id": at.item.id, "agency_id": bank}),
    ]
    told = steps.entries(database, RoomKind.ITEM, at.item.id)
    assert [e.kind for e in told] == ["agency_recused", "recusal_lifted"]
    assert told[0].body["reason"] == "秘密の理由"
    assert told[1].body["reason"] == "競合する取引先があるため"
    assert sees(database, at, "bank") is True


def test_a_suggestion_is_answered_by_the_agency_itself(database):
    at = table(database)
    suggests(database, at, "cga", "bank")
    assert sees(database, at, "bank") is True
    with pytest.raises(StateForbids, match="すでに確認を求めています"):
        suggests(database, at, "yorozu", "bank")
    denies(database, at, "bank")
    with pytest.raises(StateForbids, match="回答を待っている確認はありません"):
        denies(database, at, "bank")
    suggests(database, at, "yorozu", "bank")
    leaves(database, at, "bank")

    assert states(database, at) == [
        ("suggested", "denied"),
        ("suggested", "followed"),
        ("declared", "standing"),
    ]
    with pytest.raises(StateForbids, match="すでに退席"):
        suggests(database, at, "cga", "bank")


def test_who_may_suggest_pin_and_lift(database):
    at = table(database)
    for by in ("bank", "council"):
        for act in (suggests, pins, lifts):
            with pytest.raises(NotEntitled):
                act(database, at, by, "chamber")
    with pytest.raises(NotEntitled):
        pins(database, at, "cga", "chamber")
    with pytest.raises(NotEntitled):
        lifts(database, at, "cga", "chamber")
    with pytest.raises(StateForbids, match="自機関については"):
        suggests(database, at, "cga", "cga")
    with pytest.raises(StateForbids, match="退席（利益相反）となっていません"):
        lifts(database, at, "yorozu", "chamber")
    outside = about(at, "chamber") | {"agency_id": at.outsider.agency_id}
    for command, act in ((SuggestRecusal, suggest_recusal), (PinRecusal, pin_recusal)):
        with pytest.raises(Malformed):
            act(database, at["yorozu"], command(**outside))
    leave = DeclareRecusal(op_id=op(), item_id=at.item.id, reason="x")
    with pytest.raises(NotFound):
        declare_recusal(database, at.outsider, leave)

    pins(database, at, "yorozu", "chamber")
    assert sees(database, at, "chamber") is False
    with pytest.raises(StateForbids, match="すでに退席"):
        pins(database, at, "yorozu", "chamber")
    with pytest.raises(NotFound):
        lifts(database, at, "chamber", "chamber")
    lifts(database, at, "yorozu", "chamber")
    assert sees(database, at, "chamber") is True


def test_a_running_item_keeps_a_chair_that_may_see_it(database):
    at = table(database)
    with pytest.raises(StateForbids, match="議長を交代してから申し出てください"):
        leaves(database, at, "yorozu")
    with pytest.raises(StateForbids, match="先に議長を交代してください"):
        pins(database, at, "yorozu", "yorozu")
    pins(database, at, "yorozu", "council")
    with pytest.raises(StateForbids, match="議題1では議長の機関が退席"):
        room_steps.hand_over(database, at["yorozu"], at.conference.id, at.agencies["council"].id)
    room_steps.hand_over(database, at["yorozu"], at.conference.id, at.agencies["cga"].id)

    leaves(database, at, "yorozu")

    assert sees(database, at, "yorozu") is False
    with pytest.raises(NotFound):
        lifts(database, at, "yorozu", "yorozu")
    lifts(database, at, "cga", "yorozu")
    assert sees(database, at, "yorozu") is True


def test_before_the_meeting_even_the_chair_may_leave_and_the_item_waits_for_another(database):
    at = table(database)
    conference_id, item_id, _report = steps.opened(database, at)
    leaves(database, at, "cga", item_id)

    with pytest.raises(StateForbids, match="議題1では議長の機関が退席"):
        room_steps.start(database, at["cga"], item_id)
    room_steps.hand_over(database, at["cga"], conference_id, at.agencies["yorozu"].id)
    room_steps.start(database, at["yorozu"], item_id)

    assert steps.item(database, item_id).status == ItemStatus.RUNNING


def test_only_a_case_item_that_has_not_ended_knows_conflicts(database):
    at = table(database)
    conference_id, case_item, report = steps.opened(database, at)
    with pytest.raises(StateForbids, match="案件の議題でだけ"):
        leaves(database, at, "bank", report)
    leaves(database, at, "bank", case_item)
    room_steps.start(database, at["cga"], case_item)
    room_steps.carry_over(database, at["cga"], case_item, next_date=room_steps.LATER)
    with pytest.raises(StateForbids, match="この議題は終わっているため"):
        leaves(database, at, "council", case_item)
    room_steps.start(database, at["cga"], report)
    room_steps.end(database, at["cga"], report)
    room_steps.close(database, at["cga"], conference_id)

    lifts(database, at, "cga", "bank", case_item)

    with pytest.raises(StateForbids, match="退席（利益相反）となっていません"):
        lifts(database, at, "cga", "bank", case_item)


def test_a_conflict_goes_with_the_case_to_its_next_table(database):
    at = table(database)
    first, item_id, _report = steps.opened(database, at)
    leaves(database, at, "bank", item_id)
    room_steps.carry_over(database, at["cga"], item_id)
    case_id = steps.item(database, item_id).case_id
    case = steps.case(database, case_id)
    second = steps.planned(database, at)

    again = steps.tabled(database, at, second, case)

    with database.read() as desk:
        at_both = {
            row.item_id: (row.origin, row.state) for row in desk.session.exec(select(RecusalRow))
        }
    assert at_both == {item_id: ("declared", "standing"), again: ("carried", "standing")}
    assert "seat_vacated" in steps.kinds(database, RoomKind.CONFERENCE, second)
    lifts(database, at, "cga", "bank", again)
    with database.read() as desk:
        standing = standings.of_case(
            desk.session, at["bank"], desk.session.get(CaseRow, case_id), desk.today()
        )
        assert {row.state for row in desk.session.exec(select(RecusalRow))} == {"lifted"}
    assert Relation.CONFLICTED not in standing.relations
    assert steps.kinds(database, RoomKind.CONFERENCE, first)[-1] == "seat_retaken"


def test_a_seat_laid_later_stays_empty_where_its_agency_has_a_conflict(database):
    at = table(database)
    leaves(database, at, "council")
    conference_id = steps.planned(
        database, at, agency_ids=[at.agencies[key].id for key in ("bank", "cga", "yorozu")]
    )
    with database.begin() as uow:
        case = uow.session.get(CaseRow, at.case.id)
        item = uow.session.get(AgendaItemRow, at.item.id)
        held = uow.session.get(ConferenceRow, at.conference.id)
        case.status, item.status, held.status = "accepted", "done", "closed"
        uow.session.add(case)
    item_id = steps.tabled(database, at, conference_id, steps.case(database, at.case.id))
    assert "seat_vacated" not in steps.kinds(database, RoomKind.CONFERENCE, conference_id)

    command = InviteAgency(
        op_id=op(), conference_id=conference_id, agency_id=at.agencies["council"].id
    )
    invite_agency(database, at["cga"], command)

    last = steps.entries(database, RoomKind.CONFERENCE, conference_id)[-1]
    assert (last.kind, last.body["item_id"]) == ("seat_vacated", item_id)
