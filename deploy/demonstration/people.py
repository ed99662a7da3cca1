"""Who takes part in the demonstration: fictional people at every agency the case file names."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlmodel import Session, select

from app.domain.people import Actor
from app.domain.prefectures import PREFECTURE_BY_CODE
from app.domain.vocabulary import AgencyKind, Role
from app.store import agencies
from app.store.tables.agencies import AgencyRow
from app.store.tables.people import PersonRow
from app.store.unit_of_work import Desk, UnitOfWork
from auth.capacities import capacities_of
from auth.people import enrol

_DATA: dict[str, Any] = json.loads(
    Path(__file__).with_name("people.json").read_text(encoding="utf-8")
)
CENTRES = (AgencyKind.REVITALIZATION_COUNCIL, AgencyKind.YOROZU, AgencyKind.SUCCESSION_CENTER)


@dataclass(frozen=True, slots=True)
class Place:
    """One person's place at one agency; a seconded person (出向者) has two."""

    email: str
    name: str
    kana: str
    agency: AgencyRow
    role: Role
    title: str

    @property
    def prefecture(self) -> str:
        code = self.agency.prefecture_code
        return PREFECTURE_BY_CODE[code].name if code else ""


def agencies_of(session: Session, cases: Iterable[dict[str, Any]]) -> list[AgencyRow]:
    """Every agency the cases name, and the observer's, in listing order."""
    observer = (_OBSERVER_KIND, _OBSERVER["name"], _OBSERVER["prefecture_code"])
    named = sorted({*_named(cases), observer})
    found = {row.id: row for row in (agencies.register(session, *one) for one in named)}
    return sorted(found.values(), key=lambda row: (row.prefecture_code or "", row.position, row.id))


def _named(cases: Iterable[dict[str, Any]]) -> Iterator[tuple[AgencyKind, str, str]]:
    for case in cases:
        prefecture = case["firm"]["prefecture_code"]
        for kind, name in case["agencies"].items():
            yield AgencyKind(kind), name, prefecture
        for loan in case["exposure"]["loans"]:
            jfc = loan["lender_kind"] == "jfc"
            kind = AgencyKind.JFC if jfc else AgencyKind.FINANCIAL_INSTITUTION
            yield kind, loan["lender"], prefecture
            if loan.get("guarantee"):
                association = loan["guarantee"]["association"]
                yield AgencyKind.GUARANTEE_ASSOCIATION, association, prefecture


_OBSERVER: dict[str, str] = _DATA["observer"]
_OBSERVER_KIND = AgencyKind(_OBSERVER["kind"])


def roll(rows: Iterable[AgencyRow]) -> list[Place]:
    """At least one person for each agency, always the same ones for the same agencies."""
    listed = list(rows)
    names = _fictional_names()
    places: list[Place] = []
    for row in listed:
        cast = _DATA["cast"].get(row.name)
        if cast is not None:
            places += [_cast(row, *one) for one in cast]
            continue
        title = _DATA["titles"].get(row.kind, "")
        if row.kind == AgencyKind.GUARANTEE_ASSOCIATION:
            places.append(_invented(row, Role.COORDINATOR, "経営支援課 係長", *next(names)))
        places.append(_invented(row, Role.PARTICIPANT, title, *next(names)))
    return places + _seconded(places, listed)


def _fictional_names() -> Iterator[tuple[str, str, str]]:
    """Name, kana and the first part of an e-mail address, each name once."""
    surnames, given = _DATA["surnames"], _DATA["given_names"]
    for n in range(len(surnames) * len(given)):
        family, first = surnames[n % len(surnames)], given[(n + n // len(surnames)) % len(given)]
        yield f"{family[0]} {first[0]}", f"{family[1]} {first[1]}", f"{family[2]}.{first[2]}"


def _cast(row: AgencyRow, name: str, kana: str, mailbox: str, role: str, title: str) -> Place:
    return Place(f"{mailbox}@{mail_domain(row)}", name, kana, row, Role(role), title)


def _invented(row: AgencyRow, role: Role, title: str, name: str, kana: str, mailbox: str) -> Place:
    return Place(f"{mailbox}@{mail_domain(row)}", name, kana, row, role, title)


def _seconded(places: list[Place], rows: list[AgencyRow]) -> list[Place]:
    """The second place of the one person who works at two agencies."""
    given = _DATA["seconded"]
    to = next((row for row in rows if row.name == given["to"]), None)
    return [
        Place(one.email, one.name, one.kana, to, Role.PARTICIPANT, given["title"])
        for one in places
        if to is not None
        and one.agency.name == given["from"]
        and one.email.startswith(given["email"] + "@")
    ]


def mail_domain(row: AgencyRow) -> str:
    """Under ``.example``, which belongs to nobody."""
    known = _DATA["mail_domains"].get(row.name)
    if known is not None:
        return str(known)
    place = row.key if ":" not in row.key else row.id[:8]
    short = place.replace("revitalization_council", "council")
    return short.replace("succession_center", "succession") + ".example"


def enrol_all(uow: UnitOfWork, places: Iterable[Place], password_hash: str) -> None:
    for place in places:
        enrol(
            uow,
            name=place.name,
            kana=place.kana,
            email=place.email,
            agency_id=place.agency.id,
            role=place.role,
            title=place.title,
            password_hash=password_hash,
        )


class Cast:
    """The people of the roll as actors, found by their agency."""

    def __init__(self, desk: Desk, places: Iterable[Place]) -> None:
        self.places = tuple(places)
        ids = dict(desk.session.exec(select(PersonRow.email, PersonRow.id)).all())
        self._actors: dict[str, list[Actor]] = {}
        for place in self.places:
            for actor in capacities_of(desk, ids[place.email], place.agency.id):
                self._actors.setdefault(place.agency.id, []).append(actor)

    def agency_id(self, name: str) -> str:
        return next(one.agency.id for one in self.places if one.agency.name == name)

    def of(self, agency_id: str, *roles: Role) -> Actor:
        """The first person of the agency, or the first in one of these roles."""
        here = self._actors[agency_id]
        return next(actor for actor in here if not roles or actor.role in roles)

    def office(self, agency_id: str) -> Actor:
        """Who runs conferences and answers referrals there."""
        return self.of(agency_id, Role.COORDINATOR, Role.AGENCY_ADMIN)

    def accepting(self, agency_id: str) -> list[Actor]:
        """Everybody of the agency but the one who still has to accept the statement."""
        here = self._actors[agency_id]
        return [actor for actor in here if actor.person_name != _DATA["has_to_accept"]]

    def observer(self) -> Actor:
        """The one who may watch, and only that."""
        everybody = (actor for here in self._actors.values() for actor in here)
        return next(actor for actor in everybody if actor.role is Role.OBSERVER)
