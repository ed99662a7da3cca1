"""Reading a case file: bytes nobody has checked become cases, or a list of what is wrong."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NoReturn

from pydantic import ValidationError

from app.domain import cashflow_form, statements
from app.domain.cashflow_form import MonthFigures
from app.domain.sentences import _
from app.domain.statements import FiscalYear
from app.domain.text import Problem, Sentence
from app.services.case_import import checks
from app.services.case_import.case_record import Case, File
from app.services.case_import.fields import problems_of
from app.services.case_import.report import Remark, remarks

MOST_BYTES = 5 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReadCase:
    """A case without contradictions; ``digest`` recognises the same content again."""

    record: Case
    years: tuple[FiscalYear, ...]
    months: tuple[MonthFigures, ...]
    raw: dict[str, Any]
    digest: str


@dataclass(slots=True)
class Reading:
    """Everything read so far; with any problem nothing of it may be stored."""

    cases: list[ReadCase] = field(default_factory=list)
    problems: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    notice: str = ""

    def refuse(self, template: str, **values: object) -> None:
        self.problems.append(Remark("", "", Sentence(template, **values)))


def read(data: bytes, today: date) -> Reading:
    """Go through the whole file, even past the first bad case, and report everything."""
    reading = Reading()
    content = _parsed(data, reading)
    if content is None:
        return reading
    try:
        file = File.model_validate(content)
    except ValidationError as error:
        reading.problems += remarks("", problems_of(error))
        return reading
    reading.notice = file.notice
    for number, raw in enumerate(file.cases):
        _read_case(reading, number, raw, today)
    ids = (case.record.case_id for case in reading.cases)
    corporate_numbers = (case.record.firm.corporate_number for case in reading.cases)
    _refuse_doubles(reading, ids, _("案件の番号 {value} が二度使われています。"))
    _refuse_doubles(reading, corporate_numbers, _("法人番号 {value} が二つの案件にあります。"))
    return reading


def _parsed(data: bytes, reading: Reading) -> dict[str, Any] | None:
    if len(data) > MOST_BYTES:
        reading.refuse(_("ファイルが大きすぎます（上限5MB）。"))
        return None
    try:
        content = json.loads(
            data.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_constant
        )
    except UnicodeDecodeError:
        reading.refuse(_("UTF-8 の文字として読み取れません。"))
    except json.JSONDecodeError as error:
        reading.refuse(_("JSON として読み取れません（{line}行目）。"), line=error.lineno)
    except RecursionError:
        reading.refuse(_("入れ子が深すぎます。"))
    except ValueError as error:
        reading.refuse(_("JSON として受け付けられません：{reason}"), reason=str(error)[:100])
    else:
        if isinstance(content, dict):
            return content
        reading.refuse(_("案件データの形ではありません。"))
    return None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A name that stands twice would silently win over the first."""
    twice = [name for name, times in Counter(name for name, _value in pairs).items() if times > 1]
    if twice:
        raise ValueError(_("同じ項目が二度書かれています") + f" ({twice[0][:60]!a})")
    return dict(pairs)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(_("数値ではない値があります") + f" ({name})")


def _read_case(reading: Reading, number: int, raw: object, today: date) -> None:
    case_id = raw.get("case_id") if isinstance(raw, dict) else None
    shown = case_id if isinstance(case_id, str) and case_id.isascii() else f"#{number + 1}"
    try:
        record = Case.model_validate(raw)
    except ValidationError as error:
        problems = problems_of(error)
        problems += _figures_of(raw)[2]
        reading.problems += remarks(shown[:30], problems)
        return
    years, months, problems = _figures_of(raw)
    problems += checks.contradictions(record, years)
    hard, soft = checks.cash_problems(months)
    problems += hard
    if problems:
        reading.problems += remarks(shown, problems)
        return
    reading.warnings += remarks(
        shown, [*checks.oddities(record, years, record.fiscal_years, today), *soft]
    )
    content = raw if isinstance(raw, dict) else {}
    digest = hashlib.sha256(
        json.dumps(content, sort_keys=True, ensure_ascii=False).encode()
    ).hexdigest()
    reading.cases.append(ReadCase(record, tuple(years), tuple(months), content, digest))


def _figures_of(raw: object) -> tuple[list[FiscalYear], list[MonthFigures], list[Problem]]:
    """The years and months, read by the domain; also where the rest of the case is bad."""
    content = raw if isinstance(raw, dict) else {}
    years, months, problems = [], [], []
    for n, given in enumerate(_listed(content.get("fiscal_years"))):
        year, wrong = statements.from_mapping(given, f"fiscal_years.{n}")
        problems += wrong
        if year is not None:
            years.append(year)
    table = content.get("cash_flow_table")
    rows = _listed(table.get("rows")) if isinstance(table, dict) else []
    for n, given in enumerate(rows):
        month, wrong = cashflow_form.from_mapping(given, f"cash_flow_table.rows.{n}")
        problems += wrong
        if month is not None:
            months.append(month)
    return years, months, problems


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _refuse_doubles(reading: Reading, values: Iterable[str | None], template: str) -> None:
    for value, times in Counter(values).items():
        if value is not None and times > 1:
            reading.refuse(template, value=value)
