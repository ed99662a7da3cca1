"""集計: what was said to a question, counted, and why it comes to what it comes to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tally:
    """``denominator`` and ``needed`` matter where a share decides; None elsewhere."""

    agree: int = 0
    hold: int = 0
    against: int = 0
    abstain: int = 0
    not_applicable: int = 0
    silent: int = 0
    denominator: int | None = None
    needed: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Why a question comes to what it comes to; ``silent`` and the rest are agencies' ids."""

    reasons: tuple[str, ...]
    missing: tuple[str, ...]
    silent: tuple[str, ...]
    objecting: tuple[str, ...]
    holding: tuple[str, ...]
    tally: Tally
