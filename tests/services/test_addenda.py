"""訂正: only how a decision was written down, only beside it, only by chair or secretariat."""

from datetime import date

import pytest
from sqlmodel import select

from app.domain.addenda import NEVER
from app.domain.errors import Malformed, NotEntitled, NotFound, StateForbids
from app.domain.facts import RoomKind
from app.queries.decisions import decisions_of_case
from app.queries.sheet_snapshot import sheet_snapshot
from app.services.addenda import CorrectDecision, correct_decision
from app.services.room_life import CloseConference, EndItem, close_conference, end_item
from app.services.sheets import WriteCell, write_cell
from app.services.validation import validated
from app.store import decision_papers, verification
from app.store.pictures.item import item_picture
from app.store.tables.addenda import AddendumRow
from app.store.tables.ballots import DecisionRow, RoundRow
from app.store.tables.conferences import AgendaItemRow
from app.store.tables.journal import RoomRow
from tests.conference_steps import kinds
from tests.factories import op, table
from tests.round_steps import ALL, accepts, declares, opened, says


@pytest.fixture
def at(database):
    made = table(database)
    round_id = opened(database, made)
    for who in ALL[1:]:
        says(database, made, round_id, who, "agree")
    says(database, made, round_id, "bank", "agree_with_condition", text="月次で共有")
    accepts(database, made, round_id)
    made.extra["decision"] = declares(database, made, round_id, "decided").id
    return made


def corrects(database, at, field, text, who="cga", **more):
    command = CorrectDecision(
        op_id=op(),
        decision_id=at.extra["decision"],
        field=field,
        says=text,
        reason="書き誤りのため",
        **more,
    )
    return correct_decision(database, at[who], command)


def rows(database):
    with database.read() as desk:
        decision = desk.session.exec(select(DecisionRow)).one().model_dump()
        return decision, desk.session.exec(select(RoundRow)).one().model_dump()


def addenda(database):
    with database.read() as desk:
        found = desk.session.exec(select(AddendumRow).order_by(AddendumRow.number)).all()
        return [(one.number, one.field, one.was, one.says) for one in found]


def test_it_stands_beside_the_decision_which_is_never_changed(database, at):
    before = rows(database)
    corrects(database, at, "review_on", "令和9年3月24日")
    corrects(database, at, "review_on", "2027-04-01", "yorozu")
    corrects(database, at, "wording", "よろず支援拠点を主担当とする。")
    assert rows(database) == before
    assert addenda(database) == [
        (1, "review_on", "2027-02-24", "2027-03-24"),
        (2, "review_on", "2027-03-24", "2027-04-01"),
        (3, "wording", before[1]["wording"], "よろず支援拠点を主担当とする。"),
    ]
    assert kinds(database, RoomKind.ITEM, at.item.id)[-3:] == ["decision_corrected"] * 3
    with database.read() as desk:
        room = desk.session.get_one(RoomRow, f"i-{at.item.id}")
        assert list(verification.verify(desk.session, room)) == []


def test_also_after_the_conference_is_closed(database, at):
    end_item(database, at["yorozu"], EndItem(op_id=op(), item_id=at.item.id))
    over = CloseConference(op_id=op(), conference_id=at.conference.id)
    close_conference(database, at["yorozu"], over)
    corrects(database, at, "action_person", "佐藤 健一")
    assert addenda(database) == [(1, "action_person", "佐藤 健", "佐藤 健一")]


@pytest.mark.parametrize("field", sorted(NEVER))
def test_what_the_table_decided_is_only_decided_anew(database, at, field):
    with pytest.raises(StateForbids) as refused:
        corrects(database, at, field, "決定")
    assert "改めて" in str(refused.value.remedy)
    assert addenda(database) == []


@pytest.mark.parametrize("who", ["bank", "council", "succession", "chamber"])
def test_others_at_the_table_may_not(database, at, who):
    with pytest.raises(NotEntitled):
        corrects(database, at, "wording", "別の文言", who)


def test_who_is_outside_learns_nothing(database, at):
    at.actors["outsider"] = at.outsider
    with pytest.raises(NotFound):
        corrects(database, at, "wording", "別の文言", "outsider")
    at.extra["decision"] = "0" * 32
    with pytest.raises(NotFound):
        corrects(database, at, "wording", "別の文言")


