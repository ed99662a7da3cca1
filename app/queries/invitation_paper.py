"""What a calendar invitation to a conference carries: plain frozen values, nothing to look up."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class InvitedAgency:
    """One agency's address on the invitation."""

    agency: str
    email: str
    required: bool
    reply: str  # needs_action, accepted, declined, tentative or delegated


@dataclass(frozen=True, slots=True)
class InvitationPaper:
    """One conference as a calendar sees it.

    There is deliberately no field for a firm or a case: invitations travel by mail and show on
    phones, so they name the conference only.
    """

    uid: str  # stays the same for the life of the conference: its id and the host
    sequence: int  # grows with every change of time, place or standing
    cancelled: bool
    title: str  # 東京チームサポートアシスト会議（令和8年12月）
    starts_at: datetime  # aware
    ends_at: datetime  # aware
    place: str | None
    link: str | None  # address of the conference page; needs sign-in
    description: str | None
    organizer_name: str
    organizer_email: str
    invited: tuple[InvitedAgency, ...]
    changed_at: datetime  # aware; when this state of the conference was recorded
