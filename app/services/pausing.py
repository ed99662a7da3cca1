"""休憩・中断: the table rests, and its clock with it."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from app.clock import iso
from app.domain import conference as rules
from app.domain.access import Act
from app.domain.conference import CONFERENCE_STATUS_LABELS, ConferenceStatus
from app.domain.errors import StateForbids
from app.domain.facts import ConferencePaused, ConferenceResumed
from app.domain.people import Actor
from app.domain.sentences import _
from app.services.commands import Command, Done, Id, Whole, line
from app.services.use_case import use_case
from app.store import conferences, pauses, reach, speaking
from app.store.tables.course import PauseRow
from app.store.unit_of_work import UnitOfWork


class PauseConference(Command):
    """``minutes``: how long the break is expected to last; it tells when the table goes on."""

    conference_id: Id
    reason: Annotated[str, line(80)]
    minutes: Annotated[Whole, Field(ge=1, le=180)]


class ResumeConference(Command):
    conference_id: Id


@use_case
def pause_conference(uow: UnitOfWork, actor: Actor, command: PauseConference) -> Done:
    held = reach.conference(uow, actor, command.conference_id, Act.RUN_CONFERENCE)
    row = held.row
    rules.require_open(ConferenceStatus(row.status))
    now = uow.now()
    pause = PauseRow(
        conference_id=row.id,
        reason=command.reason,
        paused_at=now,
        resumes_at=now + timedelta(minutes=command.minutes),
    )
    running = conferences.running_of(uow, row.id)
    if running is not None:
        pause.speech_id = speaking.stop_clock(uow, running)
    row.status = ConferenceStatus.PAUSED
    uow.session.add(row)
    uow.session.add(pause)
    fact = ConferencePaused(
        reason=pause.reason, at=iso(pause.paused_at), resumes_at=iso(pause.resumes_at)
    )
    return Done(id=row.id, cursor=uow.record(held.room, fact))


@use_case
def resume_conference(uow: UnitOfWork, actor: Actor, command: ResumeConference) -> Done:
    """The running item gets back the time the break took."""
    held = reach.conference(uow, actor, command.conference_id, Act.RUN_CONFERENCE)
    row = held.row
    pause = pauses.going_on(uow.session, row.id)
    if row.status != ConferenceStatus.PAUSED or pause is None:
        raise StateForbids(
            _("会議は「{status}」のため、再開できません。"),
            status=CONFERENCE_STATUS_LABELS[ConferenceStatus(row.status)],
        )
    pause.resumed_at = uow.now()
    row.status = ConferenceStatus.OPEN
    uow.session.add(pause)
    uow.session.add(row)
    running = conferences.running_of(uow, row.id)
    if running is not None:
        speaking.run_clock(uow, running, pause.speech_id)
    if running is not None and running.ends_at is not None:
        running.ends_at += pause.resumed_at - pause.paused_at
        uow.session.add(running)
    fact = ConferenceResumed(
        at=iso(pause.resumed_at),
        item_id=running.id if running else None,
        ends_at=iso(running.ends_at) if running and running.ends_at else None,
    )
    return Done(id=row.id, cursor=uow.record(held.room, fact))
