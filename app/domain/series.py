"""開催の繰り返し: on which days a conference that repeats is held, and why a day was moved."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.holidays import (
    SATURDAY,
    SUNDAY,
    next_business_day,
    nth_weekday,
    previous_business_day,
    reason_closed,
)
from app.domain.sentences import _
from app.domain.text import Sentence, TextProblem

LAST = -1


class Pattern(StrEnum):
    """How the planned day of a month is found."""

    NTH_WEEKDAY = "nth_weekday"
    DAY_OF_MONTH = "day_of_month"
    END_OF_MONTH = "end_of_month"


class Shift(StrEnum):
    """What happens when offices are closed on the planned day."""

    PREVIOUS = "previous"
    NEXT = "next"
    SKIP = "skip"
    ASK = "ask"


PATTERN_LABELS = {
    Pattern.NTH_WEEKDAY: _("毎月の第何曜日"),
    Pattern.DAY_OF_MONTH: _("毎月の決まった日"),
    Pattern.END_OF_MONTH: _("毎月の末日"),
}
SHIFT_LABELS = {
    Shift.PREVIOUS: _("前営業日"),
    Shift.NEXT: _("翌営業日"),
    Shift.SKIP: _("開催しない"),
    Shift.ASK: _("その都度決める"),
}
WEEKDAY_LABELS = (
    _("月曜日"),
    _("火曜日"),
    _("水曜日"),
    _("木曜日"),
    _("金曜日"),
    SATURDAY,
    SUNDAY,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRule:
    """When a series is held; what the pattern does not use is ignored.

    ``nth`` is 1 to 5, or −1 for the last; ``weekday`` is 0 for Monday to 6; a ``day`` beyond the
    end of a short month means its last day.
    """

    pattern: Pattern
    nth: int = 1
    weekday: int = 0
    day: int = 1
    every_months: int = 1
    shift: Shift = Shift.NEXT

    def __post_init__(self) -> None:
        if self.nth not in (1, 2, 3, 4, 5, LAST):
            raise TextProblem(_("第何週かは、第1から第5まで、または最終から選んでください。"))
        if not 0 <= self.weekday <= 6:
            raise TextProblem(_("曜日を選んでください。"))
        if not 1 <= self.day <= 31:
            raise TextProblem(_("日は1から31までで入力してください。"))
        if not 1 <= self.every_months <= 12:
            raise TextProblem(_("間隔は1か月から12か月までで入力してください。"))

    @property
    def chooses_weekend(self) -> bool:
        """A series set on Saturdays or Sundays is not moved because of the weekend itself."""
        return self.pattern is Pattern.NTH_WEEKDAY and self.weekday >= 5


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One month's conference of a series.

    ``key`` is the month it was planned in (2026-11) and stays its name however it is moved.
    ``held`` is None when it is skipped or somebody has to choose the day (``needs_answer``);
    ``reason`` is why offices are closed on the planned day (文化の日), None if they are not.
    """

    key: str
    planned: date
    held: date | None
    reason: str | None = None
    needs_answer: bool = False


def occurrences(
    rule: SeriesRule, start: date, months: int = 12, closures: Set[date] = frozenset()
) -> tuple[Occurrence, ...]:
    """Lay out a series over so many calendar months from the month of ``start``.

    Months are counted from that month, so a series keeps one ``start`` for its whole life.
    A month without a fifth such weekday has no occurrence, and neither has one whose day would
    lie before ``start``.
    """
    found = []
    for offset in range(0, months, rule.every_months):
        years, month = divmod(start.month - 1 + offset, 12)
        planned = _planned(rule, start.year + years, month + 1)
        if planned is None:
            continue
        occurrence = _settle(rule, planned, closures)
        if (occurrence.held or planned) >= start:
            found.append(occurrence)
    return tuple(found)


def _planned(rule: SeriesRule, year: int, month: int) -> date | None:
    if rule.pattern is Pattern.NTH_WEEKDAY:
        return nth_weekday(year, month, rule.nth, rule.weekday)
    next_month = date(year + month // 12, month % 12 + 1, 1)
    end = next_month - timedelta(days=1)
    if rule.pattern is Pattern.END_OF_MONTH:
        return end
    return min(date(year, month, 1) + timedelta(days=rule.day - 1), end)


def _settle(rule: SeriesRule, planned: date, closures: Set[date]) -> Occurrence:
    """Move a planned day off closed days, always within its month.

    A next business day in the following month falls back to the previous one, and the other way
    round: two conferences of a series never meet in one month. Where a month has no business day
    left at all, the office is asked.
    """
    key = f"{planned:%Y-%m}"
    reason = reason_closed(planned, closures)
    if reason is None or (rule.chooses_weekend and reason in (SATURDAY, SUNDAY)):
        return Occurrence(key, planned, planned)
    if rule.shift is Shift.SKIP:
        return Occurrence(key, planned, None, reason)
    if rule.shift is Shift.ASK:
        return Occurrence(key, planned, None, reason, needs_answer=True)
    moves = [next_business_day, previous_business_day]
    if rule.shift is Shift.PREVIOUS:
        moves.reverse()
    for move in moves:
        held = move(planned, closures)
        if (held.year, held.month) == (planned.year, planned.month):
            return Occurrence(key, planned, held, reason)
    return Occurrence(key, planned, None, reason, needs_answer=True)


def describe(rule: SeriesRule) -> Sentence:
    """Tell the rule: 毎月第3火曜日（祝日の場合は翌営業日）."""
    when = _describe_day(rule)
    weekend = rule.pattern is not Pattern.NTH_WEEKDAY
    closed = Sentence(_("土日祝日")) if weekend else Sentence(_("祝日"))
    if rule.every_months == 1:
        template = _("毎月{day}（{closed}の場合は{shift}）")
    else:
        template = _("{months}か月ごとの{day}（{closed}の場合は{shift}）")
    return Sentence(
        template,
        months=rule.every_months,
        day=when,
        closed=closed,
        shift=Sentence(SHIFT_LABELS[rule.shift]),
    )


def _describe_day(rule: SeriesRule) -> Sentence:
    if rule.pattern is Pattern.END_OF_MONTH:
        return Sentence(_("末日"))
    if rule.pattern is Pattern.DAY_OF_MONTH:
        return Sentence(_("{day}日"), day=rule.day)
    weekday = Sentence(WEEKDAY_LABELS[rule.weekday])
    if rule.nth == LAST:
        return Sentence(_("最終{weekday}"), weekday=weekday)
    return Sentence(_("第{nth}{weekday}"), nth=rule.nth, weekday=weekday)
