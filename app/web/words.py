"""Filters and globals the templates speak with."""

from typing import Any

from flask import Flask, g, request
from markupsafe import Markup

from app.catalogues import LANGUAGE_NAMES
from app.clock import in_japan
from app.domain.figures import format_thousands
from app.domain.telling import say
from app.domain.text import listed
from app.domain.vocabulary import AGENCY_MARKS, AgencyKind
from app.store.columns import new_id
from app.web.assets import asset
from app.web.context import settings
from app.web.days import wareki, weekday_names, western
from app.web.languages import current_language, translate


def init_app(app: Flask) -> None:
    jinja = app.jinja_env
    jinja.add_extension("jinja2.ext.i18n")
    jinja.newstyle_gettext = True  # type: ignore[attr-defined]  # set by the i18n extension
    jinja.install_gettext_callables(  # type: ignore[attr-defined]  # set by the i18n extension
        translate, lambda one, many, n: translate(one if n == 1 else many), newstyle=True
    )
    jinja.globals.update(
        asset=asset,
        new_op_id=new_id,
        told=told,
        typed=typed,
        typed_list=typed_list,
        weekday_names=weekday_names,
    )
    jinja.filters.update(
        wareki=wareki,
        western=western,
        clock=lambda at: f"{in_japan(at):%H:%M}" if at else "",
        money=lambda n: "" if n is None else format_thousands(n),
        mark=lambda kind: AGENCY_MARKS[AgencyKind(kind)],
        told=told,
        listed=lambda parts: told(listed(parts)),
        paragraphs=paragraphs,
    )

    @app.context_processor
    def about_this_page() -> dict[str, Any]:
        return {
            "actor": g.get("actor"),
            "refusal": g.get("refusal"),
            "language": current_language(),
            "languages": LANGUAGE_NAMES,
            "current_path": request.full_path.rstrip("?"),
            "demo": settings().demo,
        }


def told(text: str) -> str:
    """A label or sentence from the domain in the reader's language."""
    return say(text, translate)


def paragraphs(text: str) -> Markup:
    """Text with its line breaks kept, and nothing else of it taken as markup."""
    return Markup("<br>").join(text.split("\n"))


def _refused(command: str) -> bool:
    return g.get("refused_command") == command and "typed" in g


def typed(command: str, name: str, default: Any = "") -> Any:
    """What was typed into this field of a refused form, else the default; several as a list."""
    if not _refused(command):
        return default
    values = g.typed.getlist(name)
    return values if len(values) > 1 else next(iter(values), "")


def typed_list(command: str, name: str, default: Any = ()) -> Any:
    return g.typed.getlist(name) if _refused(command) else default
