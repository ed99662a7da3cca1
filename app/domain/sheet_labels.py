"""Labels of the sheet's columns as people write them, and those of our own files."""

import re
import unicodedata

from app.domain.sentences import _

# Labels that name no column of the sheet: whose line it is, and what our own files carry.
ROW_ID, AGENCY, EXPORT = "@row", "@agency", "@export"
EXPORT_LABEL = _("書き出し番号")
DATA, PRINT = _("情報共有シート"), _("印刷用")
MARKS = {_("行ID"): ROW_ID, _("機関"): AGENCY, EXPORT_LABEL: EXPORT}
_UNIT = re.compile(
    r"[(\[【](?:単位)?:?(円|千円|万円|百万円|億円)[)\]】]|単位:(円|千円|万円|百万円|億円)"
)
_BRACKETS = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]")
_AROUND = "*※●○◎△×■□◆◇・:.-"


def flat(text: str) -> str:
    """Without width, spaces and case."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def fold(text: str) -> str:
    """A label without what people vary: width, spaces, units and remarks in brackets, marks."""
    bare = _UNIT.sub("", flat(text))
    return (_BRACKETS.sub("", bare) or bare).strip(_AROUND)


def unit_of(label: str) -> str:
    found = _UNIT.search(flat(label))
    return (found[1] or found[2]) if found else ""
