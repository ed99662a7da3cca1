"""受入状況: whether an agency can take a case on at present, as it says so itself."""

from datetime import date, timedelta
from enum import StrEnum

from app.domain.errors import Malformed
from app.domain.sentences import _
from app.domain.text import Sentence


class Capacity(StrEnum):
    """The four answers an agency can give (issue 4); none of them is about a firm."""

    OPEN = "open"  # 受入可
    WAITING = "waiting"  # 待ち
    NEEDS_TALK = "needs_talk"  # 要面談
    CLOSED = "closed"  # 不可


CAPACITY_LABELS = {
    Capacity.OPEN: _("受入可"),
    Capacity.WAITING: _("待ち"),
    Capacity.NEEDS_TALK: _("要面談"),
    Capacity.CLOSED: _("不可"),
}
# After so many days the age of a statement is told beside it; it is never hidden. [proposal]
OLD_AFTER = timedelta(days=90)


def age_of(as_of: date, today: date) -> Sentence | None:
    """「120日前の情報です。」 once a statement is older than ``OLD_AFTER``, else None."""
    age = today - as_of
    return Sentence(_("{days}日前の情報です。"), days=age.days) if age > OLD_AFTER else None


def require_past(as_of: date, today: date) -> None:
    """What is stated is how things stand, not how they will be; raises ``Malformed``."""
    if as_of > today:
        raise Malformed(
            _("いつ現在の状況かを確認してください。"),
            fields={"as_of": _("今日までの日付を入力してください。")},
        )
