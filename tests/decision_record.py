"""What a decision must say before it is declared."""

from datetime import date, timedelta

# On the days of the standing clock.

RECORD = {
    "effective_on": "2026-11-27",
    "review_on": "2027-02-24",
    "action": "店舗別の損益を確認する",
    "action_person": "佐藤 健",
    "action_due": "2026-12-04",
}


def record_on(day: date) -> dict[str, str]:
    """The same for a decision that is declared on this day."""
    return RECORD | {
        "effective_on": day.isoformat(),
        "review_on": (day + timedelta(days=90)).isoformat(),
        "action_due": (day + timedelta(days=7)).isoformat(),
    }


def condition(owner_id: str, text: str, due: str = "2026-12-18") -> dict[str, str]:
    """条件付賛成 with everything a condition needs."""
    return {"stance": "agree_with_condition", "text": text, "owner_id": owner_id, "due": due}
