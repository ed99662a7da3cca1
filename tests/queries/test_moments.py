"""会議時点: what a reader is given of a conference that was held, by the rights of today."""

import json
from dataclasses import replace
from datetime import date

import pytest

from app.clock import iso
from app.domain.conference import SeatRole
from app.domain.errors import Malformed, NotFound
from app.domain.people import Actor
from app.domain.speaking import SpeechKind
from app.queries import moments
from app.queries.moments import entries_of, list_of, moments_of
from app.services.consents import WithdrawConsent, withdraw_consent
from app.services.discussion import SayRemark, say_remark
from app.services.interests import DeclareRecusal, declare_recusal
from app.services.speaking import AskToSpeak, ask_to_speak
from app.store.tables.conferences import SeatRow
from app.store.unit_of_work import Database
from tests import room_steps
from tests.conference_steps import accept, item, opened
from tests.factories import StandingClock, Table, actor_of, op, table
from tests.replaying import delivered, restored

FIRM = "有限会社仁科坂プレス"
SAID = "返済条件を見直したい"


@pytest.fixture
def at(database: Database) -> Table:
    return table(database)


class Held:
    """A conference with one case, closed; the chamber is outside the firm's consent."""

    def __init__(self, database: Database, at: Table, clock: StandingClock) -> None:
        self.database, self.at = database, at
        self.id, self.case_item, self.report = opened(database, at)
        for who in ("bank", "cga", "yorozu", "council", "chamber"):
            accept(database, at[who], self.id)
        room_steps.start(database, at["cga"], self.case_item)
        clock.advance(seconds=5)
        say_remark(database, at["bank"], SayRemark(op_id=op(), item_id=self.case_item, text=SAID))
        clock.advance(seconds=5)
        hand = AskToSpeak(op_id=op(), item_id=self.case_item, kind=SpeechKind.QUESTION)
        ask_to_speak(database, at["yorozu"], hand)
        clock.advance(seconds=5)
        case_id = item(database, self.case_item).case_id
        assert case_id is not None
        self.case_id = case_id

    def end(self, clock: StandingClock) -> None:
        for one in (self.case_item, self.report):
            room_steps.carry_over(
                self.database,
                self.at["cga"],
                one,
                owner_agency_id=self.at.agencies["cga"].id,
                owner_person="鈴木 花子",
                next_date=date(2027, 1, 19),
            )
            clock.advance(seconds=5)
        room_steps.close(self.database, self.at["cga"], self.id)

    def given(self, actor: Actor) -> str:
        return json.dumps(delivered(self.database, actor, self.id), ensure_ascii=False, default=str)

    def rooms(self, actor: Actor) -> set[str]:
        return {entry["room"] for entry in delivered(self.database, actor, self.id)}

    def page(self, actor: Actor) -> moments.Moments:
        with self.database.read() as desk:
            return moments_of(desk, actor, self.id)


@pytest.fixture
def held(database: Database, at: Table, clock: StandingClock) -> Held:
    return Held(database, at, clock)


def test_those_at_the_item_are_given_the_whole_of_it(held: Held, clock: StandingClock) -> None:
    held.end(clock)
    for who in ("bank", "cga", "yorozu"):
        assert FIRM in held.given(held.at[who])
        assert SAID in held.given(held.at[who])
        assert held.page(held.at[who]).hidden == 0
    answer = restored([delivered(held.database, held.at["yorozu"], held.id)])[0]
    assert len(answer["kept"]) == 3
    assert all(one["matches"] for one in answer["kept"])


def test_who_is_outside_a_firms_consent_knows_its_item_by_number(held: Held) -> None:
    chamber = held.at["chamber"]
    given = held.given(chamber)
    assert FIRM not in given
    assert SAID not in given
    assert held.rooms(chamber) == {f"c-{held.id}", f"i-{held.report}"}
    assert held.page(chamber).hidden == 1
    line = next(one for one in held.page(chamber).items if one.id == held.case_item)
    assert (line.title, line.case_id) == ("", None)


