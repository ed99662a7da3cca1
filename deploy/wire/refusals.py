"""Every code of a refusal, with when it comes, a sentence people read, and what they can do."""

from collections.abc import Iterator

import auth.accounts
import auth.csrf
import auth.refusals
from app.documents.paper_reader import PaperFailed
from app.documents.pdf import PdfFailed
from app.domain import guests
from app.domain.errors import Refused
from app.domain.sentences import _

# What the live door answers to an error of its own.
FAULT_REMEDY = _("入力した内容を控えてから、もう一度お試しください。")
UNAVAILABLE_REMEDY = _("入力した内容はこの画面に残っています。つながり次第、自動で送り直します。")
# When each code comes, and one of its sentences; the others say the same of another matter.
_SAID: dict[str, tuple[str, str]] = {
    "sign_in_required": (
        "No session, or it ended. Sign in again; the connection is closed.",
        _("サインインの有効期限が切れました。"),
    ),
    "not_found": (
        "It does not exist, or this agency may not know that it does: both look the same.",
        _("見つからないか、閲覧する権限がありません。"),
    ),
    "confidentiality_unaccepted": (
        "An item of a conference whose statement the person has not accepted yet: send "
        "`accept_confidentiality`, then ask again.",
        _("守秘・取扱いの確認が済んでいないため、案件の内容は表示できません。"),
    ),
    "not_entitled": (
        "It may be seen, but the act belongs to another agency or role.",
        _("この操作は、お使いの機関または役割ではできません。"),
    ),
    "malformed": (
        "A value is missing, of the wrong kind or out of range; see `fields`.",
        _("入力内容を確認してください。"),
    ),
    "state_forbids": (
        "Right in itself, but not in the present state.",
        _("この議題は進行中ではありません。"),
    ),
    "stale_version": (
        "Somebody changed it first; `detail` carries their value, version, name and time.",
        _("{agency} {person}が先に変更しました。"),
    ),
    "op_id_reused": (
        "This operation id was carried out with another body.",
        _("同じ操作番号で別の内容が届いたため、受け付けませんでした。"),
    ),
    "incomplete": (
        "Something the rule needs is missing; see `detail.missing`.",
        _("情報共有シートの必須項目が空欄のため、紹介できません：{columns}"),
    ),
    "duplicate": (
        "It is there already; `detail` names it.",
        _("この機関はすでに参加機関です。"),
    ),
    "too_many": (
        "More requests than the limit allows. Wait, then send the same again.",
        _("操作が続けて届いたため、受け付けを一時的に止めました。"),
    ),
    "guest_over": (
        "Guests only: the link's item is over, or the guest was let out. The connection is closed.",
        _("話し合いが終わりました。ご参加ありがとうございました。"),
    ),
    "guest_statement_unaccepted": (
        "Guests only: `accept_as_guest` comes first.",
        _("お願い事項の確認が済んでいません。"),
    ),
    "unknown_command": ("There is no such command.", _("この操作は用意されていません。")),
    "fault": (
        "An error of the server; nothing was stored. The same operation id may be sent again.",
        _("システム内部で問題が起きました。この操作は保存されていません。"),
    ),
    "unavailable": (
        "Live connection only: the database was out of reach, and it is not known whether the act "
        "was stored. Send the same again with the same operation id: it is carried out once.",
        _("保存先に一時的に届きません。"),
    ),
    "forged_form": (
        "HTTP only: the form's token is missing, or the request came from another site.",
        _("画面の確認番号が一致しなかったため、受け付けませんでした。"),
    ),
    "wrong_credentials": (
        "HTTP only: e-mail address or password is wrong.",
        _("メールアドレスまたはパスワードが違います。"),
    ),
    "provider_sign_in_refused": (
        "HTTP only: the agency's provider did not vouch for the person in a way that holds.",
        _("組織のシングルサインオンを完了できませんでした。"),
    ),
    "not_enrolled": (
        "HTTP only: the provider vouched for somebody who does not act for its agency here.",
        _("この機関の利用者として登録されていないため、サインインできません。"),
    ),
    "provider_unreachable": (
        "HTTP only: the agency's provider did not answer.",
        _("組織の認証サービスから応答を得られませんでした。"),
    ),
    "pdf_failed": (
        "HTTP only: a document could not be printed.",
        _("文書の内容を組版できませんでした。"),
    ),
    "paper_failed": (
        "HTTP only: a page of a paper could not be shown.",
        _("この資料を表示できませんでした。"),
    ),
}
# Importing them is what makes their refusals known.
_KNOWN = (auth.accounts, auth.csrf, auth.refusals, PaperFailed, PdfFailed, guests)


def codes() -> list[dict[str, str]]:
    """One line per code, those of every door first; ValueError for one that is not told yet."""
    remedies = {cls.code: cls.remedy for cls in _refusals()}
    remedies |= {"fault": FAULT_REMEDY, "unavailable": UNAVAILABLE_REMEDY}
    del remedies[Refused.code]
    ordered = sorted(remedies, key=list(_SAID).index)
    return [
        {
            "code": code,
            "when": _SAID[code][0],
            "sentence": _SAID[code][1],
            "remedy": remedies[code],
        }
        for code in ordered
    ]


def _refusals(of: type[Refused] = Refused) -> Iterator[type[Refused]]:
    """All kinds; one without a code of its own (it inherits it) leaves its parent's remedy."""
    for kind in of.__subclasses__():
        yield from _refusals(kind)
    yield of
