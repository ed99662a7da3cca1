"""Rows without behaviour, one file per aggregate; importing this package knows all tables."""

from app.store.tables import (
    agencies,
    announcing,
    attendance,
    ballots,
    cases,
    conferences,
    confidentiality,
    firms,
    journal,
    papers,
    people,
    plans,
    recusals,
    remarks,
    sheets,
    speaking,
)

__all__ = [
    "agencies",
    "announcing",
    "attendance",
    "ballots",
    "cases",
    "conferences",
    "confidentiality",
    "firms",
    "journal",
    "papers",
    "people",
    "plans",
    "recusals",
    "remarks",
    "sheets",
    "speaking",
]
