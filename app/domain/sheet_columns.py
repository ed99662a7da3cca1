"""情報共有シート: its columns and their types (4.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.domain.consent import CONSENT_STATUS_LABELS, ItemGroup
from app.domain.sentences import _
from app.domain.vocabulary import PHASE_LABELS, REQUEST_KIND_LABELS, URGENCY_LABELS


class CellType(StrEnum):
    TEXT = "text"
    LONGTEXT = "longtext"
    ENUM = "enum"
    MULTI = "multi"
    DATE = "date"
    MONEY = "money"
    INT = "int"


class RowKind(StrEnum):
    """The case itself, or one of its lists: issues, proposals, what was done, own notes."""

    CASE = "case"
    ISSUE = "issue"
    PROPOSAL = "proposal"
    PROGRESS = "progress"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the sheet; ``options`` are value → label for enum and multi.

    ``record``: nobody types it; it says what the firm's record, the consent or the decision say.
    """

    key: str
    label: str
    group: ItemGroup
    type: CellType
    row_kind: RowKind = RowKind.CASE
    required: bool = False
    max_length: int = 200
    options: Mapping[Any, str] | None = None
    record: bool = False


_G = ItemGroup
_T = CellType
_LONG = 2000
_TAX = {
    "none": _("なし"),
    "grace": _("猶予中"),
    "overdue": _("滞納あり"),
    "unknown": _("不明"),
}
_REPAYMENT = {
    "repaying": _("約定返済中"),
    "grace": _("元金据置中"),
    "modified": _("条件変更中"),
    "delinquent": _("延滞中"),
    "incident": _("事故報告"),
    "claimed": _("代位弁済請求中"),
    "subrogated": _("代位弁済済（求償権）"),
}
_GUARANTOR = {"yes": _("あり"), "no": _("なし"), "releasing": _("解除検討")}
_GRADE = {
    "ahead": _("◎ 計画超"),
    "on_plan": _("○ 計画どおり"),
    "late": _("△ 遅れ"),
    "stopped": _("× 中断"),
}
_CHANNEL = {
    "window": _("窓口"),
    "bank": _("金融機関紹介"),
    "association_visit": _("保証協会訪問"),
    "consultation": _("経営相談会"),
    "commerce": _("商工会議所・商工会"),
    "seminar": _("セミナー"),
    "other": _("その他"),
}
_WAY = {
    "visit": _("訪問"),
    "office": _("来所"),
    "online": _("オンライン面談"),
    "phone": _("電話"),
    "mail": _("メール・書面"),
}
_TIME_AXIS = {"normal": _("平時"), "distressed": _("有事")}
_PRIORITY = {"high": _("高"), "middle": _("中"), "low": _("低")}

_TYPED: tuple[Column, ...] = (
    Column("phase", _("フェーズ"), _G.IDENTITY, _T.ENUM, options=PHASE_LABELS, required=True),
    Column("time_axis", _("平時・有事"), _G.IDENTITY, _T.ENUM, options=_TIME_AXIS),
    Column("business", _("事業内容"), _G.IDENTITY, _T.LONGTEXT, max_length=1000),
    Column("received_on", _("受付日"), _G.REFERRAL, _T.DATE),
    Column("channel", _("受付経路"), _G.REFERRAL, _T.ENUM, options=_CHANNEL),
    Column(
        "request_kind",
        _("依頼区分"),
        _G.REFERRAL,
        _T.MULTI,
        options=REQUEST_KIND_LABELS,
        required=True,
    ),
    Column(
        "request_detail",
        _("相談・依頼内容"),
        _G.REFERRAL,
        _T.LONGTEXT,
        required=True,
        max_length=1000,
    ),
    Column("background", _("相談の背景"), _G.REFERRAL, _T.LONGTEXT, max_length=_LONG),
    Column("wishes", _("事業者の希望"), _G.REFERRAL, _T.LONGTEXT, max_length=_LONG),
    Column("urgency", _("緊急度"), _G.REFERRAL, _T.ENUM, options=URGENCY_LABELS, required=True),
    Column("cash_low_month", _("資金不足見込み月"), _G.FINANCE, _T.DATE),
    Column("adjusted_net_assets", _("実質純資産（千円）"), _G.FINANCE, _T.MONEY),
    Column("trial_balance_month", _("直近試算表"), _G.FINANCE, _T.DATE),
    Column("tax_arrears", _("公租公課の滞納"), _G.FINANCE, _T.ENUM, options=_TAX),
    Column("repayment_status", _("返済状況"), _G.EXPOSURE, _T.ENUM, options=_REPAYMENT),
    Column("guarantor_status", _("経営者保証"), _G.EXPOSURE, _T.ENUM, options=_GUARANTOR),
    Column("strengths", _("強み"), _G.ISSUES, _T.LONGTEXT, max_length=_LONG),
    Column("nf_manager", _("経営者"), _G.ISSUES, _T.LONGTEXT, max_length=_LONG),
    Column("nf_business", _("事業"), _G.ISSUES, _T.LONGTEXT, max_length=_LONG),
    Column(
        "nf_environment", _("企業を取り巻く環境・関係者"), _G.ISSUES, _T.LONGTEXT, max_length=_LONG
    ),
    Column("nf_internal", _("内部管理体制"), _G.ISSUES, _T.LONGTEXT, max_length=_LONG),
    Column("distress_cause", _("窮境要因"), _G.ISSUES, _T.LONGTEXT, max_length=_LONG),
    Column("tried", _("これまでの支援・取組み"), _G.ISSUES, _T.LONGTEXT, max_length=_LONG),
    Column("contention", _("論点"), _G.ISSUES, _T.LONGTEXT, max_length=_LONG),
    Column("conditions", _("付帯条件"), _G.DECISION, _T.LONGTEXT, max_length=8000),
    Column("policy", _("支援方針"), _G.SUPPORT, _T.LONGTEXT, max_length=_LONG),
    Column("next_date", _("次回確認日"), _G.MONITORING, _T.DATE),
    Column("monitoring_grade", _("進捗評価"), _G.MONITORING, _T.ENUM, options=_GRADE),
    Column("issue", _("経営課題"), _G.ISSUES, _T.LONGTEXT, RowKind.ISSUE, max_length=500),
    Column("priority", _("優先度"), _G.ISSUES, _T.ENUM, RowKind.ISSUE, options=_PRIORITY),
    Column("grounds", _("根拠"), _G.ISSUES, _T.LONGTEXT, RowKind.ISSUE, max_length=500),
    Column("situation", _("把握している状況"), _G.PROPOSAL, _T.LONGTEXT, RowKind.PROPOSAL),
    Column("menu", _("支援メニュー"), _G.PROPOSAL, _T.LONGTEXT, RowKind.PROPOSAL),
    Column("in_charge", _("担当"), _G.PROPOSAL, _T.TEXT, RowKind.PROPOSAL, max_length=60),
    Column("available_from", _("開始可能時期"), _G.PROPOSAL, _T.DATE, RowKind.PROPOSAL),
    Column("premise", _("前提"), _G.PROPOSAL, _T.LONGTEXT, RowKind.PROPOSAL),
    Column("progress_on", _("対応日"), _G.MONITORING, _T.DATE, RowKind.PROGRESS),
    Column("progress_way", _("対応方法"), _G.MONITORING, _T.ENUM, RowKind.PROGRESS, options=_WAY),
    Column(
        "progress",
        _("経過の内容"),
        _G.MONITORING,
        _T.LONGTEXT,
        RowKind.PROGRESS,
        max_length=1000,
    ),
    Column("progress_next", _("次の行動"), _G.MONITORING, _T.LONGTEXT, RowKind.PROGRESS),
    Column("note", _("機関内メモ"), _G.PRIVATE, _T.LONGTEXT, RowKind.NOTE, max_length=_LONG),
)


