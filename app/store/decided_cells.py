"""What a decision leaves in the sheet: its conditions, as the table heard them."""

from collections.abc import Iterable, Mapping
from datetime import date

from app.domain.cell_sources import CellSource
from app.domain.dates import wareki
from app.domain.people import Actor
from app.domain.sentences import _
from app.domain.text import Sentence
from app.store import sheets
from app.store.agencies import by_ids
from app.store.tables.ballots import HoldReplyRow
from app.store.unit_of_work import UnitOfWork

COLUMN = "conditions"


def put_conditions(
    uow: UnitOfWork,
    case_id: str,
    conditions: Iterable[Mapping[str, str | None]],
    actor: Actor,
    replies: Iterable[HoldReplyRow] = (),
) -> None:
    """One line a condition, with who sees to it and by when; or that there are none.

    Who set it stays with the decision: some read the sheet who were not at the table.
    """
    told = [dict(one) for one in conditions]
    told += [{"text": one.text} for one in replies if one.stance == "agree_with_condition"]
    owners = by_ids(uow.session, [owner for one in told if (owner := one.get("owner_id"))])
    names = {key: row.name for key, row in owners.items()}
    text = "\n".join(_line(one, names) for one in told)
    sheets.put_cell(
        uow,
        case_id,
        sheets.CASE_ROW,
        COLUMN,
        text or str(Sentence(_("なし"))),
        actor,
        source=CellSource.DECISION,
    )


def _line(one: Mapping[str, str | None], names: Mapping[str, str]) -> str:
    owner, due = names.get(one.get("owner_id") or "", ""), one.get("due") or ""
    who = Sentence(_("担当：{name}"), name=owner) if owner else ""
    until = Sentence(_("期限：{day}"), day=wareki(date.fromisoformat(due))) if due else ""
    told = "、".join(part for part in (who, until) if part)
    return f"・{one['text']}" + (f"（{told}）" if told else "")
