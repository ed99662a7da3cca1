"""Papers by the plain form, on their own page and as files: who gets them, and in which form."""

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from app.domain.consent import ItemGroup
from app.domain.papers import Examined, PaperType
from app.services.consents import WithdrawConsent, withdraw_consent
from app.services.paper_views import note_shown
from app.services.uploads import keep_upload
from app.store.tables.papers import PaperVersionRow, PaperViewRow
from tests import papers
from tests.factories import op, table
from tests.web.pages import Pages, words_of

MB = 1024 * 1024
PDF = papers.pdf("First zqpage1x", "Second zqpage2x")


@pytest.fixture
def at(database):
    return table(database)


@pytest.fixture
def pages(database, tmp_path):
    return Pages(database, tmp_path)


def bring(pages, at, content=PDF, name="決算書.pdf", who="bank", **more):
    values = {
        "case_id": at.case.id,
        "title": "決算書（第30期）",
        "kind": "statements",
        "item_group": "finance",
        "file": (io.BytesIO(content), name),
    }
    answer = pages.post(at[who], "bring_paper", f"/cases/{at.case.id}", **(values | more))
    answer.request.environ["wsgi.input"].close()  # the client's, on disk where it is large
    return answer


def version(database):
    with database.read() as desk:
        rows = desk.session.exec(select(PaperVersionRow)).all()
    return rows[-1] if rows else None


def address(database, rest=""):
    row = version(database)
    return f"/papers/{row.paper_id}/{row.version}{rest}"


def test_a_paper_comes_with_the_form_and_is_shown_a_page_at_a_time(database, at, pages, tmp_path):
    assert bring(pages, at).status_code == 303
    row = version(database)
    assert (row.name, row.type, row.pages, row.size) == ("決算書.pdf", "pdf", 2, len(PDF))
    assert (tmp_path / "files" / row.digest[:2] / row.digest).read_bytes() == PDF
    assert "決算書（第30期）" in pages.text(at["cga"], f"/cases/{at.case.id}")
    second = pages.text(at["cga"], address(database, "?page=2"))
    assert "2ページ中 2ページ目" in second
    assert ("zqpage2x" in second, "zqpage1x" in second) == (True, False)


def test_a_page_is_a_picture_and_the_file_is_only_to_be_kept(database, at, pages):
    bring(pages, at, name="../../etc/<script>決算書.html")
    picture = pages.get(at["cga"], address(database, "/pages/1"))
    file = pages.get(at["cga"], address(database, "/original"))
    for answer in (picture, file):
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert picture.mimetype == "image/png"
    assert picture.data.startswith(b"\x89PNG")
    assert (file.data, file.mimetype) == (PDF, "application/pdf")
    told = file.headers["Content-Disposition"]
    assert told.startswith("attachment; ")
    assert ("script%3E" in told, "etc" in told, told.endswith(".html.pdf")) == (True, False, True)


def test_the_rest_of_a_refused_form_stays_and_a_file_that_was_taken_too(database, at, pages):
    answer = bring(pages, at, title="", note="税務署の受付印あり")
    assert answer.status_code == 400
    assert "税務署の受付印あり" in answer.text
    digest = next(one for one in answer.text.split('"') if len(one) == 64)
    again = {"title": "決算書", "file": digest}
    assert bring(pages, at, **again).status_code == 303
    assert version(database).digest == digest


def test_a_refused_file_says_why_beside_its_field(database, at, pages):
    answer = bring(pages, at, content=b"<html><script>alert(1)</script>", name="a.pdf")
    assert answer.status_code == 400
    assert "PDFに変換してください。" in words_of(answer)
    assert "決算書（第30期）" in answer.text
    assert version(database) is None


def test_a_file_beyond_what_a_form_may_have_is_refused_like_any_other(database, at, pages):
    answer = bring(pages, at, content=PDF + bytes(12 * MB), note="税務署の受付印あり")
    assert answer.status_code == 400
    assert "ファイルが大きすぎます（上限5MB）" in words_of(answer)
    assert "税務署の受付印あり" in answer.text
    assert version(database) is None


def test_what_is_larger_still_is_told_what_happened_what_stays_and_what_to_do(at, pages):
    answer = bring(pages, at, content=PDF + bytes(33 * MB))
    assert answer.status_code == 413
    words = words_of(answer)
    assert "送信された内容が大きすぎるため、受け付けられませんでした。" in words
    assert "これまでに保存された内容はそのまま残っています。" in words
    assert "5MBまでのファイルを選び直して" in words


