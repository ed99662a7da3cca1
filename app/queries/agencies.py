"""Agencies to choose from, in the order the office has set."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.vocabulary import AGENCY_KIND_LABELS, AgencyKind
from app.store import agencies
from app.store.tables.agencies import AgencyRow
from app.store.unit_of_work import Desk


@dataclass(frozen=True, slots=True)
class AgencyChoice:
    """``kind_label`` is to be told."""

    id: str
    name: str
    kind: AgencyKind
    kind_label: str


def choice_of(row: AgencyRow) -> AgencyChoice:
    kind = AgencyKind(row.kind)
    return AgencyChoice(row.id, row.name, kind, AGENCY_KIND_LABELS[kind])


def choices(desk: Desk, prefecture_code: str, also: Iterable[str] = ()) -> tuple[AgencyChoice, ...]:
    """Agencies around a firm of this prefecture, and those named besides."""
    rows = {row.id: row for row in agencies.around(desk.session, prefecture_code)}
    rows |= agencies.by_ids(desk.session, set(also))
    ordered = sorted(rows.values(), key=lambda row: (row.position, row.name))
    return tuple(choice_of(row) for row in ordered)
