"""A question on the lead, as the journal of its item tells it entry by entry."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain.consensus import Result

Body = Mapping[str, Any]


@dataclass
class Word:
    """What an agency said last: ``said`` is empty while only its ``seal`` is known.

    ``times``: how often it has answered, as a colleague may have replaced the answer. ``manner``:
    by its own people, under a 委任状, or entered by the office; told while it is sealed too.
    """

    said: dict[str, Any]
    seal: str | None
    person: str
    receipt: str
    times: int
    manner: str = "own"

    def told(self) -> dict[str, Any]:
        return {**self.said, "person": self.person, "receipt": self.receipt}


@dataclass
class Question:
    """A round as the journal has it; ``declared`` is the body of the declaration.

    ``replaced``: the body that says so, where another proposal was put instead. ``replies`` and
    ``settled``: what head offices said to a 仮決定, and what it became.
    """

    opened: Body
    opened_at: int
    words: dict[str, Word] = field(default_factory=dict)
    recused: set[str] = field(default_factory=set)
    answer: Body | None = None
    revealed: bool = False
    declared: Body | None = None
    declared_at: int = 0
    replaced: Body | None = None
    replies: dict[str, Word] = field(default_factory=dict)
    settled: Body | None = None
    settled_by: str = ""

    @property
    def is_provisional(self) -> bool:
        """Whether it waits for head offices."""
        declared = self.declared
        return (
            declared is not None
            and declared["result"] == Result.PROVISIONAL
            and self.settled is None
        )

    @property
    def accepted(self) -> bool | None:
        return self.answer["accepted"] if self.answer else None
