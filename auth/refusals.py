"""Why a sign-in through a provider was refused: a reason for the log, a sentence for people."""

from app.domain.errors import Refused
from app.domain.sentences import _


class ProviderSignInRefused(Refused):
    """``reason`` names the check that failed; people are not told, since it helps attackers."""

    code = "provider_sign_in_refused"
    remedy = _("もう一度お試しください。続く場合は、所属機関の支援責任者に連絡してください。")

    def __init__(
        self,
        reason: str,
        message: str = _("組織のシングルサインオンを完了できませんでした。"),
        remedy: str | None = None,
    ) -> None:
        super().__init__(message, remedy=remedy)
        self.reason = reason


class NotEnrolled(ProviderSignInRefused):
    """The provider vouched for somebody who may not act for its agency here."""

    code = "not_enrolled"

    def __init__(self, reason: str) -> None:
        super().__init__(
            reason,
            _("この機関の利用者として登録されていないため、サインインできません。"),
            _("所属機関の支援責任者に、円卓への登録を依頼してください。"),
        )


class ProviderUnreachable(ProviderSignInRefused):
    code = "provider_unreachable"

    def __init__(self, reason: str) -> None:
        super().__init__(reason, _("組織の認証サービスから応答を得られませんでした。"))
