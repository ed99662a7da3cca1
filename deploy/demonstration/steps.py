"""What happens to cases and conferences of the demonstration, whatever the prefecture."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from app.domain.confidentiality import CURRENT_VERSION
from app.domain.dates import era_year
from app.domain.people import Actor
from app.domain.series import LAST, Pattern, SeriesRule, occurrences
from app.store.sheets import CASE_ROW
from deploy.demonstration.stage import STORY, Stage


def refer(stage: Stage, case: str, to_kind: str) -> None:
    """The referrer fills in what the sheet requires and hands the case over."""
    given, referrer, case_id = STORY["referrals"][case], stage.referrer(case), stage.case_id(case)
    stage.keep_consent(case)
    for column in ("request_kind", "request_detail", "urgency"):
        stage.do(
            referrer,
            "write_cell",
            f"{case}/{column}",
            case_id=case_id,
            row=CASE_ROW,
            column=column,
            value=given[column],
            base_version=0,
        )
    stage.do(
        referrer,
        "refer_case",
        case,
        case_id=case_id,
        to_agency_id=stage.agency(case, to_kind),
        reason=given["reason"],
    )


def answer(stage: Stage, case: str, *, accept: bool = True) -> None:
    referral = stage.referral(case)
    stage.do(
        stage.cast.office(referral.to_agency_id),
        "answer_referral",
        case,
        referral_id=referral.id,
        accept=accept,
        reason="" if accept else STORY["returned"],
    )


def monthly(stage: Stage, host: Actor, day: date, agency_ids: Iterable[str], **about: Any) -> str:
    """Set up a monthly series that falls on ``day``; plan that day's conference and the next.

    Where its rule would move the day off a holiday, that one is held outside of the series.
    """
    name, listed = about["name"], list(agency_ids)
    nth = LAST if day.day > 28 else (day.day - 1) // 7 + 1
    rule = SeriesRule(pattern=Pattern.NTH_WEEKDAY, nth=nth, weekday=day.weekday())
    fits = [one.held for one in occurrences(rule, day, 1)] == [day]
    start = day if fits else (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    months = [one.key for one in occurrences(rule, start, 3) if one.held is not None]
    series = stage.do(
        host, "create_series", name, starts_on=start, agency_ids=listed, **asdict(rule), **about
    )
    if fits:
        first = stage.do(
            host, "plan_occurrence", name, series_id=series.id, occurrence=months.pop(0)
        )
    else:
        single = {**about, "name": f"{name}（{era_year(day)}{day.month}月）"}
        first = stage.do(host, "create_conference", name, held=day, agency_ids=listed, **single)
    stage.do(host, "plan_occurrence", f"{name}/next", series_id=series.id, occurrence=months.pop(0))
    return _id(first)


def invite(stage: Stage, host: Actor, conference_id: str, reply_by: date) -> None:
    stage.do(
        host, "send_invitations", conference_id, conference_id=conference_id, reply_by=reply_by
    )


def reply(
    stage: Stage, conference_id: str, agency_ids: Iterable[str], reply: str = "attend"
) -> None:
    """Each agency answers and names who comes."""
    for agency_id in agency_ids:
        actor = stage.cast.of(agency_id)
        stage.do(
            actor,
            "answer_invitation",
            f"{conference_id}/{agency_id}",
            conference_id=conference_id,
            reply=reply,
            attendees=actor.person_name,
        )


def accept(stage: Stage, conference_id: str, agency_ids: Iterable[str]) -> None:
    """Their people confirm the statement, all but one: the demonstration shows how that is done."""
    for agency_id in agency_ids:
        for actor in stage.cast.accepting(agency_id):
            stage.do(
                actor,
                "accept_confidentiality",
                f"{conference_id}/{actor.membership_id}",
                conference_id=conference_id,
                version=CURRENT_VERSION,
            )


def table(stage: Stage, host: Actor, conference_id: str, case: str, minutes: int) -> str:
    """付議; returns the id of the agenda item."""
    stage.keep_consent(case)
    done = stage.do(
        host,
        "table_case",
        case,
        conference_id=conference_id,
        case_id=stage.case_id(case),
        minutes=minutes,
    )
    return _id(done)


def add_item(stage: Stage, host: Actor, conference_id: str, kind: str, title: str) -> None:
    stage.do(
        host,
        "add_item",
        f"{conference_id}/{title}",
        conference_id=conference_id,
        kind=kind,
        title=title,
        minutes=10,
    )


def whisper(stage: Stage, case: str, item_id: str) -> None:
    """What agencies say among themselves and to the chair, before all the others hear of it."""
    for number, (kind, lane, text) in enumerate(STORY["lanes"][case]):
        agency_id = stage.agency(case, kind)
        stage.do(
            stage.cast.of(agency_id),
            "say_in_lane",
            f"{case}/{number}",
            item_id=item_id,
            lane=lane,
            agency_id=agency_id,
            text=text,
        )


def _id(done: Any) -> str:
    return str(done.id)
