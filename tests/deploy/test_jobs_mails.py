"""What the operator is told of the mails: how many were sent, wait and were given up, and why."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from app.cli import Console
from app.queries.mails import to_send
from app.services import mails
from app.settings import Settings
from app.store.unit_of_work import Database
from deploy.chores import chores_of
from deploy.jobs import jobs
from tests.factories import table
from tests.smtp_server import SmtpServer


@pytest.fixture
def settings(tmp_path: Path, database: Database) -> Settings:
    return Settings(
        data=tmp_path,
        database_url=str(database.engine.url),
        secret=database.secret,
        mailing=SmtpServer(port=1).mailing(),
    )


def listed(database: Database, settings: Settings, *words: str) -> str:
    console = Console(lambda: settings, lambda _settings: database)
    return CliRunner().invoke(jobs, words, obj=console, catch_exceptions=False).stdout


def as_json(database: Database, settings: Settings) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(listed(database, settings, "--json"))
    return told


def test_how_many_and_why(database: Database, settings: Settings) -> None:
    at = table(database, running=False)
    people = [at[who].person_id for who in ("bank", "cga", "yorozu")]
    mails.put_in(database, date(2026, 11, 24), people)
    with database.read() as desk:
        first, second, _third = to_send(desk)
    mails.mark_sent(database, first.id)
    mails.mark_given_up(database, second.id, "550 no such mailbox")
    assert as_json(database, settings)["mails"] == {
        "waiting": 1,
        "sent": 1,
        "given_up": 1,
        "needless": 0,
        "reasons": ["550 no such mailbox"],
    }
    told = listed(database, settings).splitlines()
    assert told[-3:] == [
        "お知らせのメール（過去30日）",
        "  送信待ち: 1、送信済み: 1、断念: 1、不要: 0",
        "  断念した理由：550 no such mailbox",
    ]


def test_without_a_mail_server_there_is_no_such_chore(
    database: Database, settings: Settings
) -> None:
    bare = settings.model_copy(update={"mailing": None})
    assert [one.name for one in chores_of(settings)][-1] == "remind"
    assert "remind" not in [one.name for one in chores_of(bare)]
    assert as_json(database, bare)["mails"] is None
    assert "お知らせのメール" not in listed(database, bare)
