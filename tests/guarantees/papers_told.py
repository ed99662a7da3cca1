"""Papers as data, the way each actor would be handed them: plans, minutes, and their short form."""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from sqlmodel import select

from app.domain.errors import Refused
from app.domain.minutes import Form
from app.domain.people import Actor
from app.domain.plan_paper_form import as_json
from app.queries.minutes import minutes_of
from app.queries.plan_papers import paper_of
from app.store.tables.conferences import ConferenceRow
from app.store.tables.plans import PlanRow
from app.store.unit_of_work import Database


def papers_told(database: Database, actor: Actor) -> Iterator[tuple[str, str]]:
    """Where each was found and all it says; a refusal is read too."""
    with database.read() as desk:
        for plan in desk.session.exec(select(PlanRow)).all():
            try:
                yield "paper", said(as_json(paper_of(desk, actor, plan.id)))
            except Refused as refusal:
                yield "paper refused", str(refusal)
        for conference in desk.session.exec(select(ConferenceRow)).all():
            for form in Form:
                try:
                    yield (
                        f"minutes {form}",
                        said(asdict(minutes_of(desk, actor, conference.id, form))),
                    )
                except Refused as refusal:
                    yield "minutes refused", str(refusal)


def words_in(content: bytes) -> str:
    """What an answer says; a workbook is opened, part by part."""
    parts = [content]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [archive.read(name) for name in archive.namelist()]
    return " ".join(part.decode("utf-8", "replace") for part in parts)


def said(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
