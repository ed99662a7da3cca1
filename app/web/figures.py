"""Charts of a firm's figures, in the reader's language."""

from dataclasses import dataclass

from markupsafe import Markup

from app.documents.charts import cash_bars, indicator_bars
from app.domain.sentences import _
from app.queries.firms import Figures, IndicatorRow
from app.web.languages import translate
from app.web.words import told


@dataclass(frozen=True, slots=True)
class Charts:
    """Each indicator with its name; ``cash`` is None where no cash table is known."""

    indicators: tuple[tuple[str, Markup], ...]
    cash: Markup | None


def charts_of(figures: Figures | None) -> Charts | None:
    if figures is None:
        return None
    labels = [year.label for year in figures.years]
    indicators = tuple(_indicator(row, labels) for row in figures.indicators)
    cash = None
    if figures.cash:
        cash = cash_bars(
            "cash",
            [f"{month.month.month}" for month in figures.cash],
            [month.closing for month in figures.cash],
            translate(_("翌月繰越の見通し")),
            translate=translate,
        )
    return Charts(indicators, cash)


def _indicator(row: IndicatorRow, labels: list[str]) -> tuple[str, Markup]:
    unit = translate(row.unit)
    name = f"{translate(row.label)}（{unit}）"
    shown = [told(text).removesuffix(unit).rstrip() for text in row.texts]
    return name, indicator_bars(row.key, name, labels, shown, row.values, translate=translate)
