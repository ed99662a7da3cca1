"""訂正: what of a declared decision may be corrected, and only by an addendum beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.domain.dates import parse_date
from app.domain.decision_record import DecisionRecord, problems_of
from app.domain.sentences import _


class DecisionField(StrEnum):
    """The first are how a decision is written down; the last four are the decision itself."""

    WORDING = "wording"
    LEAD_PERSON = "lead_person"
    DECLARED_BY = "declared_by"
    NEXT_DATE = "next_date"
    EFFECTIVE_ON = "effective_on"
    REVIEW_ON = "review_on"
    ACTION = "action"
    ACTION_PERSON = "action_person"
    ACTION_DUE = "action_due"
    CONDITION_TEXT = "condition_text"
    CONDITION_DUE = "condition_due"
    RESULT = "result"
    LEAD = "lead"
    STANCES = "stances"
    TALLY = "tally"


FIELD_LABELS = {
    DecisionField.WORDING: _("確認した内容の文言"),
    DecisionField.LEAD_PERSON: _("主担当の担当者"),
    DecisionField.DECLARED_BY: _("宣言した議長の氏名"),
    DecisionField.NEXT_DATE: _("次に協議する日"),
    DecisionField.EFFECTIVE_ON: _("発効日"),
    DecisionField.REVIEW_ON: _("見直し日"),
    DecisionField.ACTION: _("最初の行動"),
    DecisionField.ACTION_PERSON: _("最初の行動の担当者"),
    DecisionField.ACTION_DUE: _("最初の行動の期限"),
    DecisionField.CONDITION_TEXT: _("条件の文言"),
    DecisionField.CONDITION_DUE: _("条件の期限"),
    DecisionField.RESULT: _("結果"),
    DecisionField.LEAD: _("主担当機関"),
    DecisionField.STANCES: _("各機関の回答"),
    DecisionField.TALLY: _("集計"),
}
# What the table decided: only the table decides it anew.
NEVER = frozenset(
    {DecisionField.RESULT, DecisionField.LEAD, DecisionField.STANCES, DecisionField.TALLY}
)
OF_THE_RECORD = frozenset(
    {
        DecisionField.EFFECTIVE_ON,
        DecisionField.REVIEW_ON,
        DecisionField.ACTION,
        DecisionField.ACTION_PERSON,
        DecisionField.ACTION_DUE,
    }
)
DAYS = frozenset(
    {
        DecisionField.NEXT_DATE,
        DecisionField.EFFECTIVE_ON,
        DecisionField.REVIEW_ON,
        DecisionField.ACTION_DUE,
        DecisionField.CONDITION_DUE,
    }
)
CORRECTABLE = tuple(one for one in DecisionField if one not in NEVER)
_LONGEST = {
    DecisionField.LEAD_PERSON: 80,
    DecisionField.DECLARED_BY: 80,
    DecisionField.ACTION_PERSON: 80,
    DecisionField.ACTION: 200,
}


@dataclass(frozen=True, slots=True)
class Place:
    """What is corrected; conditions are told apart by the agency that set them."""

    field: DecisionField
    agency_id: str = ""


def read(field: DecisionField, says: str) -> tuple[str, str]:
    """What it should say as it is kept, days as ISO; and what is wrong with it, if anything."""
    if field in DAYS:
        day = parse_date(says)
        if day is None:
            return "", _("日付として読み取れません（例：2026/4/1、令和8年4月1日）。")
        return day.isoformat(), ""
    if len(says) > _LONGEST.get(field, 500):
        return "", _("文字数が多すぎます。短くまとめてください。")
    return says, ""


def problem_in_record(field: DecisionField, record: Mapping[str, str], says: str) -> str | None:
    """Days of the record keep their order, as when it was declared; which day it is now is no
    matter any more."""
    told: dict[str, Any] = {**record, field.value: says}
    corrected = DecisionRecord(
        effective_on=_day(told["effective_on"]),
        review_on=_day(told["review_on"]),
        action=told["action"] or "",
        action_person=told["action_person"] or "",
        action_due=_day(told["action_due"]),
    )
    return next(iter(problems_of(corrected, date.min).values()), None)


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None