def test_an_agency_out_of_an_item_is_given_nothing_of_it(held: Held) -> None:
    yorozu = held.at["yorozu"]
    with held.database.read() as desk:
        page = moments_of(desk, yorozu, held.id)
    assert f"i-{held.case_item}" in held.rooms(yorozu)
    out = DeclareRecusal(op_id=op(), item_id=held.case_item, reason="取引先が競合する")
    declare_recusal(held.database, yorozu, out)
    assert f"i-{held.case_item}" not in held.rooms(yorozu)
    assert SAID not in held.given(yorozu)
    assert f"i-{held.case_item}" in {room.id for room in page.rooms}


def test_withdrawn_consent_takes_the_case_out_of_the_past_too(
    held: Held, clock: StandingClock
) -> None:
    held.end(clock)
    council = held.at["council"]
    assert SAID in held.given(council)
    values = {"op_id": op(), "case_id": held.case_id, "reason": "共有先を絞りたい"}
    withdraw_consent(held.database, held.at["bank"], WithdrawConsent.model_validate(values))
    for who in ("cga", "yorozu", "council"):
        assert held.rooms(held.at[who]) == {f"c-{held.id}", f"i-{held.report}"}
        assert FIRM not in held.given(held.at[who])
    assert SAID in held.given(held.at["bank"])


def test_outsiders_are_told_there_is_no_such_conference(held: Held) -> None:
    for nobody in (held.at.outsider, held.at.stranger):
        with pytest.raises(NotFound):
            held.given(nobody)


def test_an_observer_is_given_the_table_and_no_item(held: Held) -> None:
    with held.database.begin() as uow:
        guest = held.at.outsider.agency_id
        seat = SeatRow(conference_id=held.id, agency_id=guest, role=SeatRole.OBSERVER, position=9)
        uow.session.add(seat)
    assert held.rooms(held.at.outsider) == {f"c-{held.id}"}


def test_before_the_statement_is_accepted_no_item_is_given(held: Held) -> None:
    with held.database.begin() as uow:
        fresh = actor_of(uow, held.at.agencies["bank"], "新人 一", has_accepted=False)
    assert held.rooms(fresh) == {f"c-{held.id}"}
    assert held.page(fresh).awaits_acceptance
    accept(held.database, fresh, held.id)
    assert f"i-{held.case_item}" in held.rooms(fresh)


def test_parts_join_without_gap_or_double(held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = delivered(held.database, held.at["bank"], held.id)
    monkeypatch.setattr(moments, "PAGE", 7)
    assert delivered(held.database, held.at["bank"], held.id) == whole
    assert len({entry["cursor"] for entry in whole}) == len(whole) > 21


def test_a_place_that_is_made_up_or_out_of_sight_leads_nowhere(
    held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moments, "PAGE", 1)
    bank, chamber = held.at["bank"], held.at["chamber"]
    with held.database.read() as desk:
        page = moments_of(desk, bank, held.id)
        places = [f"c-{held.id}", f"c-{held.id}.", f"c-{held.id}.AAAAAAAAAAAAAAAAAAAAAA"]
        for made_up in places:
            with pytest.raises(Malformed):
                entries_of(desk, page, made_up)
        in_item = None
        while in_item is None or not in_item.startswith(f"i-{held.case_item}"):
            in_item = entries_of(desk, page, in_item)["next"]
        with pytest.raises(NotFound):
            entries_of(desk, moments_of(desk, chamber, held.id), in_item)


def test_the_list_is_in_order_and_opens_where_a_moment_lies(
    held: Held, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    held.end(clock)
    monkeypatch.setattr(moments, "LINES", 4)
    bank = held.at["bank"]
    with held.database.read() as desk:
        page = moments_of(desk, bank, held.id)
        first = list_of(desk, page, 1, None)
        lines = [
            line for n in range(1, first.pages + 1) for line in list_of(desk, page, n, None).lines
        ]
        assert [line.at for line in lines] == sorted(line.at for line in lines)
        said = next(line for line in lines if line.told.note == SAID)
        there = list_of(desk, page, 1, iso(said.at))
        assert said in there.lines
        assert list_of(desk, page, 99, None).page == first.pages
    assert replace(first, lines=()) == moments.Lines((), 1, first.pages)
    told = [line for line in delivered(held.database, bank, held.id) if line["told"]]
    assert len(lines) == len(told)
