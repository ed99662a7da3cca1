"""Whether those whom a conference's template requires come, and the refusal if they do not."""

from typing import Any

from sqlmodel import Session

from app.domain.conference import Reply, SeatRole
from app.domain.errors import Incomplete
from app.domain.opening import Coming, Lacking, lacking
from app.domain.sentences import _
from app.domain.text import listed
from app.store import conferences
from app.store.tables.conferences import ConferenceRow

COMING = frozenset({Reply.ATTEND, Reply.SUBSTITUTE, Reply.WRITTEN})


def missing_at(session: Session, conference: ConferenceRow) -> Lacking:
    return lacking(
        conference.template,
        [
            Coming(
                agency.name,
                agency.kind,
                comes=seat.reply in COMING,
                answered=seat.reply != Reply.WAITING,
            )
            for seat, agency in conferences.seats_of(session, conference.id)
            if seat.role == SeatRole.MEMBER
        ],
    )


def who_is_missing(missing: Lacking) -> list[str]:
    """Names as they are kept: those required, or else that the quorum was not reached."""
    return [str(name) for name in missing.absent] or [_("定足数")]


def refusal(missing: Lacking, *, may_be_preliminary: bool) -> Incomplete:
    """Says who is missing; the way out by 事前協議 is shown to the chair where there is one."""
    offered = may_be_preliminary and missing.allow_preliminary
    remedy = (
        _("出欠を確認して登録するか、事前協議扱いで開始してください（主担当は決定できません）。")
        if offered
        else _("未回答の機関に出欠を確認し、回答を登録してください。")
    )
    told: dict[str, Any] = {
        "remedy": remedy,
        "quorum": missing.quorum,
        "coming": missing.coming,
        "names": listed(missing.absent),
        "detail": {
            "missing": list(dict.fromkeys(map(str, (*missing.silent, *missing.absent)))),
            "preliminary": offered,
        },
    }
    if not missing.below_quorum:
        return Incomplete(
            _("この会議の開始に必要な機関が出席の回答をしていません：{names}"), **told
        )
    if missing.absent:
        return Incomplete(
            _(
                "定足数{quorum}機関に対し、出席（代理・書面を含む）の回答は{coming}機関です。"
                "出席が必要な機関：{names}"
            ),
            **told,
        )
    return Incomplete(
        _("定足数{quorum}機関に対し、出席（代理・書面を含む）の回答は{coming}機関です。"), **told
    )
