"""議事録・議事要旨 as a PDF, in the same dress as the support plan and the decision."""

import hashlib
import json
from dataclasses import asdict

from app.documents.pdf import Attached, PdfPress, Printed, default_press
from app.documents.plan import documents, shortened, style
from app.documents.wording import clock_time, wareki_moment
from app.domain.minutes import FORM_LABELS, Minutes
from app.domain.sentences import _


def minutes_pdf(minutes: Minutes, press: PdfPress | None = None) -> bytes:
    """Equal minutes give equal bytes; they are carried as data inside."""
    press = press or default_press()
    told = json.dumps(asdict(minutes), ensure_ascii=False, indent=1, default=str).encode()
    digest = hashlib.sha256(told).hexdigest()
    carried = [Attached(name="minutes.json", description="minutes as data", content=told)]
    made_at = minutes.closed_at or minutes.opened_at or minutes.starts_at
    title = FORM_LABELS[minutes.form]

    def printed(missing_glyphs: tuple[str, ...] = ()) -> Printed:
        return press.render(
            documents.get_template("minutes.html").render(
                minutes=minutes,
                title=title + (_("（未確定）") if minutes.is_draft else ""),
                label=(_("未確定") + "　" if minutes.is_draft else "") + _("取扱注意"),
                made_at=made_at.isoformat(timespec="seconds"),
                name_in_heading=shortened(minutes.name, 30),
                issuer_in_footer=shortened(minutes.issued_by, 20),
                clock=clock_time,
                until=_until(minutes),
                missing_glyphs=missing_glyphs,
            ),
            style,
            identifier=f"{minutes.id} {minutes.form} {digest}",
            made_at=made_at,
            attached=carried,
        )

    first = printed()
    return printed(first.missing_glyphs).pdf if first.missing_glyphs else first.pdf


def _until(minutes: Minutes) -> str:
    """When it closed: the time, or the day too where it is another one."""
    if minutes.closed_at is None:
        return ""
    begun, closed = (
        wareki_moment(one) for one in (minutes.opened_at or minutes.starts_at, minutes.closed_at)
    )
    same_day = begun.rpartition(" ")[0] == closed.rpartition(" ")[0]
    return clock_time(minutes.closed_at) if same_day else closed
