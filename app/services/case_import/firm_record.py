"""The firm of a case file, with its loans and guarantees."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from app.domain.firms import INDUSTRIES, LEGAL_FORMS, LenderKind
from app.domain.guarantee import GuaranteeState
from app.domain.prefectures import PREFECTURE_BY_CODE
from app.domain.sentences import _
from app.domain.sheet_columns import COLUMN
from app.services.case_import.fields import (
    Amount,
    Label,
    Name,
    Record,
    Word,
    among,
    member_of,
    rate,
)
from app.services.commands import line, paragraph


class Industry(Record):
    jsic_major: Annotated[str, among(INDUSTRIES, _("大分類（A〜T）ではありません。"))]
    jsic_major_name: Label
    jsic_middle: Annotated[str, Field(pattern=r"^[0-9]{2}$")]
    jsic_middle_name: Label


class Firm(Record):
    name: Name
    name_kana: Name
    legal_form: Annotated[str, among(LEGAL_FORMS, _("組織形態の一覧にありません。"))]
    is_corporation: bool
    corporate_number: Annotated[str, Field(pattern=r"^[0-9]{13}$")] | None
    representative: Label
    representative_kana: Name
    representative_age: Annotated[int, Field(ge=15, le=120)]
    founded: Annotated[str, Field(pattern=r"^[12][0-9]{3}-(0[1-9]|1[0-2])$")]
    founded_wareki: Word
    prefecture_code: Annotated[
        str, among(PREFECTURE_BY_CODE, _("都道府県コード（01〜47）ではありません。"))
    ]
    prefecture: Word
    city: Label
    industry: Industry
    business: Annotated[str, paragraph(1000)]
    employees: Annotated[int, Field(ge=0, le=1_000_000)]
    capital: Amount | None
    fiscal_year_end_month: Annotated[int, Field(ge=1, le=12)]
    seasonality: Annotated[str, line(400)]


class Guarantee(Record):
    guarantee_no: Word
    association: Name
    product: Name
    responsibility_sharing: bool
    guarantee_ratio: Annotated[int, Field(ge=1, le=100)]
    guaranteed_balance: Amount
    status: Annotated[GuaranteeState, member_of(GuaranteeState)]


class Loan(Record):
    lender: Name
    lender_kind: Annotated[LenderKind, member_of(LenderKind)]
    term: Literal["short", "long"]
    balance: Amount
    product: Name | None
    annual_rate_percent: Annotated[str, BeforeValidator(rate)]
    monthly_principal: Amount
    repayment_status: Annotated[
        str,
        among(COLUMN["repayment_status"].options, _("返済状況の一覧にありません。")),
    ]
    repayment_status_ja: Name
    is_main_bank: bool
    guarantee: Guarantee | None


class Exposure(Record):
    total_borrowings: Amount
    guaranteed_loan_balance: Amount
    guaranteed_amount: Amount
    unguaranteed_balance: Amount
    officer_borrowings: Amount
    lender_count: Annotated[int, Field(ge=0, le=1000)]
    loans: Annotated[list[Loan], Field(max_length=200)]
