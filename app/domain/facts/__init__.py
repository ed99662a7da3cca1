"""What happened, in the past tense: every entry of a journal is one of these."""

from collections.abc import Iterator

from app.domain.facts.addendum import DecisionCorrected
from app.domain.facts.attendance import AttendanceTaken
from app.domain.facts.base import Fact, RoomKind
from app.domain.facts.case import (
    CaseDiscussed,
    CaseOpened,
    CaseReferred,
    CaseTabled,
    ConsentRecorded,
    ConsentWithdrawn,
    ReferralAnswered,
)
from app.domain.facts.conference import (
    AgencyInvited,
    AgendaReordered,
    ChairHandedOver,
    ConferenceCancelled,
    ConferenceChanged,
    ConferenceClosed,
    ConferenceOpened,
    ConferencePlanned,
    DecisionRuleSet,
    InvitationAnswered,
    InvitationsSent,
    ItemAdded,
    ItemEnded,
    ItemExtended,
    ItemStarted,
)
from app.domain.facts.confidentiality import ConfidentialityAccepted
from app.domain.facts.course import (
    ConferencePaused,
    ConferenceResumed,
    ItemPutOff,
    ItemSettled,
    StepTaken,
)
from app.domain.facts.gap import GapMoved, GapOpened, GapSettled
from app.domain.facts.guest import (
    CorrectionSetAside,
    CorrectionTaken,
    FactCorrected,
    GuestAccepted,
    GuestEntered,
    GuestInvited,
    GuestRevoked,
    PreferenceStated,
)
from app.domain.facts.head_office import HeadOfficeAsked, HeadOfficeLinkRevoked
from app.domain.facts.interest import (
    AgencyRecused,
    RecusalDenied,
    RecusalLifted,
    RecusalSuggested,
    SeatRetaken,
    SeatVacated,
)
from app.domain.facts.item import OutcomeRecorded, RemarkCorrected, RemarkMade
from app.domain.facts.lane import LaneRemarkCorrected, LaneRemarkMade
from app.domain.facts.lead import (
    HoldAnswered,
    LeadAnswered,
    NominationSealed,
    NominationsOpened,
    NominationsRevealed,
    ProvisionalSettled,
    ResultDeclared,
    RoundOpened,
    RoundReplaced,
    StanceGiven,
    StanceSealed,
    StancesRevealed,
)
from app.domain.facts.papers import (
    ItemPapersFixed,
    PaperAdded,
    PaperPutOnItem,
    PaperShown,
    PaperTakenOffItem,
    PaperVersionAdded,
)
from app.domain.facts.pictures import (
    ConferencePictureKept,
    ItemOpened,
    ItemPictureKept,
)
from app.domain.facts.plan import (
    PlanCirculated,
    PlanConfirmed,
    PlanDrafted,
    PlanLinePut,
    PlanLineRemoved,
    PlanSectionWritten,
)
from app.domain.facts.proxies import ProxyGiven, ProxyRevoked
from app.domain.facts.sheet import (
    CellWritten,
    SheetRowAdded,
)
from app.domain.facts.speaking import (
    RequestWithdrawn,
    SpeakerCalled,
    SpeakersClosed,
    SpeakersReopened,
    SpeakingTimeSet,
    SpeechAsked,
    SpeechContinued,
    SpeechEnded,
    SpeechHeld,
)

__all__ = [
    "AgencyInvited",
    "AgencyRecused",
    "AgendaReordered",
    "AttendanceTaken",
    "CaseDiscussed",
    "CaseOpened",
    "CaseReferred",
    "CaseTabled",
    "CellWritten",
    "ChairHandedOver",
    "ConferenceCancelled",
    "ConferenceChanged",
    "ConferenceClosed",
    "ConferenceOpened",
    "ConferencePaused",
    "ConferencePictureKept",
    "ConferencePlanned",
    "ConferenceResumed",
    "ConfidentialityAccepted",
    "ConsentRecorded",
    "ConsentWithdrawn",
    "CorrectionSetAside",
    "CorrectionTaken",
    "DecisionCorrected",
    "DecisionRuleSet",
    "Fact",
    "FactCorrected",
    "GapMoved",
    "GapOpened",
    "GapSettled",
    "GuestAccepted",
    "GuestEntered",
    "GuestInvited",
    "GuestRevoked",
    "HeadOfficeAsked",
    "HeadOfficeLinkRevoked",
    "HoldAnswered",
    "InvitationAnswered",
    "InvitationsSent",
    "ItemAdded",
    "ItemEnded",
    "ItemExtended",
    "ItemOpened",
    "ItemPapersFixed",
    "ItemPictureKept",
    "ItemPutOff",
    "ItemSettled",
    "ItemStarted",
    "LaneRemarkCorrected",
    "LaneRemarkMade",
    "LeadAnswered",
    "NominationSealed",
    "NominationsOpened",
    "NominationsRevealed",
    "OutcomeRecorded",
    "PaperAdded",
    "PaperPutOnItem",
    "PaperShown",
    "PaperTakenOffItem",
    "PaperVersionAdded",
    "PlanCirculated",
    "PlanConfirmed",
    "PlanDrafted",
    "PlanLinePut",
    "PlanLineRemoved",
    "PlanSectionWritten",
    "PreferenceStated",
    "ProvisionalSettled",
    "ProxyGiven",
    "ProxyRevoked",
    "RecusalDenied",
    "RecusalLifted",
    "RecusalSuggested",
    "ReferralAnswered",
    "RemarkCorrected",
    "RemarkMade",
    "RequestWithdrawn",
    "ResultDeclared",
    "RoomKind",
    "RoundOpened",
    "RoundReplaced",
    "SeatRetaken",
    "SeatVacated",
    "SheetRowAdded",
    "SpeakerCalled",
    "SpeakersClosed",
    "SpeakersReopened",
    "SpeakingTimeSet",
    "SpeechAsked",
    "SpeechContinued",
    "SpeechEnded",
    "SpeechHeld",
    "StanceGiven",
    "StanceSealed",
    "StancesRevealed",
    "StepTaken",
    "all_facts",
]


def all_facts() -> Iterator[type[Fact]]:
    """Every kind of fact, in the order of this file."""
    yield from Fact.__subclasses__()
