"""Charts as SVG, the same markup for a page and for a PDF; the table of figures stands beside them.

Only presentation attributes are used (a page's content security policy forbids ``style``), every
part has a class so that a page may recolour it, and nothing is told by colour alone.
"""

from collections.abc import Callable, Sequence
from itertools import count

from markupsafe import Markup, escape

from app.domain.figures import format_thousands
from app.domain.sentences import _

INK, GRID, BAR, EARLIER, SHORT = "#333333", "#d0d0d0", "#0017c1", "#8fa0c8", "#ac3e00"
FONT = "BIZ UDPGothic, Noto Sans JP, sans-serif"
SVG = Markup(
    '<svg class="chart" role="img" xmlns="http://www.w3.org/2000/svg"'
    ' viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    ' font-family="{font}" aria-labelledby="{key}-title {key}-desc">'
    '<title id="{key}-title">{title}</title><desc id="{key}-desc">{description}</desc>{parts}</svg>'
)
TEXT = Markup(
    '<text class="chart-{kind}" x="{x:.1f}" y="{y:.1f}" font-size="{size}"'
    ' text-anchor="{anchor}" fill="{ink}">{words}</text>'
)
LINE = Markup(
    '<line class="chart-{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    ' stroke="{ink}" stroke-width="{width}"{dash}/>'
)
RECT = Markup(
    '<rect class="chart-{kind}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}"'
    ' height="{height:.1f}" fill="{fill}" stroke="{ink}" stroke-width="1"/>'
)
# Hatching keeps a shortage visible in a black-and-white copy.
HATCH = Markup(
    '<defs><pattern id="{key}-hatch" width="5" height="5" patternUnits="userSpaceOnUse">'
    '<rect width="5" height="5" fill="#ffffff"/>'
    '<path d="M-1 1 L1 -1 M0 5 L5 0 M4 6 L6 4" stroke="{ink}" stroke-width="1.4"/></pattern></defs>'
)


def indicator_bars(
    key: str,
    name: str,
    labels: Sequence[str],
    shown: Sequence[str],
    values: Sequence[float | None],
    *,
    translate: Callable[[str], str] = _,
) -> Markup:
    """One indicator over its years; the last year is darkest, a missing value is a dash.

    ``key`` must be unique on the page (element ids), ``shown`` is what is printed at each bar.
    ``translate`` is the page's catalogue; papers are Japanese.
    """
    width, top, bottom, left = 225, 33, 104, 6
    known = [value for value in values if value is not None]
    high, low = max([*known, 0.0]), min([*known, 0.0])
    scale = (bottom - top) / ((high - low) or 1.0)
    zero = top + high * scale if known else float(bottom)
    step = (width - 2 * left) / max(len(labels), 1)
    parts = [_text("name", width / 2, 13, name, size=12)]
    for index, (label, words, value) in enumerate(zip(labels, shown, values, strict=True)):
        middle = left + step * (index + 0.5)
        if value is None:
            parts.append(_text("value", middle, zero - 4, "―", size=11))
        else:
            y = zero - max(value, 0) * scale
            fill = BAR if index == len(labels) - 1 else EARLIER
            if value < 0:
                fill = f"url(#{key}-hatch)"
            parts.append(_rect("bar", middle - 15, y, 30, abs(value) * scale, fill))
            foot = y + abs(value) * scale + 12 if value < 0 else y - 4
            parts.append(_text("value", middle, foot, words, size=11))
        parts.append(_text("label", middle, 132, label, size=9))
    parts.append(_line("axis", left, zero, width - left, zero, INK))
    told = "、".join(f"{label} {words}" for label, words in zip(labels, shown, strict=True))
    description = translate(_("マイナスの値は斜線の棒で示しています。"))
    return _svg(key, width, 140, f"{name}：{told}", description, parts)


def cash_bars(
    key: str,
    months: Sequence[str],
    balances: Sequence[int],
    title: str,
    *,
    translate: Callable[[str], str] = _,
) -> Markup:
    """Closing balance per month in 千円; a month that ends below zero is hatched and says 不足."""
    width, height, left, top, foot = 640, 210, 70, 22, 30
    step_value, high, low = _axis(balances)
    scale = (height - top - foot) / (high - low)
    zero = top + high * scale
    step = (width - left - 8) / max(len(months), 1)
    every = -(-len(months) // 15)  # more names than that would run into each other
    parts: list[Markup] = []
    for value in range(low, high + 1, step_value):
        y = top + (high - value) * scale
        parts.append(_line("grid", left, y, width - 8, y, GRID))
        parts.append(
            _text("label", left - 6, y + 4, format_thousands(value), size=11, anchor="end")
        )
    for index, (month, balance) in enumerate(zip(months, balances, strict=True)):
        middle = left + step * (index + 0.5)
        y = zero - max(balance, 0) * scale
        fill, ink = (BAR, BAR) if balance >= 0 else (f"url(#{key}-hatch)", SHORT)
        half = min(step * 0.32, 22)
        parts.append(_rect("bar", middle - half, y, 2 * half, abs(balance) * scale, fill, ink))
        if balance < 0:
            parts.append(_text("short", middle, zero - 5, translate(_("不足")), size=11, ink=SHORT))
        if index % every == 0:
            parts.append(_text("label", middle, height - 9, month, size=11))
    parts.append(_line("axis", left, zero, width - 8, zero, INK, width=1.5))
    short = [month for month, balance in zip(months, balances, strict=True) if balance < 0]
    if short:
        verdict = translate(_("資金不足の月: {months}")).format(months="、".join(short))
    else:
        verdict = translate(_("資金不足の月はありません"))
    told = "、".join(
        f"{month} {format_thousands(b)}" for month, b in zip(months, balances, strict=True)
    )
    description = translate(_("単位は千円。")) + told
    return _svg(key, width, height, f"{title}。{verdict}。", description, parts)


def _axis(values: Sequence[int]) -> tuple[int, int, int]:
    """A round step of at most five, and the range it covers, zero always inside."""
    high, low = max([*values, 1]), min([*values, 0])
    step = next(
        unit * 10**power
        for power in count()
        for unit in (1, 2, 5)
        if (high - low) / (unit * 10**power) <= 5
    )
    return step, -(-high // step) * step, low // step * step


def _svg(
    key: str, width: int, height: int, title: str, description: str, parts: list[Markup]
) -> Markup:
    body = HATCH.format(key=key, ink=SHORT) + Markup().join(parts)
    return SVG.format(
        key=key,
        width=width,
        height=height,
        font=FONT,
        title=title,
        description=description,
        parts=body,
    )


def _text(
    kind: str,
    x: float,
    y: float,
    words: str,
    *,
    size: int,
    anchor: str = "middle",
    ink: str = INK,
) -> Markup:
    return TEXT.format(kind=kind, x=x, y=y, size=size, anchor=anchor, ink=ink, words=escape(words))


def _line(
    kind: str, x1: float, y1: float, x2: float, y2: float, ink: str, *, width: float = 1
) -> Markup:
    return LINE.format(kind=kind, x1=x1, y1=y1, x2=x2, y2=y2, ink=ink, width=width, dash="")


def _rect(
    kind: str, x: float, y: float, width: float, height: float, fill: str, ink: str = BAR
) -> Markup:
    return RECT.format(
        kind=kind,
        x=x,
        y=y,
        width=width,
        height=height,
        fill=fill,
        ink=SHORT if fill.startswith("url(") else ink,
    )