def _told(key: str, label: str, group: ItemGroup, kind: CellType = _T.TEXT) -> Column:
    return Column(key, label, group, kind, record=True)


_RECORD: tuple[Column, ...] = (
    _told("case_no", _("案件番号"), _G.IDENTITY),
    _told("firm_name", _("事業者名"), _G.IDENTITY),
    _told("firm_kana", _("フリガナ"), _G.IDENTITY),
    _told("corporate_number", _("法人番号"), _G.IDENTITY),
    _told("legal_form", _("組織形態"), _G.IDENTITY),
    _told("representative", _("代表者"), _G.IDENTITY),
    _told("rep_age", _("代表者の年齢"), _G.IDENTITY, _T.INT),
    _told("postal_code", _("郵便番号"), _G.IDENTITY),
    _told("address", _("所在地"), _G.IDENTITY),
    _told("phone", _("電話番号"), _G.IDENTITY),
    _told("industry", _("業種"), _G.IDENTITY),
    _told("founded", _("創業"), _G.IDENTITY),
    _told("capital", _("資本金（千円）"), _G.IDENTITY, _T.MONEY),
    _told("employees", _("従業員数（人）"), _G.IDENTITY, _T.INT),
    _told("referrer", _("紹介元"), _G.REFERRAL),
    _told("received_by", _("受付機関"), _G.REFERRAL),
    _told("fiscal_period", _("直近決算期"), _G.FINANCE, _T.DATE),
    _told("sales", _("売上高（千円）"), _G.FINANCE, _T.MONEY),
    _told("gross", _("売上総利益（千円）"), _G.FINANCE, _T.MONEY),
    _told("op", _("営業利益（千円）"), _G.FINANCE, _T.MONEY),
    _told("ordinary", _("経常利益（千円）"), _G.FINANCE, _T.MONEY),
    _told("net", _("当期純利益（千円）"), _G.FINANCE, _T.MONEY),
    _told("depreciation", _("減価償却費（千円）"), _G.FINANCE, _T.MONEY),
    _told("cash", _("現預金（千円）"), _G.FINANCE, _T.MONEY),
    _told("net_assets", _("純資産（千円）"), _G.FINANCE, _T.MONEY),
    _told("total_assets", _("総資産（千円）"), _G.FINANCE, _T.MONEY),
    _told("main_bank", _("メイン金融機関"), _G.EXPOSURE),
    _told("total_borrowings", _("借入金合計（千円）"), _G.EXPOSURE, _T.MONEY),
    _told("guaranteed", _("うち保証付（千円）"), _G.EXPOSURE, _T.MONEY),
    _told("lead_agency", _("主担当機関"), _G.DECISION),
    _told("lead_person", _("主担当者"), _G.DECISION),
    _told("decided_on", _("決定日"), _G.DECISION, _T.DATE),
    Column(
        "consent_status",
        _("同意の状態"),
        _G.CONSENT,
        _T.ENUM,
        options=CONSENT_STATUS_LABELS,
        record=True,
    ),
    _told("consent_until", _("同意の期限"), _G.CONSENT, _T.DATE),
)


def _in_order() -> tuple[Column, ...]:
    """Kind of row, then group, both as they are listed; what the record says stands first."""
    kinds, groups = list(RowKind), list(ItemGroup)
    every = (*_RECORD, *_TYPED)
    return tuple(
        sorted(every, key=lambda one: (kinds.index(one.row_kind), groups.index(one.group)))
    )


COLUMNS = _in_order()
COLUMN = {column.key: column for column in COLUMNS}
