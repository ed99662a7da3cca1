"""The command line of an installation: ``entaku``."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import click

from app.cli_plans import plan_group
from app.domain.case_life import CASE_STATUS_LABELS, CaseStatus
from app.domain.sentences import _
from app.queries.register import RegisteredFirm, every_firm
from app.services.case_import import ImportReport, import_cases
from app.services.case_import.report import Remark
from app.services.consents import suspend_expired
from app.settings import Settings, SettingsUnfit
from app.store import agencies
from app.store.migrate import upgrade
from app.store.unit_of_work import Database


@dataclass
class Console:
    """What every command works on; opened only when a command needs it."""

    read_settings: Callable[[], Settings]
    open_database: Callable[[Settings], Database]

    @cached_property
    def settings(self) -> Settings:
        return self.read()

    def read(self) -> Settings:
        """The settings as they stand; what is wrong with one is said in a sentence."""
        try:
            return self.read_settings()
        except SettingsUnfit as unfit:
            raise click.ClickException(_settings_told(unfit)) from unfit

    @cached_property
    def database(self) -> Database:
        return self.open_database(self.settings)


def _settings_told(unfit: SettingsUnfit) -> str:
    told = (
        _("ENTAKU_SMTPを設定するときは、{variable}も設定してください。")
        if unfit.missing
        else _("{variable}の値を読み取れません。README.mdの設定の表を確認してください。")
    )
    return told.format(variable=unfit.variable)


@click.group()
def cli() -> None:
    """円卓 (Entaku): 中小企業支援の連携会議"""


cli.add_command(plan_group)


@cli.command()
@click.pass_obj
def migrate(console: Console) -> None:
    """Bring the database up to date, reference data included."""
    upgrade(console.database.engine)
    with console.database.begin() as uow:
        changed = agencies.load_reference(uow.session, uow.now())
    click.echo(_("データベースは最新です（更新した機関: {count}件）。").format(count=changed))


@cli.command("import-cases")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def import_cases_command(console: Console, file: Path) -> None:
    """Import a case file (demo_cases/1), all of it or nothing."""
    report = import_cases(console.database, file.read_bytes())
    _tell(report)
    if not report.ok:
        raise click.exceptions.Exit(1)


def _tell(report: ImportReport) -> None:
    _tell_each(_("注意"), report.warnings)
    if not report.ok:
        _tell_each(_("誤り"), report.problems)
        count = len(report.problems)
        refused = _("誤りが{count}件あるため、何も取り込んでいません。").format(count=count)
        click.echo(refused, err=True)
        return
    done = _("取り込んだ案件: {new}件、取り込み済みの案件: {old}件")
    click.echo(done.format(new=len(report.imported), old=len(report.skipped)))
    differs = _("取り込み済みの内容と違います。変更していません。")
    for case_id in report.changed:
        click.echo(f"{_('注意')} {case_id}: {differs}", err=True)


def _tell_each(kind: str, remarks: Iterable[Remark]) -> None:
    for one in remarks:
        place = " ".join(part for part in (one.case_id, one.path) if part)
        click.echo(f"{kind} {place}: {one.sentence}", err=True)


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
@click.pass_obj
def cases(console: Console, as_json: bool) -> None:
    """List the firms with their cases and the six indicators of each year."""
    with console.database.read() as desk:
        firms = every_firm(desk)
    if as_json:
        listed = [firm.as_mapping() for firm in firms]
        click.echo(json.dumps(listed, ensure_ascii=False, indent=1))
        return
    for firm in firms:
        _list_firm(firm)


def _list_firm(firm: RegisteredFirm) -> None:
    numbers = "、".join(
        f"{one.case_no}（{CASE_STATUS_LABELS[CaseStatus(one.status)]}）" for one in firm.cases
    )
    click.echo(f"{firm.name}  {firm.prefecture}{firm.city}  {firm.industry}  {numbers}")
    for year in firm.years:
        click.echo(f"  {year.label}  " + "  ".join(year.texts.values()))


@cli.command("suspend-expired")
@click.pass_obj
def suspend_expired_command(console: Console) -> None:
    """Suspend the cases whose consent has run out; meant to run once a day."""
    count = suspend_expired(console.database)
    click.echo(_("同意の期限切れで休止した案件: {count}件").format(count=count))
