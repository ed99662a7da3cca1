"""Checking a room: its chain, what was decided in it, and the tables that say the same."""

from collections.abc import Iterator
from typing import Any

from sqlmodel import Session, col, null, select

from app.domain.consensus import RoundState
from app.domain.facts import DecisionCorrected, RoomKind
from app.domain.journal_faults import Fault
from app.domain.lead_course import KINDS, PLAIN, LeadCourse, sealed_content
from app.domain.lead_questions import Question, Word
from app.domain.sealing import seal_of
from app.store import ballots, journal
from app.store.journal import Broken
from app.store.tables.addenda import AddendumRow
from app.store.tables.ballots import DecisionRow, HoldReplyRow, RoundRow, StanceRow
from app.store.tables.journal import EntryRow, RoomRow


def verify(session: Session, room: RoomRow) -> Iterator[Broken]:
    """Everything about the room that can be recomputed.

    Where a body was erased on purpose, the chain is checked and the course of the item is not.
    """
    yield from journal.verify(session, room)
    if room.kind == RoomKind.ITEM:
        yield from _verify_item(session, room)


def rooms_without_words(session: Session) -> list[str]:
    """Ids of the items' rooms in which a body was erased that what was decided hangs on."""
    query = (
        select(EntryRow.room_id)
        .where(col(EntryRow.kind).in_(KINDS), col(EntryRow.body).is_(null()))
        .distinct()
    )
    return list(session.exec(query.order_by(col(EntryRow.room_id))))


def _verify_item(session: Session, room: RoomRow) -> Iterator[Broken]:
    query = select(EntryRow).where(EntryRow.room_id == room.id, col(EntryRow.kind).in_(KINDS))
    course = LeadCourse(room.subject_id)
    entries = list(session.exec(query.order_by(col(EntryRow.seq))))
    found = course.faults(entries)
    yield from (Broken(room.id, seq, fault) for seq, fault in found)
    if course.withheld:
        return
    rows = session.exec(select(RoundRow).where(RoundRow.item_id == room.subject_id)).all()
    if {row.id for row in rows} != course.questions.keys():
        yield Broken(room.id, room.last_seq, Fault.ROUND_ROW)
    for row in sorted(rows, key=lambda row: row.number):
        question = course.questions.get(row.id)
        if question is None:
            continue
        place = question.declared_at or question.opened_at
        try:
            faults = list(_faults_of(session, row, question))
        except (AttributeError, KeyError, TypeError, ValueError):
            faults = [Fault.SHAPE]
        yield from (Broken(room.id, place, fault) for fault in faults)


def _faults_of(session: Session, row: RoundRow, question: Question) -> Iterator[Fault]:
    if _round_told(row) != _round_expected(question):
        yield Fault.ROUND_ROW
    stances = {one.agency_id: one for one in ballots.stances_on(session, row.id)}
    if stances.keys() != question.words.keys() or not all(
        _is_word(stances[who], word) for who, word in question.words.items()
    ):
        yield Fault.STANCE_ROWS
    query = select(DecisionRow).where(DecisionRow.round_id == row.id)
    decisions = [
        {
            "number": one.number,
            "result": one.result,
            "reasons": one.reasons,
            "next_date": one.next_date.isoformat() if one.next_date else None,
            "record": one.record,
            "settled": one.settled,
        }
        for one in session.exec(query)
    ]
    replies = {one.agency_id: one for one in ballots.replies_on(session, row.id)}
    if replies.keys() != question.replies.keys() or not all(
        _is_reply(replies[who], word) for who, word in question.replies.items()
    ):
        yield Fault.STANCE_ROWS
    if _addenda_of(session, row) != _addenda_told(session, row):
        yield Fault.DECISION_ROW
    names = ("number", "result", "reasons", "next_date", "record")
    declared = question.declared
    expected = [{name: declared[name] for name in names}] if declared else []
    if decisions != [one | {"settled": _settled_of(question)} for one in expected]:
        yield Fault.DECISION_ROW


def _addenda_told(session: Session, row: RoundRow) -> list[dict[str, Any]]:
    """The addenda as the journal has them; what was erased on purpose is not there to compare."""
    query = select(EntryRow).where(
        EntryRow.room_id == journal.room_id(RoomKind.ITEM, row.item_id),
        EntryRow.kind == DecisionCorrected.wire_name(),
    )
    return [
        {**entry.body, "by": entry.person_name}
        for entry in session.exec(query.order_by(col(EntryRow.seq)))
        if entry.body and entry.body["round_id"] == row.id
    ]


def _addenda_of(session: Session, row: RoundRow) -> list[dict[str, Any]]:
    """What the table says of the decision's addenda, in the words of the journal."""
    query = (
        select(AddendumRow)
        .join(DecisionRow, col(DecisionRow.id) == col(AddendumRow.decision_id))
        .where(DecisionRow.round_id == row.id)
        .order_by(col(AddendumRow.number))
    )
    names = ("number", "field", "agency_id", "was", "says", "reason")
    return [
        {
            "round_id": row.id,
            **{name: getattr(one, name) for name in names},
            "by": one.person_name,
        }
        for one in session.exec(query)
    ]


def _settled_of(question: Question) -> dict[str, Any] | None:
    if question.settled is None:
        return None
    told = {name: question.settled[name] for name in ("result", "reasons", "next_date")}
    return told | {"by": question.settled_by}


def _is_reply(row: HoldReplyRow, word: Word) -> bool:
    said = {"stance": row.stance, "text": row.text, "alternative": row.alternative}
    by = (row.person_name, row.receipt, row.version)
    return said == word.said and by == (word.person, word.receipt, word.times)


_PINNED = (
    *("number", "nominee_id", "supporters", "wording", "because"),
    *("rule", "rule_digest", "seats"),
)


def _round_told(row: RoundRow) -> dict[str, Any]:
    """What the table says of the question, in the words of the journal."""
    return {
        **{name: getattr(row, name) for name in _PINNED},
        "state": row.state,
        "accepted": row.accepted,
        "person": row.lead_person,
        "reason": row.answer_reason,
        "result": row.result,
        "reasons": row.reasons,
        "next_date": row.next_date.isoformat() if row.next_date else None,
        "closing": row.closing,
    }


def _round_expected(question: Question) -> dict[str, Any]:
    answer = question.answer or {"accepted": None, "person": "", "reason": ""}
    open_: dict[str, Any] = {"result": None, "reasons": [], "next_date": None, "closing": None}
    ended = {**open_, **(question.declared or question.replaced or {})}
    state = RoundState.REVEALED if question.revealed else RoundState.OPEN
    if question.replaced:
        state = RoundState.REPLACED
    return {
        **{name: question.opened[name] for name in _PINNED},
        "state": RoundState.DECLARED if question.declared else state,
        **{name: answer[name] for name in ("accepted", "person", "reason")},
        **{name: ended[name] for name in ("result", "reasons", "next_date", "closing")},
    }


def _is_word(row: StanceRow, word: Word) -> bool:
    """Whether the row is what the agency said last; before the reveal its seal tells."""
    content, manner = ballots.content_of(row), ballots.manner_of(row)
    if (row.person_name, row.receipt, row.version) != (word.person, word.receipt, word.times):
        return False
    if word.said:
        return {**content, **manner} == {**PLAIN, **word.said}
    seal = seal_of(sealed_content(row.round_id, row.agency_id, content), row.nonce)
    return (seal, manner["manner"]) == (word.seal, word.manner)
