"""``entaku jobs``: what waits, what was done last, when, and what became of it."""

import json
from datetime import datetime
from typing import Any

import click

from app.cli import Console
from app.clock import in_japan, iso
from app.domain.reminding import MAIL_STATE_LABELS
from app.domain.sentences import _
from app.jobs.daily import Daily
from app.jobs.queue import open_queue
from app.queries import mails
from app.queries.chores import last_run
from deploy.chores import chores_of


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
@click.pass_obj
def jobs(console: Console, as_json: bool) -> None:
    """List the daily chores: what waits, what ran last, when, with which result."""
    told = _state(console)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for chore in told["chores"]:
        click.echo(chore["name"])
        for line in _lines(chore):
            click.echo(f"  {line}")
    if told["mails"] is not None:
        _tell_mails(told["mails"])
    if told["queue"] is None:
        click.echo(_("待ち行列に接続できません。日課は接続が戻ってから行います。"), err=True)


def _state(console: Console) -> dict[str, Any]:
    daily = Daily(open_queue(console.settings), console.database, chores_of(console.settings))
    try:
        waiting = daily.waiting()
        failures = {name: daily.failure(name) for name in daily.chores}
        queue: str | None = "redis" if console.settings.redis else "file"
    except Exception:  # noqa: BLE001  # however Redis is gone: what is recorded is told all the same
        waiting, failures, queue = [], {}, None
    with console.database.read() as desk:
        ran = {name: last_run(desk, name) for name in daily.chores}
        sent = mails.counts(desk) | {"reasons": list(mails.reasons(desk))}
    chores = []
    for name in daily.chores:
        last, failure = ran[name], failures.get(name)
        chores.append(
            {
                "name": name,
                "waiting": [day for chore, day, _failures in waiting if chore == name],
                "last": last
                and {"day": last.day.isoformat(), "at": iso(last.at), "result": last.told},
                "failed": failure
                and {"day": failure.day, "times": failure.times, "at": failure.at}
                | {"error": failure.error},
            }
        )
    has_mail = console.settings.mailing is not None
    return {"queue": queue, "chores": chores, "mails": sent if has_mail else None}


def _tell_mails(told: dict[str, Any]) -> None:
    each = "、".join(f"{label}: {told[state.value]}" for state, label in MAIL_STATE_LABELS.items())
    click.echo(_("お知らせのメール（過去{days}日）").format(days=mails.DAYS_TOLD))
    click.echo(f"  {each}")
    for reason in told["reasons"]:
        click.echo("  " + _("断念した理由：{reason}").format(reason=reason))


def _lines(chore: dict[str, Any]) -> list[str]:
    lines = []
    if chore["last"]:
        told = "、".join(f"{name}: {value}" for name, value in chore["last"]["result"].items())
        done = _("{day}の分を{at}に行いました（{told}）。")
        lines.append(done.format(day=chore["last"]["day"], at=_at(chore["last"]["at"]), told=told))
    else:
        lines.append(_("まだ行っていません。"))
    if chore["failed"]:
        failed = _("{day}の分は{times}回失敗し、最後は{at}でした（{error}）。")
        values = chore["failed"] | {"at": _at(chore["failed"]["at"])}
        lines.append(failed.format(**values))
    waiting = _("{day}の分が待っています。")
    return lines + [waiting.format(day=day) for day in chore["waiting"]]


def _at(moment: str) -> str:
    return f"{in_japan(datetime.fromisoformat(moment)):%Y-%m-%d %H:%M}"
