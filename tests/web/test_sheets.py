import re
from pathlib import Path

import pytest

from app.store.unit_of_work import Database
from tests.factories import table
from tests.web.pages import Pages, words_of


@pytest.fixture
def pages(database: Database, tmp_path: Path) -> Pages:
    return Pages(database, tmp_path)


def test_every_kind_of_cell_is_written_by_its_own_form(database: Database, pages: Pages) -> None:
    at = table(database)
    here = f"/cases/{at.case.id}/sheet"

    def write(column: str, value: object, row: str = "case") -> str:
        sent = pages.post(
            at["bank"],
            "write_cell",
            here,
            case_id=at.case.id,
            row=row,
            column=column,
            value=value,
            base_version="0",
            source="form",
            next=f"{here}#{row}-{column}",
        )
        assert sent.status_code == 303, words_of(sent)
        return sent.headers["Location"]

    assert write("wishes", "雇用を守りたい") == f"{here}#case-wishes"
    write("urgency", "B")
    write("request_kind", ["cash", "profit"])
    write("adjusted_net_assets", "▲12,000")
    write("cash_low_month", "令和9年3月1日")
    shown = pages.text(at["cga"], here)
    told = ("雇用を守りたい", "B 3か月以内", "資金繰り、採算・原価", "▲12,000", "2027年3月1日(月)")
    assert [text for text in told if text not in shown] == []


def test_a_refused_cell_is_refused_in_its_own_place_only(database: Database, pages: Pages) -> None:
    at = table(database)
    here = f"/cases/{at.case.id}/sheet"
    cell = {"case_id": at.case.id, "row": "case", "column": "wishes", "source": "form"}
    pages.post(at["cga"], "write_cell", here, value="先に書いた", base_version="0", **cell)
    answer = pages.post(
        at["bank"], "write_cell", here, value="後から書いた", base_version="0", **cell
    )
    assert answer.status_code == 409
    assert answer.text.count('id="refusal"') == 1
    assert answer.text.count("後から書いた") == 1
    assert "いまの値（東京信用保証協会 鈴木 花子）：先に書いた" in words_of(answer)
    form = answer.text[: answer.text.index("後から書いた")]
    assert re.findall(r'name="base_version" value="(\d+)"', form)[-1] == "1"


def test_the_live_sheet_is_told_only_the_columns_one_may_see(
    database: Database, pages: Pages
) -> None:
    at = table(database)

    def rights(who: str) -> dict[str, str]:
        answer = pages.get(at[who], f"/api/cases/{at.case.id}/columns").get_json()
        return {column["key"]: column["right"] for column in answer["columns"]}

    assert rights("bank")["repayment_status"] == "edit"
    assert "repayment_status" not in rights("yorozu")
    assert rights("yorozu")["menu"] == "own"
