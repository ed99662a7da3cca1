"""会議時点: the page and the entries it is fed with, as one actor gets them."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import select

from app.services.conferences import CancelConference, cancel_conference
from app.store.journal import verify
from app.store.tables.journal import RoomRow
from app.store.unit_of_work import Database
from tests import room_steps
from tests.conference_steps import accept, answered, opened
from tests.factories import Table, op, table
from tests.web.pages import Pages

FIRM = "有限会社仁科坂プレス"


@pytest.fixture
def pages(database: Database, tmp_path: Path) -> Pages:
    return Pages(database, tmp_path)


@pytest.fixture
def at(database: Database) -> Table:
    return table(database)


def under_way(database: Database, at: Table) -> str:
    conference_id, case_item, _report = opened(database, at)
    for who in ("bank", "cga", "chamber"):
        accept(database, at[who], conference_id)
    room_steps.start(database, at["cga"], case_item)
    return conference_id


def entries(pages: Pages, at: Table, who: str, conference_id: str) -> list[dict[str, Any]]:
    answer = pages.get(at[who], f"/api/conferences/{conference_id}/moments")
    assert answer.status_code == 200
    part = json.loads(answer.text)
    assert part["next"] is None
    return list(part["entries"])


def test_entries_come_with_their_words(pages: Pages, database: Database, at: Table) -> None:
    conference_id = under_way(database, at)
    told = [entry["told"] for entry in entries(pages, at, "bank", conference_id) if entry["told"]]
    assert {"text": f"議題1「{FIRM}」を始めました", "note": "", "weight": "item"} in told
    less = [entry["told"] for entry in entries(pages, at, "chamber", conference_id)]
    assert {"text": "議題1を始めました", "note": "", "weight": "item"} in less


def test_the_list_stands_in_the_page_and_leads_to_moments(
    pages: Pages, database: Database, at: Table
) -> None:
    conference_id = under_way(database, at)
    page = pages.text(at["bank"], f"/conferences/{conference_id}/moments")
    assert f"議題1「{FIRM}」を始めました" in page
    assert "接続（入退室）は記録していない" in page
    assert "最新の記録まで読み込む" in page
    outside = pages.text(at["chamber"], f"/conferences/{conference_id}/moments")
    assert FIRM not in outside
    assert "内容を閲覧できない議題が1件あります。" in outside


@pytest.mark.parametrize("stored", ['{"case": {"firm', "[]", "{}"])
def test_an_entry_that_cannot_be_read_any_more_is_a_finding_and_no_error(
    pages: Pages, database: Database, at: Table, stored: str
) -> None:
    if stored.startswith('{"') and database.engine.dialect.name == "postgresql":
        stored = '"PostgreSQL keeps no text that is not JSON"'
    conference_id = under_way(database, at)
    with database.engine.begin() as connection:
        connection.execute(
            text("UPDATE entry SET body = :stored WHERE kind = 'item_started'"), {"stored": stored}
        )
    shown = pages.text(at["bank"], f"/conferences/{conference_id}/moments")
    assert "この記録は読めません（種類：item_started）" in shown
    found = [one for one in entries(pages, at, "bank", conference_id) if not one["as_told"]]
    assert {(one["kind"], one["is_readable"]) for one in found} == {("item_started", False)}
    with database.read() as desk:
        rooms = desk.session.exec(select(RoomRow)).all()
        problems = {broken.problem for room in rooms for broken in verify(desk.session, room)}
    assert problems == {"content differs from its digest"}


def test_the_conference_leads_to_its_moments_once_it_has_begun(
    pages: Pages, database: Database, at: Table
) -> None:
    waiting = answered(database, at)
    assert "会議時点を開く" not in pages.text(at["bank"], f"/conferences/{waiting}")
    assert "会議はまだ始まっていません。" in pages.text(
        at["bank"], f"/conferences/{waiting}/moments"
    )
    conference_id = under_way(database, at)
    assert "会議時点を開く" in pages.text(at["bank"], f"/conferences/{conference_id}")
    assert "会議時点を開く" in pages.text(at["bank"], f"/conferences/{conference_id}/room")


def test_a_conference_that_was_called_off_has_no_moments(
    pages: Pages, database: Database, at: Table
) -> None:
    conference_id = answered(database, at)
    values = {"op_id": op(), "conference_id": conference_id, "reason": "会場の都合"}
    cancel_conference(database, at["cga"], CancelConference.model_validate(values))
    text = pages.text(at["bank"], f"/conferences/{conference_id}/moments")
    assert "この会議は中止になりました。" in text
    assert "会議の流れ" not in text


@pytest.mark.parametrize("path", ["{}/moments", "/api{}/moments", "/api{}/moments/sight"])
def test_outsiders_find_nothing(pages: Pages, database: Database, at: Table, path: str) -> None:
    address = path.format(f"/conferences/{under_way(database, at)}")
    assert pages.get(at["bank"], address).status_code == 200
    assert pages.get(at.outsider, address).status_code == 404


def test_a_made_up_place_is_refused(pages: Pages, database: Database, at: Table) -> None:
    conference_id = under_way(database, at)
    answer = pages.get(at["bank"], f"/api/conferences/{conference_id}/moments?after=x")
    assert answer.status_code == 400
    assert "続きの位置を読み取れませんでした" in json.loads(answer.text)["message"]
