"""Every use-case there is: importing this knows them all."""

from app.services import (
    agenda,
    cases,
    conferences,
    confidentiality,
    consents,
    decisions,
    discussion,
    firms,
    interests,
    invitations,
    item_papers,
    papers,
    plan_confirming,
    plan_drafting,
    plan_lines,
    referrals,
    room_life,
    rounds,
    series,
    sheets,
    speakers,
    speaking,
)
from app.services.use_case import USE_CASES, UseCase

MODULES = (
    agenda,
    cases,
    conferences,
    confidentiality,
    consents,
    decisions,
    discussion,
    firms,
    interests,
    invitations,
    item_papers,
    papers,
    plan_confirming,
    plan_drafting,
    plan_lines,
    referrals,
    room_life,
    rounds,
    series,
    sheets,
    speakers,
    speaking,
)

__all__ = ["MODULES", "USE_CASES", "UseCase"]
