import pytest

from app.domain.access import Act
from app.domain.conference import Reply
from app.domain.errors import NotFound
from app.domain.vocabulary import Role
from app.queries.conference_page import ConferencePage, conference_page
from app.services.invitations import AnswerInvitation, answer_invitation
from app.store.unit_of_work import Database
from tests.conference_steps import (
    added,
    answered,
    as_role,
    case_of,
    invited,
    opened,
    planned,
    tabled,
)
from tests.factories import Table, op, table


def page_for(database: Database, at: Table, key: str, conference_id: str) -> ConferencePage:
    with database.read() as desk:
        return conference_page(desk, at[key], conference_id)


def test_a_firm_is_named_to_those_within_its_consent_only(database: Database) -> None:
    at = table(database, running=False)
    conference_id, case_item, report = opened(database, at)
    inside = page_for(database, at, "yorozu", conference_id).agenda
    outside = page_for(database, at, "chamber", conference_id).agenda
    assert [(e.id, e.title) for e in inside] == [
        (case_item, "有限会社仁科坂プレス"),
        (report, "前回の報告"),
    ]
    assert [(e.title, e.case_id) for e in outside] == [("", None), ("前回の報告", None)]
    assert "仁科坂" not in repr(page_for(database, at, "chamber", conference_id))


def test_planned_times_follow_from_the_minutes(database: Database) -> None:
    at = table(database, running=False)
    conference_id, _case_item, _report = opened(database, at)
    page = page_for(database, at, "bank", conference_id)
    assert [e.starts_at.isoformat() for e in page.agenda] == [
        "2026-12-15T04:30:00+00:00",
        "2026-12-15T05:00:00+00:00",
    ]
    assert page.agenda_minutes == 40


def test_a_note_is_told_to_the_host_and_its_own_agency(database: Database) -> None:
    at = table(database, running=False)
    conference_id = invited(database, at)
    values = {"op_id": op(), "conference_id": conference_id, "reply": "attend", "note": "内密に"}
    answer_invitation(database, at["bank"], AnswerInvitation.model_validate(values))
    notes = {
        key: page_for(database, at, key, conference_id).seats[0].note
        for key in ("bank", "cga", "yorozu")
    }
    assert notes == {"bank": "内密に", "cga": "内密に", "yorozu": ""}


def test_a_reply_noted_by_the_host_says_so_until_the_agency_answers(database: Database) -> None:
    at = table(database, running=False)
    conference_id = invited(database, at)
    values = {"op_id": op(), "conference_id": conference_id, "reply": "attend"}
    values |= {"agency_id": at.agencies["bank"].id}
    answer_invitation(database, at["cga"], AnswerInvitation.model_validate(values))
    noted = page_for(database, at, "bank", conference_id).seats[0]
    assert (noted.noted_by_host, noted.replied_by) == (True, "鈴木 花子")
    own = {"op_id": op(), "conference_id": conference_id, "reply": "absent"}
    answer_invitation(database, at["bank"], AnswerInvitation.model_validate(own))
    given = page_for(database, at, "bank", conference_id).seats[0]
    assert (given.noted_by_host, given.reply) == (False, Reply.ABSENT)


def test_who_comes_is_counted_against_the_quorum(database: Database) -> None:
    at = table(database, running=False)
    page = page_for(database, at, "bank", answered(database, at))
    assert (page.coming, page.members, page.quorum) == (5, 6, 3)


def test_the_host_is_offered_the_cases_it_may_table(database: Database) -> None:
    at = table(database, running=False)
    subject = case_of(database, at)
    early, late = planned(database, at), planned(database, at, held="2027-04-01")
    offered = page_for(database, at, "cga", early).tableable
    assert [(c.firm_name, c.consent_reaches) for c in offered] == [
        ("株式会社灯夜ダイニング", True),
        ("有限会社仁科坂プレス", True),
    ]
    beyond = {c.id: c.consent_reaches for c in page_for(database, at, "cga", late).tableable}
    assert beyond[subject.id] is False
    tabled(database, at, early, subject)
    assert subject.id not in {c.id for c in page_for(database, at, "cga", early).tableable}
    assert page_for(database, at, "bank", invited(database, at)).tableable == ()


def test_a_meeting_that_names_no_firm_offers_no_case(database: Database) -> None:
    at = table(database, running=False)
    page = page_for(database, at, "cga", planned(database, at, kind="training"))
    assert (page.names_firms, page.tableable) == (False, ())


def test_what_an_agency_may_do_follows_from_its_standing(database: Database) -> None:
    at = table(database, running=False)
    conference_id = invited(database, at)
    added(database, at, conference_id)
    assert page_for(database, at, "bank", conference_id).may == {
        Act.REPLY_INVITATION,
        Act.ENTER_ROOM,
    }
    host = page_for(database, at, "cga", conference_id)
    assert host.may == {
        Act.MANAGE_CONFERENCE,
        Act.REPLY_INVITATION,
        Act.RUN_CONFERENCE,
        Act.ENTER_ROOM,
    }
    with database.read() as desk:
        watching = conference_page(desk, as_role(at["bank"], Role.OBSERVER), conference_id)
    assert watching.may == {Act.ENTER_ROOM}
    assert watching.may_reply is False


def test_without_a_seat_there_is_no_page(database: Database) -> None:
    at = table(database, running=False)
    conference_id = invited(database, at)
    with database.read() as desk:
        for actor in (at.outsider, at.stranger, as_role(at["cga"], Role.AUDITOR)):
            with pytest.raises(NotFound):
                conference_page(desk, actor, conference_id)
