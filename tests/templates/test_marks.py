"""Marks say in words what their colour says."""

import re
from datetime import date

import pytest

from app.domain.vocabulary import AGENCY_MARKS, AgencyKind
from app.settings import ROOT
from tests.templates.conftest import Render

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize("kind", AgencyKind)
def test_every_kind_of_agency_has_its_mark_and_a_drawn_look(
    render: Render, kind: AgencyKind
) -> None:
    html = render("{{ agency_chip(kind, '甲') }}", kind=kind)
    assert re.findall(r'aria-hidden="true">(.)</span>', html) == [AGENCY_MARKS[kind]]
    (look,) = re.findall(r'class="agency agency-(\w+)"', html)
    tokens = (ROOT / "static/css/tokens.css").read_text()
    assert tokens.count(f"--agency-{look}:") == 2  # light and dark


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2026, 11, 20), "期限 2026年11月20日(金)（4日超過）"),
        (TODAY, "期限 2026年11月24日(火)（本日）"),
        (date(2026, 12, 1), "期限 2026年12月1日(火)"),
        (None, "期限なし"),
    ],
)
def test_a_date_owed_says_when_it_has_passed(
    render: Render, day: date | None, sentence: str
) -> None:
    html = render("{{ due(day, today) }}", day=day, today=TODAY)
    assert re.sub(r"<[^>]+>", "", html).strip() == sentence


def test_a_column_that_says_it_already_is_not_told_again(render: Render) -> None:
    html = render("{{ due(day, today, '') }}", day=TODAY, today=TODAY)
    assert re.sub(r"<[^>]+>", "", html).strip() == "2026年11月24日(火)（本日）"


def test_money_that_is_not_known_is_not_nought(render: Render) -> None:
    shown = [render("{{ money(n) }}", n=n) for n in (None, 0, -1234)]
    words = [re.sub(r"<[^>]+>", "", html).strip() for html in shown]
    assert words == ["－未登録", "0", "▲1,234"]
