"""Checks across the fields of one case: what contradicts itself, and what merely looks wrong."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from app.domain import benchmark, cashflow, corporate_number, dates, names, statements
from app.domain.cashflow import Severity
from app.domain.cashflow_form import MonthFigures
from app.domain.figures import format_thousands
from app.domain.firms import SOLE_PROPRIETOR
from app.domain.prefectures import PREFECTURE_BY_CODE
from app.domain.sentences import _
from app.domain.statements import FiscalYear
from app.domain.text import Problem, Sentence
from app.services.case_import.case_record import Case
from app.services.case_import.fields import LARGEST

YEARS = 3
GIVEN = {"granted", "granted_limited", "expired", "withdrawn"}


def contradictions(case: Case, years: Sequence[FiscalYear]) -> Iterator[Problem]:
    """What cannot be stored as it stands; one of these refuses the file."""
    firm, consent = case.firm, case.consent
    if firm.is_corporation is (firm.legal_form == SOLE_PROPRIETOR):
        yield _say("firm.is_corporation", _("組織形態と合いません。"))
    if not firm.is_corporation and firm.corporate_number is not None:
        yield _say("firm.corporate_number", _("個人事業主に法人番号はありません。"))
    for field in ("name_kana", "representative_kana"):
        if not names.is_kana(getattr(firm, field)):
            yield _say(f"firm.{field}", _("全角カタカナではありません。"))
    if PREFECTURE_BY_CODE[firm.prefecture_code].name != firm.prefecture:
        yield _say("firm.prefecture", _("都道府県コードと合いません。"))
    yield from _named_kinds(case)
    yield from _consent(case)
    for place, round_ in (
        ("first_round", case.sample_opinions.first_round),
        ("final_round", case.sample_opinions.final_round),
    ):
        counted = Counter(opinion.agency_kind for opinion in round_)
        for kind, times in counted.items():
            if times > 1:
                yield _say(
                    f"sample_opinions.{place}", _("{kind} の意見が二つ以上あります。"), kind=kind
                )
    if consent.valid_until and consent.granted_on and consent.valid_until < consent.granted_on:
        yield _say("consent.valid_until", _("同意した日より前の日付です。"))
    ends = [year.period_end for year in years]
    if ends != sorted(set(ends)):
        yield _say("fiscal_years", _("決算期が古い順に並んでいないか、重なっています。"))
    for number, year in enumerate(years):
        if year.period_end <= year.period_start:
            yield _say(f"fiscal_years.{number}.period_end", _("期首より後の日付ではありません。"))
        yield from _too_large(number, year)


def _too_large(number: int, year: FiscalYear) -> Iterator[Problem]:
    for field in ("prior_year_sales", "employees", "capital_expenditure"):
        if abs(getattr(year, field) or 0) > LARGEST:
            yield _say(f"fiscal_years.{number}.{field}", _("桁数が多すぎます。"))


def _named_kinds(case: Case) -> Iterator[Problem]:
    """Every kind of agency that something refers to must be one of the case's agencies."""
    opinions = case.sample_opinions
    used = [
        ("referrer.agency_kind", case.referrer.agency_kind),
        *((f"consent.scope_agency_kinds.{n}", k) for n, k in _numbered(case)),
        *(
            (f"sample_opinions.{place}.{n}.{field}", getattr(opinion, field))
            for place in ("first_round", "final_round")
            for n, opinion in enumerate(getattr(opinions, place))
            for field in ("agency_kind", "preferred_lead")
        ),
    ]
    for path, kind in used:
        if kind not in case.agencies:
            yield _say(path, _("「agencies」にない種別です。"))
    if case.agencies.get(case.referrer.agency_kind) != case.referrer.organization:
        yield _say("referrer.organization", _("「agencies」の同じ種別の機関と名前が違います。"))


def _numbered(case: Case) -> Iterator[tuple[int, str]]:
    yield from enumerate(case.consent.scope_agency_kinds)


def _consent(case: Case) -> Iterator[Problem]:
    consent = case.consent
    given = consent.status in GIVEN
    if given:
        for field in ("granted_on", "valid_until", "method", "purpose"):
            if getattr(consent, field) is None:
                yield _say(f"consent.{field}", _("同意がある場合は必要です。"))
        if not consent.scope_agency_kinds:
            yield _say("consent.scope_agency_kinds", _("同意がある場合は必要です。"))
        if "identity" not in consent.scope_item_groups:
            yield _say("consent.scope_item_groups", _("企業概要（identity）が含まれていません。"))
    elif consent.scope_agency_kinds or consent.scope_item_groups:
        yield _say("consent.status", _("同意がないのに共有の範囲が書かれています。"))
    if (consent.status == "withdrawn") != (consent.withdrawn_on is not None):
        yield _say("consent.withdrawn_on", _("撤回の状態と撤回日が合いません。"))
    if consent.method is not None and not consent.method.startswith(("書面", "電子")):
        yield _say("consent.method", _("「書面」か「電子」で始まる署名の方法ではありません。"))


