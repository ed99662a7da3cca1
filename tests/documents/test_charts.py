import re
from xml.etree import ElementTree as ET

from app.documents.charts import cash_bars, indicator_bars

SVG = "{http://www.w3.org/2000/svg}"


def parsed(markup: str) -> ET.Element:
    return ET.fromstring(markup)


def texts(markup: str, kind: str) -> list[str | None]:
    return [each.text for each in parsed(markup).iter(f"{SVG}text") if each.get("class") == kind]


def bars(markup: str) -> list[ET.Element]:
    return [each for each in parsed(markup).iter(f"{SVG}rect") if each.get("class") == "chart-bar"]


def test_a_chart_names_itself_and_tells_every_value() -> None:
    chart = indicator_bars(
        "growth", "売上増加率", ["令和7年", "令和8年"], ["11.6", "▲3.2"], [11.6, -3.2]
    )
    root = parsed(chart)
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "growth-title growth-desc"
    assert title is not None
    assert (title.get("id"), title.text) == (
        "growth-title",
        "売上増加率：令和7年 11.6、令和8年 ▲3.2",
    )
    assert description is not None
    assert description.get("id") == "growth-desc"


def test_a_missing_value_draws_a_dash_and_no_bar() -> None:
    chart = indicator_bars("debt", "倍率", ["令和7年", "令和8年"], ["2.1", "算出不能"], [2.1, None])
    assert len(bars(chart)) == 1
    assert texts(chart, "chart-value") == ["2.1", "―"]


def test_years_without_any_value_still_make_a_chart() -> None:
    assert bars(indicator_bars("none", "倍率", ["令和8年"], ["算出不能"], [None])) == []


def test_a_value_below_zero_is_hatched_and_hangs_from_the_axis() -> None:
    up, down = bars(indicator_bars("m", "率", ["前", "今"], ["5.0", "▲5.0"], [5.0, -5.0]))
    assert down.get("fill") == "url(#m-hatch)"
    assert up.get("fill") != down.get("fill")
    foot_of_up = float(up.get("y", "")) + float(up.get("height", ""))
    assert round(foot_of_up, 1) == round(float(down.get("y", "")), 1)
    assert up.get("height") == down.get("height")


def test_shortage_months_are_written_out_and_hatched() -> None:
    chart = cash_bars("cash", ["R8.12", "R9.1", "R9.2"], [650, -1900, -600], "月末資金残高")
    assert texts(chart, "chart-short") == ["不足", "不足"]
    hatched = [bar.get("fill") == "url(#cash-hatch)" for bar in bars(chart)]
    assert hatched == [False, True, True]
    title = parsed(chart).findtext(f"{SVG}title")
    assert title == "月末資金残高。資金不足の月: R9.1、R9.2。"


def test_two_years_of_months_name_every_second_month() -> None:
    months = [f"{n}月目" for n in range(24)]
    labels = texts(cash_bars("c", months, [1] * 24, "残高"), "chart-label")
    assert [words for words in labels if words in months] == months[::2]


def test_a_page_may_tell_the_chart_in_its_language() -> None:
    chart = cash_bars("c", ["1"], [-1], "Cash", translate=lambda s: s.replace("不足", "short"))
    assert texts(chart, "chart-short") == ["short"]


def test_a_year_without_shortage_says_so() -> None:
    title = parsed(cash_bars("cash", ["R8.12"], [650], "月末資金残高")).findtext(f"{SVG}title")
    assert title == "月末資金残高。資金不足の月はありません。"


def test_the_scale_has_at_most_seven_round_steps_and_holds_zero() -> None:
    for values in ([1], [0], [-1], [999], [123456, -5], [-80, -7], [10**9, -(10**9)]):
        steps = texts(cash_bars("c", ["月"] * len(values), values, "残高"), "chart-label")
        scale = [words for words in steps if words != "月"]
        assert "0" in scale
        assert 2 <= len(scale) <= 7


def test_no_style_attribute_and_no_raw_text_reaches_the_page() -> None:
    chart = indicator_bars("x", '<img src="x">', ["<b>"], ["& 1"], [1.0]) + cash_bars(
        "y", ["<i>"], [1], '"><script>'
    )
    assert re.search(r"\sstyle=|<img|<script|<b>|<i>", chart) is None
    assert "&lt;img" in chart
