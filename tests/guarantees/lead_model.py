"""What a question on the lead must be, told apart from how the product keeps it."""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from tests.decision_record import RECORD
from tests.gap_record import gap_of

ALL = ("bank", "cga", "yorozu", "council", "succession", "chamber")
QUORUM = 2
STATUS_AFTER = {"decided": "lead_decided", "provisional": "provisional"}
anybody = st.sampled_from(ALL)
acceptances = st.sampled_from([True, True, True, False, None])
words = st.sampled_from(["agree", "agree", "agree_with_condition", "hold", "object", "abstain"])


@dataclass
class Question:
    """A round as it must be; ``settled`` is what a 仮決定 must have become."""

    id: str
    nominee: str
    blind: bool
    state: str = "open"
    said: dict[str, str] = field(default_factory=dict)
    accepted: bool | None = None
    out: set[str] = field(default_factory=set)
    result: str | None = None
    replies: dict[str, str] = field(default_factory=dict)
    settled: str | None = None

    @property
    def asked(self) -> bool:
        return self.state in {"open", "revealed"}

    @property
    def sealed(self) -> bool:
        return self.blind and self.state == "open"

    def declarable(self) -> set[str]:
        """総意, as one would tell it to a new colleague."""
        heard = {who: word for who, word in self.said.items() if who not in self.out}
        always = {"continued", "no_taker"}
        if "object" in heard.values() or self.accepted is not True or self.nominee in self.out:
            return always
        if len(heard) < len(ALL) - len(self.out) or len(heard) < QUORUM:
            return always
        return always | {"provisional" if "hold" in heard.values() else "decided"}

    def holding(self, out: set[str]) -> set[str]:
        return {who for who, word in self.said.items() if word == "hold"} - out


def record_of(result: str, keeps: str) -> dict[str, str]:
    """What has to be said with the result; ``keeps`` answers for a case that nobody takes."""
    if result == "no_taker":
        return gap_of(keeps)
    return RECORD if result in {"decided", "provisional"} else {}


def round_of(told: dict[str, Any]) -> dict[str, Any]:
    settled = told["settled"]
    return {
        "state": told["state"],
        "result": told["result"],
        "accepted": told["accepted"],
        "settled": settled["result"] if settled else None,
        "said": {who: one["stance"] for who, one in told["stances"].items()},
    }
