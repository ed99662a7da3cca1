"""意思表示: what a seat can say to a question put to the table."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.sentences import _


class Stance(StrEnum):
    """In the order it is offered: the hard word comes late."""

    AGREE = "agree"
    AGREE_WITH_CONDITION = "agree_with_condition"
    HOLD = "hold"
    OBJECT = "object"
    ABSTAIN = "abstain"
    NOT_APPLICABLE = "not_applicable"


STANCE_LABELS = {
    Stance.AGREE: _("賛成"),
    Stance.AGREE_WITH_CONDITION: _("条件付賛成"),
    Stance.HOLD: _("留保（持ち帰り）"),
    Stance.OBJECT: _("反対"),
    Stance.ABSTAIN: _("棄権"),
    Stance.NOT_APPLICABLE: _("対象外"),
}
AGREEING = frozenset({Stance.AGREE, Stance.AGREE_WITH_CONDITION})


@dataclass(frozen=True, slots=True)
class Given:
    """One seat's stance; a hold carries the date by which its head office replies."""

    stance: Stance
    reply_by: date | None = None
