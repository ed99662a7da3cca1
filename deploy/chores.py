"""The daily chores of an installation."""

import os
import subprocess
from functools import partial
from typing import Final

from app.jobs import reminding
from app.jobs.daily import Chore
from app.services.chores import Told
from app.services.consents import suspend_expired
from app.services.putting_away import put_away
from app.services.sheet_records import tell_records
from app.settings import ROOT, Settings
from app.store.unit_of_work import Database

COPY: Final = ROOT / "deploy" / "backup.sh"


class CopyFailed(RuntimeError):
    """The program that copies ended with an error; its last words are the message."""


def chores_of(settings: Settings) -> list[Chore]:
    """In the order they are done: the copy holds what the others of the night did."""
    chores = [
        Chore("suspend_expired", lambda database: {"suspended": suspend_expired(database)}),
        Chore("tell_records", lambda database: {"told": tell_records(database)}),
        Chore("put_away", put_away),
    ]
    if settings.copies_days:
        chores.append(Chore("copy", partial(copy, settings)))
    if settings.mailing is not None:
        chores.append(Chore("remind", partial(reminding.remind, settings.mailing), reminding.AT))
    return chores


def copy(settings: Settings, _database: Database) -> Told:
    """By a program of its own, so that the worker stays as small as it is."""
    given = {"ENTAKU_DATA": str(settings.data), "DATABASE_URL": settings.database_url}
    done = subprocess.run(
        [COPY, settings.copies, str(settings.copies_days)],
        env=os.environ | given,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise CopyFailed(done.stderr.strip()[-1000:])
    return {"copy": done.stdout.strip().rpartition("/")[2]}
