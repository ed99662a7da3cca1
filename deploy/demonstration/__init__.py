"""The demonstration: fictional firms, agencies and people, set up through the real use-cases."""

import json
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import select

from app.clock import in_japan
from app.domain.conference import ConferenceStatus
from app.domain.errors import Refused, StateForbids
from app.domain.sentences import _
from app.services.case_import import import_cases
from app.settings import ROOT
from app.store import agencies
from app.store.conferences import held_on
from app.store.files import Files
from app.store.tables.cases import CaseRow
from app.store.tables.conferences import ConferenceRow
from app.store.tables.firms import FirmRow
from app.store.tables.journal import OperationRow
from app.store.tables.people import PersonRow
from app.store.unit_of_work import Database
from auth.passwords import hash_password
from deploy.demonstration import elsewhere, tokyo, yamagata
from deploy.demonstration.people import Cast, Place, agencies_of, enrol_all, roll
from deploy.demonstration.stage import Stage, operation

FILE = ROOT / "app" / "data" / "demo_cases.json"
PASSWORD = "marui-tsukue-2026"  # noqa: S105  (printed on the screen; it opens fictional data only)
FIRST_PERSON = "suzuki.hanako@cga-13.example"
# The demonstration begins its past this long before the moment it is set up.
PAST = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Demonstration:
    """``conference`` is today's; ``places`` are all who can sign in, with PASSWORD."""

    conference_id: str
    conference: str
    places: tuple[Place, ...]


def demonstrate(database: Database, files: Files) -> Demonstration:
    """Fill an empty database with the demonstration; one that holds it already stays as it is.

    Only the day changes: a conference that nobody opened on its day is moved to today. Raises
    StateForbids where there are records of anything else.
    """
    cases = {case["case_id"]: case for case in json.loads(FILE.read_bytes())["cases"]}
    begun = _begun(database) or database.clock()
    if not _is_complete(database, begun):
        _require_room(database, begun)
        _set_up(database, files, begun, cases)
    stage = _stage(database, files, begun, cases)
    conference_id = _conference_id(database, begun)
    _keep_to_today(stage, conference_id)
    with database.read() as desk:
        conference = desk.session.get_one(ConferenceRow, conference_id)
    return Demonstration(conference_id, conference.name, stage.cast.places)


def _begun(database: Database) -> datetime | None:
    """When the demonstration was set up here; None if it was not."""
    with database.read() as desk:
        query = select(PersonRow.created_at).where(PersonRow.email == FIRST_PERSON)
        first = desk.session.exec(query).first()
    return first + PAST if first else None


def _is_complete(database: Database, begun: datetime) -> bool:
    with database.read() as desk:
        return desk.session.get(OperationRow, operation(begun, *tokyo.LAST_ACT)) is not None


def _require_room(database: Database, begun: datetime) -> None:
    """Nothing of anybody's own may stand beside the demonstration.

    One that was broken off can be taken up again, but only on its own day.
    """
    with database.read() as desk:
        if in_japan(begun).date() != desk.today():
            raise StateForbids(
                _("体験用データの準備が途中で止まっています。"),
                remedy=_("新しいデータフォルダを指定して、もう一度お試しください。"),
            )
        if _begun(database) is not None:
            return
        taken = any(
            desk.session.exec(select(table.id).limit(1)).first()
            for table in (PersonRow, FirmRow, CaseRow)
        )
    if taken:
        raise StateForbids(
            _("このデータベースには記録があるため、体験用のデータは入れません。"),
            remedy=_("ENTAKU_DATA または DATABASE_URL に空の場所を指定してください。"),
        )


def _set_up(database: Database, files: Files, begun: datetime, cases: dict[str, Any]) -> None:
    past = replace(database, clock=lambda: begun - PAST)
    with past.begin() as uow:
        agencies.load_reference(uow.session, uow.now())
    report = import_cases(past, FILE.read_bytes())
    if not report.ok:
        raise StateForbids("、".join(one.sentence for one in report.problems))
    password_hash = hash_password(PASSWORD)
    with past.begin() as uow:
        enrol_all(uow, roll(agencies_of(uow.session, cases.values())), password_hash)
    stage = _stage(database, files, begun, cases)
    for play in (yamagata.play, elsewhere.play, tokyo.play):
        play(stage)


def _stage(database: Database, files: Files, begun: datetime, cases: dict[str, Any]) -> Stage:
    with database.begin() as uow:
        places = roll(agencies_of(uow.session, cases.values()))
    with database.read() as desk:
        cast = Cast(desk, places)
    return Stage(database, cast, begun, cases, files)


def _conference_id(database: Database, begun: datetime) -> str:
    """Today's conference: it was planned as one of its series, or beside it on a holiday."""
    with database.read() as desk:
        for command in ("plan_occurrence", "create_conference"):
            done = desk.session.get(OperationRow, operation(begun, command, tokyo.NAME))
            if done is not None:
                return str(done.answer["id"])
    raise StateForbids(_("体験用の会議が見つかりません。"))


def _keep_to_today(stage: Stage, conference_id: str) -> None:
    with stage.database.read() as desk:
        row = desk.session.get_one(ConferenceRow, conference_id)
        today = desk.today()
    if row.status != ConferenceStatus.PLANNED or held_on(row) >= today:
        return
    stage.chapter, stage.now = f"{today}/", stage.database.clock()
    with suppress(Refused):
        tokyo.play_again(stage, conference_id)
