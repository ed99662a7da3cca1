"""アカウント: who one is here, and the switch of the reminders by mail."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.vocabulary import Role
from app.settings import Mailing
from app.store.tables.people import PersonRow
from app.store.unit_of_work import Database
from tests.factories import table
from tests.web.pages import Pages, forms_of, words_of

MAILING = Mailing(
    host="localhost",
    port=25,
    encrypted=False,
    user="",
    password="",
    sender="entaku@example.jp",
    public_url="https://entaku.example.jp",
)


@pytest.fixture
def pages(database: Database, tmp_path: Path) -> Pages:
    made = Pages(database, tmp_path)
    settings = made.app.extensions["entaku_settings"]
    made.app.extensions["entaku_settings"] = settings.model_copy(update={"mailing": MAILING})
    return made


def chosen(database: Database, person_id: str) -> tuple[bool, str | None]:
    with database.read() as desk:
        person = desk.session.get_one(PersonRow, person_id)
        return person.reminders, person.language


def test_every_page_leads_to_it_by_the_own_name(database: Database, pages: Pages) -> None:
    at = table(database, running=False)
    home = pages.get(at["bank"], "/")
    assert 'href="/account"' in home.text
    assert "アカウント 田中 一郎" in words_of(home)
    told = pages.text(at["bank"], "/account")
    assert "氏名 田中 一郎 機関 金 つむぎ坂信用金庫 役職 主任 役割 担当者" in told
    assert "@example.jp" in told


def test_the_switch_turns_the_own_reminders_off_and_on(database: Database, pages: Pages) -> None:
    at = table(database, running=False)
    me = at["bank"].person_id
    assert chosen(database, me) == (True, None)
    assert 'value="true" checked' in pages.get(at["bank"], "/account").text

    answer = pages.post(at["bank"], "choose_reminders", "/account", by_mail="false", language="en")
    assert (answer.status_code, answer.location) == (303, "/account")
    assert chosen(database, me) == (False, "en")
    shown = pages.get(at["bank"], "/account").text
    assert 'value="false" checked' in shown
    assert '<option value="en" selected>' in shown

    pages.post(at["bank"], "choose_reminders", "/account", by_mail="true", language="ja")
    assert chosen(database, me) == (True, "ja")
    assert chosen(database, at["cga"].person_id) == (True, None)


def test_nobody_chooses_for_somebody_else(database: Database, pages: Pages) -> None:
    at = table(database, running=False)
    other = {"by_mail": "false", "person_id": at["cga"].person_id}
    assert pages.post(at["bank"], "choose_reminders", "/account", **other).status_code == 400
    assert chosen(database, at["cga"].person_id) == (True, None)


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.AUDITOR])
def test_who_only_looks_on_is_told_that_no_mail_comes(
    database: Database, pages: Pages, role: Role
) -> None:
    at = table(database, running=False)
    watching = replace(at["bank"], role=role)
    page = pages.get(watching, "/account")
    assert forms_of(page) == []
    assert "オブザーバーと監査担当には、お知らせのメールを送信しません。" in words_of(page)


def test_where_no_mail_is_sent_the_page_says_so(database: Database, tmp_path: Path) -> None:
    at = table(database, running=False)
    page = Pages(database, tmp_path).get(at["bank"], "/account")
    assert forms_of(page) == []
    assert "このサーバーではメールを送信していません。" in words_of(page)
