"""議題の予定時刻: when each waiting item is expected to begin, and how late the table is.

The browser runs the same rule so that every screen agrees.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.conference import LIVE, ConferenceStatus, ItemStatus


@dataclass(frozen=True, slots=True)
class Slot:
    """What of an agenda item tells the time; items stand in the order of the agenda."""

    id: str
    minutes: int
    status: ItemStatus
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class Pause:
    """休憩: since when, and until when as announced."""

    at: datetime
    resumes_at: datetime


@dataclass(frozen=True, slots=True)
class Forecast:
    """``late``: minutes behind the announced timetable, to the nearest; below zero if ahead."""

    starts: dict[str, datetime]
    ends_at: datetime
    late: int

    @property
    def waiting(self) -> int:
        return len(self.starts)


def forecast(
    status: ConferenceStatus,
    starts_at: datetime,
    pause: Pause | None,
    slots: Sequence[Slot],
    now: datetime,
) -> Forecast | None:
    """From what has happened: nothing begins before now, nor before a break is over.

    The announced timetable is the agenda as it stands, minute after minute from the planned
    beginning: an item the chair puts in is part of it, a break or an extension makes it late.
    """
    if status not in LIVE:
        return None
    at = max(starts_at, now) if status is ConferenceStatus.PLANNED else now
    held_up = timedelta(0)
    if pause is not None:
        at = max(now, pause.resumes_at)
        held_up = at - pause.at
    running = next((slot for slot in slots if slot.status is ItemStatus.RUNNING), None)
    if running is not None and running.ends_at is not None:
        at = max(at, running.ends_at + held_up)
    starts = {}
    for slot in slots:
        if slot.status is ItemStatus.WAITING:
            starts[slot.id] = at
            at += timedelta(minutes=slot.minutes)
    planned_end = starts_at + timedelta(minutes=sum(slot.minutes for slot in slots))
    seconds = (at - planned_end).total_seconds()
    late = int((abs(seconds) + 30) // 60)
    return Forecast(starts, at, late if seconds >= 0 else -late)
