"""引受手不在: declared with a gap that somebody answers for, and never without one."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from app.domain.case_life import CaseStatus
from app.domain.errors import Incomplete, Malformed, NotEntitled, NotFound, StateForbids
from app.queries.gaps import gap_list, gap_record, open_gaps_for
from app.queries.waiting import what_waits
from app.services.agenda import AddItem, add_item
from app.services.room_life import EndItem, end_item
from app.store.pictures.item import item_picture
from app.store.tables.ballots import DecisionRow
from app.store.tables.cases import CaseRow
from app.store.tables.conferences import AgendaItemRow, ConferenceRow
from app.store.tables.course import ItemResultRow
from app.store.tables.gaps import GapRow
from tests.factories import op, table
from tests.gap_record import gap_of
from tests.gap_steps import asked, declared, moved, names, nobody_says, revealed, settled
from tests.round_steps import accepts, declares, opened, says


def the_gap(database):
    with database.read() as desk:
        return desk.session.exec(select(GapRow)).one()


def waits(database, actor):
    with database.read() as desk:
        return [
            (one.kind.value, one.title, one.due, one.overdue)
            for one in what_waits(desk, actor)
            if "gap" in one.kind.value
        ]


def test_the_nominee_refused_and_the_chair_declares_it_with_a_gap(database):
    at = table(database)
    round_id = opened(database, at)
    says(database, at, round_id, "bank", "object", text="担保が先", alternative="協議会")
    accepts(database, at, round_id, accepted=False)
    declares(database, at, round_id, "no_taker", date(2026, 12, 22))
    gap = the_gap(database)
    with database.read() as desk:
        decision = desk.session.exec(select(DecisionRow)).one()
        case = desk.session.get_one(CaseRow, at.case.id)
    assert (gap.decision_id, gap.number) == (decision.id, decision.number)
    assert case.status == CaseStatus.ACCEPTED
    assert gap.declined == [
        {"agency_id": at.agencies["yorozu"].id, "how": "refused", "reason": "体制が整わないため"},
        {"agency_id": at.agencies["bank"].id, "how": "objected", "reason": "担保が先"},
    ]


def test_every_missing_field_is_named_and_the_round_stays_open(database):
    at = table(database)
    round_id = opened(database, at)
    nothing = dict.fromkeys(gap_of(""), "") | {"gap_kind": None, "gap_owner_id": None}
    with pytest.raises(Malformed) as refused:
        declares(database, at, round_id, "no_taker", None, **nothing)
    assert set(refused.value.fields) == {*gap_of(""), "next_date"}
    declares(database, at, round_id, "no_taker", date(2026, 12, 22))


def test_before_anybody_was_proposed_it_has_a_number_of_its_own(database):
    at = table(database)
    nobody_says(database, at)
    declared(database, at)
    gap = the_gap(database)
    assert (gap.decision_id, gap.number, gap.state) == (None, "令和8年度-1", "open")
    assert {one["how"] for one in gap.declined} == {"nobody"}
    assert len(gap.declined) == 6
    with pytest.raises(StateForbids):
        declared(database, at)
    round_id = opened(database, at)
    with database.read() as desk:
        assert desk.session.get_one(CaseRow, at.case.id).status == CaseStatus.IN_CONFERENCE
    declares(database, at, round_id, "continued", date(2026, 12, 22))
    with database.read() as desk:
        assert desk.session.exec(select(DecisionRow.number)).one() == "令和8年度-2"


def test_whoever_is_named_has_to_be_asked_first(database):
    at = table(database)
    with pytest.raises(Incomplete):
        declared(database, at)
    nobody_says(database, at, {"bank": "yorozu"})
    with pytest.raises(Incomplete) as refused:
        declared(database, at)
    assert at.agencies["yorozu"].name in str(refused.value)
    round_id = opened(database, at)
    with pytest.raises(StateForbids):
        declared(database, at)
    accepts(database, at, round_id, accepted=False)
    second = opened(database, at, "council", because="協議会にも確認するため")
    accepts(database, at, second, "council", accepted=False)
    declares(database, at, second, "no_taker", date(2026, 12, 22))
    told = {(one["how"], one["agency_id"]) for one in the_gap(database).declined}
    assert {who for how, who in told if how == "refused"} == {
        at.agencies["yorozu"].id,
        at.agencies["council"].id,
    }


def test_nobody_may_declare_it_while_nominations_are_sealed(database):
    at = table(database)
    asked(database, at)
    names(database, at, "bank")
    with pytest.raises(Incomplete):
        declared(database, at)
    revealed(database, at)
    declared(database, at)


def test_the_item_ends_with_the_owner_of_the_gap_and_its_day(database):
    at = table(database)
    nobody_says(database, at)
    declared(database, at, owner="council")
    end_item(database, at["yorozu"], EndItem(op_id=op(), item_id=at.item.id))
    with database.read() as desk:
        ended = desk.session.get_one(ItemResultRow, at.item.id)
    told = (ended.result, ended.owner_agency_id, ended.owner_person, ended.next_date)
    assert told == ("continued", at.agencies["council"].id, "斉藤 弘", date(2026, 12, 22))


def test_it_waits_for_its_owner_and_overdue_for_the_secretariat_too(database):
    at = table(database)
    nobody_says(database, at)
    gap = declared(database, at, owner="council")
    step = (gap_of("")["gap_step"], date(2026, 12, 18))
    assert waits(database, at["council"]) == [("gap", *step, False)]
    assert waits(database, at["cga"]) == waits(database, at["bank"]) == []
    database.clock.advance(days=30)
    assert waits(database, at["council"]) == [("gap", *step, True)]
    assert waits(database, at["cga"]) == [("overdue_gap", *step, True)]
    settled(database, at, gap, "council")
    assert waits(database, at["council"]) == waits(database, at["cga"]) == []


def test_moving_it_keeps_what_was_and_only_owner_and_secretariat_may(database):
    at = table(database)
    nobody_says(database, at)
    gap = declared(database, at)
    for act in (moved, settled):
        for who in ("bank", "yorozu", "council"):
            with pytest.raises(NotEntitled):
                act(database, at, gap, who)
        at.actors["outsider"] = at.outsider
        with pytest.raises(NotFound):
            act(database, at, gap, "outsider")
    with pytest.raises(Malformed) as refused:
        moved(database, at, gap, due="2027-06-01")
    assert list(refused.value.fields) == ["due"]
    moved(database, at, gap)
    row = the_gap(database)
    assert (row.state, row.owner_agency_id) == ("assigned", at.agencies["council"].id)
    assert row.due == date(2026, 12, 25)
    assert (row.moves[0]["from_person"], row.moves[0]["from_due"]) == ("斉藤 弘", "2026-12-18")
    settled(database, at, gap, "council", "kept")
    with pytest.raises(StateForbids):
        settled(database, at, gap, "cga")
    with pytest.raises(StateForbids):
        moved(database, at, gap)


def test_the_owner_must_be_within_the_consent(database):
    at = table(database)
    nobody_says(database, at)
    at.agencies["outside"] = at.agencies["bank"].model_copy(update={"id": at.outsider.agency_id})
    with pytest.raises(Malformed) as refused:
        declared(database, at, owner="outside")
    assert list(refused.value.fields) == ["gap_owner_id"]


def test_outside_the_consent_only_kind_month_and_state_are_told(database):
    at = table(database)
    nobody_says(database, at)
    gap = declared(database, at)
    with database.read() as desk:
        own = gap_list(desk, at["bank"])
        other = gap_list(desk, at.outsider)
        with pytest.raises(NotFound):
            gap_record(desk, at.outsider, gap)
        record = gap_record(desk, at["cga"], gap)
    assert [line.inside.firm_name for line in own.open if line.inside] == [at.firm.name]
    assert (record.firm_name, record.may_keep) == (at.firm.name, True)
    (line,) = other.open
    assert line.inside is None
    assert [(one.what, one.open, one.closed) for one in other.kinds] == [("再生", 1, 0)]
    told = str(other)
    hidden = (at.firm.name, at.firm.industry_middle_name, "令和8年度-1", "斉藤 弘", "伴走できる")
    assert [word for word in hidden if word and word in told] == []


def test_agencies_of_another_prefecture_and_those_in_conflict_learn_nothing(database):
    at = table(database)
    nobody_says(database, at)
    declared(database, at)
    far = replace(at.outsider, prefecture_code="47")
    with database.read() as desk:
        assert gap_list(desk, far).open == ()
        assert gap_list(desk, at["bank"], 2025).open == ()
        assert gap_list(desk, at["bank"], 2026, "cash").open == ()
        assert len(gap_list(desk, at["bank"], 2026, "revitalization").open) == 1


def test_a_network_conference_finds_open_gaps_without_a_firm(database):
    at = table(database)
    nobody_says(database, at)
    gap = declared(database, at)
    with database.read() as desk:
        assert open_gaps_for(desk, at["cga"], at.conference.id) is None
    with database.begin() as uow:
        uow.session.get_one(ConferenceRow, at.conference.id).kind = "network"
    with database.read() as desk:
        (line,) = open_gaps_for(desk, at["cga"], at.conference.id) or ()
        with pytest.raises(NotFound):
            open_gaps_for(desk, at.outsider, at.conference.id)
    assert line.inside is None
    settled(database, at, gap)
    with database.read() as desk:
        assert open_gaps_for(desk, at["cga"], at.conference.id) == ()


def test_the_picture_tells_it_to_all_at_the_item(database):
    at = table(database)
    nobody_says(database, at)
    gap = declared(database, at)
    moved(database, at, gap)
    with database.read() as desk:
        (told,) = item_picture(desk, desk.session.get_one(AgendaItemRow, at.item.id))["gaps"]
    assert (told["round_id"], told["state"], told["kind"]) == (None, "assigned", "revitalization")


def test_an_item_without_a_case_has_no_gap(database):
    at = table(database)
    values = {"kind": "report", "title": "報告", "minutes": 5, "conference_id": at.conference.id}
    made = add_item(database, at["cga"], AddItem(op_id=op(), **values))
    at.item.id = made.id
    with pytest.raises(StateForbids):
        declared(database, at)
