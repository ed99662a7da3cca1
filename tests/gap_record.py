"""What the chair says when nobody takes a case."""

# On the days of the standing clock.

WORDS = {
    "gap_kind": "revitalization",
    "gap_text": "再生の手続きを伴走できる機関がない",
    "gap_owner_person": "斉藤 弘",
    "gap_step": "県の協議会に体制を相談する",
    "gap_due": "2026-12-18",
}


def gap_of(owner_id: str, due: str = "2026-12-18") -> dict[str, str]:
    return WORDS | {"gap_owner_id": owner_id, "gap_due": due}
