"""委任状: who may give one, to whom, until when, and what its holder may say."""

import pytest
from sqlmodel import select

from app.domain.errors import Malformed, NotEntitled, NotFound, StateForbids
from app.services.interests import PinRecusal, pin_recusal
from app.services.nominations import (
    NominateLead,
    OpenNominations,
    RevealNominations,
    nominate_lead,
    open_nominations,
    reveal_nominations,
)
from app.services.room_life import HandOverChair, hand_over_chair
from app.services.rounds import RevealStances, reveal_stances
from app.store.tables.ballots import LeadSelectionRow, RoundRow, StanceRow
from app.store.tables.journal import EntryRow
from app.store.tables.people import MembershipRow
from app.store.tables.proxies import ProxyRow
from tests.factories import op, table
from tests.journal_steps import broken_places, copied, verifier
from tests.proxy_steps import hands_on, member_of, speaks_for, stays_away, takes_back
from tests.round_steps import ALL, accepts, declares, opened, says

INSTRUCTION = "担保の扱いが決まるまでは条件付きで"


@pytest.fixture
def at(database):
    """The chamber has said that it stays away."""
    at = table(database)
    stays_away(database, at, "chamber")
    return at


def seats_of(database, round_id):
    with database.read() as desk:
        return {seat["name"]: seat for seat in desk.session.get_one(RoundRow, round_id).seats}


def stance_of(database, at, round_id, who):
    with database.read() as desk:
        return desk.session.get(StanceRow, (round_id, at.agencies[who].id))


def test_who_stays_away_is_asked_through_the_holder(database, at):
    assert "台東商工会議所" not in seats_of(database, opened(database, at))
    hands_on(database, at, "chamber", "council", instruction=INSTRUCTION)
    round_id = opened(database, at, because="委任状が届いたため")

    seat = seats_of(database, round_id)["台東商工会議所"]
    speaks_for(database, at, "council", "chamber", round_id)

    assert (seat["takes_part"], seat["proxy"]["name"]) == (True, at["council"].person_name)
    given = stance_of(database, at, round_id, "chamber")
    assert (given.stance, given.manner, given.person_id) == (
        "agree",
        "proxy",
        at["council"].person_id,
    )
    for who in ALL[:-1]:
        says(database, at, round_id, who, "agree")
    accepts(database, at, round_id)
    declares(database, at, round_id, "decided")


def test_whoever_is_in_the_chair_holds_what_was_given_to_the_chair(database, at):
    hands_on(database, at, "chamber")
    round_id = opened(database, at)
    with pytest.raises(NotEntitled):
        speaks_for(database, at, "council", "chamber", round_id)
    speaks_for(database, at, "yorozu", "chamber", round_id)
    moved = HandOverChair(
        op_id=op(),
        conference_id=at.conference.id,
        agency_id=at.agencies["council"].id,
        person="高橋 誠",
    )
    hand_over_chair(database, at["yorozu"], moved)
    with pytest.raises(NotEntitled):
        speaks_for(database, at, "yorozu", "chamber", round_id)
    speaks_for(database, at, "council", "chamber", round_id, "abstain")
    assert stance_of(database, at, round_id, "chamber").version == 2


def test_the_agency_s_own_word_takes_the_holder_s_place_and_never_the_other_way(database, at):
    hands_on(database, at, "chamber", "council")
    round_id = opened(database, at)
    speaks_for(database, at, "council", "chamber", round_id)
    says(database, at, round_id, "chamber", "object", text="会員の意見がまとまらない")
    with pytest.raises(StateForbids) as refused:
        speaks_for(database, at, "council", "chamber", round_id)
    assert "自ら回答しています" in str(refused.value)
    given = stance_of(database, at, round_id, "chamber")
    assert (given.stance, given.manner, given.version) == ("object", "own", 2)


def test_it_is_taken_back_until_a_question_is_opened_with_it(database, at):
    spare = hands_on(database, at, "chamber", "council").id
    takes_back(database, at, "chamber", spare)
    with pytest.raises(StateForbids):
        takes_back(database, at, "chamber", spare)
    kept = hands_on(database, at, "chamber", "council").id
    round_id = opened(database, at)
    with pytest.raises(StateForbids) as refused:
        takes_back(database, at, "chamber", kept)
    assert "自機関から回答すると" in refused.value.remedy
    with pytest.raises(StateForbids):
        hands_on(database, at, "chamber")
    declares(database, at, round_id, "continued", "2026-12-15")
    takes_back(database, at, "chamber", kept)


def test_one_given_anew_ends_the_one_before_and_only_that(database, at):
    first = hands_on(database, at, "chamber", "council").id
    hands_on(database, at, "chamber", item_id=at.item.id)
    second = hands_on(database, at, "chamber", "bank").id
    with database.read() as desk:
        rows = desk.session.exec(select(ProxyRow)).all()
    assert {row.id for row in rows if row.revoked_at} == {first}
    assert seats_of(database, opened(database, at))["台東商工会議所"]["proxy"]["holder"] == "chair"
    assert second in {row.id for row in rows}


