"""Commands of ``entaku`` that need the whole house: serving, the demonstration, the wire."""

import json
import os
import sys
import unicodedata
from collections.abc import Iterable

import click

from app.cli import Console
from app.domain.errors import Refused
from app.domain.sentences import _
from app.domain.vocabulary import ROLE_LABELS
from app.store.files import Files
from app.store.migrate import upgrade
from deploy.demonstration import PASSWORD, demonstrate, own_provider
from deploy.demonstration.people import Place
from deploy.journals import journal_group
from deploy.keeper import WITH_WORKER
from deploy.wire import describe
from deploy.wire.markdown import as_markdown


@click.command()
@click.pass_obj
def serve(console: Console) -> None:
    """Serve pages and live connections; README.md lists the settings."""
    settings = console.settings
    if settings.demo and not own_provider.start(settings, console.database, PASSWORD):
        click.echo(_("体験用のシングルサインオンは使えません。パスワードで入れます。"), err=True)
    console.database.engine.dispose()
    _become("deploy.serve", *(() if settings.redis else (WITH_WORKER,)))


@click.command()
@click.pass_obj
def work(console: Console) -> None:
    """Do what is due beside the server; where Redis is not set, `entaku serve` starts this."""
    console.read()
    _become("deploy.work")


def _become(module: str, *words: str) -> None:
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", module, *words])  # noqa: S606  (no shell)


@click.command()
@click.pass_obj
def demo(console: Console) -> None:
    """Fill an empty database with fictional cases and list who can sign in."""
    upgrade(console.database.engine)
    try:
        shown = demonstrate(console.database, Files(console.settings.files))
    except Refused as refusal:
        raise click.ClickException(f"{refusal}{refusal.remedy}") from refusal
    _list_people(shown.places)
    click.echo(_("パスワード（全員共通）: {password}").format(password=PASSWORD))
    click.echo(_("本日の会議: {name}").format(name=shown.conference))
    click.echo(_("アドレス: {url}").format(url=console.settings.allowed_origins[0]))


def _list_people(places: Iterable[Place]) -> None:
    """One line each, those of today's conference last, where the eye falls."""
    rows = [
        (
            place.email,
            PASSWORD,
            place.name,
            place.agency.name,
            ROLE_LABELS[place.role],
            place.title,
        )
        for place in sorted(places, key=lambda place: place.prefecture == "東京都")
    ]
    head = (_("メールアドレス"), _("パスワード"), _("氏名"), _("機関"), _("役割"), _("役職"))
    table = [head, *rows]
    widths = [max(_width(row[column]) for row in table) for column in range(len(head))]
    for row in table:
        cells = (cell + " " * (w - _width(cell)) for cell, w in zip(row, widths, strict=True))
        click.echo("  ".join(cells).rstrip())


def _width(text: str) -> int:
    """Columns of a terminal: Japanese letters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="JSON Schema of everything that travels.")
@click.option("--markdown", "markdown", is_flag=True, help="The page docs/wire.md.")
def wire(as_json: bool, markdown: bool) -> None:
    """Describe what travels between the server and its clients."""
    if as_json == markdown:
        raise click.UsageError(_("--json か --markdown のどちらかを指定してください。"))
    if as_json:
        click.echo(json.dumps(describe(), ensure_ascii=False, indent=1))
    else:
        click.echo(as_markdown(describe()), nl=False)


COMMANDS = (serve, work, demo, journal_group, wire)
