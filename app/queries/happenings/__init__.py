"""What happened at a conference, in the words people read: one sentence for each fact."""

from app.queries.happenings.base import Body, Happening, Names, Weight
from app.queries.happenings.gap import ON_GAPS
from app.queries.happenings.guest import BY_THE_FIRM
from app.queries.happenings.item import AT_AN_ITEM
from app.queries.happenings.lead import ON_THE_LEAD
from app.queries.happenings.others import BY_OTHERS
from app.queries.happenings.polls import IN_A_POLL
from app.queries.happenings.sheet import IN_THE_SHEET
from app.queries.happenings.table import AT_THE_TABLE

__all__ = ["TOLD", "Body", "Happening", "Names", "Weight", "happening"]

TOLD = AT_THE_TABLE | AT_AN_ITEM | ON_THE_LEAD | ON_GAPS | BY_THE_FIRM | IN_THE_SHEET | IN_A_POLL
TOLD |= BY_OTHERS


def happening(kind: str, body: Body, names: Names) -> Happening | None:
    """None where another entry of the same moment says it, and this one is for restoring."""
    tell = TOLD.get(kind)
    return tell(body, names) if tell else None
