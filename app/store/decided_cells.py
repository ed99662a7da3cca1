"""What a decision leaves in the sheet: its conditions, as the table heard them."""

from collections.abc import Iterable, Mapping
from datetime import date

from app.domain.addenda import DecisionField, Place
from app.domain.cell_sources import REASON_LENGTH, CellSource
from app.domain.dates import wareki
from app.domain.people import Actor
from app.domain.sentences import _
from app.domain.text import Sentence
from app.store import ballots, sheets
from app.store.agencies import by_ids
from app.store.tables.ballots import DecisionRow, HoldReplyRow
from app.store.unit_of_work import UnitOfWork

COLUMN = "conditions"


def put_conditions(
    uow: UnitOfWork,
    case_id: str,
    conditions: Iterable[Mapping[str, str | None]],
    actor: Actor,
    replies: Iterable[HoldReplyRow] = (),
) -> None:
    """As the table heard them, or that there are none."""
    text = _text(uow, conditions, replies)
    at = (case_id, sheets.CASE_ROW, COLUMN)
    sheets.put_cell(uow, *at, text, actor, source=CellSource.DECISION)


def follow_addendum(
    uow: UnitOfWork,
    decision: DecisionRow,
    before: Mapping[Place, str],
    now: Mapping[Place, str],
    actor: Actor,
    reason: str,
) -> None:
    """What an addendum put right is put right in the sheet; a hand that was there first stays."""
    held = sheets.cell_of(uow.session, decision.case_id, sheets.CASE_ROW, COLUMN)
    replies = ballots.replies_on(uow.session, decision.round_id)
    said = _text(uow, _as_corrected(decision, before), replies)
    text = _text(uow, _as_corrected(decision, now), replies)
    if held is None or held.value != said or text == said:
        return
    at = (decision.case_id, sheets.CASE_ROW, COLUMN)
    sheets.put_cell(
        uow, *at, text, actor, source=CellSource.DECISION, reason=reason[:REASON_LENGTH]
    )


def _as_corrected(decision: DecisionRow, says: Mapping[Place, str]) -> list[dict[str, str | None]]:
    return [
        {
            **one,
            "text": says.get(Place(DecisionField.CONDITION_TEXT, one["agency_id"]), ""),
            "due": says.get(Place(DecisionField.CONDITION_DUE, one["agency_id"]), ""),
        }
        for one in decision.conditions
    ]


def _text(
    uow: UnitOfWork,
    conditions: Iterable[Mapping[str, str | None]],
    replies: Iterable[HoldReplyRow],
) -> str:
    """One line a condition, with who sees to it and by when.

    Who set it stays with the decision: some read the sheet who were not at the table.
    """
    told = [dict(one) for one in conditions]
    told += [{"text": one.text} for one in replies if one.stance == "agree_with_condition"]
    owners = by_ids(uow.session, [owner for one in told if (owner := one.get("owner_id"))])
    names = {key: row.name for key, row in owners.items()}
    return "\n".join(_line(one, names) for one in told) or str(Sentence(_("なし")))


def _line(one: Mapping[str, str | None], names: Mapping[str, str]) -> str:
    owner, due = names.get(one.get("owner_id") or "", ""), one.get("due") or ""
    who = Sentence(_("担当：{name}"), name=owner) if owner else ""
    until = Sentence(_("期限：{day}"), day=wareki(date.fromisoformat(due))) if due else ""
    told = "、".join(part for part in (who, until) if part)
    return f"・{one['text']}" + (f"（{told}）" if told else "")
