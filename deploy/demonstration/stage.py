"""The stage of the demonstration: acts of its people, each at its moment, each done once."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import select

from app.clock import in_japan
from app.domain.consent import CONSENTABLE
from app.domain.holidays import is_business_day
from app.domain.people import Actor
from app.services.case_import.writing import source_key
from app.services.commands import Done
from app.services.listing import USE_CASES
from app.store import consents
from app.store.conferences import begins_at
from app.store.files import Files
from app.store.tables.cases import CaseRow, ReferralRow
from app.store.tables.journal import OperationRow
from app.store.unit_of_work import Database
from deploy.demonstration.people import Cast

STORY: dict[str, Any] = json.loads(
    Path(__file__).with_name("story.json").read_text(encoding="utf-8")
)
_OPERATIONS = uuid.UUID("0b0f7f0c-6f6e-5b8c-8d0e-6a4f2f2a7c11")
_BETWEEN_ACTS = timedelta(seconds=40)


def operation(begun: datetime, command: str, step: str) -> str:
    """The same act of the same demonstration always has the same id, so it happens once."""
    return uuid.uuid5(_OPERATIONS, f"{begun.isoformat()}/{command}/{step}").hex


@dataclass
class Stage:
    """``begun`` is when the demonstration was set up; its past lies before that moment.

    ``chapter`` tells acts of a later day from those of the first one.
    """

    database: Database
    cast: Cast
    begun: datetime
    cases: Mapping[str, dict[str, Any]]
    files: Files
    chapter: str = ""
    now: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.now = self.begun

    @property
    def today(self) -> date:
        return in_japan(self.begun).date()

    def go(self, day: date, clock_time: str) -> None:
        """What follows happens on this day, from this time on."""
        self.now = begins_at(day, clock_time)

    def back(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def business_day(self, wanted: int, *others: int) -> date:
        """So many days from today, or the first of the others if offices are closed then."""
        days = [self.today + timedelta(days=n) for n in (wanted, *others)]
        return next((day for day in days if is_business_day(day)), days[0])

    def do(self, actor: Actor, command: str, step: str, **values: Any) -> Done:
        """Carry out a use-case as this person would, by the clock of the story."""
        use_case = USE_CASES[command]
        op_id = operation(self.begun, command, self.chapter + step)
        return use_case.run(
            self.then(), actor, use_case.command.model_validate({"op_id": op_id, **values})
        )

    def then(self) -> Database:
        """The database at the next moment of the story."""
        moment, self.now = self.now, self.now + _BETWEEN_ACTS
        return replace(self.database, clock=lambda: moment)

    def is_done(self, command: str, step: str) -> bool:
        op_id = operation(self.begun, command, self.chapter + step)
        with self.database.read() as desk:
            return desk.session.get(OperationRow, op_id) is not None

    def agency(self, case: str, kind: str) -> str:
        """The id of the agency that plays this kind's part in the case."""
        return self.cast.agency_id(self.cases[case]["agencies"][kind])

    def agencies(self, case: str) -> list[str]:
        return [self.agency(case, kind) for kind in self.cases[case]["agencies"]]

    def case_id(self, case: str) -> str:
        return self._case(case).id

    def referrer(self, case: str) -> Actor:
        return self.cast.of(self._case(case).referrer_agency_id)

    def _case(self, case: str) -> CaseRow:
        with self.database.read() as desk:
            query = select(CaseRow).where(CaseRow.source_key == source_key(case))
            return desk.session.exec(query).one()

    def referral(self, case: str) -> ReferralRow:
        query = select(ReferralRow).where(ReferralRow.case_id == self.case_id(case))
        with self.database.read() as desk:
            return desk.session.exec(query).one()

    def keep_consent(self, case: str) -> None:
        """Where the file's consent does not reach to the days of the story, the firm signs anew."""
        case_id = self.case_id(case)
        with self.database.read() as desk:
            held = consents.in_force(desk.session, case_id)
        days = (in_japan(self.now).date(), self.today + timedelta(days=60))
        if held is not None and all(held.live_on(day) for day in days):
            return
        scope = self.cases[case]["consent"]["scope_agency_kinds"]
        self.do(
            self.referrer(case),
            "record_consent",
            case,
            case_id=case_id,
            agencies=[self.agency(case, kind) for kind in scope],
            item_groups=list(CONSENTABLE),
            method="handwritten",
            purpose=self.cases[case]["consent"]["purpose"],
        )
