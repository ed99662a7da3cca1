"""What a test of reminders does and asks: change a person, send, and see who got what."""

from email.message import EmailMessage
from typing import Any

from sqlmodel import select

from app.jobs.reminding import remind
from app.store.tables.mails import MailRow
from app.store.tables.people import PersonRow
from app.store.unit_of_work import Database
from tests.factories import Table
from tests.smtp_server import SmtpServer


def change(database: Database, person_id: str, **values: Any) -> None:
    with database.begin() as uow:
        person = uow.session.get_one(PersonRow, person_id)
        for name, value in values.items():
            setattr(person, name, value)
        uow.session.add(person)


def email_of(database: Database, person_id: str) -> str:
    with database.read() as desk:
        return desk.session.get_one(PersonRow, person_id).email


def states(database: Database) -> list[str]:
    with database.read() as desk:
        return sorted(desk.session.exec(select(MailRow.state)))


def readers(database: Database, at: Table, server: SmtpServer) -> list[str]:
    names = {email_of(database, actor.person_id): key for key, actor in at.actors.items()}
    return sorted(names.get(str(mail["To"]), "other") for mail in server.taken)


def words(mail: EmailMessage) -> str:
    return str(mail.get_content()).replace("\r\n", "\n")


def sends(database: Database, server: SmtpServer) -> dict[str, Any]:
    return dict(remind(server.mailing(), database))
