"""How the conference takes its course: its break, the times foreseen, who is on deck."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, select

from app.domain.access import Act, decide
from app.domain.conference import ConferenceStatus, ItemStatus
from app.domain.item_course import ItemStep
from app.domain.item_results import ItemResult
from app.domain.people import Actor
from app.domain.timetable import Forecast, Pause, Slot, forecast
from app.store import conferences, pauses, standings
from app.store.item_results import results_of
from app.store.tables.conferences import AgendaItemRow, ConferenceRow
from app.store.unit_of_work import Desk

ON_DECK = 2


@dataclass(frozen=True, slots=True)
class Course:
    """``steps`` and ``results`` by item: where the chair stands in it, and how it ended."""

    pause_reason: str
    pause: Pause | None
    forecast: Forecast | None
    steps: dict[str, ItemStep]
    results: dict[str, ItemResult]
    preliminary: tuple[str, ...]

    def starts_at(self, item_id: str) -> datetime | None:
        return self.forecast.starts.get(item_id) if self.forecast else None

    @property
    def on_deck(self) -> tuple[str, ...]:
        """The next items, as their agencies are told."""
        return tuple(self.forecast.starts)[:ON_DECK] if self.forecast else ()


@dataclass(frozen=True, slots=True)
class NextConference:
    """A conference of the same secretariat to which an item may be moved."""

    id: str
    name: str
    day: date


def course_of(desk: Desk, row: ConferenceRow, items: Sequence[AgendaItemRow]) -> Course:
    going_on = pauses.going_on(desk.session, row.id)
    pause = Pause(going_on.paused_at, going_on.resumes_at) if going_on else None
    slots = [Slot(i.id, i.minutes, ItemStatus(i.status), i.ends_at) for i in items]
    results = results_of(desk.session, (item.id for item in items))
    return Course(
        pause_reason=going_on.reason if going_on else "",
        pause=pause,
        forecast=forecast(ConferenceStatus(row.status), row.starts_at, pause, slots, desk.now()),
        steps={item.id: ItemStep(item.step) for item in items if item.step},
        results={item_id: settled.result for item_id, settled in results.items()},
        preliminary=tuple(row.preliminary or ()),
    )


def next_conferences(desk: Desk, actor: Actor, row: ConferenceRow) -> tuple[NextConference, ...]:
    """Those still to be held by the same secretariat that the actor may see, nearest first."""
    query = (
        select(ConferenceRow)
        .where(
            ConferenceRow.host_agency_id == row.host_agency_id,
            ConferenceRow.status == ConferenceStatus.PLANNED,
            ConferenceRow.id != row.id,
        )
        .order_by(col(ConferenceRow.starts_at), col(ConferenceRow.id))
    )
    return tuple(
        NextConference(one.id, one.name, conferences.held_on(one))
        for one in desk.session.exec(query)
        if decide(actor, Act.SEE_CONFERENCE, standings.of_conference(desk.session, actor, one))
    )
