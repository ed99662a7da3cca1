"""The product without its doors to the outside: rules, records, use-cases and pages."""

from flask import Flask

from app.settings import ROOT, Settings
from app.store.unit_of_work import Database
from app.web import BLUEPRINTS, errors, security, words


def create_app(settings: Settings, database: Database) -> Flask:
    """The pages of the product; who is asking is filled in by auth, into ``g.actor``."""
    app = Flask(
        __name__,
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
        static_url_path="/static",
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # the default provider has it
    app.extensions["entaku_settings"] = settings
    app.extensions["entaku_database"] = database
    security.init_app(app, settings)
    errors.init_app(app)
    words.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app
