"""Whole copies of the records: made while the server works, put back while it does not."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy.engine import URL, make_url

from app.cli import Console
from app.domain.sentences import _
from app.settings import Settings

SQLITE, POSTGRES = "entaku.sqlite3", "entaku.dump"
MANIFEST, SECRET, FILES = "manifest.json", "secret.key", "files"


class CopyFailed(click.ClickException):
    """The records could not be copied or put back; nothing was changed halfway."""


def back_up(settings: Settings, folder: Path, now: datetime) -> Path:
    """A new folder inside ``folder`` with database, files and key; whole or not there at all.

    The database is copied first: files are only ever added, so those it names are there after.
    """
    name = f"entaku-{now:%Y%m%dT%H%M%SZ}"
    made, making = folder / name, folder / f".{name}.part"
    making.mkdir(parents=True, mode=0o700)
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite":
        _copy_sqlite(Path(url.database or ""), making / SQLITE)
    else:
        _run(url, "pg_dump", "--format=custom", "--no-owner", f"--file={making / POSTGRES}")
    if settings.files.exists():
        shutil.copytree(settings.files, making / FILES)
    if (settings.data / SECRET).exists():
        shutil.copy2(settings.data / SECRET, making / SECRET)
    manifest = {"made_at": now.isoformat(), "files": _digests(making)}
    (making / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n")
    for path in making.rglob("*"):
        _flush(path)
    making.rename(made)
    _flush(folder)
    return made


def put_back(settings: Settings, copy: Path, now: datetime) -> None:
    """Make the records what they were; what is there now is set aside, not deleted (SQLite)."""
    manifest = json.loads((copy / MANIFEST).read_text())
    if manifest["files"] != _digests(copy):
        raise CopyFailed(_("この控えは壊れています。別の控えを使ってください。"))
    aside = f".before-{now:%Y%m%dT%H%M%SZ}"
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite":
        _replace_sqlite(copy / SQLITE, Path(url.database or ""), aside)
    else:
        _replace_postgres(copy / POSTGRES, url)
    for name in (FILES, SECRET):
        target = settings.data / name
        if (copy / name).exists():
            if target.exists():
                target.rename(target.with_name(name + aside))
            _copy(copy / name, target)


def _copy_sqlite(database: Path, target: Path) -> None:
    """VACUUM INTO reads one moment of the database; copying page by page never ends under load."""
    if not database.exists():
        raise CopyFailed(_("データベースがまだありません。"))
    with closing(sqlite3.connect(database, timeout=60, isolation_level=None)) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))


def _replace_sqlite(copied: Path, database: Path, aside: str) -> None:
    if not copied.exists():
        raise CopyFailed(_("この控えは別の種類のデータベースのものです。"))
    if database.exists():
        with closing(sqlite3.connect(database, timeout=2, isolation_level=None)) as connection:
            try:
                # Only the last user of a database can take it out of WAL.
                connection.execute("PRAGMA journal_mode=DELETE")
            except sqlite3.OperationalError as error:
                raise CopyFailed(_("サーバーが動いています。止めてから戻してください。")) from error
        database.rename(database.with_name(database.name + aside))
    database.parent.mkdir(parents=True, exist_ok=True)
    _copy(copied, database)


def _replace_postgres(copied: Path, url: URL) -> None:
    if not copied.exists():
        raise CopyFailed(_("この控えは別の種類のデータベースのものです。"))
    others = _run(
        url,
        "psql",
        "--no-psqlrc",
        "--tuples-only",
        "--command=SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )
    if int(others) > 0:
        raise CopyFailed(_("サーバーが動いています。止めてから戻してください。"))
    words = ("--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error")
    _run(url, "pg_restore", *words, f"--dbname={url.database}", str(copied))


def _run(url: URL, program: str, *words: str) -> str:
    """A program of PostgreSQL; its password travels in the environment, not in the process list."""
    given = {
        "PGHOST": url.host,
        "PGPORT": url.port,
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
        "PGSSLMODE": url.query.get("sslmode"),
    }
    environ = os.environ | {name: str(value) for name, value in given.items() if value}
    try:
        done = subprocess.run(
            [program, *words], env=environ, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        raise CopyFailed(_("{program} が見つかりません。").format(program=program)) from error
    if done.returncode != 0:
        raise CopyFailed(f"{program}: {done.stderr.strip()[-1000:]}")
    return done.stdout


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy2(source, target)
    _flush(target)


def _digests(folder: Path) -> dict[str, str]:
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != MANIFEST:
            with path.open("rb") as file:
                name = path.relative_to(folder).as_posix()
                found[name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def _flush(path: Path) -> None:
    """On disk before it counts as made."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def backup(console: Console, folder: Path) -> None:
    """Copy all records into a new folder inside FOLDER, while the server works."""
    click.echo(back_up(console.settings, folder, console.database.clock()))


@click.command()
@click.argument("copy", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.pass_obj
def restore(console: Console, copy: Path) -> None:
    """Put the records of COPY back; the server must be stopped."""
    now = console.database.clock()
    console.database.engine.dispose()
    put_back(console.settings, copy, now)
    click.echo(_("控えから戻しました。"))
