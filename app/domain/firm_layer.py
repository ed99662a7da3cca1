"""事業者と共有する層: what of the sheet the firm's owner sees as a guest, and what it may correct.

The sheet is the agencies' own working paper. Only what the firm itself said, or what is offered to
it, is shared with it; every column not named here is not, and a new column is not either until
somebody names it with a reason. Kept back are

- ``phase``, ``time_axis``, ``urgency``, ``monitoring_grade``: an agency's judgement of the firm;
- ``received_on``, ``channel``, ``background``: how one agency told it to another;
- all of FINANCE and EXPOSURE: what banks and the association assess and lend;
- ``nf_manager`` … ``nf_internal``, ``distress_cause``, ``contention``, ``priority``, ``grounds``:
  what the agencies make of the owner and of the business, and what they have to settle;
- ``situation``, ``in_charge``, ``premise``: what an agency knows, whom it means to send, and on
  what terms among the agencies;
- ``policy``, ``next_date``: not settled before the table has decided;
- all of PRIVATE, DECISION and CONSENT.

What is shared lies within the firm's consent like everything else: whatever a guest says of it may
then be told to everybody at the item.
"""

from collections.abc import Set

from app.domain.consent import ItemGroup
from app.domain.errors import Malformed
from app.domain.sentences import _
from app.domain.sheet_columns import COLUMN, CellType, Column, RowKind

# Column → why the firm may see it.
SHARED: dict[str, str] = {
    "business": "what the firm does, as it told",
    "request_kind": "what was asked for on its behalf",
    "request_detail": "what was asked for on its behalf, in words",
    "wishes": "the firm's own wishes",
    "strengths": "what the firm is good at; nobody's weak point",
    "tried": "what the firm went through before, which it knows best",
    "issue": "what it is going to be helped with",
    "menu": "the support an agency offers to the firm",
    "available_from": "from when the firm can have it",
}


def shown(groups: Set[ItemGroup]) -> tuple[Column, ...]:
    """The shared columns within these groups, in the order of the sheet."""
    return tuple(c for c in COLUMN.values() if c.key in SHARED and c.group in groups)


def is_correctable(column: Column) -> bool:
    """Facts about the firm in words; what agencies found and offer is theirs to change."""
    in_words = column.type in {CellType.TEXT, CellType.LONGTEXT}
    return column.key in SHARED and column.row_kind is RowKind.CASE and in_words


def require_correctable(key: str, groups: Set[ItemGroup]) -> Column:
    """Any other column is answered like one that does not exist."""
    column = COLUMN.get(key)
    if column is None or column.group not in groups or not is_correctable(column):
        raise Malformed(
            _("直していただく項目を選び直してください。"),
            fields={"column": _("選択肢から選んでください。")},
        )
    return column
