"""What the rules of writing dates and money leave open on paper: blanks, months, hidden marks."""

from datetime import date, datetime, timedelta, timezone

from markupsafe import Markup

from app.domain.dates import era_year, wareki, wareki_short
from app.domain.figures import format_thousands

JAPAN = timezone(timedelta(hours=9), "JST")
NOTHING = "―"
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


def amount(value: int | None) -> str:
    """1,234 or ▲1,234; a dash where nothing is recorded."""
    return NOTHING if value is None else format_thousands(value)


def month_of(day: date) -> str:
    """令和8年11月."""
    return f"{era_year(day)}{day.month}月"


def short_month(day: date) -> str:
    """R8.11, where a whole month would not fit under a bar."""
    return wareki_short(day).rpartition(".")[0]


def clock_time(moment: datetime) -> str:
    """13:30 in Japan, where the day is known."""
    return f"{moment.astimezone(JAPAN):%H:%M}"


def wareki_moment(moment: datetime) -> str:
    """令和8年11月24日 13:30 in Japan, whatever zone the moment came in."""
    there = moment.astimezone(JAPAN)
    return f"{wareki(there.date())} {there:%H:%M}"
