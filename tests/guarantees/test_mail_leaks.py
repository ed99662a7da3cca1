"""G2 in the mail: of all that is typed and known in a case, no mail holds a word."""

from datetime import datetime

import pytest
from sqlmodel import delete, select

from app.jobs.reminding import remind
from app.store.tables.agencies import AgencyRow
from app.store.tables.ballots import DecisionRow
from app.store.tables.cases import CaseRow
from app.store.tables.firms import FirmRow
from app.store.tables.mails import MailRow
from app.store.tables.people import PersonRow
from app.store.unit_of_work import Database
from tests.factories import StandingClock
from tests.guarantees.canaries import Marked, marked, told
from tests.guarantees.figures import note
from tests.smtp_server import SmtpServer, smtp_server

# What somebody waits for then: an answer by a date, and one that did not come.
MOMENTS = ("declare for now", "ask the head office", "two days pass")
DAYS = 14


def send_for_days(
    database: Database, server: SmtpServer, clock: StandingClock
) -> list[tuple[datetime, int]]:
    """What would go out from now on if nothing happened any more; then it is now again."""
    begun, sent = clock.now, []
    for _day in range(DAYS):
        before = len(server.taken)
        remind(server.mailing(), database)
        sent.append((clock.now, len(server.taken) - before))
        clock.advance(days=1)
    with database.begin() as uow:
        uow.session.connection().execute(delete(MailRow))
    clock.now = begun
    return sent


def known(c: Marked) -> set[str]:
    """Beside the tokens: names and numbers of whatever and whoever there is."""
    with c.database.read() as desk:
        columns = (
            *(FirmRow.name, CaseRow.case_no, AgencyRow.name, AgencyRow.short_name),
            *(PersonRow.name, DecisionRow.number, CaseRow.id, DecisionRow.round_id),
        )
        found = {value for column in columns for value in desk.session.exec(select(column))}
    return {value for value in found if value} | {token.text for token in c.tokens}


@pytest.mark.guarantee
def test_no_mail_holds_a_token_a_name_or_a_number(database: Database, clock: StandingClock) -> None:
    c, _people = marked(database)
    sent = []
    with smtp_server() as server:
        for act in told(c):
            if act in MOMENTS:
                sent += send_for_days(database, server, clock)
    words = known(c)
    letters = [
        "\n".join(f"{name}: {value}" for name, value in mail.items()) + mail.get_content()
        for mail in server.taken
    ]
    leaks = {word for word in words for letter in letters if word in letter}
    note(
        f"g2_mails_{database.engine.dialect.name}",
        mails=len(letters),
        words=len(words),
        checked=len(words) * len(letters),
        leaks=len(leaks),
    )
    assert leaks == set()
    readers = {str(mail["To"]) for mail in server.taken}
    with database.read() as desk:
        wanted = {
            desk.session.get_one(PersonRow, c.actors[who].person_id).email
            for who in ("bank", "cga")
        }
    assert readers == wanted
    assert max(number for _day, number in sent) == len(wanted)
    assert {mail["Content-Language"] for mail in server.taken} == {"en", "ja"}
