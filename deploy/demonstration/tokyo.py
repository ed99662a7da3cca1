"""Tokyo in the demonstration: today's conference, with two cases on its agenda."""

from datetime import date, datetime, timedelta

from app.clock import in_japan
from app.domain.conference import SeatRole
from app.domain.people import Actor
from app.domain.sheet_columns import RowKind
from app.domain.vocabulary import ConferenceKind, Role
from app.store.tables.conferences import ConferenceRow
from deploy.demonstration import papers, steps
from deploy.demonstration.stage import STORY, Stage

USUAL_START = "13:30"
SILENT = "chamber"
NAME = "東京アシスト会議"
# The demonstration is complete once this act is done.
LAST_ACT = ("answer_referral", "C03")
PLACE = "東京信用保証協会 3階 第1会議室（架空）"


def start_today(now: datetime) -> str:
    """The usual time, or the next half hour that is at least a quarter of an hour away."""
    local = in_japan(now)
    if local.strftime("%H:%M") < "13:15":
        return USUAL_START
    soon = local + timedelta(minutes=15)
    if soon.date() != local.date() or (soon.hour, soon.minute) > (23, 0):
        return "23:30"
    return f"{soon.hour + 1:02d}:00" if soon.minute > 30 else f"{soon.hour:02d}:30"


def play(stage: Stage) -> str:
    """Returns the id of today's conference, which nobody has opened yet."""
    host = stage.cast.office(stage.agency("C01", "guarantee_association"))
    for case, days in (("C01", 13), ("C02", 12)):
        stage.go(stage.back(days), "10:10")
        steps.refer(stage, case, "guarantee_association")
        stage.go(stage.back(days - 1), "09:20")
        steps.answer(stage, case)
    stage.go(stage.back(10), "11:00")
    conference_id = _plan(stage)
    stage.go(stage.back(9), "16:00")
    items = [steps.table(stage, host, conference_id, case, 30) for case in ("C01", "C02")]
    steps.add_item(stage, host, conference_id, "exchange", "年末の資金繰り相談の動向")
    stage.go(stage.back(6), "09:30")
    steps.reply(stage, conference_id, _coming(stage))
    steps.accept(stage, conference_id, _invited(stage))
    stage.go(stage.back(3), "15:00")
    _capacities(stage, "C01")
    _proposals(stage, "C01")
    _progress(stage, "C01")
    papers.cash_table(stage, "C01")
    papers.statements(stage, "C01")
    steps.whisper(stage, "C01", items[0])
    _council_takes_up(stage)
    return conference_id


def play_again(stage: Stage, conference_id: str) -> None:
    """On a later day: the conference nobody opened is moved to that day, and all reply anew."""
    host = stage.cast.office(stage.agency("C01", "guarantee_association"))
    day = in_japan(stage.now).date()
    move(stage, host, conference_id, day, start_today(stage.now))
    steps.invite(stage, host, conference_id, day)
    steps.reply(stage, conference_id, _coming(stage))


def _coming(stage: Stage) -> list[str]:
    """Everybody invited but one, who has not answered."""
    return [id_ for id_ in _invited(stage) if id_ != stage.agency("C01", SILENT)]


def _invited(stage: Stage) -> list[str]:
    """The agencies of the first case, and a chamber that only the second's consent names."""
    return [*stage.agencies("C01"), stage.agency("C02", "chamber")]


def _plan(stage: Stage) -> str:
    host = stage.cast.office(stage.agency("C01", "guarantee_association"))
    conference_id = steps.monthly(
        stage,
        host,
        stage.today,
        _invited(stage),
        kind=ConferenceKind.ASSIST,
        name=NAME,
        start_time=USUAL_START,
        minutes=120,
        place=PLACE,
    )
    steps.add_item(stage, host, conference_id, "report", "前回までの案件の経過報告")
    if start_today(stage.begun) != USUAL_START:
        move(stage, host, conference_id, stage.today, start_today(stage.begun))
    steps.invite(stage, host, conference_id, stage.back(1))
    watching = stage.cast.observer()
    stage.do(
        host,
        "invite_agency",
        conference_id,
        conference_id=conference_id,
        agency_id=watching.agency_id,
        role=SeatRole.OBSERVER,
    )
    return conference_id


def move(stage: Stage, host: Actor, conference_id: str, day: date, start_time: str) -> None:
    """The same conference on another day, or at another time of the day."""
    with stage.database.read() as desk:
        row = desk.session.get_one(ConferenceRow, conference_id)
    stage.do(
        host,
        "change_conference",
        f"{conference_id}/{day}/{start_time}",
        conference_id=conference_id,
        name=row.name,
        held=day,
        start_time=start_time,
        minutes=row.minutes,
        place=row.place,
        online_url=row.online_url,
    )


def _capacities(stage: Stage, case: str) -> None:
    """What four of the agencies say about taking cases on; one said it long ago."""
    for kind, said in STORY["capacities"].items():
        agency_id = stage.agency(case, kind)
        stage.do(
            stage.cast.office(agency_id),
            "state_capacity",
            kind,
            state=said["state"],
            note=said["note"],
            as_of=stage.back(said["days_ago"]),
        )


def _proposals(stage: Stage, case: str) -> None:
    """What two of the agencies have written into the sheet before the conference."""
    for kind, cells in STORY["proposals"][case].items():
        agency_id = stage.agency(case, kind)
        role = Role.PARTICIPANT
        for column, value in cells.items():
            stage.do(
                stage.cast.of(agency_id, role),
                "write_cell",
                f"{case}/{kind}/{column}",
                case_id=stage.case_id(case),
                row=agency_id,
                column=column,
                value=value,
                base_version=0,
            )


def _progress(stage: Stage, case: str) -> None:
    """What agencies have done for the firm so far, told in lines of their own."""
    for number, told in enumerate(STORY["progress"][case]):
        actor = stage.cast.of(stage.agency(case, told["of"]), Role.PARTICIPANT)
        here, step = stage.case_id(case), f"{case}/progress/{number}"
        row = stage.do(actor, "add_sheet_row", step, case_id=here, kind=RowKind.PROGRESS).id
        done_on = stage.back(told["days_ago"]).isoformat()
        for column in ("progress_on", "progress_way", "progress", "progress_next"):
            stage.do(
                actor,
                "write_cell",
                f"{step}/{column}",
                case_id=here,
                row=row,
                column=column,
                value=done_on if column == "progress_on" else told[column],
                base_version=0,
            )


def _council_takes_up(stage: Stage) -> None:
    """A case the association itself brought, taken up by the council."""
    stage.go(stage.back(5), "13:00")
    steps.refer(stage, "C03", "revitalization_council")
    stage.go(stage.back(2), "10:00")
    steps.answer(stage, "C03")
