"""資料: the papers of a case, what they are about, and who may bring, see and fix them."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.access import Standing
from app.domain.consent import ITEM_GROUP_LABELS, ItemGroup
from app.domain.people import Actor
from app.domain.sentences import _
from app.domain.sheet_schema import may_edit, may_see, right_to


class PaperKind(StrEnum):
    STATEMENTS = "statements"
    TRIAL_BALANCE = "trial_balance"
    CASH_FLOW = "cash_flow"
    LOANS = "loans"
    PLAN = "plan"
    PROPOSAL = "proposal"
    PICTURE = "picture"
    OTHER = "other"


PAPER_KIND_LABELS = {
    PaperKind.STATEMENTS: _("決算書"),
    PaperKind.TRIAL_BALANCE: _("試算表"),
    PaperKind.CASH_FLOW: _("資金繰り表"),
    PaperKind.LOANS: _("借入・返済予定"),
    PaperKind.PLAN: _("計画書"),
    PaperKind.PROPOSAL: _("提案書"),
    PaperKind.PICTURE: _("写真・図面"),
    PaperKind.OTHER: _("その他の資料"),
}


class PaperType(StrEnum):
    """What the bytes are, whatever the file was called."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    XLSX = "xlsx"


PAPER_TYPE_LABELS = {
    PaperType.PDF: "PDF",
    PaperType.PNG: _("画像"),
    PaperType.JPEG: _("画像"),
    PaperType.XLSX: "Excel",
}
MEDIA_TYPES = {
    PaperType.PDF: "application/pdf",
    PaperType.PNG: "image/png",
    PaperType.JPEG: "image/jpeg",
    PaperType.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Examined:
    """What is known of a file once it was taken apart; ``pages`` counts sheets in a workbook."""

    type: PaperType
    digest: str
    size: int
    pages: int


def may_bring(actor: Actor, standing: Standing, group: ItemGroup) -> bool:
    """Whoever may write this group of the sheet may bring papers about it."""
    return may_edit(right_to(actor, standing, group), actor.agency_id, actor.agency_id)


def may_read(actor: Actor, standing: Standing, group: ItemGroup, owner_id: str) -> bool:
    """As with the sheet: the group must be open to the agency, a private paper must be its own."""
    return may_see(right_to(actor, standing, group), owner_id, actor.agency_id)


def groups_to_bring(actor: Actor, standing: Standing) -> dict[ItemGroup, str]:
    return {
        group: label
        for group, label in ITEM_GROUP_LABELS.items()
        if may_bring(actor, standing, group)
    }
