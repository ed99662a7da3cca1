"""同意: a firm's running permission to share, per case: whom, what, from when until when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.sentences import _


class ConsentStatus(StrEnum):
    EXPLAINED = "explained"
    GRANTED = "granted"
    GRANTED_LIMITED = "granted_limited"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


CONSENT_STATUS_LABELS = {
    ConsentStatus.EXPLAINED: _("説明済（未署名）"),
    ConsentStatus.GRANTED: _("同意あり"),
    ConsentStatus.GRANTED_LIMITED: _("同意あり（一部限定）"),
    ConsentStatus.DECLINED: _("不同意"),
    ConsentStatus.EXPIRED: _("期限切れ"),
    ConsentStatus.WITHDRAWN: _("撤回"),
}


class SignMethod(StrEnum):
    """How the firm signed; the three are different states of evidence."""

    HANDWRITTEN = "handwritten"
    ELECTRONIC = "electronic"
    ENTERED_FOR = "entered_for"


SIGN_METHOD_LABELS = {
    SignMethod.HANDWRITTEN: _("書面（自署）"),
    SignMethod.ELECTRONIC: _("電子署名"),
    SignMethod.ENTERED_FOR: _("代理入力（書面は別途保管）"),
}


class ItemGroup(StrEnum):
    """共有する情報の項目; also the groups of columns in the information-sharing sheet."""

    IDENTITY = "identity"
    REFERRAL = "referral"
    FINANCE = "finance"
    EXPOSURE = "exposure"
    ISSUES = "issues"
    PROPOSAL = "proposal"
    DECISION = "decision"
    SUPPORT = "support"
    MONITORING = "monitoring"
    PRIVATE = "private"
    CONSENT = "consent"


ITEM_GROUP_LABELS = {
    ItemGroup.IDENTITY: _("企業概要"),
    ItemGroup.REFERRAL: _("相談内容"),
    ItemGroup.FINANCE: _("財務"),
    ItemGroup.EXPOSURE: _("借入・保証"),
    ItemGroup.ISSUES: _("経営課題"),
    ItemGroup.PROPOSAL: _("支援提案"),
    ItemGroup.DECISION: _("主担当の決定"),
    ItemGroup.SUPPORT: _("支援内容"),
    ItemGroup.MONITORING: _("経過・モニタリング"),
    ItemGroup.PRIVATE: _("機関内メモ"),
    ItemGroup.CONSENT: _("同意"),
}
# What a firm ticks on the form; the others are the agencies' own work and follow from taking part.
CONSENTABLE = (
    ItemGroup.IDENTITY,
    ItemGroup.REFERRAL,
    ItemGroup.FINANCE,
    ItemGroup.EXPOSURE,
    ItemGroup.ISSUES,
    ItemGroup.SUPPORT,
    ItemGroup.MONITORING,
)
FOLLOWS_FROM_TAKING_PART = frozenset(
    {ItemGroup.PROPOSAL, ItemGroup.DECISION, ItemGroup.PRIVATE, ItemGroup.CONSENT}
)


@dataclass(frozen=True, slots=True)
class Consent:
    """One version of a firm's consent as the rules see it."""

    status: ConsentStatus
    agencies: frozenset[str]
    groups: frozenset[ItemGroup]
    valid_from: date | None
    valid_until: date | None

    def live_on(self, day: date) -> bool:
        """True while it was given, has begun and has neither ended nor been withdrawn."""
        return (
            self.status in {ConsentStatus.GRANTED, ConsentStatus.GRANTED_LIMITED}
            and (self.valid_from is None or self.valid_from <= day)
            and (self.valid_until is None or day <= self.valid_until)
        )

    def groups_for(self, agency_id: str, day: date) -> frozenset[ItemGroup]:
        """Item groups this agency may know on that day; empty outside the consent."""
        if not self.live_on(day) or agency_id not in self.agencies:
            return frozenset()
        return self.groups | FOLLOWS_FROM_TAKING_PART


def current(consents: Iterable[tuple[int, Consent]]) -> Consent | None:
    """The consent in force is the highest version; earlier ones are history."""
    return max(consents, key=lambda pair: pair[0], default=(0, None))[1]
