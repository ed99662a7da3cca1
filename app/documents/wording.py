"""How dates, money and blanks are written on a Japanese paper."""

from datetime import date, datetime, timedelta, timezone

from markupsafe import Markup

JAPAN = timezone(timedelta(hours=9), "JST")
ERAS = (
    (date(2019, 5, 1), "令和"),
    (date(1989, 1, 8), "平成"),
    (date(1926, 12, 25), "昭和"),
    (date(1912, 7, 30), "大正"),
    (date(1868, 10, 23), "明治"),
)
WEEKDAYS = "月火水木金土日"
# Direction marks can make printed words read differently from what was agreed; control
# characters print as boxes or vanish. Line feed and tab stay.
UNPRINTABLE = dict.fromkeys(
    (
        *(*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0)),
        *(0x061C, 0x200E, 0x200F, 0xFEFF),
        *(*range(0x202A, 0x202F), *range(0x2066, 0x206A)),
    )
)


def printable(value: object) -> object:
    """What a template may print: text without hidden marks; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, str) and not isinstance(value, Markup):
        return value.translate(UNPRINTABLE)
    return value


def wareki(day: date) -> str:
    """令和8年11月24日; years before 明治 stay as they are."""
    for first, era in ERAS:
        if day >= first:
            year = day.year - first.year + 1
            return f"{era}{'元' if year == 1 else year}年{day.month}月{day.day}日"
    return f"{day.year}年{day.month}月{day.day}日"


def wareki_with_weekday(day: date) -> str:
    """令和8年11月24日（火）."""
    return f"{wareki(day)}（{WEEKDAYS[day.weekday()]}）"


def short_month(day: date) -> str:
    """R8.11, for narrow table heads; the western year before 令和."""
    year = day.year - 2018
    return f"R{year}.{day.month}" if day >= ERAS[0][0] else f"{day.year}.{day.month}"


def month_of(day: date) -> str:
    """令和8年11月."""
    return wareki(day).rpartition("月")[0] + "月"


def wareki_moment(moment: datetime) -> str:
    """令和8年11月24日 13:30 in Japan, whatever zone the moment came in."""
    there = moment.astimezone(JAPAN)
    return f"{wareki(there.date())} {there:%H:%M}"


def amount(value: int | None) -> str:
    """1,234 or ▲1,234; a dash where nothing is recorded."""
    if value is None:
        return "―"
    return f"▲{-value:,}" if value < 0 else f"{value:,}"
