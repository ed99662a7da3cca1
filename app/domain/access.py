"""May this actor do this? The one place where rights are decided."""

from collections.abc import Set
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.consent import ItemGroup
from app.domain.people import Actor
from app.domain.vocabulary import Role


class Relation(StrEnum):
    """How the actor's agency stands to the object in question."""

    MEMBER = "member"  # any signed-in agency of the network
    CREATOR = "creator"
    REFERRER = "referrer"
    ADDRESSEE = "addressee"  # a referral was sent to this agency and awaits its answer
    RECEIVER = "receiver"  # took the case up; its coordinator runs it
    TAKES_PART = "takes_part"  # in the case and within a live consent
    LEAD = "lead"
    HOST = "host"  # runs the conference as its secretariat (事務局)
    SEATED = "seated"
    CHAIR = "chair"
    OBSERVES = "observes"
    IN_LANE = "in_lane"  # an inner lane of the discussion is this agency's, or is put to it
    CONFLICTED = "conflicted"  # 利益相反: out of this item, whatever else it may be


class Act(StrEnum):
    """Every right there is, one name each."""

    FIND_FIRMS = "find_firms"
    CREATE_FIRM = "create_firm"
    OPEN_CASE = "open_case"
    SEE_CASE = "see_case"
    RECORD_CONSENT = "record_consent"
    WITHDRAW_CONSENT = "withdraw_consent"
    EDIT_FIGURES = "edit_figures"
    REFER_CASE = "refer_case"
    ANSWER_REFERRAL = "answer_referral"
    TABLE_CASE = "table_case"
    SEE_SHEET = "see_sheet"
    EDIT_SHEET = "edit_sheet"
    SEE_PAPER = "see_paper"
    BRING_PAPER = "bring_paper"
    FIX_PAPERS = "fix_papers"
    DRAFT_PLAN = "draft_plan"
    CONFIRM_PLAN = "confirm_plan"
    SEE_PLAN = "see_plan"
    SET_UP_SERIES = "set_up_series"
    SEE_CONFERENCE = "see_conference"
    MANAGE_CONFERENCE = "manage_conference"
    REPLY_INVITATION = "reply_invitation"
    ENTER_ROOM = "enter_room"
    ACCEPT_CONFIDENTIALITY = "accept_confidentiality"
    RUN_CONFERENCE = "run_conference"
    NOTE_OWN_ATTENDANCE = "note_own_attendance"
    SEE_ITEM = "see_item"
    SPEAK = "speak"
    CALL_SPEAKERS = "call_speakers"
    ENTER_LANE = "enter_lane"
    RECORD_OUTCOME = "record_outcome"
    MARK_OUTCOME = "mark_outcome"
    NOMINATE = "nominate"
    PROPOSE_LEAD = "propose_lead"
    GIVE_STANCE = "give_stance"
    ENTER_STANCE = "enter_stance"
    GIVE_PROXY = "give_proxy"
    ACCEPT_LEAD = "accept_lead"
    DECLARE = "declare"
    RETURN_PROVISIONAL = "return_provisional"
    KEEP_GAP = "keep_gap"
    CORRECT_DECISION = "correct_decision"
    RUN_POLL = "run_poll"
    VOTE = "vote"
    DECLARE_RECUSAL = "declare_recusal"
    SUGGEST_RECUSAL = "suggest_recusal"
    PIN_RECUSAL = "pin_recusal"
    LIFT_RECUSAL = "lift_recusal"
    INVITE_GUEST = "invite_guest"
    ANSWER_CORRECTION = "answer_correction"
    SEE_CAPACITIES = "see_capacities"
    STATE_CAPACITY = "state_capacity"
    CHOOSE_REMINDERS = "choose_reminders"
    MANAGE_AGENCY = "manage_agency"


