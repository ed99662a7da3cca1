"""How a plan begins: what stands in the sheet and was said at the table, put into sections."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.dates import wareki
from app.domain.sentences import _

# Cells of the sheet that describe where the firm stands, in the order of the paper.
SITUATION_CELLS = (
    "nf_manager",
    "nf_business",
    "nf_environment",
    "nf_internal",
    "strengths",
    "distress_cause",
    "tried",
)
_PRIORITIES = ("high", "middle", "low")
_CHANGE = re.compile(r"(?P<indicator>.*?[^\s])\s*(?P<current>\S+?)→(?P<target>.+)")
_TERM = re.compile(r"(?P<indicator>.+?)[(（](?P<target>[^()（）]+)[)）]")


@dataclass(frozen=True, slots=True)
class IssueFound:
    """A line of the sheet's list of issues; ``priority`` is high, middle, low or nothing."""

    issue: str
    priority: str
    priority_label: str
    grounds: str


@dataclass(frozen=True, slots=True)
class Reserved:
    """A condition, reservation or dissent, word for word, and whose it is."""

    kind: str
    agency: str
    text: str


@dataclass(frozen=True, slots=True)
class ImportedPlan:
    """支援計画 as it came with an imported case; empty where nothing came."""

    policy: str = ""
    kpis: tuple[str, ...] = ()
    frequency: str = ""
    months: int | None = None


def imported_plan(given: object) -> ImportedPlan:
    """Read the imported record; what is not of its form counts as not given."""
    if not isinstance(given, Mapping):
        return ImportedPlan()
    policy, kpis = given.get("policy"), given.get("kpis")
    frequency, months = given.get("monitoring_frequency"), given.get("period_months")
    return ImportedPlan(
        policy=policy if isinstance(policy, str) else "",
        kpis=tuple(k for k in kpis if isinstance(k, str)) if isinstance(kpis, list) else (),
        frequency=frequency if isinstance(frequency, str) else "",
        months=months if isinstance(months, int) else None,
    )


def situation(parts: Sequence[tuple[str, str]]) -> str:
    """現状認識 from (label, text) pairs; empty ones are left out."""
    return "\n".join(f"【{label}】{text}" for label, text in parts if text.strip())


def issues(found: Iterable[IssueFound]) -> str:
    """経営課題, numbered, the urgent ones first; equal ones keep the order of the sheet."""
    ranked = sorted(
        (one for one in found if one.issue.strip()),
        key=lambda one: (*_PRIORITIES, one.priority).index(one.priority),
    )
    lines = []
    for number, one in enumerate(ranked, start=1):
        priority = _("（優先度：{p}）").format(p=one.priority_label) if one.priority_label else ""
        lines.append(f"{number}．{one.issue}{priority}")
        if one.grounds:
            lines.append(_("　根拠：{grounds}").format(grounds=one.grounds))
    return "\n".join(lines)


def policy(cell: str, imported: ImportedPlan, decided: Iterable[str]) -> str:
    """支援方針: the sheet's own words, else the imported ones, and what the table decided."""
    lines = [cell or imported.policy]
    if imported.months:
        lines.append(_("支援期間は{months}か月を目安とします。").format(months=imported.months))
    lines += [_("（会議での決定）{text}").format(text=text) for text in decided]
    return "\n".join(line for line in lines if line)


def monitoring(imported: ImportedPlan, next_on: date | None, report_to: str) -> str:
    """モニタリング as far as it is known; without a rhythm there is nothing to report."""
    lines = []
    if imported.frequency:
        lines.append(_("頻度：{frequency}").format(frequency=imported.frequency))
    if next_on:
        lines.append(_("次回確認日：{day}").format(day=wareki(next_on)))
    if lines and report_to:
        lines.append(_("報告先：{agency}").format(agency=report_to))
    return "\n".join(lines)


def notes(reserved: Iterable[Reserved]) -> str:
    """付帯条件・留意事項, word for word."""
    return "\n".join(
        f"【{one.kind}】{one.agency}：{one.text}" if one.agency else f"【{one.kind}】{one.text}"
        for one in reserved
    )


def kpi(text: str) -> dict[str, str]:
    """Split ``粗利率 65.3%→67.0%(12か月)``; what has no such form is the indicator as a whole."""
    changed = _CHANGE.fullmatch(text.strip())
    found = changed or _TERM.fullmatch(text.strip())
    parts = {"indicator": text.strip(), "current": "", "target": "", "due": "", "how": ""}
    return parts | (found.groupdict() if found else {})
