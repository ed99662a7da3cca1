"""The support plan as a PDF (支援方針・支援計画書): a paper laid out section by section."""

import json
from collections.abc import Iterator
from dataclasses import asdict, fields, is_dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.documents.charts import cash_bars, indicator_bars
from app.documents.pdf import Attached, PdfFailed, PdfPress, Printed, default_press
from app.documents.wording import amount, month_of, printable, short_month, wareki_moment
from app.domain.dates import wareki
from app.domain.plan_paper import PlanPaper
from app.domain.sentences import _

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "documents"
LONGEST_TEXT = 8_000
MOST_ROWS = 200
MOST_CHARACTERS = 120_000

YEAR_ROWS = (
    (_("売上高"), "sales"),
    (_("営業利益"), "operating_profit"),
    (_("経常利益"), "ordinary_profit"),
    (_("当期純利益"), "net_profit"),
    (_("減価償却費"), "depreciation"),
    (_("現金・預金"), "cash"),
    (_("借入金"), "borrowings"),
    (_("純資産"), "net_assets"),
    (_("総資産"), "total_assets"),
    (_("従業員数"), "employees"),
)
# Where a part that is too long stands, for the person who has to shorten it.
PARTS = {
    "firm": _("企業概要"),
    "background": _("相談の経緯"),
    "conferences": _("協議の経過"),
    "situation": _("現状認識"),
    "years": _("財務の推移"),
    "viewpoints": _("非財務"),
    "issues": _("経営課題と優先順位"),
    "issues_text": _("経営課題と優先順位"),
    "policy": _("支援方針"),
    "roles": _("役割分担"),
    "decision": _("主担当機関の決定の経過"),
    "actions": _("具体的支援内容"),
    "kpis": _("KPI"),
    "cash": _("資金繰りの見通しと金融支援の前提"),
    "monitoring": _("モニタリング"),
    "consent": _("情報共有の範囲・同意"),
    "conditions": _("付帯条件・留意事項"),
    "notes": _("付帯条件・留意事項"),
    "confirmations": _("参加機関確認欄"),
    "revisions": _("改訂履歴"),
}

documents = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    finalize=printable,
    trim_blocks=True,
    lstrip_blocks=True,
)
documents.globals.update(
    _=_, amount=amount, month_of=month_of, wareki=wareki, wareki_moment=wareki_moment
)
style = (TEMPLATES / "plan.css").read_text(encoding="utf-8")


def plan_pdf(paper: PlanPaper, press: PdfPress | None = None) -> bytes:
    """Print one version of a plan; equal papers give equal bytes.

    Raises PdfFailed when a section is too long or the document cannot be laid out in the limits.
    A character no font of ours can draw is printed as a box and named at the end of the paper.
    """
    refuse_what_is_too_long(paper)
    press = press or default_press()
    carried = [
        Attached(
            name=f"support-plan-v{paper.version}.json",
            description="support plan as data",
            content=plan_json(paper),
        )
    ]

    def printed(missing_glyphs: tuple[str, ...] = ()) -> Printed:
        return press.render(
            plan_html(paper, missing_glyphs),
            style,
            identifier=f"{paper.document_number} v{paper.version} {paper.digest}",
            made_at=paper.issued_at,
            attached=carried,
        )

    first = printed()
    return printed(first.missing_glyphs).pdf if first.missing_glyphs else first.pdf


def plan_html(paper: PlanPaper, missing_glyphs: tuple[str, ...] = ()) -> str:
    """The paper as the HTML that is printed."""
    draft = _("（案）") if paper.is_draft else ""
    template = documents.get_template("plan.html")
    return template.render(
        paper=paper,
        title=_("支援方針・支援計画書") + draft,
        edition=_("第{n}版").format(n=paper.version),
        label=(_("案") + "　" if paper.is_draft else "") + paper.confidentiality,
        made_at=paper.issued_at.isoformat(timespec="seconds"),
        firm_in_heading=shortened(paper.firm.name, 24),
        issuer_in_footer=shortened(paper.issued_by, 20),
        year_rows=YEAR_ROWS,
        indicator_charts=[
            indicator_bars(
                f"indicator-{number}",
                each.name,
                [year.label for year in paper.years],
                each.shown,
                each.values,
            )
            for number, each in enumerate(paper.indicators, start=1)
            if len(paper.years) > 1  # one year has no course to show
        ],
        cash_chart=(
            cash_bars(
                "cash",
                [short_month(each.month) for each in paper.cash.months],
                [each.closing for each in paper.cash.months],
                _("月末資金残高の見通し"),
            )
            if paper.cash and paper.cash.months
            else None
        ),
        missing_glyphs=missing_glyphs,
        digest_parts=[paper.digest[at : at + 8] for at in range(0, len(paper.digest), 8)],
    )


def plan_json(paper: PlanPaper) -> bytes:
    """The same paper as data, to be carried inside the PDF."""
    return json.dumps(asdict(paper), ensure_ascii=False, indent=1, default=str).encode()


def shortened(words: str, length: int) -> str:
    """A running head has one line; the whole name stands on the first page."""
    return words if len(words) <= length else words[: length - 1] + "…"


def refuse_what_is_too_long(paper: PlanPaper) -> None:
    """Say which part has to be shortened, before any layout is tried."""
    remedy = _("該当の欄を短くしてから、もう一度PDFを作成してください。")
    whole = 0
    for part in fields(paper):
        label = PARTS.get(part.name, _("表題"))
        for rows, text in _sizes(getattr(paper, part.name)):
            whole += text
            if text > LONGEST_TEXT:
                raise PdfFailed(
                    _("「{part}」の文章が長すぎます（{length}字。上限は{most}字です）。"),
                    remedy=remedy,
                    part=label,
                    length=text,
                    most=LONGEST_TEXT,
                )
            if rows > MOST_ROWS:
                raise PdfFailed(
                    _("「{part}」の行が多すぎます（{rows}行。上限は{most}行です）。"),
                    remedy=remedy,
                    part=label,
                    rows=rows,
                    most=MOST_ROWS,
                )
    if whole > MOST_CHARACTERS:
        raise PdfFailed(
            _("文書全体が長すぎます（{length}字。上限は{most}字です）。"),
            remedy=remedy,
            length=whole,
            most=MOST_CHARACTERS,
        )


def _sizes(value: object) -> Iterator[tuple[int, int]]:
    """(rows, characters) of a value and everything in it."""
    if isinstance(value, str):
        yield 0, len(value)
    elif isinstance(value, tuple):
        yield len(value), 0
        for each in value:
            yield from _sizes(each)
    elif is_dataclass(value):
        for part in fields(value):
            yield from _sizes(getattr(value, part.name))
