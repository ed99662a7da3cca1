"""Days and moments as the reader's language writes them; Japanese offices use the era."""

from datetime import date, datetime

from app import catalogues
from app.clock import in_japan
from app.domain import dates
from app.domain.sentences import _
from app.web.languages import current_language, translate


def wareki(moment: date | datetime | None) -> str:
    """令和8年11月24日(火); in other languages, which know no 年号, the western day."""
    if not moment:
        return ""
    if current_language() == "ja":
        return dates.wareki_with_weekday(_day(moment))
    return western(moment)


def western(moment: date | datetime | None) -> str:
    """2026年11月24日(火)."""
    if not moment:
        return ""
    day = _day(moment)
    return translate(_("{year}年{month}月{day}日({weekday})")).format(
        year=day.year, month=day.month, day=day.day, weekday=weekday_names()[day.weekday()]
    )


def weekday_names() -> list[str]:
    """月 to 日, as short as a calendar's heads."""
    return catalogues.weekday_names(current_language())


def _day(value: date | datetime) -> date:
    return in_japan(value).date() if isinstance(value, datetime) else value
