"""会議の種類: what each kind of conference starts from; the office may set its own values."""

from app.domain.conference import Template
from app.domain.vocabulary import ConferenceKind

_K = ConferenceKind
# Defaults of the domain dictionary, section 7: usual practice, not a rule of any scheme.
TEMPLATES: dict[ConferenceKind, Template] = {
    _K.ASSIST: Template(quorum=3, slot_minutes=30),
    _K.JOINT_CASE: Template(quorum=3, slot_minutes=20),
    _K.SUPPORT_TEAM: Template(quorum=2, slot_minutes=20),
    _K.MANAGEMENT_SUPPORT: Template(quorum=2, slot_minutes=60),
    _K.NETWORK: Template(quorum=2, consent_required=False, slot_minutes=15),
    _K.LIAISON: Template(quorum=2, slot_minutes=15),
    _K.CONSULTATION: Template(quorum=2, slot_minutes=30),
    _K.WORKSHOP: Template(quorum=2, consent_required=False, slot_minutes=60),
    _K.TRAINING: Template(quorum=2, consent_required=False, slot_minutes=60),
}
# Meetings of a region or a class: no firm is ever named there.
WITHOUT_NAMED_FIRMS = frozenset({_K.NETWORK, _K.WORKSHOP, _K.TRAINING})


def template_for(kind: ConferenceKind, quorum: int | None = None) -> Template:
    """The template of a kind, with the office's own quorum if it gave one."""
    usual = TEMPLATES[kind]
    if quorum is None:
        return usual
    return Template(
        quorum=quorum,
        consent_required=usual.consent_required,
        allow_provisional=usual.allow_provisional,
        slot_minutes=usual.slot_minutes,
    )


def may_name_firms(kind: ConferenceKind) -> bool:
    return kind not in WITHOUT_NAMED_FIRMS
