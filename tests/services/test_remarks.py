"""Remarks before all: answers, calls, links to the sheet, corrections, and what they amount to."""

import pytest

from app.domain.errors import Malformed, NotEntitled, NotFound, StateForbids
from app.domain.papers import PaperKind
from app.queries.item_snapshot import item_snapshot
from app.services.discussion import (
    CorrectRemark,
    MarkOutcome,
    SayRemark,
    correct_remark,
    mark_outcome,
    say_remark,
)
from app.services.sheets import AddSheetRow, add_sheet_row
from app.store.tables.conferences import AgendaItemRow, RemarkRow
from app.store.tables.papers import PaperRow
from tests.factories import actor_of, op, table
from tests.room_steps import LATER, carry_over, close


def say(database, at, who="bank", text="返済は約定どおりです。", **more):
    return say_remark(
        database, at[who], SayRemark(op_id=op(), item_id=at.item.id, text=text, **more)
    ).id


def correct(database, actor, remark_id, text="訂正した言葉"):
    return correct_remark(
        database, actor, CorrectRemark(op_id=op(), remark_id=remark_id, text=text)
    )


def mark(database, actor, remark_id, kind="decision", **more):
    return mark_outcome(
        database, actor, MarkOutcome(op_id=op(), remark_id=remark_id, kind=kind, **more)
    )


def told(database, at, who="cga"):
    with database.read() as desk:
        return item_snapshot(desk, at[who], at.item.id)


def test_an_answer_to_an_answer_belongs_to_the_same_thread(database):
    at = table(database)
    first = say(database, at)
    second = say(database, at, "cga", "なぜですか", reply_to=first)
    say(database, at, "bank", "昨日の入金です", reply_to=second)

    assert [one["reply_to"] for one in told(database, at)["remarks"]] == [None, first, first]


def test_nothing_answers_a_remark_of_another_item(database):
    at = table(database)
    said = say(database, at)
    with database.begin() as uow:
        report = {"kind": "report", "title": "報告", "minutes": 5, "position": 2}
        other = AgendaItemRow(conference_id=at.conference.id, **report)
        uow.session.add(other)
        uow.session.flush()
        row = uow.session.get(RemarkRow, said)
        row.item_id = other.id
        uow.session.add(row)

    for unknown in (said, op()):
        with pytest.raises(Malformed):
            say(database, at, reply_to=unknown)


def test_those_at_the_table_are_called_on_and_nobody_else(database):
    at = table(database)
    say(database, at, text="@東京都よろず支援拠点 ＠鈴木花子 @白霧信用組合 @外山 徹 いかがですか")

    mentions = told(database, at)["remarks"][0]["mentions"]
    assert [(one["kind"], one["name"]) for one in mentions] == [
        ("agency", "東京都よろず支援拠点"),
        ("person", "鈴木 花子"),
    ]


def test_a_link_leads_to_a_cell_its_author_may_see(database):
    at = table(database)
    link = "cell:case|repayment_status"
    say(database, at, "bank", links=(link, link))
    assert told(database, at)["remarks"][0]["links"] == [link]

    for who, wrong in (
        ("chamber", link),
        ("bank", "cell:case|nothing"),
        ("bank", "cell:case|issue"),
        ("bank", f"cell:{op()}|issue"),
    ):
        with pytest.raises(Malformed):
            say(database, at, who, links=(wrong,))


def test_the_own_note_is_never_pointed_to_before_all(database):
    at = table(database)
    note = add_sheet_row(
        database, at["bank"], AddSheetRow(op_id=op(), case_id=at.case.id, kind="note")
    )

    with pytest.raises(Malformed):
        say(database, at, links=(f"cell:{note.id}|note",))


def test_a_correction_keeps_what_was_said_and_when(database, clock):
    at = table(database)
    said = say(database, at, text="返済は遅れています")
    times = []
    for text in ("返済は約定どおりです", "返済は約定どおりです。@東京信用保証協会"):
        clock.advance(minutes=2)
        times.append(clock.now)
        correct(database, at["bank"], said, text)

    (remark,) = told(database, at)["remarks"]
    assert [one["text"] for one in remark["earlier"]] == [
        "返済は遅れています",
        "返済は約定どおりです",
    ]
    assert remark["text"] == "返済は約定どおりです。@東京信用保証協会"
    assert [one["name"] for one in remark["mentions"]] == ["東京信用保証協会"]
    assert remark["earlier"][0]["at"] == remark["at"]
    assert remark["corrected_at"] > remark["earlier"][1]["at"] > remark["at"]


def test_only_the_speaker_corrects_and_only_while_the_conference_is_open(database):
    at = table(database)
    said = say(database, at)
    with database.begin() as uow:
        colleague = actor_of(uow, at.agencies["bank"], "同僚 二郎")

    for other in (colleague, at["yorozu"]):
        with pytest.raises(NotEntitled):
            correct(database, other, said)
    with pytest.raises(NotFound):
        correct(database, at.outsider, said)
    carry_over(database, at["yorozu"], at.item.id, next_date=LATER)
    correct(database, at["bank"], said, "議題の後の訂正")
    close(database, at["yorozu"], at.conference.id)
    with pytest.raises(StateForbids):
        correct(database, at["bank"], said)


def test_chair_and_secretariat_mark_what_a_remark_amounts_to(database):
    at = table(database)
    said = say(database, at, text="月次で試算表を出します")
    mark(database, at["yorozu"], said)
    mark(database, at["cga"], said, "condition", text="試算表は翌月15日まで")

    outcomes = told(database, at)["outcomes"]
    assert [(one["kind"], one["text"], one["remark_id"]) for one in outcomes] == [
        ("decision", "月次で試算表を出します", said),
        ("condition", "試算表は翌月15日まで", said),
    ]
    with pytest.raises(NotEntitled):
        mark(database, at["bank"], said)
    with pytest.raises(NotFound):
        mark(database, at.outsider, said)


def test_a_task_marked_on_a_remark_needs_an_agency_and_a_date(database):
    at = table(database)

    with pytest.raises(Malformed) as refused:
        mark(database, at["yorozu"], say(database, at), "task")

    assert set(refused.value.fields) == {"agency_id", "due"}


def test_a_long_remark_must_be_put_shortly(database):
    at = table(database)
    said = say(database, at, text="長" * 1500)

    with pytest.raises(Malformed):
        mark(database, at["yorozu"], said)
    mark(database, at["yorozu"], said, text="要約")


def test_a_paper_is_pointed_to_by_those_who_may_read_it(database):
    at = table(database)
    with database.begin() as uow:
        shared, loans, own = (
            PaperRow(
                case_id=at.case.id,
                agency_id=at.agencies["bank"].id,
                agency_name="つむぎ坂信用金庫",
                title=group,
                kind=PaperKind.OTHER,
                item_group=group,
                position=position,
            )
            for position, group in enumerate(("issues", "exposure", "private"))
        )
        uow.session.add_all([shared, loans, own])
        uow.session.flush()
    say(database, at, "chamber", links=(f"paper:{shared.id}",))
    say(database, at, "bank", links=(f"paper:{loans.id}",))

    for who, paper in (
        ("chamber", loans.id),
        ("chamber", own.id),
        ("bank", own.id),
        ("bank", op()),
    ):
        with pytest.raises(Malformed):
            say(database, at, who, links=(f"paper:{paper}",))
