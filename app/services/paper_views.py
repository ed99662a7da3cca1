"""誰が見たか: that a paper was shown to somebody, written before it is sent to them (G13)."""

from app.domain.access import Act
from app.domain.people import Actor
from app.store import papers, reach
from app.store.unit_of_work import Database

SHOWN, TAKEN = "shown", "taken"


def note_shown(database: Database, actor: Actor, paper_id: str, version: int, way: str) -> None:
    """No command: nobody asks for it, and it happens as often as a page is looked at."""
    with database.begin() as uow:
        held = reach.paper(uow, actor, paper_id, Act.SEE_PAPER)
        papers.note_shown(uow, actor, held.row.id, version, way)
