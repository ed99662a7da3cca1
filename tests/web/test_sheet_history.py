"""履歴 and 時点 without script."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.store.unit_of_work import Database
from app.web.sheets import changed_parts
from tests.factories import StandingClock, table
from tests.sheet_steps import decides, writes
from tests.web.pages import Pages, words_of


@pytest.fixture
def pages(database: Database, tmp_path: Path) -> Pages:
    return Pages(database, tmp_path)


def test_every_written_cell_leads_to_its_history(database: Database, pages: Pages) -> None:
    at = table(database)
    here = f"/cases/{at.case.id}/sheet"
    writes(database, at, "bank", "wishes", "返済を1年緩めたい", source="paste")
    writes(database, at, "cga", "wishes", "返済を2年緩めたい", base_version=1)

    sheet = pages.get(at["bank"], here).text
    assert sheet.count("/sheet/history?") == 1
    assert f"{here}/history?row=case&amp;column=wishes" in sheet
    past = pages.get(at["bank"], f"{here}/history?row=case&column=wishes").text

    assert "返済を<del>1</del><ins>2</ins>年緩めたい" in past
    assert past.index("鈴木 花子") < past.index("田中 一郎", past.index("<ol class"))
    told = words_of(pages.get(at["bank"], f"{here}/history?row=case&column=wishes"))
    assert [word for word in ("貼り付け", "入力", "事業者の希望") if word not in told] == []


def test_a_history_one_may_not_see_is_as_missing_as_one_there_is_not(
    database: Database, pages: Pages
) -> None:
    at = table(database)
    writes(database, at, "bank", "repayment_status", "modified")
    for here in (f"/cases/{at.case.id}/sheet/history", f"/api/cases/{at.case.id}/sheet/history"):
        missing = pages.get(at["chamber"], f"{here}?row=case&column=nothing")
        hidden = pages.get(at["chamber"], f"{here}?row=case&column=repayment_status")
        assert (missing.status_code, hidden.status_code) == (404, 404)
        assert words_of(missing) == words_of(hidden)
        assert pages.get(at["chamber"], here).status_code == 404


def test_the_live_sheet_gets_versions_as_values(database: Database, pages: Pages) -> None:
    at = table(database)
    writes(database, at, "bank", "request_kind", ["cash", "sales"])
    address = f"/api/cases/{at.case.id}/sheet/history?row=case&column=request_kind"

    answer = pages.get(at["cga"], address).get_json()

    assert answer == {
        "versions": [
            {
                "version": 1,
                "at": "2026-11-24T00:00:00.000Z",
                "person": "田中 一郎",
                "agency": "つむぎ坂信用金庫",
                "agency_kind": "financial_institution",
                "before": None,
                "value": ["cash", "sales"],
                "source": "typed",
                "reason": "",
                "is_known": True,
            }
        ],
        "earlier": None,
        "may_write": True,
        "frozen": False,
    }


def test_a_past_day_shows_what_stood_at_its_end_in_japan(
    database: Database, pages: Pages, clock: StandingClock
) -> None:
    clock.now = datetime(2026, 11, 20, 14, 59, tzinfo=UTC)  # a minute before midnight in Japan
    at = table(database)
    here = f"/cases/{at.case.id}/sheet"
    writes(database, at, "bank", "wishes", "二十日のうち")
    clock.advance(minutes=2)
    writes(database, at, "bank", "wishes", "二十一日になって", base_version=1)

    then = pages.text(at["cga"], f"{here}?at=2026-11-20")
    assert "2026年11月20日(金) 時点の内容です" in then
    assert ("二十日のうち" in then, "二十一日になって" in then) == (True, False)
    assert "write_cell" not in pages.get(at["cga"], f"{here}?at=2026-11-20").text
    clock.advance(days=1)
    for moment in ("at=2026-11-21T00:00", "at=2026-11-21&time=00:00", "at=令和8年11月20日"):
        told = pages.text(at["cga"], f"{here}?{moment}")
        assert ("二十日のうち" in told, "二十一日になって" in told) == (True, False)
    minute = pages.text(at["cga"], f"{here}?at=2026-11-21&time=00:01")
    assert "2026年11月21日(土) 00:01 時点の内容です" in minute
    assert "二十一日になって" in minute
    assert "まだ行がありません" in then
    assert "二十一日になって" in pages.text(at["cga"], here)


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ("at=2026-11-25", "いまより前の日付と時刻を入力してください。"),
        ("at=2026-11-24&time=09:01", "いまより前の日付と時刻を入力してください。"),
        ("at=soon", "日付として読み取れません"),
        ("at=2026-11-20&time=noon", "時刻は 15:30 のように入力してください。"),
        ("at=2026-11-20T10:00Z", "時刻は 15:30 のように入力してください。"),
    ],
)
def test_a_day_that_cannot_be_shown_shows_no_sheet_that_could_be_taken_for_it(
    database: Database, pages: Pages, asked: str, problem: str
) -> None:
    at = table(database)
    writes(database, at, "bank", "wishes", "返済を1年緩めたい")

    answer = pages.get(at["bank"], f"/cases/{at.case.id}/sheet?{asked}")

    assert answer.status_code == 400
    assert problem in words_of(answer)
    assert "返済を1年緩めたい" not in answer.text


def test_a_correction_asks_for_its_reason_and_keeps_what_was_typed(
    database: Database, pages: Pages
) -> None:
    at = table(database)
    decides(database, at)
    here = f"/cases/{at.case.id}/sheet"
    cell = {"case_id": at.case.id, "row": "case", "column": "conditions", "source": "form"}
    given = {**cell, "value": "四半期ごとに共有", "base_version": "1", "next": here}

    refused = pages.post(at["cga"], "write_cell", here, **given)
    assert refused.status_code == 400
    assert "決定後の訂正には理由が必要です。" in words_of(refused)
    assert "四半期ごとに共有</textarea>" in refused.text
    assert pages.post(at["cga"], "write_cell", here, reason="誤記", **given).status_code == 303

    assert "訂正 理由：誤記" in pages.text(at["bank"], here)
    past = pages.text(at["bank"], f"{here}/history?row=case&column=conditions")
    assert "訂正の理由：誤記" in past


def test_only_what_differs_is_marked() -> None:
    assert changed_parts("月次で共有する", "週次で共有する") == ("", "月", "週", "次で共有する")
    assert changed_parts("ああ", "あああ") == ("ああ", "", "あ", "")
    assert changed_parts("同じ", "同じ") == ("同じ", "", "", "")
