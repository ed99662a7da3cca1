"""What a support plan shows on paper (支援方針・支援計画書): plain frozen values.

Money is 千円 and may be negative. Labels are Japanese as they are to be read. ``None`` or an empty
tuple always means "nothing recorded", which the paper says in words instead of leaving a gap.
A tuple is printed in the order it comes; agencies keep the order set for them (機関の並び順).
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class FirmFacts:
    """企業概要."""

    name: str
    name_kana: str | None
    corporate_number: str | None  # 13 digits; a sole proprietor has none
    representative: str
    address: str
    industry: str | None  # JSIC label
    business: str | None  # what it does, in a sentence or two
    employees: int | None
    capital: int | None  # 千円
    founded: str | None  # as recorded: 平成21年4月
    fiscal_year_end_month: int | None
    phase: str | None  # label of the life-cycle phase


@dataclass(frozen=True, slots=True)
class ConferenceHeld:
    """協議の経過: one conference in which the case was discussed."""

    name: str
    held_on: date
    agencies: tuple[str, ...]
    outcome: str | None


@dataclass(frozen=True, slots=True)
class YearFigures:
    """財務要約: one fiscal year, 千円; oldest year first in the paper."""

    label: str  # 令和8年3月期
    sales: int | None
    operating_profit: int | None
    ordinary_profit: int | None
    net_profit: int | None
    depreciation: int | None
    cash: int | None  # 現金・預金
    borrowings: int | None  # 借入金
    net_assets: int | None
    total_assets: int | None
    employees: int | None


@dataclass(frozen=True, slots=True)
class Indicator:
    """ローカルベンチマーク: one of six indicators, over the years of ``PlanPaper.years``."""

    name: str
    unit: str  # ％, 千円/人, 倍, か月
    shown: tuple[str, ...]  # as read: 17.9, ▲3.2, 算出不能(EBITDAがマイナス)
    values: tuple[float | None, ...]  # for the chart only, in the unit shown; None draws no bar


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """非財務: one of the four views (経営者, 事業, 企業を取り巻く環境・関係者, 内部管理体制)."""

    name: str
    text: str | None


@dataclass(frozen=True, slots=True)
class Issue:
    """経営課題; 1 is dealt with first."""

    priority: int
    title: str
    detail: str | None


@dataclass(frozen=True, slots=True)
class RoleRow:
    """役割分担."""

    agency: str
    person: str | None  # 職名 氏名
    role: str
    contact: str | None
    is_lead: bool


@dataclass(frozen=True, slots=True)
class ActionRow:
    """具体的支援内容."""

    number: int
    content: str
    agency: str
    person: str | None
    due_on: date | None
    deliverable: str | None
    status: str  # label: 未着手, 実施中, 実施, …


@dataclass(frozen=True, slots=True)
class KpiRow:
    """KPI."""

    name: str
    current: str | None
    target: str
    due_on: date | None
    measured_by: str | None


@dataclass(frozen=True, slots=True)
class CashMonth:
    """資金繰り表: one month, 千円; a negative closing balance is a shortage."""

    month: date  # its first day
    kind: str  # label: 実績, 見込, 予定
    opening: int
    operating_receipts: int
    operating_payments: int
    investing_balance: int
    financing_balance: int
    closing: int


@dataclass(frozen=True, slots=True)
class CashOutlook:
    """資金繰りの見通しと金融支援の前提; the paper adds that it promises no financial support."""

    months: tuple[CashMonth, ...]
    comment: str | None
    premises: str | None  # 金融支援の前提


@dataclass(frozen=True, slots=True)
class Monitoring:
    """モニタリング; ``text`` where it was written as one passage instead of by items."""

    text: str | None
    frequency: str | None
    method: str | None
    report_to: str | None
    review_conditions: str | None  # 見直し条件
    next_on: date | None


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """情報共有の範囲・同意 on which this paper rests."""

    number: str
    granted_on: date | None
    valid_until: date | None
    agencies: tuple[str, ...]
    groups: tuple[str, ...]  # labels of the item groups
    limits: str | None  # what the firm asked to keep out


@dataclass(frozen=True, slots=True)
class Condition:
    """付帯条件・留意事項, and dissent word for word; nothing an agency reserved is dropped."""

    kind: str  # label: 条件, 留意事項, 留保, 異議
    agency: str
    text: str


@dataclass(frozen=True, slots=True)
class StanceRow:
    """One seat's answer in the round that decided."""

    agency: str
    stance: str  # label: 賛成, 条件付賛成, 留保, 反対, 棄権, 意思表示なし
    remark: str | None


@dataclass(frozen=True, slots=True)
class AddendumLine:
    """訂正: what was declared stays above it; ``what`` names the part, with whose condition."""

    what: str
    was: str
    says: str
    reason: str
    made_on: date
    made_by: str  # 機関名 氏名


@dataclass(frozen=True, slots=True)
class Decision:
    """How the lead agency was decided, so that a reader can follow it by hand."""

    conference: str
    declared_on: date
    chair: str | None
    rule: str  # the rule of the round as a sentence
    accepted_on: date | None  # 主担当の受諾
    stances: tuple[StanceRow, ...]
    provisional_until: date | None  # 仮決定 (持ち帰り): reply-by date; None when final
    receipt: str | None  # of the declaration: stands for the record until then
    addenda: tuple[AddendumLine, ...] = ()  # 訂正, the first one first


@dataclass(frozen=True, slots=True)
class Confirmation:
    """参加機関確認欄: one agency; unanswered ones appear too, with ``answer`` 未確認."""

    agency: str
    answer: str  # label: 承認, 条件付承認, 差戻し, 未確認
    person: str | None  # 職名 氏名
    confirmed_on: date | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Revision:
    """改訂履歴."""

    version: int
    revised_on: date
    revised_by: str
    summary: str


@dataclass(frozen=True, slots=True)
class PlanPaper:
    """One version of a plan. Equal papers print to equal bytes, so ``issued_at`` belongs to the
    version (when and by whom it was fixed), never to the moment somebody downloads it."""

    document_number: str
    case_number: str
    version: int
    is_draft: bool  # prints 案 in the title and on every page
    addressees: tuple[str, ...]  # with 御中 or 様
    created_on: date
    confidentiality: str  # 取扱注意
    firm: FirmFacts
    background: str | None  # 相談の経緯
    referred_by: str | None
    conferences: tuple[ConferenceHeld, ...]
    years: tuple[YearFigures, ...]
    indicators: tuple[Indicator, ...]
    indicator_note: str | None  # which borrowings are counted
    viewpoints: tuple[Viewpoint, ...]
    situation: str | None  # 現状認識 in words
    issues: tuple[Issue, ...]
    issues_text: str | None  # 経営課題 where they were written as one passage
    policy: str | None
    goal: str | None
    period_from: date | None
    period_until: date | None
    lead_agency: str | None
    lead_person: str | None  # 職名 氏名
    lead_reason: str | None
    roles: tuple[RoleRow, ...]
    decision: Decision | None
    actions: tuple[ActionRow, ...]
    kpis: tuple[KpiRow, ...]
    cash: CashOutlook | None
    monitoring: Monitoring | None
    consent: ConsentFacts | None
    conditions: tuple[Condition, ...]
    notes: str | None  # 留意事項 in words
    confirmations: tuple[Confirmation, ...]
    revisions: tuple[Revision, ...]
    digest: str  # SHA-256 of the version's content, 64 hex digits
    issued_by: str  # 機関名 氏名
    issued_at: datetime  # aware
