"""Every firm with its cases and indicators, for whoever runs the installation."""

from dataclasses import asdict, dataclass
from typing import Any

from sqlmodel import col, select

from app.domain import benchmark
from app.domain.prefectures import PREFECTURE_BY_CODE
from app.store.firm_papers import years_of
from app.store.tables.cases import CaseRow
from app.store.tables.firms import FirmRow
from app.store.unit_of_work import Desk


@dataclass(frozen=True, slots=True)
class RegisteredCase:
    """``source`` names the record of a case file it came from."""

    case_no: str
    status: str
    source: str | None


@dataclass(frozen=True, slots=True)
class RegisteredYear:
    """One closed year: the value of each indicator, and the text it is shown by."""

    period_end: str
    label: str
    sales: int
    indicators: dict[str, float | None]
    texts: dict[str, str]


@dataclass(frozen=True, slots=True)
class RegisteredFirm:
    name: str
    corporate_number: str | None
    prefecture: str
    city: str
    industry: str
    cases: tuple[RegisteredCase, ...]
    years: tuple[RegisteredYear, ...]

    def as_mapping(self) -> dict[str, Any]:
        return asdict(self)


def every_firm(desk: Desk) -> tuple[RegisteredFirm, ...]:
    """All firms in 五十音 order. No rights are asked: this never reaches a page, only a console."""
    rows = desk.session.exec(select(FirmRow)).all()
    return tuple(
        _registered(desk, row) for row in sorted(rows, key=lambda row: (row.sort_key, row.name))
    )


def _registered(desk: Desk, firm: FirmRow) -> RegisteredFirm:
    cases = desk.session.exec(
        select(CaseRow).where(CaseRow.firm_id == firm.id).order_by(col(CaseRow.case_no))
    )
    years = []
    for year in years_of(desk.session, firm.id):
        computed = benchmark.indicators(year)
        years.append(
            RegisteredYear(
                period_end=year.period_end.isoformat(),
                label=year.label,
                sales=year.profit_and_loss.sales,
                indicators={one.key: one.value for one in computed},
                texts={one.key: str(one.text) for one in computed},
            )
        )
    return RegisteredFirm(
        name=firm.name,
        corporate_number=firm.corporate_number,
        prefecture=PREFECTURE_BY_CODE[firm.prefecture_code].name,
        city=firm.city,
        industry=firm.industry_middle_name or firm.industry_major_name,
        cases=tuple(RegisteredCase(c.case_no, c.status, c.source_key) for c in cases),
        years=tuple(years),
    )
