"""The command line's part for support plans: ``entaku plan``."""

from pathlib import Path
from typing import Protocol

import click

from app.documents.pdf import press_within
from app.documents.plan import plan_pdf
from app.domain.errors import Refused
from app.domain.sentences import _
from app.queries.plan_papers import paper_for_export
from app.settings import Settings
from app.store.unit_of_work import Database


class Installation(Protocol):
    """What the commands here need of the console."""

    @property
    def settings(self) -> Settings: ...

    @property
    def database(self) -> Database: ...


@click.group("plan")
def plan_group() -> None:
    """Support plans."""


@plan_group.command("export")
@click.argument("plan_id", metavar="ID")
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="The PDF to write.",
)
@click.pass_obj
def export(installation: Installation, plan_id: str, out: Path) -> None:
    """Write the PDF of a support plan; ID is the last part of its page's address."""
    settings = installation.settings
    try:
        with installation.database.read() as desk:
            paper = paper_for_export(desk, plan_id)
        printed = plan_pdf(paper, press_within(settings.pdf_seconds, settings.pdf_memory_mb))
    except Refused as refusal:
        raise click.ClickException(f"{refusal}{refusal.remedy}") from refusal
    out.write_bytes(printed)
    told = _("{number}（第{version}版）を書き出しました: {out}")
    click.echo(told.format(number=paper.document_number, version=paper.version, out=out))
