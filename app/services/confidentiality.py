"""守秘・取扱いの確認: a person accepts the statement of a conference, once for each version."""

from typing import Annotated

from pydantic import Field

from app.clock import iso
from app.domain.access import Act
from app.domain.confidentiality import version_asked
from app.domain.errors import StateForbids
from app.domain.facts import ConfidentialityAccepted
from app.domain.people import Actor
from app.domain.sentences import _
from app.services.commands import Command, Done, Id, Whole
from app.services.use_case import use_case
from app.store import reach, standings
from app.store.tables.confidentiality import ConfidentialityAcceptanceRow
from app.store.unit_of_work import UnitOfWork


class AcceptConfidentiality(Command):
    """``version`` is the one that was read, so that nobody accepts a text they did not see."""

    conference_id: Id
    version: Annotated[Whole, Field(ge=1)]


@use_case
def accept_confidentiality(uow: UnitOfWork, actor: Actor, command: AcceptConfidentiality) -> Done:
    """Also after the conference: whoever reads its record later confirms first.

    Accepting once more changes nothing, wherever the first time was.
    """
    held = reach.conference(uow, actor, command.conference_id, Act.ACCEPT_CONFIDENTIALITY)
    if command.version != version_asked(held.row.template):
        raise StateForbids(
            _("この会議の守秘・取扱いの確認とは別の版の文面です。"),
            remedy=_("画面を読み込み直し、表示された文面を確認してください。"),
        )
    if standings.has_accepted(uow.session, actor, held.row):
        return Done(id=held.row.id)
    row = ConfidentialityAcceptanceRow(
        person_id=actor.person_id,
        version=command.version,
        agency_id=actor.agency_id,
        person_name=actor.person_name,
        accepted_at=uow.now(),
    )
    uow.session.add(row)
    uow.session.flush()
    fact = ConfidentialityAccepted(
        person_id=row.person_id,
        agency_id=row.agency_id,
        version=row.version,
        at=iso(row.accepted_at),
    )
    return Done(id=held.row.id, cursor=uow.record(held.room, fact))
