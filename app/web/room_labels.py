"""What the live room calls its kinds and states, in the reader's language."""

from typing import Any

from app.domain.addenda import FIELD_LABELS
from app.domain.attendance import MODE_LABELS
from app.domain.case_life import CASE_STATUS_LABELS
from app.domain.cell_sources import SOURCE_LABELS
from app.domain.choosing import OUTCOME_LABELS, POLL_KIND_LABELS
from app.domain.conference import (
    CONFERENCE_STATUS_LABELS,
    ITEM_KIND_LABELS,
    OUTCOME_KIND_LABELS,
    REPLY_LABELS,
)
from app.domain.consensus import RESULT_LABELS
from app.domain.consent import ITEM_GROUP_LABELS
from app.domain.decision_rules import (
    ABSTENTION_LABELS,
    DENOMINATOR_LABELS,
    MARKS,
    METHOD_LABELS,
    TIE_LABELS,
    mark_label,
)
from app.domain.gaps import GAP_STATE_LABELS
from app.domain.item_course import ITEM_STEP_LABELS
from app.domain.item_results import ITEM_RESULT_LABELS
from app.domain.papers import PAPER_KIND_LABELS, PAPER_TYPE_LABELS
from app.domain.plan import ANSWER_LABELS, PLAN_STATUS_LABELS, SECTIONS
from app.domain.proxies import MANNER_LABELS
from app.domain.speaking import SPEECH_KIND_LABELS
from app.domain.stances import STANCE_LABELS
from app.domain.vocabulary import REQUEST_KIND_LABELS
from app.web.words import told


def room_labels() -> dict[str, dict[str, str]]:
    return {
        "stances": _told(STANCE_LABELS),
        "cell_sources": _told(SOURCE_LABELS),
        "manners": _told(MANNER_LABELS),
        "poll_kinds": _told(POLL_KIND_LABELS),
        "poll_outcomes": _told(OUTCOME_LABELS),
        "methods": _told(METHOD_LABELS),
        "ties": _told(TIE_LABELS),
        "denominators": _told(DENOMINATOR_LABELS),
        "abstentions": _told(ABSTENTION_LABELS),
        "marks": _told({mark: mark_label(mark) for mark in MARKS}),
        "results": _told(RESULT_LABELS),
        "outcomes": _told(OUTCOME_KIND_LABELS),
        "items": _told(ITEM_KIND_LABELS),
        "speech": _told(SPEECH_KIND_LABELS),
        "modes": _told(MODE_LABELS),
        "replies": _told(REPLY_LABELS),
        "item_steps": _told(ITEM_STEP_LABELS),
        "item_results": _told(ITEM_RESULT_LABELS),
        "conference": _told(CONFERENCE_STATUS_LABELS),
        "case": _told(CASE_STATUS_LABELS),
        "plan_status": _told(PLAN_STATUS_LABELS),
        "plan_answers": _told(ANSWER_LABELS),
        "paper_kinds": _told(PAPER_KIND_LABELS),
        "paper_groups": _told(ITEM_GROUP_LABELS),
        "paper_types": _told(PAPER_TYPE_LABELS),
        "addendum_fields": _told(FIELD_LABELS),
        "gap_kinds": _told(REQUEST_KIND_LABELS),
        "gap_states": _told(GAP_STATE_LABELS),
        "plan_sections": _told({section.key: section.label for section in SECTIONS}),
    }


def _told(labels: dict[Any, str]) -> dict[str, str]:
    return {str(value): told(label) for value, label in labels.items()}
