"""``entaku journal``: check what was recorded, hand out copies, and compare them."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click
from sqlmodel import col, select

from app.cli import Console
from app.domain import journal_copies
from app.domain.journal_copies import Copy
from app.domain.journal_faults import FAULT_LABELS
from app.domain.sentences import _
from app.store import verification
from app.store.journal_export import copy_of, fingerprint_on, rooms_of
from app.store.tables.journal import RoomRow
from deploy.verifier import entaku_verify

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_TO_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group("journal")
def journal_group() -> None:
    """Check, export and compare what was recorded."""


@journal_group.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
@click.pass_obj
def journal_verify(console: Console, as_json: bool) -> None:
    """Recompute every room: its chain, what was decided in it, and the tables beside it.

    Ends with 1 if any place does not hold together.
    """
    with console.database.read() as desk:
        rooms = desk.session.exec(select(RoomRow).order_by(col(RoomRow.id))).all()
        entries = sum(room.last_seq for room in rooms)
        broken = [place for room in rooms for place in verification.verify(desk.session, room)]
        erased = verification.rooms_without_words(desk.session)
    if as_json:
        places = [{"room": one.room_id, "seq": one.seq, "problem": one.problem} for one in broken]
        counted = {"rooms": len(rooms), "entries": entries}
        report = {**counted, "without_words": erased, "broken": places}
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
    else:
        for one in broken:
            click.echo(f"{one.room_id} {one.seq}: {FAULT_LABELS[one.problem]}")
        if erased:
            told = _("本文が消去されているため、決定を確かめられない部屋: {count}")
            click.echo(told.format(count=len(erased)))
        told = _("確認した部屋: {rooms}、記録: {entries}件、合わない箇所: {broken}")
        click.echo(told.format(rooms=len(rooms), entries=entries, broken=len(broken)))
    if broken:
        raise click.exceptions.Exit(1)


@journal_group.command("export")
@click.argument("room", required=False)
@click.option("--conference", help="Id of a conference: its room and those of its items.")
@click.option("--to", type=click.Path(path_type=Path), help="A file, or a conference's folder.")
@click.option("--without-words", is_flag=True, help="Keep every body back; the chain still holds.")
@click.pass_obj
def journal_export(
    console: Console, room: str | None, conference: str | None, to: Path | None, without_words: bool
) -> None:
    """Write a room's journal: a header, then one entry a line, with what its chain is made of.

    The words of inner lanes are never written. Of a conference each room becomes a file.
    """
    if (room is None) == (conference is None) or (conference and to is None):
        raise click.UsageError(
            _("部屋の番号か、--conference と --to フォルダのどちらかを指定してください。")
        )
    with console.database.read() as desk:
        if room is not None:
            held = desk.session.get(RoomRow, room)
            rooms = [held] if held else []
        else:
            rooms = rooms_of(desk.session, conference or "")
        if not rooms:
            raise click.ClickException(_("この番号の部屋はありません。"))
        for one in rooms:
            lines = copy_of(desk, one, without_words=without_words)
            if to is None:
                for line in lines:
                    click.echo(_line(line))
            elif room is not None:
                _write(to, lines)
            else:
                to.mkdir(parents=True, exist_ok=True)
                _write(to / f"{one.id}.jsonl", lines)
    if to is not None:
        click.echo(_("書き出した部屋: {count}").format(count=len(rooms)))


def _line(told: Mapping[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False)


def _write(file: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    with file.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(f"{_line(line)}\n" for line in lines)


@journal_group.command("verify-diff")
@click.argument("old", type=_FILE)
@click.argument("new", type=_FILE)
def journal_verify_diff(old: Path, new: Path) -> None:
    """Say whether the copy NEW continues the copy OLD unchanged; ends with 1 if it does not."""
    earlier, later = _copy(old), _copy(new)
    found = journal_copies.difference(earlier, later)
    if found is not None:
        click.echo(f"{later.room} {found.seq}: {FAULT_LABELS[found.fault]}")
        raise click.exceptions.Exit(1)
    told = _("以前の写しの{count}件から変わっていません。その後の記録: {more}件")
    count = len(earlier.entries)
    click.echo(told.format(count=count, more=len(later.entries) - count))


def _copy(file: Path) -> Copy:
    try:
        lines = file.read_text("utf-8").strip().split("\n")
        return Copy.of([json.loads(line) for line in lines])
    except ValueError as error:
        problem = _("記録の写しとして読み取れません: {file}").format(file=file)
        raise click.ClickException(problem) from error


@journal_group.command("fingerprint")
@click.argument("conference")
@click.pass_obj
def journal_fingerprint(console: Console, conference: str) -> None:
    """Print the fingerprint of a conference's journals, as its page shows it once it closed."""
    with console.database.read() as desk:
        if not rooms_of(desk.session, conference):
            raise click.ClickException(_("この番号の会議はありません。"))
        click.echo(fingerprint_on(desk.session, conference))


@journal_group.command("verifier")
@click.option("--to", type=_TO_FILE, required=True, help="Where to write the program.")
def journal_verifier(to: Path) -> None:
    """Hand out the program with which an agency checks copies by itself, with Python alone."""
    to.write_bytes(Path(entaku_verify.__file__).read_bytes())
    click.echo(_("確認用のプログラムを書き出しました: {file}").format(file=to))
