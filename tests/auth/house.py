"""The product with its front door, two agencies, and somebody to sign in."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, g
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

import auth
from app import create_app
from app.domain.vocabulary import AgencyKind, Role
from app.settings import Settings
from app.store.tables.agencies import AgencyRow
from app.store.unit_of_work import Database
from auth.passwords import hash_password
from auth.people import enrol
from tests import factories
from tests.auth.browser import Browser

PASSWORD = "朝のコーヒーは二杯までにする"
HASH = hash_password(PASSWORD)


class CompiledOnce(BytecodeCache):
    """Every house compiles the same templates; once is enough for all tests of a process."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = CompiledOnce()


@dataclass
class House:
    """What the tests of signing in walk through; ``ended`` gathers sessions that have ended."""

    app: Flask
    settings: Settings
    database: Database
    bank: AgencyRow
    council: AgencyRow
    ended: list[str]

    def browser(self) -> Browser:
        return Browser(self.app.test_client())

    def enrol(self, name: str, email: str, agency: AgencyRow, *, password: bool = True) -> str:
        """A person of the agency; the id of the person."""
        with self.database.begin() as uow:
            person, _membership = enrol(
                uow,
                name=name,
                email=email,
                agency_id=agency.id,
                role=Role.PARTICIPANT,
                title="主任",
                password_hash=HASH if password else None,
            )
        return person.id


def open_house(database: Database, folder: Path, **differing: Any) -> House:
    """Tanaka of the bank can sign in; the council has nobody yet."""
    settings = Settings(
        data=folder, database_url=str(database.engine.url), secret=database.secret, **differing
    )
    app = create_app(settings, database)
    app.jinja_env.bytecode_cache = COMPILED
    ended: list[str] = []
    auth.init_app(app, settings, database, ended.extend)
    app.add_url_rule("/whoami", view_func=who_am_i, methods=["GET", "POST"])
    with database.begin() as uow:
        bank = factories.agency(
            uow, "bank", AgencyKind.FINANCIAL_INSTITUTION, "つむぎ坂信用金庫", 1
        )
        council = factories.agency(
            uow, "council", AgencyKind.REVITALIZATION_COUNCIL, "東京都中小企業活性化協議会", 2
        )
    found = House(app, settings, database, bank, council, ended)
    found.enrol("田中 一郎", "tanaka@bank.example.jp", bank)
    return found


def who_am_i() -> str:
    """Stands for any page: tells for whom the request counts."""
    return f"{g.actor.person_name} {g.actor.agency_name}" if g.actor else "nobody"
