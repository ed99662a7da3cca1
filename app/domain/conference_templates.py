"""会議の種類: what each kind of conference starts from; the office may set its own values."""

from collections.abc import Set
from dataclasses import replace

from app.domain.conference import Template
from app.domain.decision_rules import MAIN_BANK, SECRETARIAT
from app.domain.vocabulary import AgencyKind, ConferenceKind

_K = ConferenceKind
# No case can be put on their agenda, so there is nothing to keep confidential.
_WITHOUT_CASES = Template(quorum=2, consent_required=False, confidentiality_version=None)
_CGA, _COUNCIL, _YOROZU = (
    AgencyKind.GUARANTEE_ASSOCIATION,
    AgencyKind.REVITALIZATION_COUNCIL,
    AgencyKind.YOROZU,
)
_LENDER = AgencyKind.FINANCIAL_INSTITUTION
# Defaults of the domain dictionary, section 7: usual practice, not a rule of any scheme.
TEMPLATES: dict[ConferenceKind, Template] = {
    _K.ASSIST: Template(quorum=3, slot_minutes=30, required=(_YOROZU, _COUNCIL, _CGA)),
    _K.JOINT_CASE: Template(quorum=3, slot_minutes=20, required=(_CGA, _COUNCIL, _YOROZU)),
    _K.SUPPORT_TEAM: Template(quorum=2, slot_minutes=20, required=(_CGA, _YOROZU)),
    # Financial support needs every lender's consent: there is nothing to talk over without them.
    _K.MANAGEMENT_SUPPORT: Template(
        quorum=2,
        slot_minutes=60,
        required=(_CGA, _LENDER),
        allow_preliminary=False,
        must_answer=(MAIN_BANK, SECRETARIAT),
    ),
    _K.NETWORK: replace(_WITHOUT_CASES, slot_minutes=15),
    _K.LIAISON: Template(quorum=2, slot_minutes=15),
    _K.CONSULTATION: Template(quorum=2, slot_minutes=30),
    _K.WORKSHOP: replace(_WITHOUT_CASES, slot_minutes=60),
    _K.TRAINING: replace(_WITHOUT_CASES, slot_minutes=60),
}
# Meetings of a region or a class: no firm is ever named there.
WITHOUT_NAMED_FIRMS = frozenset({_K.NETWORK, _K.WORKSHOP, _K.TRAINING})


def template_for(kind: ConferenceKind, quorum: int | None = None) -> Template:
    """The template of a kind, with the office's own quorum if it gave one."""
    usual = TEMPLATES[kind]
    return usual if quorum is None else replace(usual, quorum=quorum)


def for_those_invited(template: Template, kinds: Set[str]) -> Template:
    """Nobody can be required who has no seat: kinds the office did not invite fall away."""
    return replace(template, required=tuple(k for k in template.required if k in kinds))


def may_name_firms(kind: ConferenceKind) -> bool:
    return kind not in WITHOUT_NAMED_FIRMS