def test_no_word_is_handed_on_twice(database, at):
    hands_on(database, at, "chamber", "council")
    for giver, to in (("council", "bank"), ("bank", "chamber"), ("cga", "cga")):
        with pytest.raises(Malformed):
            hands_on(database, at, giver, to)


def test_a_holder_that_left_the_item_speaks_for_nobody(database, at):
    hands_on(database, at, "chamber", "council")
    round_id = opened(database, at)
    out = PinRecusal(
        op_id=op(), item_id=at.item.id, agency_id=at.agencies["council"].id, reason="競合先と契約"
    )
    pin_recusal(database, at["yorozu"], out)
    with pytest.raises(NotFound):
        speaks_for(database, at, "council", "chamber", round_id)
    again = opened(database, at, because="受任者が退席したため")
    assert "台東商工会議所" not in seats_of(database, again)


def test_nobody_speaks_for_an_agency_that_left_the_item(database, at):
    hands_on(database, at, "chamber", "council")
    round_id = opened(database, at)
    out = PinRecusal(
        op_id=op(), item_id=at.item.id, agency_id=at.agencies["chamber"].id, reason="競合先と契約"
    )
    pin_recusal(database, at["yorozu"], out)
    with pytest.raises(StateForbids) as refused:
        speaks_for(database, at, "council", "chamber", round_id)
    assert "退席" in str(refused.value)


def test_another_s_proxy_is_as_if_it_were_not_there(database, at):
    proxy = hands_on(database, at, "chamber", "council").id
    for who in ("council", "yorozu", "bank"):
        with pytest.raises(NotFound):
            takes_back(database, at, who, proxy)


def test_the_instruction_is_in_no_journal(database, at):
    hands_on(database, at, "chamber", "council", instruction=INSTRUCTION)
    with database.read() as desk:
        bodies = [str(entry.body) for entry in desk.session.exec(select(EntryRow))]
    assert bodies
    assert not any(INSTRUCTION in body for body in bodies)


@pytest.mark.parametrize("blind", [False, True])
def test_how_a_word_was_given_is_part_of_the_record(database, at, tmp_path, blind):
    """Recomputed in the tables and from a copy; a holder's word made the agency's own is found."""
    hands_on(database, at, "chamber", "council")
    round_id = opened(database, at, blind=blind)
    for who in ALL[:-1]:
        says(database, at, round_id, who, "agree")
    speaks_for(database, at, "council", "chamber", round_id)
    room = f"i-{at.item.id}"
    assert broken_places(database, room) == []
    made_its_own(database, at, round_id, "own")
    assert broken_places(database, room) != []
    made_its_own(database, at, round_id, "proxy")
    if blind:
        reveal_stances(database, at["yorozu"], RevealStances(op_id=op(), round_id=round_id))
    accepts(database, at, round_id)
    declares(database, at, round_id, "decided")
    held = copied(database, at, room)
    assert broken_places(database, room) == []
    assert verifier(held.write(tmp_path / "copy.jsonl")).returncode == 0
    made_its_own(database, at, round_id, "own")
    assert broken_places(database, room) != []


def made_its_own(database, at, round_id, manner):
    """As somebody with the database in hand would."""
    with database.begin() as uow:
        row = uow.session.get_one(StanceRow, (round_id, at.agencies["chamber"].id))
        row.manner = manner
        uow.session.add(row)


def test_who_stays_away_with_a_proxy_names_nobody_and_is_named_by_nobody(database, at):
    hands_on(database, at, "chamber", "council")
    chamber = at.agencies["chamber"].id
    open_nominations(
        database,
        at["yorozu"],
        OpenNominations(op_id=op(), item_id=at.item.id, role="取りまとめ"),
    )
    with database.read() as desk:
        row = desk.session.get_one(LeadSelectionRow, at.item.id)
    assert chamber not in row.asked
    words = {"nominee_id": chamber, "reason": "地域の会員に詳しい"}
    with pytest.raises(Malformed):
        nominate_lead(database, at["bank"], NominateLead(op_id=op(), item_id=at.item.id, **words))
    words["nominee_id"] = at.agencies["yorozu"].id
    nominate_lead(database, at["bank"], NominateLead(op_id=op(), item_id=at.item.id, **words))
    reveal_nominations(database, at["yorozu"], RevealNominations(op_id=op(), item_id=at.item.id))
    with pytest.raises(Malformed):
        opened(database, at, nominee="chamber")


def test_a_holder_that_acts_for_its_agency_no_more_speaks_for_nobody(database, at):
    hands_on(database, at, "chamber", "council")
    with database.begin() as uow:
        member = uow.session.get_one(MembershipRow, member_of(database, at["council"]))
        member.active = False
        uow.session.add(member)
    assert "台東商工会議所" not in seats_of(database, opened(database, at))
