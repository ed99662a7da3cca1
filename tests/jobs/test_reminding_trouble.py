"""Reminders that are refused, cut off, late, or sent by several at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from app.documents.mail import reminder_mail
from app.domain.reminding import MailState
from app.jobs.post import Post
from app.jobs.reminding import MailsWait, remind
from app.queries.mails import to_send
from app.queries.reminders import reminder_of
from app.services import mails
from app.services.chores import carry_out_once
from app.store.tables.mails import MailRow
from app.store.unit_of_work import Database
from tests.factories import Table
from tests.mail_steps import email_of, readers, sends, states
from tests.services.test_holds import answers
from tests.smtp_server import LATER, NEVER, SILENCE, SmtpServer


def test_a_second_time_sends_nothing(
    database: Database, at: Table, server: SmtpServer, on: Callable[[int], None]
) -> None:
    on(8)
    sends(database, server)
    assert sends(database, server)["sent"] == 2
    assert len(server.taken) == 2


def test_what_is_refused_for_good_is_given_up_with_its_reason_and_nobodys_address(
    database: Database, at: Table, server: SmtpServer, on: Callable[[int], None]
) -> None:
    address = email_of(database, at["bank"].person_id)
    server.to_rcpt[address] = NEVER
    on(8)
    assert sends(database, server) == {"sent": 1, "waiting": 0, "given_up": 1, "needless": 0}
    with database.read() as desk:
        (row,) = desk.session.exec(select(MailRow).where(MailRow.state == MailState.GIVEN_UP))
    assert row.reason == "550 5.1.1 <…>: no such mailbox"
    sends(database, server)
    assert len(server.tried) == 2


def test_what_is_refused_for_now_waits_for_the_next_try(
    database: Database, at: Table, server: SmtpServer, on: Callable[[int], None]
) -> None:
    address = email_of(database, at["bank"].person_id)
    server.to_rcpt[address] = LATER
    on(8)
    with pytest.raises(MailsWait, match=r"1 waiting: 451 4\.3\.0 try again later"):
        sends(database, server)
    assert readers(database, at, server) == ["chamber"]
    server.to_rcpt.clear()
    assert sends(database, server)["sent"] == 2
    assert readers(database, at, server) == ["bank", "chamber"]


@pytest.mark.parametrize("trouble", ["silence", "stranger", "nobody there"])
def test_with_no_server_that_takes_anything_all_waits_and_only_one_is_tried(
    database: Database,
    at: Table,
    server: SmtpServer,
    on: Callable[[int], None],
    trouble: str,
) -> None:
    mailing = replace(server.mailing(), patience_seconds=0.3)
    if trouble == "silence":
        server.to_data = SILENCE
    elif trouble == "stranger":
        server.to_sender = "550 5.7.1 not yours to send from"
    else:
        mailing = replace(mailing, port=1)
    on(8)
    with pytest.raises(MailsWait, match="2 waiting"):
        remind(mailing, database)
    assert states(database) == ["waiting", "waiting"]
    assert len(server.tried) == (1 if trouble == "silence" else 0)


def test_cut_off_between_sending_and_marking_it_goes_out_again_under_the_same_id(
    database: Database, at: Table, server: SmtpServer, on: Callable[[int], None]
) -> None:
    on(8)
    mailing = server.mailing()
    mails.put_in(database, date(2026, 12, 8), [at["bank"].person_id])
    with database.read() as desk, Post(mailing) as post:
        (one,) = to_send(desk)
        reminder = reminder_of(desk, one.id)
        assert reminder is not None
        letter = reminder_mail(
            reminder, sender=mailing.sender, public_url=mailing.public_url, now=desk.now()
        )
        post.hand_over(reminder.email, letter.as_bytes())
    sends(database, server)
    ids = [str(mail["Message-ID"]) for mail in server.taken]
    assert (len(ids), len(set(ids))) == (3, 2)
    assert all(one.endswith("@entaku.example.jp>") for one in ids)


def test_a_server_that_hangs_up_after_the_mail_gets_it_again_under_the_same_id(
    database: Database, at: Table, server: SmtpServer, on: Callable[[int], None]
) -> None:
    on(8)
    server.cut = True
    with pytest.raises(MailsWait):
        sends(database, server)
    server.cut = False
    sends(database, server)
    ids = [str(mail["Message-ID"]) for mail in server.taken]
    assert (len(ids), len(set(ids))) == (3, 2)


def test_what_was_answered_before_it_could_be_sent_is_not_sent(
    database: Database, at: Table, server: SmtpServer, on: Callable[[int], None]
) -> None:
    server.to_data = LATER
    on(8)
    with pytest.raises(MailsWait):
        sends(database, server)
    answers(database, at, at.extra["round"], "bank")
    server.to_data = "250 ok"
    assert sends(database, server) == {"sent": 1, "waiting": 0, "given_up": 0, "needless": 1}
    assert readers(database, at, server) == ["chamber"]


def test_a_late_mail_is_overtaken_by_the_next_and_nobody_gets_two_a_day(
    database: Database, at: Table, server: SmtpServer, on: Callable[[int], None]
) -> None:
    server.to_data = LATER
    on(7)
    with pytest.raises(MailsWait):
        sends(database, server)
    server.to_data = "250 ok"
    on(8)
    sends(database, server)
    assert readers(database, at, server) == ["bank", "chamber"]
    assert states(database) == ["needless", "needless", "sent", "sent"]


def test_two_nodes_at_it_at_once_send_each_mail_once(
    database: Database, at: Table, server: SmtpServer, on: Callable[[int], None]
) -> None:
    on(8)

    def chore(_number: int) -> object:
        return carry_out_once(
            database, "remind", date(2026, 12, 8), lambda: remind(server.mailing(), database)
        )

    with ThreadPoolExecutor(4) as pool:
        told = [one for one in pool.map(chore, range(8)) if one is not None]
    assert told == [{"sent": 2, "waiting": 0, "given_up": 0, "needless": 0}]
    assert readers(database, at, server) == ["bank", "chamber"]
