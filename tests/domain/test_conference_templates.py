from app.domain.conference import Template
from app.domain.conference_templates import TEMPLATES, may_name_firms, template_for
from app.domain.vocabulary import ConferenceKind


def test_every_kind_of_conference_has_a_template() -> None:
    assert set(TEMPLATES) == set(ConferenceKind)


def test_the_office_sets_its_own_quorum_and_keeps_the_rest() -> None:
    assert template_for(ConferenceKind.MANAGEMENT_SUPPORT, 5) == Template(
        quorum=5, consent_required=True, allow_provisional=True, slot_minutes=60
    )
    assert template_for(ConferenceKind.NETWORK) is TEMPLATES[ConferenceKind.NETWORK]


def test_where_no_firm_is_named_no_consent_is_required() -> None:
    assert {kind for kind in ConferenceKind if not may_name_firms(kind)} == {
        kind for kind, template in TEMPLATES.items() if not template.consent_required
    }
