"""Asking who leads, answering, accepting and declaring, a line each."""

from app.services.decisions import DeclareResult, declare_result
from app.services.rounds import OpenRound, Supporter, open_round
from app.services.stances import AnswerLead, GiveStance, answer_lead, give_stance
from tests.decision_record import RECORD
from tests.factories import op
from tests.gap_record import gap_of

ALL = ("bank", "cga", "yorozu", "council", "succession", "chamber")


def opened(database, at, nominee="yorozu", **more):
    command = OpenRound(
        op_id=op(),
        item_id=at.item.id,
        nominee_id=at.agencies[nominee].id,
        supporters=[Supporter(agency_id=at.agencies["cga"].id, role="経営サポート会議の事務局")],
        wording="よろず支援拠点を主担当とし、店舗別採算の見直しを支援する。",
        **more,
    )
    return open_round(database, at["yorozu"], command).id


def says(database, at, round_id, who, stance, **more):
    if stance == "agree_with_condition":
        more = {"owner_id": at.agencies["yorozu"].id, "due": "2026-12-18", **more}
    command = GiveStance(op_id=op(), round_id=round_id, stance=stance, **more)
    return give_stance(database, at[who], command)


def accepts(database, at, round_id, who="yorozu", accepted=True, **more):
    words = {"person": "佐藤 健"} if accepted else {"reason": "体制が整わないため"}
    command = AnswerLead(op_id=op(), round_id=round_id, accepted=accepted, **{**words, **more})
    return answer_lead(database, at[who], command)


def declares(database, at, round_id, result, next_date=None, **more):
    record = RECORD if result in {"decided", "provisional"} else {}
    gap = gap_of(at.agencies["cga"].id) if result == "no_taker" else {}
    told = {"result": result, "next_date": next_date, **record, **gap, **more}
    command = DeclareResult(op_id=op(), round_id=round_id, **told)
    return declare_result(database, at["yorozu"], command)
