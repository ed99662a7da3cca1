"""Agencies: the reference data of the whole country, and those a case file names."""

import hashlib
import json
import uuid
from collections.abc import Collection
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, or_, select

from app.clock import in_japan
from app.domain.names import fold_name
from app.domain.vocabulary import LENDERS, AgencyKind
from app.store.tables.agencies import AgencyRow

_FILE = Path(__file__).resolve().parent.parent / "data" / "associations.json"
# Ids are made from keys, so that every installation knows an agency by the same id.
_NAMESPACE = uuid.UUID("6f1c8f3a-52f1-5d0e-9a55-2f6a0f0c51a7")
# The public order of listing (国→県→協会→…); within a kind by prefecture.
_PLACE = {
    AgencyKind.LOCAL_GOVERNMENT: 1000,
    AgencyKind.SMRJ: 1500,
    AgencyKind.GUARANTEE_FEDERATION: 1900,
    AgencyKind.GUARANTEE_ASSOCIATION: 2000,
    AgencyKind.REVITALIZATION_COUNCIL: 3000,
    AgencyKind.YOROZU: 4000,
    AgencyKind.SUCCESSION_CENTER: 5000,
    AgencyKind.COMMERCE_FEDERATION: 6000,
    AgencyKind.CHAMBER: 6500,
    AgencyKind.COMMERCE_SOCIETY: 7000,
    AgencyKind.JFC: 8000,
    AgencyKind.FINANCIAL_INSTITUTION: 8500,
}
_LAST_PLACE = 9000
_CENTRES = (
    (AgencyKind.YOROZU, "ヨロズシエンキョテン", "よろず"),
    (
        AgencyKind.REVITALIZATION_COUNCIL,
        "チュウショウキギョウカッセイカキョウギカイ",
        "活性化協議会",
    ),
    (
        AgencyKind.SUCCESSION_CENTER,
        "ジギョウショウケイ・ヒキツギシエンセンター",
        "承継・引継ぎ支援センター",
    ),
)


def agency_id(key: str) -> str:
    """The id that belongs to a key, everywhere and for ever."""
    return uuid.uuid5(_NAMESPACE, key).hex


@cache
def _reference() -> tuple[dict[str, Any], ...]:
    """The 51 associations and the three centres of each prefecture, as columns of their rows."""
    file = json.loads(_FILE.read_text(encoding="utf-8"))
    rows: list[dict[str, Any]] = [
        {
            "key": one["key"],
            "kind": AgencyKind.GUARANTEE_ASSOCIATION,
            "name": one["name"],
            "short_name": one["name"].replace("信用保証協会", "保証協会"),
            "kana": one["kana"],
            "prefecture_code": one["prefecture_code"],
            "municipality_code": one["municipality_code"],
            "position": _PLACE[AgencyKind.GUARANTEE_ASSOCIATION] + number,
        }
        for number, one in enumerate(file["associations"], start=1)
    ]
    rows += [
        {
            "key": f"{kind}-{prefecture['code']}",
            "kind": kind,
            "name": prefecture[kind],
            "short_name": prefecture["name"] + short,
            "kana": prefecture["kana"] + kana,
            "prefecture_code": prefecture["code"],
            "municipality_code": None,
            "position": _PLACE[kind] + int(prefecture["code"]),
        }
        for prefecture in file["prefectures"]
        for kind, kana, short in _CENTRES
    ]
    return tuple(rows)


def load_reference(session: Session, now: datetime) -> int:
    """Bring the reference data up to date and return how many agencies were added or changed.

    An agency that left the list (associations have merged before) ends today; it is kept, since
    cases and records go on naming it.
    """
    changed = 0
    held = {row.key: row for row in session.exec(select(AgencyRow))}
    for values in _reference():
        row = held.get(values["key"])
        if row is None:
            session.add(AgencyRow(id=agency_id(values["key"]), **values))
            changed += 1
            continue
        differing = {k: v for k, v in values.items() if getattr(row, k) != v}
        if differing or row.valid_to is not None:
            for name, value in differing.items():
                setattr(row, name, value)
            row.valid_to = None
            session.add(row)
            changed += 1
    listed = {values["key"] for values in _reference()}
    for key, row in held.items():
        if key not in listed and _is_reference_key(key) and row.valid_to is None:
            row.valid_to = in_japan(now).date()
            session.add(row)
            changed += 1
    session.flush()
    return changed


def _is_reference_key(key: str) -> bool:
    """Keys of named agencies (``register``) hold a colon; those of reference data never do."""
    return ":" not in key and key.startswith(("cga-", *(f"{kind}-" for kind, *_ in _CENTRES)))


def named_key(kind: AgencyKind, name: str, prefecture_code: str | None) -> str:
    """Key of an agency known by name only.

    A lender is one legal entity wherever it lends, and consent goes by legal entities, so its
    prefecture does not count.
    """
    place = "" if kind in LENDERS else (prefecture_code or "")
    digest = hashlib.sha256(f"{place}\n{fold_name(name)}".encode()).hexdigest()
    return f"{kind}:{digest[:24]}"


def named(
    session: Session, kind: AgencyKind, name: str, prefecture_code: str | None
) -> AgencyRow | None:
    """The agency of this kind and name: one of the reference data, or one registered before."""
    row = session.get(AgencyRow, agency_id(named_key(kind, name, prefecture_code)))
    if row is not None:
        return row
    folded = fold_name(name)
    known = session.exec(select(AgencyRow).where(AgencyRow.kind == kind))
    return next(
        (one for one in known if ":" not in one.key and fold_name(one.name) == folded), None
    )


def register(
    session: Session, kind: AgencyKind, name: str, prefecture_code: str | None
) -> AgencyRow:
    """Find the agency of this kind and name, or enter it in the list."""
    row = named(session, kind, name, prefecture_code)
    if row is None:
        key = named_key(kind, name, prefecture_code)
        row = AgencyRow(
            id=agency_id(key),
            key=key,
            kind=kind,
            name=name,
            prefecture_code=None if kind is AgencyKind.JFC else prefecture_code,
            position=_PLACE.get(kind, _LAST_PLACE) + int(prefecture_code or 99),
        )
        session.add(row)
        session.flush()
    return row


def by_ids(session: Session, ids: Collection[str]) -> dict[str, AgencyRow]:
    """The agencies of these ids, in listing order; unknown ids are simply not in it."""
    query = select(AgencyRow).where(col(AgencyRow.id).in_(list(ids)))
    ordered = query.order_by(col(AgencyRow.position), col(AgencyRow.name))
    return {row.id: row for row in session.exec(ordered)}


def around(session: Session, prefecture_code: str) -> list[AgencyRow]:
    """Agencies a firm of this prefecture deals with: its own, and those of the whole country."""
    here = or_(
        col(AgencyRow.prefecture_code) == prefecture_code,
        col(AgencyRow.prefecture_code).is_(None),
    )
    query = select(AgencyRow).where(here, col(AgencyRow.valid_to).is_(None))
    return list(session.exec(query.order_by(col(AgencyRow.position), col(AgencyRow.name))))