def test_a_form_that_takes_no_file_takes_no_more_than_before(pages):
    """Nobody makes the server read so much for the choice of a language."""
    body = {"language": "en", "file": (io.BytesIO(bytes(11 * MB)), "a.pdf")}
    client = pages.app.test_client()
    answer = client.post("/language", data=body, base_url="http://localhost:8000")
    answer.request.environ["wsgi.input"].close()
    assert answer.status_code == 413


@pytest.mark.parametrize("rest", ["", "/pages/1", "/original"])
def test_whoever_may_not_know_of_the_group_gets_what_does_not_exist(database, at, pages, rest):
    bring(pages, at, item_group="exposure")
    seen = address(database, rest)
    nowhere = f"/papers/{'0' * 32}/1{rest}"
    answers = {who: pages.get(at[who], seen).status_code for who in at.actors}
    assert answers == {
        "bank": 200,
        "cga": 200,
        "council": 200,
        "yorozu": 404,
        "succession": 404,
        "chamber": 404,
    }
    for actor in (at["yorozu"], at.outsider, at.stranger):
        missing, hidden = pages.get(actor, nowhere), pages.get(actor, seen)
        assert (missing.status_code, words_of(missing)) == (404, words_of(hidden))


def test_with_the_consent_pages_pictures_and_files_go_at_once(database, at, pages):
    bring(pages, at)
    seen = [address(database, rest) for rest in ("", "/pages/1", "/original")]
    seen.append("/api" + seen[1])
    assert {pages.get(at["cga"], one).status_code for one in seen} == {200}
    command = WithdrawConsent(op_id=op(), case_id=at.case.id, reason="本人の申し出")
    withdraw_consent(database, at["bank"], command)
    assert {pages.get(at["cga"], one).status_code for one in seen} == {404}


def test_who_was_shown_a_paper_is_on_record_before_they_get_it(database, at, pages):
    bring(pages, at)
    for rest in ("", "/pages/1", "/pages/2", "/original", "/original"):
        pages.get(at["cga"], address(database, rest))
    pages.get(at.outsider, address(database, "/pages/1"))
    with database.read() as desk:
        views = desk.session.exec(select(PaperViewRow).order_by(PaperViewRow.way)).all()
    assert [(v.person_name, v.way, v.times) for v in views] == [
        ("鈴木 花子", "shown", 1),
        ("鈴木 花子", "taken", 2),
    ]
    assert "鈴木 花子" in pages.text(at["bank"], address(database))
    assert "誰が見たか" not in pages.text(at["cga"], address(database))


def test_a_workbook_is_a_table_of_words_and_nothing_in_it_is_calculated(database, at, pages):
    book = papers.workbook(試算表=[["科目", "金額"], ["売上高", 48372], ["<b>利益</b>", "=1+1"]])
    bring(pages, at, content=book, name="試算表.xlsx", item_group=ItemGroup.FINANCE)
    told = pages.get(at["cga"], "/api" + address(database, "/pages/1")).json
    assert told["table"] == [["科目", "金額"], ["売上高", "48,372"], ["<b>利益</b>", ""]]
    page = pages.get(at["cga"], address(database))
    assert "&lt;b&gt;利益&lt;/b&gt;" in page.text
    assert pages.get(at["cga"], address(database, "/pages/1")).status_code == 404


def test_a_file_by_itself_is_answered_with_its_digest(database, at, pages):
    pages.actor = at["bank"]
    client = pages.app.test_client()
    data = {"file": (io.BytesIO(papers.picture()), "写真.png")}
    answer = client.post("/api/uploads", data=data, base_url="http://localhost:8000")
    assert (answer.status_code, len(answer.json["result"]["digest"])) == (200, 64)
    none = client.post("/api/uploads", data={}, base_url="http://localhost:8000")
    assert (none.status_code, none.json["code"]) == (400, "malformed")


def test_whoever_sends_or_opens_the_same_twice_at_once_gets_it_twice(database, at, pages):
    """A page and its words are asked for together, and a button may be pressed twice."""
    bring(pages, at)
    row = version(database)

    def look(_number):
        note_shown(database, at["cga"], row.paper_id, row.version, "shown")

    def send(number):
        file = Examined(PaperType.PDF, f"{number // 8:064}", 900, 3)
        return keep_upload(database, at["cga"], file, "決算書.pdf")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(look, range(16)))
        assert len(set(pool.map(send, range(64)))) == 8
    with database.read() as desk:
        views = desk.session.exec(select(PaperViewRow)).all()
    assert [view.times for view in views] == [16]
