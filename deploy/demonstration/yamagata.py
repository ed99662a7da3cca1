"""Yamagata in the demonstration: a conference that was held, its decisions, and two plans."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlmodel import select

from app.clock import in_japan
from app.domain.vocabulary import ConferenceKind
from app.store.tables.plans import PlanRow
from deploy.demonstration import owner, papers, steps
from deploy.demonstration.stage import STORY, Stage

CASES = ("C07", "C09")


def play(stage: Stage) -> None:
    """One case with an agreed plan, the other with a plan in the making."""
    held_on = stage.business_day(-6, -7, -5, -8, -4)
    agencies = list(dict.fromkeys(id_ for case in CASES for id_ in stage.agencies(case)))
    host = stage.cast.office(stage.agency("C07", "guarantee_association"))
    for case in CASES:
        stage.go(stage.back(13), "14:00")
        steps.refer(stage, case, "guarantee_association")
        stage.go(stage.back(12), "11:30")
        steps.answer(stage, case)
    stage.go(stage.back(11), "09:00")
    conference_id = steps.monthly(
        stage,
        host,
        held_on,
        agencies,
        kind=ConferenceKind.JOINT_CASE,
        name="事業者支援合同カンファレンス山形",
        start_time="10:00",
        minutes=120,
        place="山形県信用保証協会 2階 会議室（架空）",
    )
    items = {case: steps.table(stage, host, conference_id, case, 40) for case in CASES}
    steps.invite(stage, host, conference_id, held_on - timedelta(days=1))
    stage.go(stage.back(9), "13:00")
    steps.reply(stage, conference_id, agencies)
    steps.accept(stage, conference_id, agencies)
    papers.statements(stage, "C07")
    stage.go(held_on, "10:00")
    stage.do(host, "open_conference", conference_id, conference_id=conference_id)
    for case, item_id in items.items():
        _discuss(stage, case, item_id)
    stage.do(host, "close_conference", conference_id, conference_id=conference_id)
    _agree(stage, "C07", held_on + timedelta(days=1))
    stage.go(held_on + timedelta(days=2), "15:00")
    _draft(stage, "C09")


def _discuss(stage: Stage, case: str, item_id: str) -> None:
    """From the first word on the case to the declared lead."""
    told, given = STORY["held"][case], stage.cases[case]
    host = stage.cast.office(stage.agency(case, "guarantee_association"))
    lead = given["plausible_lead"]
    lead_id = stage.agency(case, lead["agency_kind"])
    stage.do(host, "start_item", case, item_id=item_id)
    for kind, text in told["remarks"].items():
        speaker = stage.cast.of(stage.agency(case, kind))
        stage.do(speaker, "say_remark", f"{case}/{kind}", item_id=item_id, text=text)
    if "owner" in told:
        steps.whisper(stage, case, item_id)
        owner.speaks(stage, case, item_id, host, told["owner"])
    stage.do(host, "open_nominations", case, item_id=item_id, role=told["role"])
    stage.do(
        stage.cast.of(stage.agency(case, "financial_institution")),
        "nominate_lead",
        case,
        item_id=item_id,
        nominee_id=lead_id,
        reason=lead["reason"],
    )
    stage.do(host, "reveal_nominations", case, item_id=item_id)
    supporters = [
        {"agency_id": stage.agency(case, one["agency_kind"]), "role": one["role"]}
        for one in given["supporting_agencies"]
    ]
    round_ = stage.do(
        host,
        "open_round",
        case,
        item_id=item_id,
        nominee_id=lead_id,
        supporters=supporters,
        wording=told["wording"],
    )
    _stances(stage, case, str(round_.id), lead_id, told["condition"])
    stage.do(
        stage.cast.of(lead_id),
        "answer_lead",
        case,
        round_id=round_.id,
        accepted=True,
        person=stage.cast.of(lead_id).person_name,
    )
    _outcomes(stage, case, item_id, told)
    today = in_japan(stage.now).date()
    stage.do(
        host,
        "declare_result",
        case,
        round_id=round_.id,
        result="decided",
        effective_on=today,
        review_on=today + timedelta(days=90),
        action=told["action"],
        action_person=stage.cast.of(lead_id).person_name,
        action_due=today + timedelta(days=10),
    )
    stage.do(host, "end_item", case, item_id=item_id)


def _stances(stage: Stage, case: str, round_id: str, lead_id: str, condition: str) -> None:
    """As the file's final round has them."""
    for opinion in stage.cases[case]["sample_opinions"]["final_round"]:
        conditional = opinion["stance"] == "agree_with_condition"
        more = {"owner_id": lead_id, "due": in_japan(stage.now).date() + timedelta(days=60)}
        stage.do(
            stage.cast.of(stage.agency(case, opinion["agency_kind"])),
            "give_stance",
            f"{case}/{opinion['agency_kind']}",
            round_id=round_id,
            stance=opinion["stance"],
            text=condition if conditional else "",
            **(more if conditional else {}),
        )


def _outcomes(stage: Stage, case: str, item_id: str, told: Mapping[str, Any]) -> None:
    host = stage.cast.office(stage.agency(case, "guarantee_association"))
    decided = {"item_id": item_id, "kind": "decision", "text": told["decision"]}
    stage.do(host, "record_outcome", f"{case}/decision", **decided)
    for kind, text, days in told["tasks"]:
        who = stage.cast.of(stage.agency(case, kind))
        stage.do(
            host,
            "record_outcome",
            f"{case}/{kind}",
            item_id=item_id,
            kind="task",
            text=text,
            agency_id=who.agency_id,
            person=who.person_name,
            due=stage.today + timedelta(days=days),
        )


def _draft(stage: Stage, case: str) -> str:
    lead = stage.cast.of(stage.agency(case, stage.cases[case]["plausible_lead"]["agency_kind"]))
    return str(stage.do(lead, "draft_plan", case, case_id=stage.case_id(case)).id)


def _agree(stage: Stage, case: str, day: date) -> None:
    """Drafted on one day, confirmed by everybody it asks on the next."""
    lead = stage.cast.of(stage.agency(case, stage.cases[case]["plausible_lead"]["agency_kind"]))
    stage.go(day, "09:40")
    plan_id = _draft(stage, case)
    stage.do(
        lead,
        "write_plan_section",
        case,
        plan_id=plan_id,
        section="cash",
        text=STORY["plan"][case]["cash"],
        base_version=1,
    )
    stage.do(lead, "circulate_plan", case, plan_id=plan_id)
    with stage.database.read() as desk:
        plan = desk.session.exec(select(PlanRow).where(PlanRow.id == plan_id)).one()
    stage.go(day + timedelta(days=1), "10:00")
    for asked in plan.asked:
        stage.do(
            stage.cast.of(asked["agency_id"]),
            "confirm_plan",
            f"{case}/{asked['agency_id']}",
            plan_id=plan_id,
            answer="approve",
        )
