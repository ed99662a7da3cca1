"""What the product finds of its own record, beyond the nine kinds of tampering."""

import json

import pytest
from sqlmodel import select

from app.services.holds import AnswerHold, answer_hold
from app.services.interests import DeclareRecusal, LiftRecusal, declare_recusal, lift_recusal
from app.store.tables.ballots import DecisionRow, HoldReplyRow, RoundRow, StanceRow
from app.store.tables.journal import EntryRow
from deploy.journals import journal_group
from tests.factories import op, table
from tests.journal_steps import broken_places, copied, decided, rechain, verifier
from tests.round_steps import ALL, accepts, declares, opened, says
from tests.shell import run


def leaves(database, at, who):
    declare_recusal(
        database, at[who], DeclareRecusal(op_id=op(), item_id=at.item.id, reason="取引先のため")
    )


def returns(database, at, who):
    agency_id = at.agencies[who].id
    command = LiftRecusal(op_id=op(), item_id=at.item.id, agency_id=agency_id, reason="誤り")
    lift_recusal(database, at["yorozu"], command)


def test_who_left_and_who_came_back_while_it_was_asked_are_counted_as_the_declaration_does(
    database, tmp_path
):
    at = table(database)
    round_id = opened(database, at)
    for who in ALL:
        says(database, at, round_id, who, "agree")
    for who in ("bank", "council"):
        leaves(database, at, who)
    returns(database, at, "council")
    accepts(database, at, round_id)
    declares(database, at, round_id, "decided")
    returns(database, at, "bank")
    held = copied(database, at, f"i-{at.item.id}")
    closing = held.entries[held.place("result_declared")]["body"]["closing"]
    assert closing["recused"] == [at.agencies["bank"].id]
    assert broken_places(database, held.room) == []
    assert verifier(held.write(tmp_path / "copy.jsonl")).returncode == 0


def test_a_question_that_is_asked_again_is_checked_like_the_first(database, tmp_path):
    at = table(database)
    first = opened(database, at)
    says(database, at, first, "bank", "object", text="採算が先")
    declares(database, at, first, "continued", "2026-12-15")
    second = opened(database, at, because="採算表が出たため", blind=True)
    says(database, at, second, "bank", "agree")
    held = copied(database, at, f"i-{at.item.id}")
    assert broken_places(database, held.room) == []
    assert verifier(held.write(tmp_path / "copy.jsonl")).returncode == 0


def test_a_sealed_answer_that_was_changed_in_the_tables_is_found_before_the_reveal(database):
    at = table(database)
    round_id = opened(database, at, blind=True)
    says(database, at, round_id, "bank", "agree")
    assert broken_places(database, f"i-{at.item.id}") == []
    with database.begin() as uow:
        row = uow.session.get_one(StanceRow, (round_id, at.agencies["bank"].id))
        row.stance = "abstain"
        uow.session.add(row)
    assert broken_places(database, f"i-{at.item.id}") == [(1, "STANCE_ROWS")]


@pytest.mark.parametrize(
    ("table_of", "change", "problem"),
    [
        (RoundRow, {"reasons": ["別の理由"]}, "ROUND_ROW"),
        (RoundRow, {"lead_person": "別の人"}, "ROUND_ROW"),
        (DecisionRow, {"number": "令和8年度-99"}, "DECISION_ROW"),
        (DecisionRow, {"result": "provisional"}, "DECISION_ROW"),
    ],
)
def test_a_table_that_was_changed_is_named(database, table_of, change, problem):
    held = decided(database)
    with database.begin() as uow:
        row = uow.session.exec(select(table_of)).one()
        for name, value in change.items():
            setattr(row, name, value)
        uow.session.add(row)
    assert broken_places(database, held.room) == [(17, problem)]


def test_where_words_were_erased_the_chain_holds_and_the_room_is_counted(database, tmp_path):
    held = decided(database)
    with database.begin() as uow:
        entry = uow.session.get_one(EntryRow, (held.room, held.place("stance_given") + 1))
        entry.body = None
        uow.session.add(entry)
    done = run(database, tmp_path, journal_group, "verify")
    assert (done.exit_code, done.stdout.splitlines()[0]) == (
        0,
        "本文が消去されているため、決定を確かめられない部屋: 1",
    )
    report = json.loads(run(database, tmp_path, journal_group, "verify", "--json").stdout)
    assert (report["without_words"], report["broken"]) == ([held.room], [])


def replaced_and_taken_home(database, at):
    """A proposal replaced by another, which becomes provisional."""
    opened(database, at, nominee="council")
    round_id = opened(database, at, because="よろず支援拠点の提案を受けて")
    for who in ALL:
        held = {"reply_by": "2026-12-08"} if who == "bank" else {}
        says(database, at, round_id, who, "hold" if held else "agree", **held)
    accepts(database, at, round_id)
    declares(database, at, round_id, "provisional", "2026-12-15")
    return round_id


def replies(database, at, round_id, stance, **more):
    command = AnswerHold(op_id=op(), round_id=round_id, stance=stance, **more)
    answer_hold(database, at["bank"], command)


@pytest.mark.parametrize(
    ("stance", "more"), [("agree", {}), ("object", {"text": "担保の扱いを先に"})]
)
def test_what_a_head_office_made_of_it_is_checked(database, tmp_path, stance, more):
    at = table(database)
    round_id = replaced_and_taken_home(database, at)
    room = f"i-{at.item.id}"
    assert broken_places(database, room) == []
    replies(database, at, round_id, stance, **more)
    assert broken_places(database, room) == []
    held = copied(database, at, room)
    assert verifier(held.write(tmp_path / "copy.jsonl")).returncode == 0


def test_a_reply_or_an_ending_that_was_changed_in_the_tables_is_found(database):
    at = table(database)
    round_id = replaced_and_taken_home(database, at)
    replies(database, at, round_id, "agree")
    with database.begin() as uow:
        reply = uow.session.get_one(HoldReplyRow, (round_id, at.agencies["bank"].id))
        reply.text = "条件を付けた"
        uow.session.add(reply)
        decision = uow.session.exec(select(DecisionRow)).one()
        decision.settled = {**decision.settled, "result": "continued"}
        uow.session.add(decision)
    problems = {problem for _place, problem in broken_places(database, f"i-{at.item.id}")}
    assert problems == {"STANCE_ROWS", "DECISION_ROW"}


def test_a_decision_nobody_of_the_head_office_gave_is_found_in_a_copy(database, tmp_path):
    """The whole chain written anew; that it was an objection is still in it."""
    at = table(database)
    round_id = replaced_and_taken_home(database, at)
    replies(database, at, round_id, "object", text="担保の扱いを先に")
    held = copied(database, at, f"i-{at.item.id}")
    place = held.place("provisional_settled")
    held.entries[place]["body"]["result"] = "decided"
    rechain(held, place)
    told = verifier(held.write(tmp_path / "copy.jsonl"))
    assert told.returncode == 1
    assert "宣言の結果が、決定方法と回答から導けません。" in told.stdout
