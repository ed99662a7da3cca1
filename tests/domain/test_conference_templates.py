from dataclasses import replace

from app.domain.conference_templates import (
    TEMPLATES,
    for_those_invited,
    may_name_firms,
    template_for,
)
from app.domain.vocabulary import ConferenceKind


def test_every_kind_of_conference_has_a_template() -> None:
    assert set(TEMPLATES) == set(ConferenceKind)


def test_the_office_sets_its_own_quorum_and_keeps_the_rest() -> None:
    usual = TEMPLATES[ConferenceKind.MANAGEMENT_SUPPORT]
    assert template_for(ConferenceKind.MANAGEMENT_SUPPORT, 5) == replace(usual, quorum=5)
    assert template_for(ConferenceKind.NETWORK) is TEMPLATES[ConferenceKind.NETWORK]


def test_where_no_firm_is_named_no_consent_is_required() -> None:
    assert {kind for kind in ConferenceKind if not may_name_firms(kind)} == {
        kind for kind, template in TEMPLATES.items() if not template.consent_required
    }


def test_nobody_is_required_who_was_not_invited() -> None:
    usual = TEMPLATES[ConferenceKind.JOINT_CASE]
    assert usual.required == ("guarantee_association", "revitalization_council", "yorozu")
    assert for_those_invited(usual, {"yorozu", "chamber"}).required == ("yorozu",)
