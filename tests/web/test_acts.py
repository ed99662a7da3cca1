"""Bad input at the JSON and the form door: a clear refusal, nothing stored, nothing typed lost."""

import json

import pytest
from sqlmodel import func, select

from app.store.tables.conferences import RemarkRow
from app.store.tables.journal import EntryRow, OperationRow
from tests.factories import op, table
from tests.web.pages import Pages


@pytest.fixture
def at(database):
    return table(database)


@pytest.fixture
def pages(database, tmp_path):
    return Pages(database, tmp_path)


def stored(database):
    with database.read() as desk:
        counts = (select(func.count()).select_from(t) for t in (EntryRow, OperationRow, RemarkRow))
        return tuple(desk.session.exec(count).one() for count in counts)


def send(pages, actor, command, raw):
    pages.actor = actor
    return pages.app.test_client().post(
        f"/api/act/{command}",
        data=raw if isinstance(raw, (bytes, str)) else json.dumps(raw),
        content_type="application/json",
        base_url="http://localhost:8000",
    )


RARE = "𠮷野家・髙橋・槗本・﨑山👩‍👩‍👧 ①㈱"


def test_rare_kanji_and_emoji_are_kept_as_typed(database, at, pages):
    answer = send(
        pages, at["bank"], "say_remark", {"op_id": op(), "item_id": at.item.id, "text": RARE}
    )

    assert answer.json["ok"] is True
    with database.read() as desk:
        assert [r.text for r in desk.session.exec(select(RemarkRow))] == [RARE]


@pytest.mark.parametrize(
    ("why", "change", "code"),
    [
        ("a lone surrogate", {"text": "\ud800あ"}, "malformed"),
        ("a control character", {"text": "a\u0000b"}, "malformed"),
        ("too long", {"text": "あ" * 2001}, "malformed"),
        ("nothing but spaces", {"text": " 　\n"}, "malformed"),
        ("a number for text", {"text": 12}, "malformed"),
        ("an unknown field", {"role": "chair"}, "malformed"),
        ("an id that is none", {"item_id": "1 OR 1=1"}, "malformed"),
        ("an id of nothing", {"item_id": "f" * 32}, "not_found"),
        ("an operation id that is none", {"op_id": "x"}, "malformed"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_stored(database, at, pages, why, change, code):
    before = stored(database)
    body = {"op_id": op(), "item_id": at.item.id, "text": "よい発言"} | change

    answer = send(pages, at["bank"], "say_remark", body)

    assert (answer.json["ok"], answer.json["code"], stored(database)) == (False, code, before), why
    assert answer.json["message"]
    assert answer.json["remedy"]


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'"x"', b"null", b"\xff\xfe", b"{" * 5000])
def test_a_body_that_is_no_object_is_refused(database, at, pages, raw):
    before = stored(database)

    answer = send(pages, at["bank"], "say_remark", raw)

    assert (answer.status_code, answer.json["code"]) == (400, "malformed")
    assert stored(database) == before


def test_an_unknown_command_and_a_stranger_are_told_so(database, at, pages):
    body = {"op_id": op(), "item_id": at.item.id, "text": "a"}

    assert send(pages, at["bank"], "drop_tables", body).json["code"] == "unknown_command"
    assert send(pages, at.outsider, "say_remark", body).json["code"] == "not_found"
    assert send(pages, None, "say_remark", body).json["code"] == "sign_in_required"


def test_a_refused_form_comes_back_with_everything_that_was_typed(database, at, pages):
    room = f"/conferences/{at.conference.id}/room?item={at.item.id}"
    long = "店舗別の採算について。" * 200

    answer = pages.post(at["bank"], "say_remark", room, item_id=at.item.id, text=long)

    assert answer.status_code == 400
    assert long in answer.text
    assert "2000文字以内" in answer.text.replace(",", "")


def test_a_form_leads_nowhere_but_to_our_own_pages(at, pages):
    for evil in ("https://evil.example/", "//evil.example/", "/\\evil.example"):
        answer = pages.post(at["bank"], "say_remark", "/", item_id=at.item.id, text="a", next=evil)
        assert answer.location == "/"


def test_a_page_of_an_unknown_host_is_refused(at, pages):
    pages.actor = at["bank"]
    answer = pages.app.test_client().get("/", base_url="http://evil.example")

    assert answer.status_code == 400
