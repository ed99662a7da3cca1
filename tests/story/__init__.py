"""The main job told through the use-cases, one act at a time, with every kind of fact in it.

A chapter a file; what a new capability adds is told in a chapter of its own.
"""

from collections.abc import Iterator

from tests.cast import Cast, Step, cast
from tests.story.attendance import at_the_door
from tests.story.conference import to_conference
from tests.story.confidentiality import all_accept
from tests.story.exchange import from_a_file
from tests.story.lead import with_reminders
from tests.story.papers import to_papers
from tests.story.plan import to_the_plan
from tests.story.referral import to_referral
from tests.story.table import at_the_table

__all__ = ["Cast", "cast", "story"]


def story(c: Cast, held: str = "2026-11-24") -> Iterator[Step]:
    """Steps in order, each (what happens, the act); ``held`` is the day of the conference."""
    a, i = {key: row.id for key, row in c.agencies.items()}, c.ids
    yield from to_referral(c, a, i)
    yield from to_conference(c, a, i, held)
    yield from all_accept(c, i)
    yield from with_reminders(c)
    yield from to_papers(c, a, i)
    yield from at_the_door(c, a, i)
    yield from at_the_table(c, a, i)
    yield from from_a_file(c, i)
    yield from to_the_plan(c, a, i)
    withdraw = {"case_id": i["case"], "reason": "共有先を絞りたい"}
    yield "withdraw consent", lambda: c.does("bank", "withdraw_consent", **withdraw)
