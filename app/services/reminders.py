"""お知らせのメール: a person says whether to be reminded by mail, and in which language."""

from typing import Literal

from app.domain.access import Act
from app.domain.people import Actor
from app.services.commands import Command, Done
from app.services.use_case import use_case
from app.store import reach
from app.store.tables.people import PersonRow
from app.store.unit_of_work import UnitOfWork


class ChooseReminders(Command):
    """Of the person's own mails: there is no way to choose for somebody else."""

    by_mail: bool
    language: Literal["ja", "en"] = "ja"


@use_case
def choose_reminders(uow: UnitOfWork, actor: Actor, command: ChooseReminders) -> Done:
    """For whatever agency the person acts; what is already in the outbox obeys it too.

    It belongs to no conference, case or lane, so no journal has a place for it.
    """
    reach.network(actor, Act.CHOOSE_REMINDERS)
    person = reach.load(uow, PersonRow, actor.person_id)
    person.reminders, person.language = command.by_mail, command.language
    uow.session.add(person)
    return Done(id=person.id)
