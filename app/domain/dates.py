"""Dates as Japanese offices write and read them: 和暦, western years, 年度 and 決算期.

The conventions are those of the domain dictionary, section 8. Dates are stored as ISO dates;
these texts are for reading only.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from app.domain.sentences import _
from app.domain.text import Sentence, TextProblem

WEEKDAYS = "月火水木金土日"


@dataclass(frozen=True, slots=True)
class Era:
    """年号, with its first and last day."""

    name: str
    letter: str
    first: date
    last: date


# 明治 begins where Japan took over the Gregorian calendar: earlier days were lunar. [knowledge]
ERAS = (
    Era("令和", "R", date(2019, 5, 1), date.max),
    Era("平成", "H", date(1989, 1, 8), date(2019, 4, 30)),
    Era("昭和", "S", date(1926, 12, 25), date(1989, 1, 7)),
    Era("大正", "T", date(1912, 7, 30), date(1926, 12, 24)),
    Era("明治", "M", date(1873, 1, 1), date(1912, 7, 29)),
)
_FIRST_YEARS = {"令和": 2019, "平成": 1989, "昭和": 1926, "大正": 1912, "明治": 1868}

_DASHES = re.compile(r"[‐‑–—―−ー]")
_WEEKDAY = r"(?:\((?P<weekday>[月火水木金土日])(?:曜日?)?\))?"
_MONTH_AND_DAY = r"(?P<month>[0-9]{1,2})[月/.-](?P<day>[0-9]{1,2})日?"
_WITH_ERA = re.compile(
    rf"(?P<era>令和|平成|昭和|大正|明治|[RHSTM])\.?(?P<year>元|[0-9]{{1,2}})[年/.-]{_MONTH_AND_DAY}{_WEEKDAY}"
)
_WESTERN = re.compile(rf"(?P<year>[12][0-9]{{3}})[年/.-]{_MONTH_AND_DAY}{_WEEKDAY}")
_DIGITS = re.compile(r"(?P<year>[12][0-9]{3})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")


def parse_date(text: str) -> date | None:
    """Read a date in any usual way of writing, or return None.

    令和8年4月1日, R8.4.1, R8/4/1, 元年, 2026/4/1, 2026-04-01, 2026年4月1日 and 20260401 are read,
    in full width and with spaces too. A day outside its era (平成31年5月1日) and a weekday that
    does not fit are None, because one half of what was written must be wrong.
    """
    written = "".join(_DASHES.sub("-", unicodedata.normalize("NFKC", text)).upper().split())
    match = (
        _WITH_ERA.fullmatch(written) or _WESTERN.fullmatch(written) or _DIGITS.fullmatch(written)
    )
    if match is None:
        return None
    parts = match.groupdict()
    era = next((era for era in ERAS if parts.get("era") in (era.name, era.letter)), None)
    year = 1 if parts["year"] == "元" else int(parts["year"])
    if era is not None:
        if year == 0:
            return None
        year += _FIRST_YEARS[era.name] - 1
    try:
        day = date(year, int(parts["month"]), int(parts["day"]))
    except ValueError:
        return None
    if era is not None and not era.first <= day <= era.last:
        return None
    if parts.get("weekday") not in (None, WEEKDAYS[day.weekday()]):
        return None
    return day


def read_date(text: str) -> date | None:
    """Return None for a blank, the date for a date, and raise TextProblem for anything else."""
    if not text.strip():
        return None
    day = parse_date(text)
    if day is None:
        raise TextProblem(
            _("日付として読み取れません。2026/4/1 や令和8年4月1日のように入力してください。")
        )
    return day


def era_of(day: date) -> Era | None:
    """Return the 年号 of a day; None before the Gregorian calendar was Japan's."""
    return next((era for era in ERAS if era.first <= day), None)


def _year_in(era: Era, day: date) -> int:
    return day.year - _FIRST_YEARS[era.name] + 1


def era_year(day: date) -> str:
    """Return 令和8年 or 令和元年, and the western year where there is no 年号."""
    era = era_of(day)
    if era is None:
        return f"{day.year}年"
    year = _year_in(era, day)
    return f"{era.name}{'元' if year == 1 else year}年"


def wareki(day: date) -> str:
    """令和8年11月24日."""
    return f"{era_year(day)}{day.month}月{day.day}日"


def wareki_with_weekday(day: date) -> str:
    """令和8年11月24日(火)."""
    return f"{wareki(day)}({WEEKDAYS[day.weekday()]})"


def wareki_short(day: date) -> str:
    """R8.11.24, with a figure for the first year (R1.5.1)."""
    era = era_of(day)
    year = str(day.year) if era is None else f"{era.letter}{_year_in(era, day)}"
    return f"{year}.{day.month}.{day.day}"


def western(day: date) -> str:
    """2026年11月24日(火)."""
    return f"{day.year}年{day.month}月{day.day}日({WEEKDAYS[day.weekday()]})"


def fiscal_year(day: date) -> int:
    """Return the western year in which the 年度 of that day began (1 April)."""
    return day.year if day.month >= 4 else day.year - 1


def fiscal_year_days(year: int) -> tuple[date, date]:
    """Return the first and last day of a 年度."""
    return date(year, 4, 1), date(year + 1, 3, 31)


def fiscal_year_label(year: int) -> str:
    """R8 for the 年度 that began in 2026.

    The 年号 is that of 1 May, so the whole of 2019年度 is R1, as the state wrote it.
    """
    return wareki_short(date(year, 5, 1)).partition(".")[0]


def fiscal_year_name(year: int) -> str:
    """令和8年度."""
    return f"{era_year(date(year, 5, 1))}度"


def period_label(period_end: date, *, era: bool = False) -> str:
    """Name a firm's 決算期 by its last month: 2026年3月期, or 令和8年3月期."""
    year = era_year(period_end) if era else f"{period_end.year}年"
    return f"{year}{period_end.month}月期"


def days_until(day: date, today: date) -> Sentence:
    """Tell how far away a deadline is, in calendar days."""
    left = (day - today).days
    if left == 0:
        return Sentence(_("本日"))
    if left > 0:
        return Sentence(_("あと{days}日"), days=left)
    return Sentence(_("{days}日超過"), days=-left)
