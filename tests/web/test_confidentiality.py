"""The statement on the plain pages: read, accepted by a button, listed for chair and host."""

from pathlib import Path

import pytest

from app.domain.confidentiality import CURRENT_VERSION, STATEMENTS
from app.store.unit_of_work import Database
from tests.conference_steps import accept
from tests.factories import Table, actor_of, table
from tests.web.pages import Pages, forms_of
from tests.web.test_room import data_of

BUTTON = "確認しました"


@pytest.fixture
def pages(database: Database, tmp_path: Path) -> Pages:
    return Pages(database, tmp_path)


@pytest.fixture
def at(database: Database) -> Table:
    return table(database)


def room(at: Table) -> str:
    return f"/conferences/{at.conference.id}/room"


def newcomer(database: Database, at: Table, key: str = "bank"):
    with database.begin() as uow:
        return actor_of(uow, at.agencies[key], "井口 真由", has_accepted=False)


def test_the_room_shows_the_statement_and_nothing_else_of_its_items(
    database: Database, pages: Pages, at: Table
) -> None:
    person = newcomer(database, at)

    answer = pages.get(person, room(at))

    assert forms_of(answer) == ["accept_confidentiality"]
    assert all(point in answer.text for point in STATEMENTS[CURRENT_VERSION].points)
    assert at.firm.name not in answer.text
    told = data_of(answer.text)["statement"]
    assert (told["version"], len(told["points"])) == (CURRENT_VERSION, 6)


def test_accepting_by_the_plain_form_opens_the_room(
    database: Database, pages: Pages, at: Table
) -> None:
    person = newcomer(database, at)
    fields = {"conference_id": at.conference.id, "version": CURRENT_VERSION}

    sent = pages.post(person, "accept_confidentiality", room(at), **fields)

    assert (sent.status_code, sent.headers["Location"]) == (303, room(at))
    answer = pages.get(person, room(at))
    assert forms_of(answer) == [
        *("record_outcome", "declare_recusal"),
        *("ask_to_speak", "say_remark", "say_in_lane"),
    ]
    assert at.firm.name in answer.text
    assert data_of(answer.text)["statement"] is None


def test_a_chair_who_has_not_accepted_still_runs_the_agenda_by_its_numbers(
    database: Database, pages: Pages, at: Table
) -> None:
    answer = pages.get(newcomer(database, at, "yorozu"), room(at))

    assert "accept_confidentiality" in forms_of(answer)
    assert "extend_item" in forms_of(answer)
    assert at.firm.name not in answer.text


def test_the_projector_shows_nothing_before(database: Database, pages: Pages, at: Table) -> None:
    person = newcomer(database, at)
    for query in ("", "?mask=1"):
        answer = pages.get(person, f"{room(at)}/projector{query}")
        assert "先に会議室で守秘・取扱いの確認をしてください" in answer.text
        assert at.firm.name not in answer.text
        assert forms_of(answer) == []


def test_an_act_on_the_item_is_refused_with_what_to_do(
    database: Database, pages: Pages, at: Table
) -> None:
    person = newcomer(database, at)

    answer = pages.post(person, "say_remark", room(at), item_id=at.item.id, text="伺います")

    assert answer.status_code == 403
    assert "［確認しました］を押してください" in answer.text
    assert at.firm.name not in answer.text


def test_the_case_has_its_own_page_for_those_who_take_part_in_it(
    database: Database, pages: Pages, at: Table
) -> None:
    person = newcomer(database, at)
    assert at.firm.name in pages.text(person, f"/cases/{at.case.id}/sheet")


def test_chair_and_host_find_who_accepted_on_the_page_of_the_conference(
    database: Database, pages: Pages, at: Table
) -> None:
    accept(database, newcomer(database, at), at.conference.id)
    page = f"/conferences/{at.conference.id}"

    assert "7人が確認済み" in pages.text(at["cga"], page)
    assert "井口 真由" in pages.text(at["yorozu"], page)
    assert "人が確認済み" not in pages.text(at["bank"], page)
