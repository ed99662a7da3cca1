"""経過: what happened to a case, told from its own journal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.case_life import CASE_STATUS_LABELS, CaseStatus
from app.domain.conference import REFERRAL_STATUS_LABELS, ReferralStatus
from app.domain.consensus import RESULT_LABELS, Result
from app.domain.consent import CONSENT_STATUS_LABELS, ConsentStatus
from app.domain.facts import RoomKind
from app.domain.plan import ANSWER_LABELS, Answer
from app.domain.sentences import _
from app.domain.text import Sentence
from app.store import journal
from app.store.unit_of_work import Desk

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Event:
    """``text`` is to be told; ``note`` is what a person wrote and stays as it is."""

    at: datetime
    text: Sentence
    note: str
    agency: str
    person: str


def _opened(body: Body) -> Sentence:
    return Sentence(_("案件 {case_no} を登録しました"), case_no=body["case_no"])


def _consent(body: Body) -> Sentence:
    status = Sentence(CONSENT_STATUS_LABELS[ConsentStatus(body["status"])])
    if body["agencies"] and body["status"] != ConsentStatus.EXPIRED:
        return Sentence(
            _("同意（第{version}版）：{status}、提供先{count}機関"),
            version=body["version"],
            status=status,
            count=len(body["agencies"]),
        )
    return Sentence(_("同意（第{version}版）：{status}"), version=body["version"], status=status)


def _withdrawn(body: Body) -> Sentence:
    return Sentence(_("同意（第{version}版）が撤回されました"), version=body["version"])


def _referred(body: Body) -> Sentence:
    return Sentence(_("{agency}へ紹介しました"), agency=body["to_agency_name"])


def _answered(body: Body) -> Sentence:
    label = Sentence(REFERRAL_STATUS_LABELS[ReferralStatus(body["status"])])
    return Sentence(_("紹介への回答：{answer}"), answer=label)


def _tabled(body: Body) -> Sentence:
    return Sentence(_("「{conference}」に付議しました"), conference=body["conference_name"])


def _discussed(body: Body) -> Sentence:
    if body["result"] is None:
        label = Sentence(CASE_STATUS_LABELS[CaseStatus(body["case_status"])])
        return Sentence(_("会議で取り上げました（{status}）"), status=label)
    result = Sentence(RESULT_LABELS[Result(body["result"])])
    if not body["lead_agency_name"]:
        return Sentence(_("会議の結果：{result}"), result=result)
    return Sentence(
        _("会議の結果：{result}、主担当 {agency}"), result=result, agency=body["lead_agency_name"]
    )


def _drafted(body: Body) -> Sentence:
    return Sentence(_("支援計画（第{version}版）の作成を始めました"), version=body["version"])


def _circulated(_body: Body) -> Sentence:
    return Sentence(_("支援計画を各機関に回付しました"))


def _confirmed(body: Body) -> Sentence:
    answer = Sentence(ANSWER_LABELS[Answer(body["answer"])])
    return Sentence(_("支援計画への回答：{answer}"), answer=answer)


# Kinds that are not here (single sections and lines of a plan) belong to the plan's own page.
_TOLD: dict[str, tuple[Callable[[Body], Sentence], str | None]] = {
    "case_opened": (_opened, None),
    "consent_recorded": (_consent, None),
    "consent_withdrawn": (_withdrawn, "reason"),
    "case_referred": (_referred, "reason"),
    "referral_answered": (_answered, "reason"),
    "case_tabled": (_tabled, None),
    "case_discussed": (_discussed, None),
    "plan_drafted": (_drafted, None),
    "plan_circulated": (_circulated, None),
    "plan_confirmed": (_confirmed, "text"),
}


def timeline(desk: Desk, case_id: str) -> tuple[Event, ...]:
    """Newest first; whoever may see the case may know all of it, which the caller has decided."""
    room_id = journal.room_id(RoomKind.CASE, case_id)
    events = []
    for entry in journal.entries_after(desk.session, room_id, 0):
        told = _TOLD.get(entry.kind)
        if told is None or entry.body is None:
            continue
        tell, noted = told
        events.append(
            Event(
                at=entry.at,
                text=tell(entry.body),
                note=str(entry.body[noted]) if noted else "",
                agency=entry.agency_name,
                person=entry.person_name,
            )
        )
    return tuple(reversed(events))
