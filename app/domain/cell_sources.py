"""履歴: by which ways values come into the cells of the sheet."""

from enum import StrEnum

from app.domain.sentences import _

# 訂正理由, at most.
REASON_LENGTH = 300


class CellSource(StrEnum):
    """By which way a value came into its cell; only the first five can be said by a writer."""

    TYPED = "typed"
    PASTE = "paste"
    CHOICE = "choice"
    FORM = "form"
    UNDO = "undo"
    IMPORT = "import"
    FIRM = "firm"
    DECISION = "decision"
    RECORD = "record"


SOURCE_LABELS = {
    CellSource.TYPED: _("入力"),
    CellSource.PASTE: _("貼り付け"),
    CellSource.CHOICE: _("選択"),
    CellSource.FORM: _("フォーム"),
    CellSource.UNDO: _("元に戻す"),
    CellSource.IMPORT: _("取り込み"),
    CellSource.FIRM: _("事業者の訂正"),
    CellSource.DECISION: _("決定"),
    CellSource.RECORD: _("登録内容"),
}
