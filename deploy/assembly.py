"""Builds the running whole out of pages, sign-in and the live door."""

from dataclasses import dataclass

from flask import Flask
from sqlalchemy import Engine
from werkzeug.middleware.proxy_fix import ProxyFix

import auth
from app import create_app
from app.clock import Clock, system_clock
from app.settings import Settings
from app.store.unit_of_work import Database
from deploy.opening import open_database
from realtime.server import LiveServer


@dataclass(frozen=True, slots=True)
class Whole:
    """The product, assembled; ``live.start()`` sets its greenlets going."""

    app: Flask
    live: LiveServer
    database: Database
    engine: Engine


def assemble(settings: Settings, clock: Clock = system_clock) -> Whole:
    database = open_database(settings, clock)
    app = create_app(settings, database)
    live = LiveServer(app, settings, database)
    if settings.proxies:
        # Outermost: whoever counts tries per address must see the browser's, not the proxy's.
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # the documented place for it
            app.wsgi_app, x_for=settings.proxies, x_proto=0, x_host=0
        )
    auth.init_app(app, settings, database, live.sign_ins.end)
    return Whole(app, live, database, database.engine)
