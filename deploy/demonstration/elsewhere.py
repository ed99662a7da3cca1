"""The other prefectures of the demonstration: cases at the stages before a conference."""

from app.domain.vocabulary import ConferenceKind
from deploy.demonstration import steps
from deploy.demonstration.stage import Stage


def play(stage: Stage) -> None:
    _okayama(stage)
    _tochigi(stage)
    stage.go(stage.back(4), "10:30")
    steps.refer(stage, "C15", "guarantee_association")
    stage.go(stage.back(3), "09:10")
    steps.answer(stage, "C15", accept=False)
    stage.go(stage.back(1), "16:20")
    steps.refer(stage, "C17", "guarantee_association")


def _okayama(stage: Stage) -> None:
    """A conference three weeks ahead, invitations out, some agencies still to answer."""
    host = stage.cast.office(stage.agency("C12", "guarantee_association"))
    stage.go(stage.back(8), "10:00")
    steps.refer(stage, "C12", "guarantee_association")
    stage.go(stage.back(7), "10:00")
    steps.answer(stage, "C12")
    conference_id = steps.monthly(
        stage,
        host,
        stage.business_day(21, 22, 20, 23, 19, 28, 30),
        stage.agencies("C12"),
        kind=ConferenceKind.MANAGEMENT_SUPPORT,
        name="岡山経営サポート会議",
        start_time="14:00",
        minutes=90,
        place="岡山県信用保証協会 4階 会議室（架空）",
    )
    steps.table(stage, host, conference_id, "C12", 60)
    steps.invite(stage, host, conference_id, stage.business_day(14, 13, 12, 15, 11))
    stage.go(stage.back(2), "11:00")
    steps.accept(stage, conference_id, stage.agencies("C12"))
    coming = [stage.agency("C12", kind) for kind in ("guarantee_association", "yorozu")]
    steps.reply(stage, conference_id, coming)
    steps.reply(stage, conference_id, [stage.agency("C12", "chamber")], "written")


def _tochigi(stage: Stage) -> None:
    """A monthly conference without a case yet, and a referral that waits for its answer."""
    host = stage.cast.office(stage.agency("C05", "guarantee_association"))
    stage.go(stage.back(5), "09:00")
    steps.monthly(
        stage,
        host,
        stage.business_day(14, 15, 13, 16, 12, 21, 22),
        stage.agencies("C06"),
        kind=ConferenceKind.JOINT_CASE,
        name="とちぎ合同カンファレンス",
        start_time="13:30",
        minutes=120,
        place="栃木県信用保証協会 5階 会議室（架空）",
    )
    stage.go(stage.back(2), "14:00")
    steps.refer(stage, "C05", "guarantee_association")
