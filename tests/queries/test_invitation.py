from datetime import timedelta

import pytest

from app.domain.errors import NotEntitled, NotFound
from app.domain.vocabulary import AgencyKind
from app.queries.invitation import agencies_to_invite, invitation_paper
from app.queries.invitation_paper import InvitationPaper
from app.services.conferences import (
    CancelConference,
    ChangeConference,
    cancel_conference,
    change_conference,
)
from app.store.tables.people import PersonRow
from app.store.unit_of_work import Database
from tests import factories
from tests.conference_steps import answered, case_of, invited, planned, tabled
from tests.factories import NOW, StandingClock, Table, op, table

LINK = "https://entaku.example.jp/conferences/1"


def paper_for(database: Database, at: Table, key: str, conference_id: str) -> InvitationPaper:
    with database.read() as desk:
        return invitation_paper(desk, at[key], conference_id, LINK)


def address(database: Database, at: Table, key: str) -> str:
    with database.read() as desk:
        person = desk.session.get(PersonRow, at[key].person_id)
    assert person is not None
    return person.email


def test_an_invitation_is_one_agencys_own(database: Database) -> None:
    at = table(database, running=False)
    paper = paper_for(database, at, "bank", invited(database, at))
    assert [(i.agency, i.email, i.required, i.reply) for i in paper.invited] == [
        ("つむぎ坂信用金庫", address(database, at, "bank"), True, "needs_action")
    ]
    assert (paper.organizer_name, paper.organizer_email) == (
        "東京信用保証協会",
        address(database, at, "cga"),
    )
    assert (paper.starts_at.isoformat(), paper.ends_at - paper.starts_at) == (
        "2026-12-15T04:30:00+00:00",
        timedelta(hours=2),
    )


@pytest.mark.parametrize(("key", "reply"), [("bank", "accepted"), ("chamber", "declined")])
def test_the_reply_stands_in_the_calendar(database: Database, key: str, reply: str) -> None:
    at = table(database, running=False)
    paper = paper_for(database, at, key, answered(database, at))
    assert [one.reply for one in paper.invited] == [reply]


def test_a_change_keeps_the_uid_and_raises_the_sequence(
    database: Database, clock: StandingClock
) -> None:
    at = table(database, running=False)
    conference_id = invited(database, at)
    first = paper_for(database, at, "bank", conference_id)
    clock.advance(hours=1)
    values = {"op_id": op(), "conference_id": conference_id, "name": "臨時", "held": "2026-12-16"}
    values |= {"start_time": "10:00", "minutes": "60", "place": "本所"}
    change_conference(database, at["cga"], ChangeConference.model_validate(values))
    second = paper_for(database, at, "bank", conference_id)
    assert (first.sequence, second.sequence, first.uid) == (0, 1, second.uid)
    assert (first.changed_at, second.changed_at) == (NOW, NOW + timedelta(hours=1))
    clock.advance(hours=1)
    command = CancelConference(op_id=op(), conference_id=conference_id, reason="台風")
    cancel_conference(database, at["cga"], command)
    third = paper_for(database, at, "bank", conference_id)
    assert (third.sequence, third.cancelled, third.uid) == (2, True, first.uid)


def test_no_firm_is_named_in_a_calendar(database: Database) -> None:
    at = table(database, running=False)
    conference_id = invited(database, at)
    tabled(database, at, conference_id, case_of(database, at))
    assert "仁科坂" not in repr(paper_for(database, at, "bank", conference_id))


def test_nobody_gets_an_invitation_without_a_seat_or_before_it_is_sent(
    database: Database,
) -> None:
    at = table(database, running=False)
    conference_id = planned(database, at)
    with pytest.raises(NotFound):
        paper_for(database, at, "bank", conference_id)
    assert paper_for(database, at, "cga", conference_id).sequence == 0
    with database.read() as desk, pytest.raises(NotFound):
        invitation_paper(desk, at.outsider, invited(database, at), LINK)


def test_agencies_near_come_first_and_the_rest_by_prefecture(database: Database) -> None:
    at = table(database, running=False)
    with database.begin() as uow:
        for key, code in (("kagoshima", "46"), ("hokkaido", "01"), ("jfc", None)):
            row = factories.agency(uow, key, AgencyKind.YOROZU, key, 100)
            row.prefecture_code = code
            uow.session.add(row)
    without = frozenset({at.agencies["bank"].id})
    with database.read() as desk:
        choices = agencies_to_invite(desk, at["cga"], without)
    assert [c.name for c in choices.near] == [
        *(at.agencies[key].name for key in ("cga", "yorozu", "council", "succession", "chamber")),
        "白霧信用組合",
        "jfc",
    ]
    assert [(name, [c.name for c in group]) for name, group in choices.far] == [
        ("北海道", ["hokkaido"]),
        ("鹿児島県", ["kagoshima"]),
    ]


def test_only_coordinators_look_for_agencies_to_invite(database: Database) -> None:
    at = table(database, running=False)
    with database.read() as desk, pytest.raises(NotEntitled):
        agencies_to_invite(desk, at["bank"])
