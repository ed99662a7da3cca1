"""Reminders of a 仮決定 by mail: who is told, on which days, and what."""

from collections.abc import Callable
from datetime import date, datetime

from sqlmodel import select

from app.clock import JAPAN
from app.jobs import reminding
from app.services.interests import DeclareRecusal, declare_recusal
from app.store.tables.mails import MailRow
from app.store.tables.people import MembershipRow
from app.store.unit_of_work import Database
from tests.factories import StandingClock, Table, actor_of, op
from tests.mail_steps import change, readers, sends, states, words
from tests.services.test_holds import answers
from tests.smtp_server import SmtpServer


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


def test_before_offices_open_it_is_still_the_day_before(
    database: Database, at: Table, server: SmtpServer, clock: StandingClock
) -> None:
    clock.now = datetime(2026, 12, 8, 7, 59, tzinfo=JAPAN)
    assert reminding.AT.hour == 8
    sends(database, server)
    with database.read() as desk:
        assert {row.day for row in desk.session.exec(select(MailRow))} == {date(2026, 12, 7)}