@pytest.mark.parametrize(
    ("field", "text", "wrong"),
    [
        ("review_on", "来年の春", "says"),
        ("review_on", "2027-02-24", "says"),
        ("review_on", "2026-11-01", "says"),
        ("action_due", "2027-01-31", "says"),
        ("action_person", "名" * 81, "says"),
        ("next_date", "2027-01-19", "field"),
        ("condition_text", "四半期で共有", "field"),
    ],
)
def test_what_cannot_be_meant_is_refused_beside_its_field(database, at, field, text, wrong):
    with pytest.raises(Malformed) as refused:
        corrects(database, at, field, text)
    assert list(refused.value.fields) == [wrong]


def test_a_condition_is_named_by_whose_it_is(database, at):
    bank, chamber = at.agencies["bank"].id, at.agencies["chamber"].id
    corrects(database, at, "condition_text", "四半期で共有", agency_id=bank)
    corrects(database, at, "condition_due", "2026/12/25", agency_id=bank)
    with pytest.raises(Malformed):
        corrects(database, at, "condition_text", "四半期で共有", agency_id=chamber)
    assert addenda(database) == [
        (1, "condition_text", "月次で共有", "四半期で共有"),
        (2, "condition_due", "2026-12-18", "2026-12-25"),
    ]


def test_it_is_told_wherever_the_decision_is(database, at):
    corrects(database, at, "review_on", "2027-03-24")
    with database.read() as desk:
        item = desk.session.get_one(AgendaItemRow, at.item.id)
        (round_,) = item_picture(desk, item)["rounds"]
        row = desk.session.exec(select(DecisionRow)).one()
        paper = decision_papers.decision_of(desk, row)
        (card,) = decisions_of_case(desk, at["bank"], at.case.id)
        (own,) = decisions_of_case(desk, at["cga"], at.case.id)
        with pytest.raises(NotFound):
            decisions_of_case(desk, at.outsider, at.case.id)
    assert [one["says"] for one in round_["addenda"]] == ["2027-03-24"]
    assert paper is not None
    told = [(one.what, one.was, one.says, one.made_on) for one in paper.addenda]
    line = ("見直し日", "2027年2月24日(水)", "2027年3月24日(水)", date(2026, 11, 24))
    assert told == [line]
    assert (card.addenda, card.correctable) == (paper.addenda, ())
    assert card.paper_of == round_["id"]
    assert "2027-03-24" in [one.now for one in own.correctable if one.field == "review_on"]


def test_a_row_that_was_changed_behind_the_journal_is_found(database, at):
    corrects(database, at, "review_on", "2027-03-24")
    with database.begin() as uow:
        row = uow.session.exec(select(AddendumRow)).one()
        row.says = "2027-05-01"
        uow.session.add(row)
    with database.read() as desk:
        room = desk.session.get_one(RoomRow, f"i-{at.item.id}")
        found = [one.problem.name for one in verification.verify(desk.session, room)]
    assert found == ["DECISION_ROW"]


def cells(database, at):
    with database.read() as desk:
        found = sheet_snapshot(desk, at["cga"], at.case.id)["cells"]
    return {key: found[f"case|{key}"] for key in ("conditions", "lead_person")}


def test_what_it_puts_right_is_put_right_in_the_sheet(database, at):
    said = cells(database, at)
    corrects(database, at, "lead_person", "佐藤 健一")
    corrects(database, at, "condition_text", "四半期ごとに共有", agency_id=at.agencies["bank"].id)
    now = cells(database, at)
    assert (said["lead_person"]["value"], now["lead_person"]["value"]) == ("佐藤 健", "佐藤 健一")
    assert "月次で共有" in said["conditions"]["value"]
    assert "四半期ごとに共有" in now["conditions"]["value"]
    assert now["conditions"]["reason"] == "書き誤りのため"


def test_what_somebody_wrote_into_the_sheet_since_stays(database, at):
    put_right(database, at, "cga", "月次で共有（協会にも）")
    corrects(database, at, "condition_text", "四半期ごとに共有", agency_id=at.agencies["bank"].id)
    assert cells(database, at)["conditions"]["value"] == "月次で共有（協会にも）"


def put_right(database, at, who, value):
    given = {"row": "case", "column": "conditions", "value": value, "base_version": 1}
    given |= {"case_id": at.case.id, "reason": "議事録と照合したため", "op_id": op()}
    write_cell(database, at[who], validated(WriteCell, given))
