"""Opens the records of an installation, for whatever is to work on them."""

from app.clock import Clock, system_clock
from app.settings import Settings
from app.store.engine import make_engine
from app.store.unit_of_work import Database


def open_database(settings: Settings, clock: Clock = system_clock) -> Database:
    return Database(make_engine(settings.database_url), clock, settings.secret)
