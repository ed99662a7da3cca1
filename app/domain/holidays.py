"""祝日 by rule and business days, without a data file or a service.

The rules are those of 国民の祝日に関する法律 as in force since 2007, with the one-off laws of
2019 to 2021. The equinoxes follow the usual approximation for 1980 to 2099; the official days are
announced each February for the following year, and have agreed with it so far. [knowledge]
"""

from collections.abc import Mapping, Set
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from app.domain.sentences import _
from app.domain.text import TextProblem

FIRST_YEAR, LAST_YEAR = 2007, 2099

_ONE_DAY = timedelta(days=1)
_NO_CLOSURES: frozenset[date] = frozenset()

_FIXED = (
    (1, 1, _("元日")),
    (2, 11, _("建国記念の日")),
    (4, 29, _("昭和の日")),
    (5, 3, _("憲法記念日")),
    (5, 4, _("みどりの日")),
    (5, 5, _("こどもの日")),
    (11, 3, _("文化の日")),
    (11, 23, _("勤労感謝の日")),
)
_MARINE, _SPORTS, _MOUNTAIN = _("海の日"), _("スポーツの日"), _("山の日")
# The Olympic year was moved with the games, so both years have their own days.
_OLYMPIC = {
    2020: ((7, 23, _MARINE), (7, 24, _SPORTS), (8, 10, _MOUNTAIN)),
    2021: ((7, 22, _MARINE), (7, 23, _SPORTS), (8, 8, _MOUNTAIN)),
}
SUBSTITUTE, BETWEEN = _("振替休日"), _("国民の休日")
YEAR_END, CLOSURE = _("年末年始"), _("機関の休業日")
SATURDAY, SUNDAY = _("土曜日"), _("日曜日")


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date | None:
    """Return the nth such weekday (0 is Monday) of a month; nth −1 is the last one."""
    first = date(year, month, 1)
    days = [
        day
        for week in range(5)
        if (day := first + timedelta((weekday - first.weekday()) % 7 + 7 * week)).month == month
    ]
    if nth == -1:
        return days[-1]
    return days[nth - 1] if nth <= len(days) else None


def _monday(year: int, month: int, nth: int) -> date:
    return date(year, month, 1 + -date(year, month, 1).weekday() % 7 + 7 * (nth - 1))


def _equinox(year: int, base: float) -> int:
    return int(base + 0.242194 * (year - 1980)) - (year - 1980) // 4


def _national_days(year: int) -> dict[date, str]:
    """Return the days the law names (国民の祝日), before the days it derives from them."""
    days = {date(year, month, day): name for month, day, name in _FIXED}
    days[date(year, 3, _equinox(year, 20.8431))] = _("春分の日")
    days[date(year, 9, _equinox(year, 23.2488))] = _("秋分の日")
    days[_monday(year, 1, 2)] = _("成人の日")
    days[_monday(year, 9, 3)] = _("敬老の日")
    if year in _OLYMPIC:
        days |= {date(year, month, day): name for month, day, name in _OLYMPIC[year]}
    else:
        days[_monday(year, 7, 3)] = _MARINE
        days[_monday(year, 10, 2)] = _SPORTS if year > 2020 else _("体育の日")
        if year >= 2016:
            days[date(year, 8, 11)] = _MOUNTAIN
    if year != 2019:
        birthday = date(year, 2, 23) if year >= 2020 else date(year, 12, 23)
        days[birthday] = _("天皇誕生日")
    else:
        days[date(2019, 5, 1)] = _("天皇の即位の日")
        days[date(2019, 10, 22)] = _("即位礼正殿の儀の行われる日")
    return days


@cache
def holidays_of(year: int) -> Mapping[date, str]:
    """Return every holiday of a year with its name, in order of date.

    A national day on a Sunday moves to the next day that is none (振替休日), and a single day
    between two national days becomes one (国民の休日).
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise TextProblem(
            _("祝日を判定できるのは{first}年から{last}年までです。"),
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )
    national = _national_days(year)
    derived: dict[date, str] = {}
    for day in national:
        after = day + 2 * _ONE_DAY
        if after in national and day + _ONE_DAY not in national:
            derived[day + _ONE_DAY] = BETWEEN
    for sunday in (day for day in national if day.weekday() == 6):
        moved = sunday
        while moved in national:
            moved += _ONE_DAY
        derived[moved] = SUBSTITUTE
    return MappingProxyType(dict(sorted((national | derived).items())))


def holiday_name(day: date) -> str | None:
    """Return the name of a holiday, or None; TextProblem outside 2007 to 2099."""
    return holidays_of(day.year).get(day)


def reason_closed(
    day: date, closures: Set[date] = _NO_CLOSURES, year_end: bool = True
) -> str | None:
    """Say why a day is no business day, the most telling reason first; None if it is one."""
    if (holiday := holiday_name(day)) is not None:
        return holiday
    if year_end and (day.month, day.day) in ((12, 29), (12, 30), (12, 31), (1, 2), (1, 3)):
        return YEAR_END
    if day in closures:
        return CLOSURE
    return {5: SATURDAY, 6: SUNDAY}.get(day.weekday())


def is_business_day(day: date, closures: Set[date] = _NO_CLOSURES, year_end: bool = True) -> bool:
    """Say whether offices work: no weekend, holiday, 12/29–1/3 or closure of their own."""
    return reason_closed(day, closures, year_end) is None


def next_business_day(day: date, closures: Set[date] = _NO_CLOSURES, year_end: bool = True) -> date:
    """Return the first business day after this one, never the day itself."""
    return add_business_days(day, 1, closures, year_end)


def previous_business_day(
    day: date, closures: Set[date] = _NO_CLOSURES, year_end: bool = True
) -> date:
    """Return the last business day before this one, never the day itself."""
    return add_business_days(day, -1, closures, year_end)


def add_business_days(
    day: date, count: int, closures: Set[date] = _NO_CLOSURES, year_end: bool = True
) -> date:
    """Go so many business days on (or back); 0 is the day itself, business day or not."""
    step = _ONE_DAY if count > 0 else -_ONE_DAY
    for _business_day in range(abs(count)):
        day += step
        while not is_business_day(day, closures, year_end):
            day += step
    return day
