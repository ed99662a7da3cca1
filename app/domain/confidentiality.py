"""守秘・取扱いの確認: what everybody at a table confirms before a case is told.

The text is kept in versions. A version never changes once it was shown: a new wording is a new
version, which is asked in the conferences planned from then on and confirmed anew by everybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.errors import NotFound
from app.domain.sentences import _


@dataclass(frozen=True, slots=True)
class Statement:
    """One version: what comes first, the points one by one, and what becomes of the answer."""

    version: int
    lead: str
    points: tuple[str, ...]
    close: str


STATEMENTS: dict[int, Statement] = {
    1: Statement(
        version=1,
        lead=_(
            "この会議では、企業の経営や財務に関する情報を取り扱います。"
            "案件の内容を表示する前に、次の事項を確認してください。"
        ),
        points=(
            _(
                "会議で知り得た企業、関係者および各機関の情報は秘密として取り扱い、"
                "支援方針と支援計画の協議以外の目的に使用しません。"
            ),
            _(
                "情報は、企業の同意書に定められた機関と項目の範囲でのみ共有し、"
                "その範囲を超えて他に伝えません。"
            ),
            _(
                "資料の複製、画面の撮影、会議の録音および録画は、"
                "議長または事務局が認めた場合を除いて行いません。"
            ),
            _("個人情報は、個人情報の保護に関する法律および所属機関の規程に従って取り扱います。"),
            _("会議の終了後も、異動または退職の後も、同じ取扱いを守ります。"),
            _("漏えいまたはそのおそれに気づいたときは、直ちに事務局と所属機関に知らせます。"),
        ),
        close=_(
            "確認した方の氏名、機関および日時は、この会議の記録に残ります。"
            "同じ文面の確認は、お一人につき一度です。"
        ),
    ),
}
# What conferences planned from now on ask for.
CURRENT_VERSION = max(STATEMENTS)


def version_asked(template: Mapping[str, object]) -> int | None:
    """The version pinned to a conference; None where no firm is ever named.

    Conferences planned before there was a text ask for the first one.
    """
    version = template.get("confidentiality_version", 1)
    return version if isinstance(version, int) else None


def with_current_version(template: Mapping[str, object]) -> dict[str, object]:
    """A series keeps its rules; what is confirmed is the text of the day a date is planned."""
    asks = version_asked(template) is not None
    return {**template, "confidentiality_version": CURRENT_VERSION if asks else None}


class ConfidentialityUnaccepted(NotFound):
    """Of what would be seen nothing is seen until the statement is accepted.

    A kind of "not found", so that wherever something unseen is left out, this is left out too;
    only whoever has a right to see the item is told so, all others get the plain answer.
    """

    code = "confidentiality_unaccepted"
    remedy = _("会議室を開き、守秘・取扱いの確認の文面を読んで［確認しました］を押してください。")

    def __init__(self) -> None:
        super().__init__(_("守秘・取扱いの確認が済んでいないため、案件の内容は表示できません。"))
