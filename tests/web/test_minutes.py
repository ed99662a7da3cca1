"""議事録 and 議事要旨 as pages, and the ways to them."""

from pathlib import Path
from urllib.parse import quote

import pytest

from app.store.unit_of_work import Database
from tests.conference_steps import planned
from tests.factories import StandingClock, Table, table
from tests.minutes_steps import CONDITION, DISSENT, PEOPLE, SAID, SECOND, TASK, closed, held
from tests.web.pages import Pages, forms_of


@pytest.fixture
def pages(database: Database, tmp_path: Path) -> Pages:
    return Pages(database, tmp_path)


@pytest.fixture
def at(database: Database, clock: StandingClock) -> Table:
    return closed(database, table(database), clock)


def where(at: Table, rest: str = "/minutes") -> str:
    return f"/conferences/{at.conference.id}{rest}"


def test_the_page_tells_what_was_recorded_and_asks_for_nothing(pages: Pages, at: Table) -> None:
    answer = pages.get(at["bank"], where(at))
    text = pages.text(at["bank"], where(at))
    for words in (CONDITION, DISSENT, TASK, "議題2 有限会社仁科坂プレス", "会議の記録の指紋："):
        assert words in text.replace("　", " ")
    assert SAID not in text
    assert "未確定" not in text
    assert [form for form in forms_of(answer) if form] == []


def test_the_summary_is_a_tab_beside_it(pages: Pages, at: Table) -> None:
    assert "?form=summary" in pages.get(at["cga"], where(at)).text
    text = pages.text(at["chamber"], where(at, "/minutes?form=summary"))
    assert "議事要旨" in text
    # Who reads stands in the head of every page.
    assert [name for name in PEOPLE if name in text] == ["渡辺 実"]
    assert pages.text(at["cga"], where(at, "/minutes?form=x")).startswith("議事録")


def test_a_masked_item_is_a_number(pages: Pages, at: Table) -> None:
    outside = pages.text(at["succession"], where(at))
    assert "案件（同意の範囲外のため非表示）" in outside
    assert "内容を閲覧できない議題が1件あります。" in outside
    out = pages.text(at["council"], where(at))
    assert "この議題は利益相反のため退席しています。" in out
    assert SECOND not in outside + out


def test_the_file_is_named_by_day_and_kept_by_nobody_between(pages: Pages, at: Table) -> None:
    for query, form in (("", "議事録"), ("?form=summary", "議事要旨")):
        answer = pages.get(at["bank"], where(at, f"/minutes.pdf{query}"))
        assert answer.data.startswith(b"%PDF")
        disposition = answer.headers["Content-Disposition"]
        assert "minutes-20261124.pdf" in disposition
        assert quote(f"{form}_20261124.pdf") in disposition
        assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("rest", ["/minutes", "/minutes?form=summary", "/minutes.pdf"])
def test_outsiders_find_nothing(pages: Pages, at: Table, rest: str) -> None:
    assert pages.get(at.outsider, where(at, rest)).status_code == 404


def test_while_it_is_open_it_is_a_draft(
    pages: Pages, database: Database, clock: StandingClock
) -> None:
    at = held(database, table(database), clock)
    text = pages.text(at["bank"], where(at))
    assert "会議はまだ終了していません。" in text
    assert "会議の記録の指紋は、会議が終了すると表示されます。" in text
    assert "議事録（未確定）を開く" in pages.text(at["bank"], where(at, ""))


def test_conference_and_room_lead_to_it_once_closed(pages: Pages, at: Table) -> None:
    address = f'href="{where(at)}"'
    assert address in pages.get(at["bank"], where(at, "")).text
    assert address in pages.get(at["bank"], where(at, "/room")).text


def test_before_it_begins_there_is_nothing_to_print(
    pages: Pages, database: Database, at: Table
) -> None:
    waiting = f"/conferences/{planned(database, at)}/minutes"
    assert "会議はまだ始まっていません。" in pages.text(at["cga"], waiting)
    answer = pages.get(at["cga"], f"{waiting}.pdf")
    assert answer.status_code == 409
    assert "議事録はまだありません" in answer.text
