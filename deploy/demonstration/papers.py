"""Papers of the demonstration: made from the figures of its fictional firms, brought by banks."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from hashlib import sha256
from html import escape
from typing import Any

from app.documents.pdf import PdfFailed, default_press
from app.documents.workbook import workbook
from app.domain.consent import ItemGroup
from app.domain.papers import Examined, PaperKind, PaperType
from app.services.uploads import keep_upload
from deploy.demonstration.stage import Stage

YEARS = (
    ("売上高", "profit_and_loss", "sales"),
    ("売上総利益", "profit_and_loss", "gross_profit"),
    ("営業利益", "profit_and_loss", "operating_profit"),
    ("経常利益", "profit_and_loss", "ordinary_profit"),
    ("当期純利益", "profit_and_loss", "net_profit"),
    ("現金・預金", "balance_sheet", "cash_and_deposits"),
    ("棚卸資産", "balance_sheet", "inventories"),
    ("総資産", "balance_sheet", "total_assets"),
    ("純資産", "balance_sheet", "total_net_assets"),
)
MONTHS = (
    ("月初残高", "opening_balance"),
    ("営業収入", "operating_receipts"),
    ("営業支出", "operating_payments"),
    ("営業収支", "operating_balance"),
    ("借入", "new_borrowings"),
    ("返済", "loan_repayments"),
    ("月末残高", "closing_balance"),
)
_STYLE = (
    "@page { size: A4; margin: 20mm } body { font-family: 'BIZ UDPGothic', sans-serif }"
    "table { border-collapse: collapse; width: 100% } td, th { border: 0.5pt solid; padding: 2mm }"
    "td { text-align: right } th { text-align: left }"
)


def statements(stage: Stage, case: str) -> None:
    """決算書の要約, a PDF; a machine that cannot lay out documents goes without it."""
    with suppress(PdfFailed):
        _bring(
            stage,
            case,
            "決算書の要約",
            PaperKind.STATEMENTS,
            PaperType.PDF,
            lambda: _printed(stage, case),
        )


def cash_table(stage: Stage, case: str) -> None:
    """資金繰り表, a workbook."""
    months = stage.cases[case]["cash_flow_table"]["rows"]
    rows: list[Sequence[str | int]] = [
        ("項目（千円）", *(f"{int(one['month'][5:])}月" for one in months))
    ]
    rows += [(label, *(one[key] for one in months)) for label, key in MONTHS]
    _bring(
        stage,
        case,
        "資金繰り表（12か月）",
        PaperKind.CASH_FLOW,
        PaperType.XLSX,
        lambda: workbook("資金繰り表", rows),
    )


def _bring(
    stage: Stage,
    case: str,
    title: str,
    kind: PaperKind,
    type_: PaperType,
    make: Callable[[], bytes],
) -> None:
    """Made once: what is made again differs in its bytes, and would be another act."""
    step = f"{case}/{title}"
    if stage.is_done("bring_paper", step):
        return
    content = make()
    actor = stage.referrer(case)
    examined = Examined(type_, sha256(content).hexdigest(), len(content), 1)
    stage.files.put(content)
    keep_upload(stage.then(), actor, examined, f"{title}.{type_}")
    stage.do(
        actor,
        "bring_paper",
        step,
        case_id=stage.case_id(case),
        title=title,
        kind=kind,
        item_group=ItemGroup.FINANCE,
        file=examined.digest,
    )


def _printed(stage: Stage, case: str) -> bytes:
    html = _summary(stage.cases[case])
    return default_press().render(html, _STYLE, identifier=case, made_at=stage.now).pdf


def _summary(case: dict[str, Any]) -> str:
    years = case["fiscal_years"]
    head = _row("th", ["千円", *(one["label"] for one in years)])
    rows = [
        _row("td", [label, *(f"{one[part][key]:,}".replace("-", "▲") for one in years)])
        for label, part, key in YEARS
    ]
    firm = escape(case["firm"]["name"])
    return (
        f"<html lang='ja'><head><title>決算書の要約</title></head><body>"
        f"<h1>決算書の要約</h1><p>{firm}（架空の企業です）</p>"
        f"<table>{head}{''.join(rows)}</table></body></html>"
    )


def _row(tag: str, cells: Iterable[str]) -> str:
    first, *rest = map(escape, cells)
    return f"<tr><th>{first}</th>{''.join(f'<{tag}>{one}</{tag}>' for one in rest)}</tr>"
