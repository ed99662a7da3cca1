"""記録の不一致: what about a journal may not hold together, by the name programs know it by."""

from enum import StrEnum

from app.domain.sentences import _


class Fault(StrEnum):
    """Of the chain, of what was decided, of the tables beside it, and against an earlier copy."""

    NUMBER = "its number is not the next one"
    LINK = "does not follow the entry before it"
    BODY = "content differs from its digest"
    HASH = "hash does not match"
    HEAD = "head of the room differs from its last entry"
    SHAPE = "cannot be read as what it says it is"
    SEALS = "what was revealed is not what was sealed"
    RULE = "the rule is not the one that was pinned"
    CLOSED = "is about no question that is open"
    ELECTORATE = "the declared electorate is not the one that was asked"
    STANCES = "the declared stances are not those that were given"
    TALLY = "the tally does not follow from the stances"
    RESULT = "the result does not follow from the rule"
    ROUND_ROW = "the question in the tables differs from the journal"
    STANCE_ROWS = "the stances in the tables differ from the journal"
    DECISION_ROW = "the decision in the tables differs from the journal"
    CHANGED = "differs from the earlier copy"
    CUT = "is missing from here on"
    OTHER_ROOM = "is the journal of another room"


FAULT_LABELS = {
    Fault.NUMBER: _("番号が続いていません。"),
    Fault.LINK: _("直前の記録につながっていません。"),
    Fault.BODY: _("本文が、記録したときの要約値と合いません。"),
    Fault.HASH: _("記録の内容が、そのハッシュと合いません。"),
    Fault.HEAD: _("最後の番号とハッシュが、最後の記録と合いません。"),
    Fault.SHAPE: _("記録の形が種類と合わず、読み取れません。"),
    Fault.SEALS: _("公開された内容が、封をしたときの内容と合いません。"),
    Fault.RULE: _("決定方法が、確認を始めたときのものと合いません。"),
    Fault.CLOSED: _("受付中でない確認についての記録です。"),
    Fault.ELECTORATE: _("宣言の対象機関・退席・受諾が、それまでの記録と合いません。"),
    Fault.STANCES: _("宣言に載っている回答が、記録された回答と合いません。"),
    Fault.TALLY: _("宣言の集計が、記録された回答から数えたものと合いません。"),
    Fault.RESULT: _("宣言の結果が、決定方法と回答から導けません。"),
    Fault.ROUND_ROW: _("確認の内容が、データベースの表と合いません。"),
    Fault.STANCE_ROWS: _("回答が、データベースの表と合いません。"),
    Fault.DECISION_ROW: _("決定が、データベースの表と合いません。"),
    Fault.CHANGED: _("以前の写しと違います。"),
    Fault.CUT: _("以前の写しにはありますが、ここから先が失われています。"),
    Fault.OTHER_ROOM: _("別の部屋の記録です。"),
}
