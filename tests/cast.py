"""Who plays in the story: six agencies, an outsider, and what has come to be so far."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import select

from app.domain.papers import Examined, PaperType
from app.domain.people import Actor
from app.services.commands import Done
from app.services.listing import USE_CASES
from app.services.uploads import keep_upload
from app.services.validation import validated
from app.store.tables.agencies import AgencyRow
from app.store.unit_of_work import Database
from tests import guest_steps
from tests.factories import actor_of, op, six_agencies

# What happens, and the act.
Step = tuple[str, Callable[[], Any]]


@dataclass
class Cast:
    """Who plays, and what has come to be so far."""

    database: Database
    agencies: dict[str, AgencyRow]
    actors: dict[str, Actor]
    outsider: Actor
    ids: dict[str, str] = field(default_factory=dict)

    def does(self, who: str, command: str, keep: str | None = None, **body: Any) -> Done:
        use_case = USE_CASES[command]
        values = {"op_id": op(), **body}
        done = use_case.run(self.database, self.actors[who], validated(use_case.command, values))
        if keep is not None:
            self.ids[keep] = done.id or ""
        return done

    def guest_does(self, session: str, act: str, keep: str | None = None, **body: Any) -> Done:
        """An act of the firm's owner, let in under this session."""
        done = guest_steps.does(self.database, session, act, **body)
        if keep is not None:
            self.ids[keep] = done.id or ""
        return done

    def hands_in(self, who: str, content: bytes, name: str, group: str) -> str:
        """The file of a paper of this group, as examined; return what a command calls it by."""
        assert group
        kind = PaperType.XLSX if content.startswith(b"PK") else PaperType.PDF
        digest = hashlib.sha256(content).hexdigest()
        file = Examined(kind, digest, len(content), 1)
        return keep_upload(self.database, self.actors[who], file, name)

    def one(self, table: Any, **where: Any) -> Any:
        with self.database.read() as desk:
            query = select(table)
            for name, value in where.items():
                query = query.where(getattr(table, name) == value)
            return desk.session.exec(query).first()


def cast(database: Database) -> Cast:
    with database.begin() as uow:
        agencies, actors, outside = six_agencies(uow, have_accepted=False)
        outsider = actor_of(uow, outside, "外山 徹")
    return Cast(database, agencies, actors, outsider)
