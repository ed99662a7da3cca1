"""決定の記録: what a decision on the lead must say before it may be declared."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.dates import western
from app.domain.sentences import _
from app.domain.text import Sentence

# 最初の行動: within a fortnight of the day the decision takes effect, by somebody with a name.
FIRST_ACTION_DAYS = 14


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """発効日・見直し日 and the first action of the lead; None and empty where it was not said."""

    effective_on: date | None = None
    review_on: date | None = None
    action: str = ""
    action_person: str = ""
    action_due: date | None = None

    def as_mapping(self) -> dict[str, str | None]:
        """JSON values."""
        return {
            "effective_on": self.effective_on.isoformat() if self.effective_on else None,
            "review_on": self.review_on.isoformat() if self.review_on else None,
            "action": self.action,
            "action_person": self.action_person,
            "action_due": self.action_due.isoformat() if self.action_due else None,
        }


def problems_of(record: DecisionRecord, today: date) -> dict[str, str]:
    """Field → what it lacks, for every field that keeps the decision from being declared."""
    found: dict[str, str] = {}
    for name in ("effective_on", "review_on", "action", "action_person", "action_due"):
        if not getattr(record, name):
            found[name] = _("入力してください。")
    effective, review, due = record.effective_on, record.review_on, record.action_due
    if effective and effective < today:
        found["effective_on"] = _("今日以降の日付を入力してください。")
    if effective and review and review <= effective:
        found["review_on"] = _("発効日より後の日付を入力してください。")
    if effective and due:
        last = effective + timedelta(days=FIRST_ACTION_DAYS)
        if not effective <= due <= last:
            found["action_due"] = Sentence(
                _("発効日から{days}日以内（{last}まで）の日付を入力してください。"),
                days=FIRST_ACTION_DAYS,
                last=western(last),
            )
    return found
