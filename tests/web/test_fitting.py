"""The list of who could lead, over HTTP and in the room's plain page."""

from pathlib import Path

import pytest

from app.services.interests import DeclareRecusal, declare_recusal
from app.services.sheets import WriteCell, write_cell
from app.store.unit_of_work import Database
from tests.factories import Table, op, table
from tests.web.pages import Pages, words_of


@pytest.fixture
def pages(database: Database, tmp_path: Path) -> Pages:
    return Pages(database, tmp_path)


@pytest.fixture
def at(database: Database) -> Table:
    made = table(database)
    told: dict[str, str | list[str]]
    told = {"request_kind": ["profit"], "repayment_status": "modified"}
    for column, value in told.items():
        command = WriteCell(
            op_id=op(),
            case_id=made.case.id,
            row="case",
            column=column,
            value=value,
            base_version=0,
        )
        write_cell(database, made["bank"], command)
    return made


def address(at: Table) -> str:
    return f"/api/items/{at.item.id}/fitting"


def test_the_list_is_told_in_the_readers_language(pages: Pages, at: Table) -> None:
    found = pages.get(at["cga"], address(at)).get_json()
    assert found["head"] == "参考です。決めるのは会議です。"
    titles = [(group["title"], len(group["agencies"])) for group in found["groups"]]
    assert titles == [("理由のある機関", 2), ("その他", 4)]
    first = found["groups"][0]["agencies"][0]
    assert (first["name"], first["grounds"]) == (
        "東京信用保証協会",
        [
            {
                "because": "経営サポート会議を開き、専門家を派遣できる機関です。",
                "facts": [
                    {
                        "text": "返済状況が「条件変更中」と記録されています。",
                        "source": "借入・保証",
                    }
                ],
            }
        ],
    )
    pages.actor = at["cga"]
    english = pages.app.test_client().get(
        address(at), base_url="http://localhost:8000", headers={"Accept-Language": "en"}
    )
    assert english.get_json()["head"] == "For reference. The conference decides."


def test_two_agencies_are_given_different_reasons(pages: Pages, at: Table) -> None:
    found = pages.get(at["yorozu"], address(at)).get_json()
    named = [one["name"] for one in found["groups"][0]["agencies"]]
    assert named == ["東京都よろず支援拠点"]
    assert "条件変更中" not in pages.get(at["yorozu"], address(at)).text


def test_outsiders_and_those_who_left_find_nothing(
    database: Database, pages: Pages, at: Table
) -> None:
    assert pages.get(at.outsider, address(at)).status_code == 404
    leave = DeclareRecusal(op_id=op(), item_id=at.item.id, reason="役員が兼務しているため")
    declare_recusal(database, at["chamber"], leave)
    assert pages.get(at["chamber"], address(at)).status_code == 404
    assert "台東商工会議所" not in pages.get(at["cga"], address(at)).text


def test_the_plain_room_has_it_as_something_to_open(pages: Pages, at: Table) -> None:
    page = pages.get(at["cga"], f"/conferences/{at.conference.id}/room")
    assert "<summary>主担当の候補を考える</summary>" in page.text
    told = words_of(page)
    assert "参考です。決めるのは会議です。 理由のある機関 保 東京信用保証協会" in told
    assert "返済状況が「条件変更中」と記録されています。 （借入・保証）" in told
    assert "条件変更中」と記録" not in pages.text(
        at["yorozu"], f"/conferences/{at.conference.id}/room"
    )


def test_a_room_that_is_not_at_work_has_none(database: Database, pages: Pages) -> None:
    at = table(database, running=False)
    page = pages.get(at["cga"], f"/conferences/{at.conference.id}/room")
    assert "主担当の候補を考える" not in page.text
