"""Who may do nothing at the list of speakers, and when nobody may."""

from dataclasses import replace

import pytest

from app.domain.errors import Malformed, NotEntitled, NotFound, Refused, StateForbids
from app.domain.vocabulary import Role
from app.services.consents import WithdrawConsent, withdraw_consent
from app.services.listing import USE_CASES
from app.services.validation import validated
from app.store.tables.conferences import AgendaItemRow, SeatRow
from tests.factories import op, table
from tests.speaker_steps import doing, speakers


@pytest.fixture
def at(database):
    return table(database)


@pytest.fixture
def do(database, at):
    return doing(database, at)


@pytest.fixture
def raise_hand(do):
    return lambda who, kind="contribution": do(who, "ask_to_speak", kind=kind).id


@pytest.mark.parametrize(
    "command", ["ask_to_speak", "call_speaker", "close_speakers", "set_speaking_time"]
)
def test_nothing_of_it_works_before_the_item_runs(database, command):
    at = table(database, running=False)
    body = {"kind": "question"} if command == "ask_to_speak" else {}
    body |= {"minutes": 2} if command == "set_speaking_time" else {}
    use_case = USE_CASES[command]
    values = validated(use_case.command, {"op_id": op(), "item_id": at.item.id, **body})
    with pytest.raises(StateForbids):
        use_case.run(database, at["yorozu"], values)


def test_observers_watchers_and_strangers_raise_no_hand(database, at, do):
    with database.begin() as uow:
        seat = uow.session.get(SeatRow, (at.conference.id, at.agencies["chamber"].id))
        seat.role = "observer"
        uow.session.add(seat)
    with pytest.raises(NotFound):
        do("chamber", "ask_to_speak", kind="order")
    for actor in (at.outsider, at.stranger, replace(at["bank"], role=Role.AUDITOR)):
        with pytest.raises(NotFound):
            do(actor, "ask_to_speak", kind="order")
    with pytest.raises(NotEntitled):
        do(replace(at["bank"], role=Role.OBSERVER), "ask_to_speak", kind="order")


def test_an_observer_is_not_given_the_floor_either(database, at, do):
    with database.begin() as uow:
        seat = uow.session.get(SeatRow, (at.conference.id, at.agencies["chamber"].id))
        seat.role = "observer"
        uow.session.add(seat)
    with pytest.raises(StateForbids) as refused:
        do("yorozu", "call_speaker", agency_id=at.agencies["chamber"].id)
    assert str(refused.value) == "この機関は、この議題では発言できません。"
    with pytest.raises(StateForbids):
        do("yorozu", "call_speaker", agency_id=at.agencies["cga"].id[::-1])


def test_after_the_consent_is_withdrawn_the_list_is_closed_to_all_it_covered(
    database, at, do, raise_hand
):
    raise_hand("chamber")
    withdraw_consent(
        database,
        at["bank"],
        WithdrawConsent(op_id=op(), case_id=at.case.id, reason="本人の申し出"),
    )
    for who, command in (("chamber", "ask_to_speak"), ("yorozu", "call_speaker")):
        with pytest.raises(Refused) as refused:
            do(who, command, **({"kind": "question"} if command == "ask_to_speak" else {}))
        assert refused.value.code == "not_found"


def test_a_chair_outside_the_consent_runs_no_list_it_cannot_see(database, at, do, raise_hand):
    raise_hand("bank")
    with database.begin() as uow:
        item = uow.session.get(AgendaItemRow, at.item.id)
        uncovered = replace(
            at["yorozu"], agency_id=at.outsider.agency_id, person_id=at.outsider.person_id
        )
        conference = uow.session.get(type(at.conference), item.conference_id)
        conference.chair_agency_id = at.outsider.agency_id
        uow.session.add(conference)
    with pytest.raises(NotFound):
        do(uncovered, "call_speaker")


@pytest.mark.parametrize("minutes", [0, 61, "二"])
def test_speaking_time_is_a_sensible_number_of_minutes(do, minutes):
    with pytest.raises(Malformed):
        do("yorozu", "set_speaking_time", minutes=minutes)


def test_a_conflict_of_interest_takes_the_floor_and_lowers_the_hands(database, at, do, raise_hand):
    present = raise_hand("bank")
    do("yorozu", "call_speaker")
    raise_hand("bank", "question")
    other = raise_hand("chamber")
    do("bank", "declare_recusal", item_id=at.item.id, reason="取引先の役員を兼ねているため")
    told = speakers(database, at, "cga")
    assert told["present"] is None
    assert [one["id"] for one in told["speeches"]] == [present]
    assert [one["id"] for one in told["waiting"]] == [other]
    with pytest.raises(NotFound):
        raise_hand("bank")
    with pytest.raises(StateForbids):
        do("yorozu", "call_speaker", agency_id=at.agencies["bank"].id)
