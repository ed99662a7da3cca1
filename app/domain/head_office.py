"""本部への照会: a link by which a head office answers for its agency, once, without an account.

The link stands for the person who made it: it opens nothing that person may not see, and dies with
that person's rights. It is made for one 仮決定 and ends with it.
"""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from app.domain.sentences import _

# How long after the day it promised an agency may still be answered for by its link.
GRACE = timedelta(days=14)


class LinkState(StrEnum):
    SENT = "sent"
    ANSWERED = "answered"
    REPLACED = "replaced"  # a newer one was made for the same 仮決定
    REVOKED = "revoked"


LINK_STATE_LABELS = {
    LinkState.SENT: _("回答待ち"),
    LinkState.ANSWERED: _("回答済み"),
    LinkState.REPLACED: _("新しいリンクに置き換え"),
    LinkState.REVOKED: _("取消し"),
}


def expiry(reply_by: date) -> datetime:
    """The end of the day (UTC is late enough) some days after the one that was promised."""
    return datetime.combine(reply_by, time(23, 59), UTC) + GRACE
