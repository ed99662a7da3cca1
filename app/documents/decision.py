"""主担当決定書 as a PDF, in the same dress as the support plan."""

import hashlib
import json
from dataclasses import asdict

from app.documents.pdf import Attached, PdfPress, Printed, default_press
from app.documents.plan import documents, shortened, style
from app.domain.decision_sheet import DecisionSheet
from app.domain.sentences import _


def decision_pdf(sheet: DecisionSheet, press: PdfPress | None = None) -> bytes:
    """Equal sheets give equal bytes; the sheet is carried as data inside."""
    press = press or default_press()
    told = json.dumps(asdict(sheet), ensure_ascii=False, indent=1, default=str).encode()
    digest = hashlib.sha256(told).hexdigest()
    carried = [Attached(name="decision.json", description="decision as data", content=told)]

    def printed(missing_glyphs: tuple[str, ...] = ()) -> Printed:
        return press.render(
            documents.get_template("decision.html").render(
                sheet=sheet,
                title=_("主担当決定書"),
                label=_("取扱注意"),
                made_at=sheet.declared_at.isoformat(timespec="seconds"),
                firm_in_heading=shortened(sheet.firm, 24),
                issuer_in_footer=shortened(sheet.issued_by, 20),
                missing_glyphs=missing_glyphs,
            ),
            style,
            identifier=f"{sheet.number} {digest}",
            made_at=sheet.declared_at,
            attached=carried,
        )

    first = printed()
    return printed(first.missing_glyphs).pdf if first.missing_glyphs else first.pdf
