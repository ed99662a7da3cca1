"""Refusals: every way the product says no, with a code that never changes."""

from collections.abc import Mapping

from app.domain.sentences import _


class Refused(Exception):
    """A rule forbids what was asked; nothing was stored.

    ``message`` and ``remedy`` are Japanese source sentences with ``{name}`` places that
    ``values`` fills, so that they can be translated where they are shown.
    ``fields`` names what was wrong with which field of the command.
    """

    code = "refused"
    remedy = ""

    def __init__(
        self,
        message: str,
        *,
        remedy: str | None = None,
        fields: Mapping[str, str] | None = None,
        detail: Mapping[str, object] | None = None,
        **values: object,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = self.remedy if remedy is None else remedy
        self.fields = dict(fields or {})
        self.detail = dict(detail or {})
        self.values = values

    def __str__(self) -> str:
        return self.message.format(**self.values) if self.values else self.message


class SignInRequired(Refused):
    code = "sign_in_required"
    remedy = _("もう一度サインインしてください。入力した内容は画面に残っています。")


class NotFound(Refused):
    """Also the answer for what exists but may not be seen: both must look the same."""

    code = "not_found"
    remedy = _("アドレスを確認するか、事務局にお問い合わせください。")

    def __init__(self, message: str = _("見つからないか、閲覧する権限がありません。")) -> None:
        super().__init__(message)


class NotEntitled(Refused):
    """The object may be seen, but this act on it belongs to somebody else."""

    code = "not_entitled"
    remedy = _("担当の機関または事務局に依頼してください。")


class Malformed(Refused):
    code = "malformed"
    remedy = _("示された項目を直して、もう一度送信してください。入力した内容は残っています。")


class StateForbids(Refused):
    """The act is right in itself but not in the present state (closed, not yet open, …)."""

    code = "state_forbids"
    remedy = _("最新の状態を確認してください。")


class StaleVersion(Refused):
    """Somebody else changed it first; ``detail`` carries their value, whose and when."""

    code = "stale_version"
    remedy = _("両方の値を見比べて、残す値を選んでください。")


class OpReused(Refused):
    code = "op_id_reused"
    remedy = _("画面を読み込み直してから、もう一度操作してください。")

    def __init__(self) -> None:
        super().__init__(_("同じ操作番号で別の内容が届いたため、受け付けませんでした。"))


class Incomplete(Refused):
    """Something the rule needs is missing; ``detail['missing']`` lists it."""

    code = "incomplete"
    remedy = _("不足している項目を補ってください。")


class Duplicate(Refused):
    code = "duplicate"
    remedy = _("登録済みのものを使ってください。")


class TooMany(Refused):
    """More requests than the limit allows; waiting helps."""

    code = "too_many"
    remedy = _("しばらく待ってから、もう一度お試しください。")


class UnknownCommand(Refused):
    code = "unknown_command"
    remedy = _("画面を読み込み直してください。")
