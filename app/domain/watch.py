"""予兆: the early-warning signs agencies note about a firm, each with where it was found.

The codes are those of the domain dictionary, 3.3; the state's own list (予兆管理における着眼点) was
not at hand. Signs come from people. There are no thresholds: each agency sets its own.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.sentences import _


class EarlyWarningCode(StrEnum):
    """予兆コード."""

    SALES_FALL = "SALES_FALL"
    OP_LOSS = "OP_LOSS"
    TAX_ARREARS = "TAX_ARREARS"
    AR_DELAY = "AR_DELAY"
    STOCK_BLOAT = "STOCK_BLOAT"
    DEBT_GROWTH = "DEBT_GROWTH"
    PAYABLE_DELAY = "PAYABLE_DELAY"
    LOAN_REFUSED = "LOAN_REFUSED"
    HIGH_COST_MONEY = "HIGH_COST_MONEY"
    NO_SUCCESSOR = "NO_SUCCESSOR"
    DEPOSIT_FALL = "DEPOSIT_FALL"
    LATE_STATEMENT = "LATE_STATEMENT"
    GRACE_END = "GRACE_END"
    REPEAT_CHANGE = "REPEAT_CHANGE"
    OVERDUE = "OVERDUE"
    INCIDENT = "INCIDENT"
    BIG_CUSTOMER_FAILURE = "BIG_CUSTOMER_FAILURE"
    DISASTER = "DISASTER"
    AGE_70 = "AGE_70"


@dataclass(frozen=True, slots=True)
class EarlyWarningSign:
    """One kind of sign. ``bank_only`` marks what only the bank that holds the account can see."""

    code: EarlyWarningCode
    label: str
    source: str
    bank_only: bool = False


_C = EarlyWarningCode

SIGNS = (
    EarlyWarningSign(_C.SALES_FALL, _("主要な得意先・商品の売上が減少している"), "found: F43"),
    EarlyWarningSign(_C.OP_LOSS, _("営業赤字である、または赤字が続いている"), "found: F43"),
    EarlyWarningSign(_C.TAX_ARREARS, _("源泉所得税・消費税・社会保険料が遅れている"), "found: F43"),
    EarlyWarningSign(_C.AR_DELAY, _("売掛金の回収が遅れ、貸倒れが生じている"), "found: F43"),
    EarlyWarningSign(_C.STOCK_BLOAT, _("売れない在庫が増えている"), "found: F43"),
    EarlyWarningSign(_C.DEBT_GROWTH, _("借入が年々増え、返済が苦しい"), "found: F43"),
    EarlyWarningSign(
        _C.PAYABLE_DELAY, _("仕入先・給与の支払延期や手形のジャンプがある"), "found: F43"
    ),
    EarlyWarningSign(_C.LOAN_REFUSED, _("新規・更新の融資を断られた"), "found: F43"),
    EarlyWarningSign(_C.HIGH_COST_MONEY, _("高利の借入や融通手形がある"), "found: F43"),
    EarlyWarningSign(_C.NO_SUCCESSOR, _("後継者が決まっていない"), "found: F43"),
    EarlyWarningSign(_C.DEPOSIT_FALL, _("預金残高や口座の動きが変わった"), "seed", bank_only=True),
    EarlyWarningSign(_C.LATE_STATEMENT, _("試算表・決算書が提出されない"), "knowledge"),
    EarlyWarningSign(_C.GRACE_END, _("据置・条件変更の期間がまもなく終わる"), "knowledge"),
    EarlyWarningSign(_C.REPEAT_CHANGE, _("条件変更が2回目以降である"), "knowledge"),
    EarlyWarningSign(_C.OVERDUE, _("返済が延滞している"), "knowledge"),
    EarlyWarningSign(_C.INCIDENT, _("事故報告が出ている"), "found: F15"),
    EarlyWarningSign(_C.BIG_CUSTOMER_FAILURE, _("大口の得意先が倒産した"), "knowledge"),
    EarlyWarningSign(_C.DISASTER, _("災害の被害を受けた"), "knowledge"),
    EarlyWarningSign(_C.AGE_70, _("代表者が70歳以上で後継者がいない"), "knowledge"),
)
SIGN_BY_CODE = {sign.code: sign for sign in SIGNS}
EARLY_WARNING_LABELS = {sign.code: sign.label for sign in SIGNS}
