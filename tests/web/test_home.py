from pathlib import Path

import pytest

from app.queries.waiting_shape import Waiting, WaitingFor
from app.store.unit_of_work import Database
from app.web.home import place_of
from tests.conference_steps import invited, replies
from tests.factories import table
from tests.web.pages import Pages, forms_of

_AT_AN_ITEM = (WaitingFor.HOLD, WaitingFor.OVERDUE_HOLD, WaitingFor.ORPHAN_HOLD)


@pytest.fixture
def pages(database: Database, tmp_path: Path) -> Pages:
    return Pages(database, tmp_path)


def test_the_page_opens_with_todays_conference_and_the_way_into_its_room(
    database: Database, pages: Pages
) -> None:
    at = table(database, running=False)
    page = pages.get(at["cga"], "/")
    assert f'href="/conferences/{at.conference.id}/room"' in page.text
    told = pages.text(at["cga"], "/")
    assert "本日の会議 14:00～16:00 事業者支援合同カンファレンス 11月" in told


def test_one_click_answers_that_the_agency_comes(database: Database, pages: Pages) -> None:
    at = table(database, running=False)
    conference_id = invited(database, at)
    assert forms_of(pages.get(at["bank"], "/")) == ["answer_invitation"]
    values = {"conference_id": conference_id, "reply": "attend"}
    response = pages.post(at["bank"], "answer_invitation", "/", **values)
    assert (response.status_code, response.location) == (303, "/")
    assert replies(database, conference_id)[0] == "attend"
    assert forms_of(pages.get(at["bank"], "/")) == []


def test_an_agency_with_nothing_to_do_is_told_so(database: Database, pages: Pages) -> None:
    at = table(database, running=False)
    told = pages.text(at.outsider, "/")
    assert "予定されている会議はありません。" in told
    assert "いま自機関の回答を待っているものはありません。" in told
    assert "会議室に入る" not in told


def test_whatever_waits_has_a_place_where_it_is_done(database: Database, pages: Pages) -> None:
    with pages.app.test_request_context(base_url="http://localhost:8000"):
        subjects = dict.fromkeys(_AT_AN_ITEM, "1/2")
        places = {
            kind: place_of(Waiting(kind, subjects.get(kind, "1"), "", "", None, False))
            for kind in WaitingFor
        }
    assert places == {
        WaitingFor.REPLY: "/conferences/1/invitation",
        WaitingFor.REFERRAL: "/cases/1",
        WaitingFor.STANCE: "/conferences/1/room",
        WaitingFor.VOTE: "/conferences/1/room",
        WaitingFor.CONFIRMATION: "/plans/1",
        WaitingFor.HOLD: "/conferences/1/room?item=2",
        WaitingFor.OVERDUE_HOLD: "/conferences/1/room?item=2",
        WaitingFor.ORPHAN_HOLD: "/conferences/1/room?item=2",
        WaitingFor.GAP: "/gaps/1",
        WaitingFor.OVERDUE_GAP: "/gaps/1",
        WaitingFor.NEXT_TABLE: "/cases/1",
        WaitingFor.RESTART: "/cases/1",
    }
