"""Reminders of a 仮決定 by mail, over a real mail server that takes them or does not."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from email.message import EmailMessage
from typing import Any

import pytest
from sqlmodel import select

from app.clock import JAPAN
from app.documents.mail import reminder_mail
from app.domain.reminding import MailState
from app.jobs import reminding
from app.jobs.post import Post
from app.jobs.reminding import MailsWait, remind
from app.queries.mails import to_send
from app.queries.reminders import reminder_of
from app.services import mails
from app.services.chores import carry_out_once
from app.services.interests import DeclareRecusal, declare_recusal
from app.store.tables.mails import MailRow
from app.store.tables.people import MembershipRow, PersonRow
from app.store.unit_of_work import Database
from tests.factories import StandingClock, Table, actor_of, op, table
from tests.services.test_holds import answers, provisional
from tests.smtp_server import LATER, NEVER, SILENCE, SmtpServer, smtp_server


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    with smtp_server() as running:
        yield running


@pytest.fixture
def at(database: Database) -> Table:
    """The bank and the chamber took it home until 8 December, a Tuesday."""
    made = table(database)
    made.extra["round"] = provisional(database, made, ("bank", "chamber"))
    return made


@pytest.fixture
def on(clock: StandingClock) -> Callable[[int], None]:
    """Half past eight in Japan on this day of December."""

    def go(day: int) -> None:
        clock.now = datetime(2026, 12, day, 8, 30, tzinfo=JAPAN)

    return go


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


def test_who_owes_an_answer_is_told_on_the_days_and_on_no_other(
    database: Database, at: Table, server: SmtpServer, on: Callable[[int], None]
) -> None:
    told = {}
    for day in range(1, 15):
        on(day)
        sends(database, server)
        told[day] = readers(database, at, server)
        server.taken.clear()
    assert {day: who for day, who in told.items() if who} == {
        7: ["bank", "chamber"],  # the fifth is a Saturday
        8: ["bank", "chamber"],
        11: ["bank", "cga", "chamber"],
        14: ["bank", "cga", "chamber"],
    }


def test_the_mail_says_how_much_and_until_when_and_where_to_sign_in(
    database: Database, at: Table, server: SmtpServer, on: Callable[[int], None]
) -> None:
    on(8)
    assert sends(database, server) == {"sent": 2, "waiting": 0, "given_up": 0, "needless": 0}
    mail = server.taken[0]
    assert mail["Subject"] == "【円卓】仮決定についてのお知らせ（1件）"
    assert mail["From"] == "円卓 <entaku@example.jp>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert words(mail).split("\n\n")[:3] == [
        "仮決定について、回答または対応を待っているものが1件あります。",
        "- 持ち帰りの回答\n  期限：2026年12月8日(火)",
        "内容は、円卓にサインインしてホームで確認してください。\nhttps://entaku.example.jp/",
    ]


def test_a_reader_of_english_is_told_in_english(
    database: Database, at: Table, server: SmtpServer, on: Callable[[int], None]
) -> None:
    change(database, at["bank"].person_id, language="en")
    on(11)
    sends(database, server)
    (mail,) = (one for one in server.taken if one["Content-Language"] == "en")
    assert str(mail["Subject"]).isascii()
    assert words(mail).isascii()


def test_who_answered_left_or_wants_none_is_told_nothing(
    database: Database, at: Table, server: SmtpServer, on: Callable[[int], None]
) -> None:
    change(database, at["bank"].person_id, reminders=False)
    declare_recusal(
        database,
        at["chamber"],
        DeclareRecusal(op_id=op(), item_id=at.item.id, reason="役員を兼ねているため"),
    )
    on(8)
    assert sends(database, server)["sent"] == 0
    change(database, at["bank"].person_id, reminders=True)
    answers(database, at, at.extra["round"], "bank")
    on(11)
    assert sends(database, server)["sent"] == 0
    assert states(database) == []


def test_colleagues_are_told_who_may_answer_and_those_no_more_at_the_agency_are_not(
    database: Database, at: Table, server: SmtpServer, on: Callable[[int], None]
) -> None:
    with database.begin() as uow:
        bank = at.agencies["bank"]
        actor_of(uow, bank, "同僚 一")
        actor_of(uow, bank, "確認前 二", has_accepted=False)
        left = actor_of(uow, bank, "退任 三")
        membership = uow.session.get_one(MembershipRow, left.membership_id)
        membership.valid_to = date(2026, 12, 7)
        uow.session.add(membership)
    on(8)
    sends(database, server)
    assert readers(database, at, server) == ["bank", "chamber", "other"]


def test_who_has_no_address_that_can_be_written_to_is_given_up(
    database: Database, at: Table, server: SmtpServer, on: Callable[[int], None]
) -> None:
    change(database, at["bank"].person_id, email="")
    change(database, at["chamber"].person_id, email="a@b\r\nBcc: c@example.jp")
    on(8)
    assert sends(database, server) == {"sent": 0, "waiting": 0, "given_up": 1, "needless": 0}
    assert server.tried == []


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


def test_before_offices_open_it_is_still_the_day_before(
    database: Database, at: Table, server: SmtpServer, clock: StandingClock
) -> None:
    clock.now = datetime(2026, 12, 8, 7, 59, tzinfo=JAPAN)
    assert reminding.AT.hour == 8
    sends(database, server)
    with database.read() as desk:
        assert {row.day for row in desk.session.exec(select(MailRow))} == {date(2026, 12, 7)}


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
