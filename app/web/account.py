"""アカウント: who one is here, and whether to be reminded by mail."""

from flask import Blueprint, render_template

from app.catalogues import LANGUAGE_NAMES, language_for
from app.domain.vocabulary import ROLE_LABELS
from app.queries.account import account_of
from app.web.context import current_actor, reading, settings

bp = Blueprint("account", __name__)


@bp.get("/account")
def show() -> str:
    actor = current_actor()
    with reading() as desk:
        account = account_of(desk, actor)
    return render_template(
        "account/show.html",
        account=account,
        role=ROLE_LABELS[actor.role],
        mail_language=language_for(account.mail_language, []),
        language_options=list(LANGUAGE_NAMES.items()),
        sends_mail=settings().mailing is not None,
    )
