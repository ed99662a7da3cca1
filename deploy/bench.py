"""``entaku bench``: measure the product beside a yardstick, on the machine at hand."""

import json
from pathlib import Path
from typing import Any

import click

from app.domain.sentences import _
from bench.ladder import climb
from bench.loss import count_losses
from bench.room import Task, measure
from bench.servers import BenchFailed

_COLUMNS = (
    (_("中央値 ms"), "p50_ms"),
    (_("95% ms"), "p95_ms"),
    (_("99% ms"), "p99_ms"),
    (_("未着"), "missing"),
    (_("CPU 秒"), "cpu_seconds"),
    (_("µs/配信"), "us_per_delivery"),
    (_("µs/件"), "us_per_entry"),
    (_("待機時コア"), "idle_cores"),
    (_("KB/接続"), "kb_per_socket"),
    (_("最大 MB"), "rss_peak_mb"),
)
_GROWTH = (
    (_("中央値 ms"), "p50_ms"),
    (_("99% ms"), "p99_ms"),
    (_("未着"), "missing"),
    (_("コア"), "cores"),
    (_("µs/配信"), "us_per_delivery"),
    (_("待機時コア"), "idle_cores"),
)


@click.group()
def bench() -> None:
    """Measure how fast this machine serves the product."""


@bench.command("room")
@click.option("--rooms", default=40, show_default=True, type=click.IntRange(1, 5000))
@click.option("--people", default=15, show_default=True, type=click.IntRange(2, 100))
@click.option("--rate", default=1.0, show_default=True, type=click.FloatRange(0.1, 100))
@click.option("--seconds", default=10.0, show_default=True, type=click.FloatRange(0.5, 3600))
@click.option("--rounds", default=2, show_default=True, type=click.IntRange(1, 20))
@click.option(
    "--also",
    multiple=True,
    type=click.Choice(["slope", "shared", "ladder", "loss"]),
    help="slope: 20, 60, 120 and 183 rooms; shared: servers of shared documents too; "
    "ladder: raise the rate until 1 % takes over 100 ms; loss: what kill -9 takes from others.",
)
@click.option(
    "--json", "file", type=click.Path(path_type=Path), help="Write the figures to this file."
)
def room(
    rooms: int,
    people: int,
    rate: float,
    seconds: float,
    rounds: int,
    also: tuple[str, ...],
    file: Path | None,
) -> None:
    """Measure remarks up to every screen, beside a socket.io server that stores nothing."""
    task = Task(rooms, people, rate, seconds, rounds, "shared" in also)

    def tell(line: str) -> None:
        click.echo(line, err=True)

    try:
        report = measure(task, "slope" in also, tell)
        if "ladder" in also:
            report["ladder"] = climb(task, tell)
        if "loss" in also:
            report["loss"] = count_losses(task, tell)
    except BenchFailed as failed:
        raise click.ClickException(str(failed)) from failed
    if file is not None:
        file.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n")
    for line in lines(report):
        click.echo(line)


def lines(report: dict[str, Any]) -> list[str]:
    """The report as short tables for the terminal."""
    servers, ratios = report["servers"], report["ratios"]
    table = [
        _row("", [label for label, _key in _COLUMNS]),
        *(_row(name, [found[key] for _label, key in _COLUMNS]) for name, found in servers.items()),
        *(
            _row(_("{peer}比").format(peer=name), [found.get(key, "") for _label, key in _COLUMNS])
            for name, found in ratios.items()
        ),
    ]
    for step in report.get("slope", []):
        if step is report["slope"][0]:
            table.append(_row(_("部屋"), [label for label, _key in _GROWTH]))
        table += [
            _row(f"{step['rooms']} {name}", [step[name][key] for _label, key in _GROWTH])
            for name in servers
        ]
    for name, steps in report.get("ladder", {}).items():
        table += [
            _row(f"{name} ×{step['rate']:g}", [step[key] for _label, key in _COLUMNS])
            for step in steps
        ]
    for name, found in report.get("loss", {}).items():
        told = _("{server}: 他の人に見えた{seen}件のうち、kill -9の後に残ったもの{kept}件")
        table.append(told.format(server=name, **found))
    return table


def _row(head: str, cells: list[Any]) -> str:
    return _wide(head, 14, left=True) + "".join(_wide(_cell(cell), 12) for cell in cells)


def _cell(value: Any) -> str:
    return f"{value:,.2f}" if isinstance(value, float) else "–" if value is None else str(value)


def _wide(text: str, width: int, *, left: bool = False) -> str:
    """Padded for a terminal, where a Japanese letter takes two columns."""
    space = " " * max(1, width - sum(2 if ord(sign) > 0x2E80 else 1 for sign in text))
    return text + space if left else space + text