_R = Relation
_CASE_READERS = frozenset({_R.REFERRER, _R.TAKES_PART, _R.LEAD})
_TABLE = frozenset({_R.SEATED})
GRANTS: dict[Act, frozenset[Relation]] = {
    Act.FIND_FIRMS: frozenset({_R.MEMBER}),
    Act.CREATE_FIRM: frozenset({_R.MEMBER}),
    Act.OPEN_CASE: frozenset({_R.MEMBER}),
    Act.SEE_CASE: _CASE_READERS,
    Act.RECORD_CONSENT: frozenset({_R.REFERRER, _R.RECEIVER}),
    Act.WITHDRAW_CONSENT: frozenset({_R.REFERRER, _R.RECEIVER}),
    Act.EDIT_FIGURES: frozenset({_R.REFERRER, _R.RECEIVER}),
    Act.REFER_CASE: frozenset({_R.REFERRER}),
    Act.ANSWER_REFERRAL: frozenset({_R.ADDRESSEE}),
    Act.TABLE_CASE: frozenset({_R.RECEIVER}),
    Act.SEE_SHEET: _CASE_READERS,
    Act.EDIT_SHEET: _CASE_READERS,
    Act.SEE_PAPER: _CASE_READERS,
    Act.BRING_PAPER: _CASE_READERS,
    Act.FIX_PAPERS: frozenset({_R.CHAIR, _R.HOST}),
    Act.DRAFT_PLAN: frozenset({_R.LEAD}),
    Act.CONFIRM_PLAN: frozenset({_R.LEAD, _R.TAKES_PART}),
    Act.SEE_PLAN: _CASE_READERS,
    Act.SET_UP_SERIES: frozenset({_R.MEMBER}),
    Act.SEE_CONFERENCE: frozenset({_R.HOST, _R.SEATED, _R.OBSERVES}),
    Act.MANAGE_CONFERENCE: frozenset({_R.HOST}),
    Act.REPLY_INVITATION: frozenset({_R.SEATED, _R.OBSERVES}),
    Act.ENTER_ROOM: frozenset({_R.HOST, _R.SEATED, _R.OBSERVES}),
    Act.ACCEPT_CONFIDENTIALITY: frozenset({_R.HOST, _R.SEATED}),
    Act.RUN_CONFERENCE: frozenset({_R.CHAIR, _R.HOST}),
    # An observer has no acts: how it takes part is noted by chair or host.
    Act.NOTE_OWN_ATTENDANCE: frozenset({_R.SEATED}),
    Act.SEE_ITEM: frozenset({_R.SEATED, _R.HOST}),
    Act.SPEAK: _TABLE,
    Act.CALL_SPEAKERS: frozenset({_R.CHAIR, _R.HOST}),
    # Not for looking on: what an agency says among itself is for those who act for it.
    Act.ENTER_LANE: frozenset({_R.IN_LANE}),
    Act.RECORD_OUTCOME: _TABLE,
    # 記録係: the secretariat keeps the record, and the chair says what a remark amounts to.
    Act.MARK_OUTCOME: frozenset({_R.CHAIR, _R.HOST}),
    Act.NOMINATE: _TABLE,
    Act.PROPOSE_LEAD: frozenset({_R.CHAIR}),
    Act.GIVE_STANCE: _TABLE,
    # 代理入力: what came in writing, the secretariat enters.
    Act.ENTER_STANCE: frozenset({_R.HOST}),
    Act.GIVE_PROXY: frozenset({_R.SEATED}),
    Act.ACCEPT_LEAD: _TABLE,
    Act.DECLARE: frozenset({_R.CHAIR}),
    # By then the conference is usually over: its secretariat keeps the dates.
    Act.RETURN_PROVISIONAL: frozenset({_R.CHAIR, _R.HOST}),
    # And only for its owner or the secretariat (services.gaps).
    Act.KEEP_GAP: frozenset({_R.SEATED, _R.HOST}),
    Act.CORRECT_DECISION: frozenset({_R.CHAIR, _R.HOST}),
    Act.RUN_POLL: frozenset({_R.CHAIR}),
    Act.VOTE: _TABLE,
    Act.DECLARE_RECUSAL: _TABLE,
    Act.SUGGEST_RECUSAL: frozenset({_R.CHAIR, _R.HOST}),
    Act.PIN_RECUSAL: frozenset({_R.CHAIR}),
    Act.LIFT_RECUSAL: frozenset({_R.CHAIR}),
    Act.INVITE_GUEST: frozenset({_R.CHAIR, _R.HOST}),
    # And only for a column the agency may edit (sheet_schema).
    Act.ANSWER_CORRECTION: frozenset({_R.SEATED, _R.HOST}),
    # 受入状況 holds no firm's data: every agency reads it, each states its own.
    Act.SEE_CAPACITIES: frozenset({_R.MEMBER}),
    Act.STATE_CAPACITY: frozenset({_R.MEMBER}),
    # Of one's own mails.
    Act.CHOOSE_REMINDERS: frozenset({_R.MEMBER}),
    Act.MANAGE_AGENCY: frozenset({_R.MEMBER}),
}
# What somebody who only looks on may do; confirming how to keep what is read belongs to reading.
READING = frozenset(
    {
        Act.FIND_FIRMS,
        Act.SEE_CASE,
        Act.SEE_SHEET,
        Act.SEE_PAPER,
        Act.SEE_PLAN,
        Act.SEE_CONFERENCE,
        Act.ENTER_ROOM,
        Act.ACCEPT_CONFIDENTIALITY,
        Act.SEE_ITEM,
        Act.SEE_CAPACITIES,
    }
)
# Acts that need more of the person than belonging to the agency.
NEEDS_ROLE: dict[Act, frozenset[Role]] = {
    Act.SET_UP_SERIES: frozenset({Role.COORDINATOR, Role.AGENCY_ADMIN}),
    Act.MANAGE_CONFERENCE: frozenset({Role.COORDINATOR, Role.AGENCY_ADMIN}),
    Act.ANSWER_REFERRAL: frozenset({Role.COORDINATOR, Role.AGENCY_ADMIN}),
    Act.TABLE_CASE: frozenset({Role.COORDINATOR, Role.AGENCY_ADMIN}),
    Act.STATE_CAPACITY: frozenset({Role.COORDINATOR, Role.AGENCY_ADMIN}),
    Act.MANAGE_AGENCY: frozenset({Role.AGENCY_ADMIN}),
}


def may_receive(actor: Actor) -> bool:
    """Whether this person takes cases up for the agency; such a person may also take up one
    the agency brings itself, with no other agency in between."""
    return actor.role in NEEDS_ROLE[Act.ANSWER_REFERRAL]


@dataclass(frozen=True, slots=True)
class Standing:
    """What of the object matters for rights, gathered once by ``reach``.

    ``has_accepted`` is False while the person has not confirmed how to keep what it would see.
    """

    relations: Set[Relation]
    groups: Set[ItemGroup] = field(default_factory=frozenset)
    has_accepted: bool = True


def decide(actor: Actor, act: Act, standing: Standing) -> bool:
    """A conflict of interest beats every grant; auditors and observers never change anything."""
    if Relation.CONFLICTED in standing.relations:
        return False
    if actor.role is Role.AUDITOR:
        return False
    if actor.role is Role.OBSERVER and act not in READING:
        return False
    if act in NEEDS_ROLE and actor.role not in NEEDS_ROLE[act]:
        return False
    return not GRANTS[act].isdisjoint(standing.relations)
