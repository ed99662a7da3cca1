from datetime import date

import pytest

from app.domain.consent import ItemGroup
from app.domain.plan_paper import FirmFacts
from app.store.firm_papers import facts_of, founded_in_words, note_of, years_of
from app.store.tables.firms import FirmRow
from app.store.unit_of_work import Database
from tests.factories import table
from tests.figures import give_figures


@pytest.mark.parametrize(
    ("founded", "words"),
    [
        ("2009-04", "平成21年4月"),
        ("2019-05", "令和元年5月"),
        ("1965-11", "昭和40年11月"),
        ("2009", "2009年"),
        ("", None),
        ("不詳", "不詳"),
    ],
)
def test_a_founding_month_is_told_in_words(founded: str, words: str | None) -> None:
    assert founded_in_words(founded) == words


def test_a_firm_that_shares_nothing_is_only_named(database: Database) -> None:
    at = table(database)
    with database.read() as desk:
        firm = desk.session.get_one(FirmRow, at.firm.id)
        shared = facts_of(firm, {ItemGroup.IDENTITY}, "炭火焼き居酒屋", "安定・成熟期")
        kept = facts_of(firm, {ItemGroup.FINANCE}, "炭火焼き居酒屋", "安定・成熟期")

    assert (shared.address, shared.business, shared.phase) == (
        "東京都台東区",
        "炭火焼き居酒屋",
        "安定・成熟期",
    )
    assert kept == FirmFacts(firm.name, None, None, "", "", *[None] * 7)


def test_years_come_oldest_first_and_without_years_there_is_no_note(database: Database) -> None:
    at = table(database)
    with database.read() as desk:
        assert years_of(desk.session, at.firm.id) == []
    give_figures(database, at.firm.id)
    with database.read() as desk:
        years = years_of(desk.session, at.firm.id)

    assert [year.period_end for year in years] == [date(y, 3, 31) for y in (2024, 2025, 2026)]
    assert note_of([]) is None
    assert note_of(years[:1]) == "役員借入金は借入金に含めていません。"