def oddities(
    case: Case, years: Sequence[FiscalYear], raw_years: Sequence[object], today: date
) -> Iterator[Problem]:
    """What is stored as it stands, and should be looked at."""
    firm = case.firm
    if firm.corporate_number and not corporate_number.is_valid(firm.corporate_number):
        yield _say("firm.corporate_number", _("法人番号の検査数字が合いません。"))
    begun = date(int(firm.founded[:4]), int(firm.founded[5:]), 1)
    # The year in which an era began has two names, and the month alone does not tell which.
    era_names = {dates.era_year(begun), dates.era_year(begun.replace(day=28))}
    if firm.founded_wareki not in era_names:
        yield _say("firm.founded_wareki", _("創業年月と和暦が合いません。"))
    if begun > today:
        yield _say("firm.founded", _("創業年月が未来です。"))
    if len(years) != YEARS:
        yield _say("fiscal_years", _("決算は3期分が標準です。"))
    for number, year in enumerate(years):
        place = f"fiscal_years.{number}"
        for one in statements.checks(year):
            yield Problem(f"{place}.{one.path}", one.sentence)
        raw = raw_years[number]
        if isinstance(raw, dict) and "local_benchmark" in raw:
            yield from benchmark.disagreements(year, raw["local_benchmark"], place)
        if number and year.prior_year_sales != years[number - 1].profit_and_loss.sales:
            yield _say(f"{place}.prior_year_sales", _("前の期の売上高と合いません。"))
    yield from _exposure(case, years[-1] if years else None)


def _exposure(case: Case, year: FiscalYear | None) -> Iterator[Problem]:
    """Totals against the loans; amounts are truncated, so each loan may be off by 1 千円."""
    exposure, loans = case.exposure, case.exposure.loans
    guaranteed = [loan for loan in loans if loan.guarantee]
    totals = {
        "total_borrowings": sum(loan.balance for loan in loans),
        "guaranteed_loan_balance": sum(loan.balance for loan in guaranteed),
        "guaranteed_amount": sum(g.guaranteed_balance for loan in loans if (g := loan.guarantee)),
        "unguaranteed_balance": sum(loan.balance for loan in loans if not loan.guarantee),
    }
    for field, total in totals.items():
        stated = getattr(exposure, field)
        if abs(stated - total) > len(loans):
            yield _off(f"exposure.{field}", stated, total)
    if exposure.lender_count != len({loan.lender for loan in loans}):
        yield _say("exposure.lender_count", _("借入明細の貸手の数と合いません。"))
    if year is not None:
        sheet = year.balance_sheet
        owed = sheet.short_term_borrowings + sheet.long_term_borrowings
        if abs(owed - totals["total_borrowings"]) > len(loans):
            yield _off("exposure.total_borrowings", totals["total_borrowings"], owed)
    for number, loan in enumerate(loans):
        if loan.guarantee is None:
            continue
        expected = loan.balance * loan.guarantee.guarantee_ratio // 100
        if abs(loan.guarantee.guaranteed_balance - expected) > 1:
            path = f"exposure.loans.{number}.guarantee.guaranteed_balance"
            yield _off(path, loan.guarantee.guaranteed_balance, expected)


def cash_problems(months: Sequence[MonthFigures]) -> tuple[list[Problem], list[Problem]]:
    """Contradictions and oddities of the cash table; a shortage is neither, it is a finding."""
    place = {month.month: number for number, month in enumerate(months)}
    hard, soft = [], []
    for finding in cashflow.check(months):
        path = f"cash_flow_table.rows.{place[finding.month]}.{finding.key}"
        if finding.severity is Severity.HARD:
            hard.append(Problem(path, finding.sentence))
        elif finding.severity is Severity.WARNING:
            soft.append(Problem(path, finding.sentence))
    return hard, soft


def _off(path: str, stated: int, computed: int) -> Problem:
    return _say(
        path,
        _("計算した値と合いません（記載 {stated}、計算 {computed}）。"),
        stated=format_thousands(stated),
        computed=format_thousands(computed),
    )


def _say(path: str, template: str, **values: object) -> Problem:
    return Problem(path, Sentence(template, **values))
