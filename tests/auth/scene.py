"""A sign-in at a provider, step by step, so that each step can go wrong on purpose."""

import logging
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import col, select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from app.store.tables.agencies import AgencyRow
from app.store.tables.people import IdentityRow, SessionRow
from auth.providers import register_provider
from tests.auth import hostile
from tests.auth.browser import Browser
from tests.auth.house import House
from tests.factories import StandingClock


@dataclass
class Scene:
    """The bank's provider and the council's, and a browser about to sign in at the bank's."""

    house: House
    clock: StandingClock
    provider: hostile.Provider
    other: hostile.Provider
    browser: Browser
    provider_id: str = ""
    other_id: str = ""
    answer: MultiDict[str, str] = field(default_factory=MultiDict)

    @property
    def play(self) -> hostile.Play:
        return self.provider.play

    def __post_init__(self) -> None:
        self.provider_id = self._register(self.house.bank, self.provider, "bank.example.jp")
        self.other_id = self._register(self.house.council, self.other, "council.example.jp")

    def _register(self, agency: AgencyRow, provider: hostile.Provider, domain: str) -> str:
        with self.house.database.begin() as uow:
            return register_provider(
                uow,
                agency_id=agency.id,
                issuer=provider.issuer,
                client_id=provider.client_id,
                client_secret=hostile.SECRET,
                email_domains=(domain,),
            ).id

    def depart(self, way_on: str = "/whoami") -> TestResponse:
        """Follow the button; the provider's honest answer is then ready in ``answer``."""
        left = self.browser.get(f"/sign-in/oidc/{self.provider_id}?next={way_on}")
        if left.status_code != 303:
            return left
        state = parse_qs(urlsplit(left.location).query)["state"][0]
        self.answer = MultiDict(
            {
                "code": self.provider.give_code(left.location),
                "state": state,
                "iss": self.provider.issuer,
            }
        )
        return left

    def come_back(
        self, browser: Browser | None = None, provider_id: str | None = None
    ) -> TestResponse:
        """The browser brings the answer to the address of the provider."""
        return (browser or self.browser).client.get(
            f"/sign-in/oidc/{provider_id or self.provider_id}/callback",
            query_string=self.answer,
            base_url=self.browser.origin,
        )

    def run(self) -> TestResponse:
        left = self.depart()
        return self.come_back() if left.status_code == 303 else left

    def people_still_inside(self) -> list[str]:
        with self.house.database.read() as desk:
            query = select(SessionRow.person_id).where(col(SessionRow.revoked_at).is_(None))
            return list(desk.session.exec(query))

    def identities(self) -> list[tuple[str, str]]:
        with self.house.database.read() as desk:
            return [(row.issuer, row.subject) for row in desk.session.exec(select(IdentityRow))]


def reasons(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Why sign-ins were refused, as the log tells those who run the house."""
    return [
        str(record.args[1])
        for record in caplog.records
        if record.name == "auth.views"
        and record.levelno == logging.WARNING
        and isinstance(record.args, tuple)
    ]
