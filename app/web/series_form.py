"""The form of a new series: typed by GET, so that twelve months are seen before saving."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, g, render_template
from werkzeug.datastructures import MultiDict

from app.domain.errors import Malformed
from app.domain.sentences import _
from app.domain.series import (
    LAST,
    PATTERN_LABELS,
    SHIFT_LABELS,
    WEEKDAY_LABELS,
    Occurrence,
    describe,
)
from app.domain.text import Sentence
from app.domain.vocabulary import AGENCY_KIND_LABELS, CONFERENCE_KIND_LABELS
from app.queries.invitation import agencies_to_invite
from app.queries.series import preview
from app.services.series import CreateSeries, Repetition, start_problem
from app.services.validation import validated
from app.web.conferences import asked
from app.web.context import current_actor, reading
from app.web.forms import command_from, values_of
from app.web.words import told

bp = Blueprint("series", __name__, url_prefix="/conferences/series")
WEEKS = (1, 2, 3, 4, 5, LAST)


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed so far: its months if the rule can be read, and what is still wrong."""

    values: MultiDict[str, str]
    begun: bool
    rule: Sentence | None
    months: tuple[Occurrence, ...]
    problems: dict[str, str]

    @property
    def complete(self) -> bool:
        return self.begun and not self.problems


@bp.get("/new")
def new() -> str:
    with reading() as desk:
        choices = agencies_to_invite(desk, current_actor())
        today = desk.today()
    draft = read_draft(_typed(), today)
    words: dict[str, Any] = {}
    if draft.problems and "refused_command" not in g:
        message = told(_("入力内容を確認してください。"))
        words["refused_by_get"] = True
        words["refusal"] = {
            "code": "malformed",
            "message": message,
            "remedy": "",
            "fields": {name: told(problem) for name, problem in draft.problems.items()},
        }
    return render_template(
        "conferences/series_new.html",
        draft=draft,
        choices=choices,
        kinds=CONFERENCE_KIND_LABELS,
        agency_kinds=AGENCY_KIND_LABELS,
        patterns=PATTERN_LABELS,
        shifts=SHIFT_LABELS,
        weekdays=WEEKDAY_LABELS,
        weeks=WEEKS,
        **words,
    )


def read_draft(values: MultiDict[str, str], today: date) -> Draft:
    """Months are shown as soon as the rule is clear, whatever else is still missing."""
    if not values:
        return Draft(MultiDict({"starts_on": today.isoformat()}), False, None, (), {})
    problems: dict[str, str] = {}
    try:
        command_from(MultiDict([*values.items(multi=True), ("op_id", "0" * 32)]), CreateSeries)
    except Malformed as refusal:
        problems = refusal.fields
    try:
        timing = validated(Repetition, values_of(_only(values, Repetition), Repetition))
    except Malformed:
        return Draft(values, True, None, (), problems)
    wrong = start_problem(timing.starts_on, today)
    if wrong:
        return Draft(values, True, None, (), {"starts_on": wrong} | problems)
    rule = timing.rule()
    return Draft(values, True, describe(rule), preview(rule, timing.starts_on), problems)


def _typed() -> MultiDict[str, str]:
    """What the refused registration carried, else the query."""
    if g.get("refused_command") == "create_series":
        plumbing = {"csrf", "op_id", "back", "next"}
        return MultiDict((k, v) for k, v in g.typed.items(multi=True) if k not in plumbing)
    return asked()


def _only(values: MultiDict[str, str], model: type[Repetition]) -> MultiDict[str, str]:
    return MultiDict((k, v) for k, v in values.items(multi=True) if k in model.model_fields)
