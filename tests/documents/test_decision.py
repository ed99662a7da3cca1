"""主担当決定書: all the result was reached from, printed so that it can be followed by hand."""

from datetime import date

import pypdfium2
import pytest
from sqlmodel import select

from app.documents.decision import decision_pdf
from app.domain.errors import NotFound
from app.domain.receipts import receipt_of
from app.queries.decision_sheets import decision_sheet
from app.services.addenda import CorrectDecision, correct_decision
from app.services.interests import PinRecusal, pin_recusal
from app.services.room_life import CloseConference, EndItem, close_conference, end_item
from app.store.journal_export import fingerprint_on
from app.store.tables.ballots import DecisionRow, RoundRow
from app.store.tables.journal import EntryRow
from tests.factories import op, table
from tests.proxy_steps import hands_on, speaks_for, stays_away
from tests.round_steps import ALL, accepts, declares, opened, says

CONDITION = "月次で資金繰りを共有すること"


def sheet_of(database, at, who, round_id):
    with database.read() as desk:
        return decision_sheet(desk, at[who] if who != "outsider" else at.outsider, round_id)


def text_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_range() for page in document]
    return "".join(page.replace("\r\n", "") for page in pages)


@pytest.fixture
def at(database):
    return table(database)


@pytest.fixture
def decided(database, at):
    """The chamber speaks through the council, the bank sets a condition."""
    stays_away(database, at, "chamber")
    hands_on(database, at, "chamber", "council")
    round_id = opened(database, at)
    for who in ALL[1:-1]:
        says(database, at, round_id, who, "agree")
    says(database, at, round_id, "bank", "agree_with_condition", text=CONDITION)
    speaks_for(database, at, "council", "chamber", round_id)
    accepts(database, at, round_id)
    declares(database, at, round_id, "decided")
    return round_id


def test_it_tells_what_counted_and_through_whom(database, at, decided):
    sheet = sheet_of(database, at, "succession", decided)
    with database.read() as desk:
        round_ = desk.session.get_one(RoundRow, decided)
        query = select(EntryRow).where(EntryRow.kind == "result_declared")
        declared = desk.session.exec(query).one()
    by_name = {one.agency: one for one in sheet.answers}
    assert (sheet.result, sheet.lead, sheet.lead_person) == (
        "決定",
        "東京都よろず支援拠点",
        "佐藤 健",
    )
    assert by_name["つむぎ坂信用金庫"].remark == CONDITION
    assert by_name["台東商工会議所"].how == f"委任：{at['council'].person_name}"
    for seat, said in round_.closing["stances"].items():
        name = next(one["name"] for one in round_.seats if one["agency_id"] == seat)
        assert by_name[name].receipt == said["receipt"]
    assert dict(sheet.tally)["賛成（条件付を含む）"] == 6
    assert [one.text for one in sheet.conditions] == [CONDITION]
    assert sheet.receipt == receipt_of(declared.hash)
    assert (sheet.rule_digest, sheet.fingerprint) == (round_.rule_digest, "")


def test_the_fingerprint_stands_on_it_once_the_conference_is_closed(database, at, decided):
    end_item(database, at["yorozu"], EndItem(op_id=op(), item_id=at.item.id))
    closing = CloseConference(op_id=op(), conference_id=at.conference.id)
    close_conference(database, at["yorozu"], closing)
    with database.read() as desk:
        expected = fingerprint_on(desk.session, at.conference.id)
    assert sheet_of(database, at, "bank", decided).fingerprint == expected


def test_dissent_is_printed_word_for_word(database, at, press):
    round_id = opened(database, at)
    says(
        database, at, round_id, "bank", "object", text="担保の扱いが先", alternative="協議会を先に"
    )
    accepts(database, at, round_id)
    declares(database, at, round_id, "continued", date(2026, 12, 15))
    sheet = sheet_of(database, at, "cga", round_id)
    pdf = decision_pdf(sheet, press)
    assert decision_pdf(sheet, press) == pdf
    text = text_of(pdf)
    for words in (
        "主担当決定書",
        "担保の扱いが先",
        "協議会を先に",
        "継続協議",
        "未回答",
        sheet.receipt,
    ):
        assert words in text
    assert sheet.lead == ""


def test_an_addendum_stands_beside_what_was_declared(database, at, decided, press):
    with database.read() as desk:
        decision = desk.session.exec(select(DecisionRow)).one()
    command = CorrectDecision(
        op_id=op(),
        decision_id=decision.id,
        field="action_person",
        says="佐藤 健一",
        reason="氏名の誤記のため",
    )
    correct_decision(database, at["cga"], command)
    sheet = sheet_of(database, at, "bank", decided)
    assert sheet.action_person == "佐藤 健"
    assert [(one.was, one.says) for one in sheet.addenda] == [("佐藤 健", "佐藤 健一")]
    assert "氏名の誤記のため" in text_of(decision_pdf(sheet, press))


def test_who_may_not_see_the_item_gets_no_sheet(database, at, decided):
    with pytest.raises(NotFound):
        sheet_of(database, at, "outsider", decided)
    out = PinRecusal(
        op_id=op(), item_id=at.item.id, agency_id=at.agencies["bank"].id, reason="競合先と契約"
    )
    pin_recusal(database, at["yorozu"], out)
    with pytest.raises(NotFound):
        sheet_of(database, at, "bank", decided)
    assert sheet_of(database, at, "cga", decided).number
    with pytest.raises(NotFound):
        sheet_of(database, at, "bank", "0" * 32)


def test_a_question_without_a_result_has_no_sheet(database, at):
    round_id = opened(database, at)
    with pytest.raises(NotFound):
        sheet_of(database, at, "bank", round_id)
