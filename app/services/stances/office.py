"""代理入力: the secretariat enters the word an agency sent in writing."""

from typing import Annotated

from app.domain.access import Act
from app.domain.errors import StateForbids
from app.domain.people import Actor
from app.domain.proxies import Manner
from app.domain.sentences import _
from app.services.commands import Digest, Done, Id, paragraph
from app.services.stances.saying import SayStance, require_asked, require_unsaid, write_down
from app.services.use_case import use_case
from app.store import papers, reach
from app.store.unit_of_work import UnitOfWork


class EnterStance(SayStance):
    """``reason``: why the agency does not answer itself. ``file``: the digest of its writing,
    that ``POST /api/uploads`` answered with; a form sends the file itself under this name."""

    agency_id: Id
    reason: Annotated[str, paragraph(500)]
    file: Digest


@use_case
def enter_stance(uow: UnitOfWork, actor: Actor, command: EnterStance) -> Done:
    """The agency may replace it with its own word; its own is never replaced by this."""
    round_ = reach.round_(uow, actor, command.round_id, Act.ENTER_STANCE)
    require_asked(round_, command.agency_id)
    if command.agency_id == actor.agency_id:
        raise StateForbids(
            _("自機関の回答は、代理では入力できません。"),
            remedy=_("主担当機関の確認の欄から回答してください。"),
        )
    require_unsaid(uow, round_, command.agency_id, Manner.OFFICE)
    file = papers.handed_in(uow.session, actor, command.file)
    return write_down(
        uow, actor, round_, command.agency_id, command, Manner.OFFICE, command.reason, file
    )
