"""受入状況 on the home page and on a page of its own, with a form that needs no script."""

from pathlib import Path

import pytest

from app.store.unit_of_work import Database
from tests.factories import StandingClock, table
from tests.web.pages import Pages, forms_of, words_of


@pytest.fixture
def pages(database: Database, tmp_path: Path) -> Pages:
    return Pages(database, tmp_path)


def test_the_home_page_leads_to_the_form_that_changes_it(database: Database, pages: Pages) -> None:
    at = table(database, running=False)
    home = pages.get(at["cga"], "/")
    assert 'href="/capacities#own"' in home.text
    assert "自機関の受入状況" in words_of(home)
    assert "まだ登録していません。" in words_of(home)
    assert forms_of(pages.get(at["cga"], "/capacities")) == ["state_capacity"]


def test_the_form_states_it_and_everybody_reads_it(database: Database, pages: Pages) -> None:
    at = table(database, running=False)
    values = {"state": "waiting", "note": "年明けに面談できます", "as_of": "2026-11-20"}
    answer = pages.post(at["cga"], "state_capacity", "/capacities", **values)
    assert (answer.status_code, answer.location) == (303, "/capacities")
    assert "待ち 2026年11月20日(金)現在 年明けに面談できます" in pages.text(at["cga"], "/")
    told = pages.text(at.outsider, "/capacities")
    assert "東京信用保証協会 待ち 年明けに面談できます 2026年11月20日(金)現在 鈴木 花子" in told


def test_who_only_takes_part_reads_it_without_a_form(database: Database, pages: Pages) -> None:
    at = table(database, running=False)
    page = pages.get(at["bank"], "/capacities")
    assert forms_of(page) == []
    told = words_of(page)
    assert "受入状況は、自機関の支援責任者または事務局担当が変更できます。" in told
    assert 'href="/capacities"' in pages.get(at["bank"], "/").text


def test_agencies_of_any_prefecture_can_be_looked_at(database: Database, pages: Pages) -> None:
    at = table(database, running=False)
    assert "台東商工会議所" in pages.text(at["bank"], "/capacities")
    elsewhere = pages.text(at["bank"], "/capacities?prefecture=06")
    assert "台東商工会議所" not in elsewhere
    assert "この都道府県の機関は登録されていません。" in elsewhere


def test_an_old_statement_is_shown_with_its_age(
    database: Database, pages: Pages, clock: StandingClock
) -> None:
    at = table(database, running=False)
    pages.post(at["cga"], "state_capacity", "/capacities", state="open")
    clock.advance(days=120)
    assert "受入可 － 2026年11月24日(火)現在 120日前の情報です。" in pages.text(
        at["bank"], "/capacities"
    )


def test_a_refused_form_keeps_what_was_typed(database: Database, pages: Pages) -> None:
    at = table(database, running=False)
    values = {"state": "closed", "note": "年度末まで", "as_of": "2026-12-01"}
    answer = pages.post(at["cga"], "state_capacity", "/capacities", **values)
    assert answer.status_code == 400
    assert "今日までの日付を入力してください。" in words_of(answer)
    assert 'value="年度末まで"' in answer.text
