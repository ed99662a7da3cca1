"""アカウント: what a person is known by here, and the mails they get; shown to nobody else."""

from dataclasses import dataclass

from app.domain.access import Act, decide
from app.domain.people import Actor
from app.store import standings
from app.store.tables.people import PersonRow
from app.store.unit_of_work import Desk


@dataclass(frozen=True, slots=True)
class Account:
    """``may_choose``: somebody who only looks on owes nothing and is reminded of nothing."""

    email: str
    by_mail: bool
    mail_language: str | None
    may_choose: bool


def account_of(desk: Desk, actor: Actor) -> Account:
    person = desk.session.get_one(PersonRow, actor.person_id)
    return Account(
        email=person.email,
        by_mail=person.reminders,
        mail_language=person.language,
        may_choose=decide(actor, Act.CHOOSE_REMINDERS, standings.NETWORK_MEMBER),
    )
