"""The time, passed in wherever it matters, so that a test can hold it still."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
JAPAN = ZoneInfo("Asia/Tokyo")


def system_clock() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


def today(clock: Clock) -> date:
    """The calendar day in Japan, which is what dates on papers mean."""
    return clock().astimezone(JAPAN).date()


def in_japan(moment: datetime) -> datetime:
    return moment.astimezone(JAPAN)


def iso(moment: datetime) -> str:
    """ISO 8601 in UTC with milliseconds, as facts carry times."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
