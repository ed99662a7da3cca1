from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlmodel import select

from app.store.tables.conferences import SeriesRow
from app.store.unit_of_work import Database
from tests.factories import Table, table
from tests.web.pages import Pages, forms_of, words_of

FORM = "/conferences/series/new"


@pytest.fixture
def pages(database: Database, tmp_path: Path) -> Pages:
    return Pages(database, tmp_path)


def filled(at: Table, **changes: str) -> dict[str, str]:
    values = {
        "kind": "joint_case",
        "name": "合同カンファレンス",
        "pattern": "nth_weekday",
        "nth": "1",
        "weekday": "0",
        "day": "15",
        "every_months": "1",
        "starts_on": "2026-12-01",
        "shift": "next",
        "start_time": "13:30",
        "minutes": "120",
        "place": "",
        "online_url": "",
        "quorum": "",
        "agency_ids": at.agencies["bank"].id,
    }
    return values | changes


def series_stored(database: Database) -> int:
    with database.read() as desk:
        return len(desk.session.exec(select(SeriesRow)).all())


def test_an_untouched_form_says_what_to_do(database: Database, pages: Pages) -> None:
    at = table(database, running=False)
    page = pages.get(at["cga"], FORM)
    assert forms_of(page) == []
    assert 'value="2026-11-24"' in page.text
    assert 'id="refusal"' not in page.text


def test_twelve_months_are_seen_before_anything_is_stored(database: Database, pages: Pages) -> None:
    at = table(database, running=False)
    page = pages.get(at["cga"], f"{FORM}?{urlencode(filled(at))}")
    told = words_of(page)
    assert "毎月第1月曜日（祝日の場合は翌営業日）" in told
    assert "2027年5月6日(木) 2027年5月3日(月)（憲法記念日）から変更" in told
    assert page.text.count('<th scope="row" data-label="回">') == 12
    assert forms_of(page) == ["create_series"]
    assert series_stored(database) == 0


def test_what_was_seen_is_what_is_registered(database: Database, pages: Pages) -> None:
    at = table(database, running=False)
    values = filled(at, next="/conferences/series/{id}")
    back = f"{FORM}?{urlencode(filled(at))}"
    response = pages.post(at["cga"], "create_series", back, **values)
    assert response.status_code == 303
    assert "毎月第1月曜日" in pages.text(at["cga"], response.location)
    assert series_stored(database) == 1


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("minutes", "長め", "数値を入力してください。"),
        ("name", " ", "入力してください。"),
        ("online_url", "meet", "https:// から始まるアドレスを入力してください。"),
    ],
)
def test_a_mistake_is_told_beside_its_field_and_the_months_stay(
    database: Database, pages: Pages, field: str, value: str, sentence: str
) -> None:
    at = table(database, running=False)
    page = pages.get(at["cga"], f"{FORM}?{urlencode(filled(at, **{field: value}))}")
    assert f'id="series-{field}-error"' in page.text
    assert sentence in words_of(page)
    assert page.text.count('<th scope="row" data-label="回">') == 12
    assert forms_of(page) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("nth", "9"),
        ("weekday", "7"),
        ("pattern", "weekly"),
        ("shift", "never"),
        ("every_months", "0"),
        ("day", "99999999999999999999"),
        ("starts_on", "2026-11-23"),
        ("starts_on", "9999-12-31"),
        ("starts_on", "0001-01-01"),
        ("starts_on", "来月"),
    ],
)
def test_a_rule_that_cannot_be_read_shows_no_months(
    database: Database, pages: Pages, field: str, value: str
) -> None:
    at = table(database, running=False)
    page = pages.get(at["cga"], f"{FORM}?{urlencode(filled(at, **{field: value}))}")
    assert page.status_code == 200
    assert f'id="series-{field}-error"' in page.text
    assert page.text.count('<th scope="row" data-label="回">') == 0
    assert forms_of(page) == []


def test_a_refused_registration_keeps_the_whole_form(database: Database, pages: Pages) -> None:
    at = table(database, running=False)
    back = f"{FORM}?{urlencode(filled(at))}"
    response = pages.post(at["cga"], "create_series", back, **filled(at, quorum="9"))
    assert response.status_code == 400
    assert "定足数は、主催を含む参加機関の数（2機関）以下にしてください。" in words_of(response)
    assert 'value="合同カンファレンス"' in response.text
    assert 'id="series-quorum-error"' in response.text
    assert response.text.count('id="refusal"') == 1
    assert series_stored(database) == 0


def test_the_form_is_for_coordinators(database: Database, pages: Pages) -> None:
    at = table(database, running=False)
    assert pages.get(at["bank"], FORM).status_code == 403
    assert pages.get(at.stranger, FORM).status_code == 403
