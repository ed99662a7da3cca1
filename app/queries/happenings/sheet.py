"""What is written into the sheet and done with papers while the table sits, in words."""

from app.domain.cell_sources import CellSource
from app.domain.sentences import _
from app.domain.sheet_columns import COLUMN
from app.domain.text import Sentence
from app.queries.happenings.base import Body, Happening, Names, Tell


def _row(_body: Body, _names: Names) -> Happening:
    return Happening(Sentence(_("情報共有シートに行を加えました")))


def _cell(body: Body, _names: Names) -> Happening | None:
    """What follows from a consent or a decision is told by that."""
    if body["source"] == CellSource.RECORD:
        return None
    label = Sentence(COLUMN[body["column"]].label)
    return Happening(Sentence(_("情報共有シート「{column}」に記入しました"), column=label))


def _brought(body: Body, _names: Names) -> Happening:
    return Happening(Sentence(_("資料を追加しました：{title}"), title=body["title"]))


def _renewed(body: Body, _names: Names) -> Happening:
    number = body["version"]["version"]
    return Happening(Sentence(_("資料の第{version}版を追加しました"), version=number))


def _put_on(body: Body, names: Names) -> Happening:
    text = _("{item}の資料を第{version}版にしました")
    return Happening(Sentence(text, item=names.item(body["item_id"]), version=body["version"]))


def _taken_off(body: Body, names: Names) -> Happening:
    return Happening(Sentence(_("{item}の資料を1件外しました"), item=names.item(body["item_id"])))


def _shown(body: Body, _names: Names) -> Happening:
    if body["page"] == 0:
        return Happening(Sentence(_("資料の表示を終えました")))
    return Happening(Sentence(_("資料の{page}ページを全員に表示しました"), page=body["page"]))


IN_THE_SHEET: dict[str, Tell] = {
    "sheet_row_added": _row,
    "cell_written": _cell,
    "paper_added": _brought,
    "paper_version_added": _renewed,
    "paper_put_on_item": _put_on,
    "paper_taken_off_item": _taken_off,
    "paper_shown": _shown,
}
