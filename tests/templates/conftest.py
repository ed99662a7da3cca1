"""A page of macros, rendered by the product's own Jinja environment."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from flask import Flask, g, render_template_string
from werkzeug.datastructures import MultiDict

from app.settings import ROOT, Settings
from app.web import words

IMPORTS = """
{% from "parts/forms.html" import act_form, text, textarea, checkboxes, checkbox, radios, stance,
   select, file, second_look, submit with context %}
{% from "parts/marks.html" import agency_chip, due, money with context %}
"""
Render = Callable[..., str]


@pytest.fixture
def render(tmp_path: Path) -> Render:
    """``render(source, refused=…, typed=…, refusal=…)``: as after a refused form when given."""
    app = Flask("look", template_folder=str(ROOT / "templates"))
    app.extensions["entaku_settings"] = Settings(
        data=tmp_path, database_url="sqlite://", secret=b"look"
    )
    words.init_app(app)
    app.jinja_env.globals["csrf_token"] = lambda: "token"
    for endpoint in ("home.show", "cases.index", "conferences.index", "auth.sign_in"):
        app.add_url_rule("/" + endpoint, endpoint)
    app.jinja_env.globals["asset"] = lambda name: "/static/dist/" + name

    def rendered(
        source: str,
        refused: str | None = None,
        typed: Mapping[str, str | list[str]] | None = None,
        refusal: Mapping[str, object] | None = None,
        **values: object,
    ) -> str:
        form = MultiDict({"op_id": "1", "back": "/cases/7", **(typed or {})})
        path = "/cases/7" if refused is None else f"/act/{refused}"
        with app.test_request_context(
            path, method="GET" if refused is None else "POST", data=None if not refused else form
        ):
            g.actor = None
            if refused is not None:
                g.refusal, g.refused_command, g.typed = refusal, refused, form
            return render_template_string(IMPORTS + source, **values)

    return rendered
