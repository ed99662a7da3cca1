"""A journal worth checking, copies of it, and the hand of somebody who changes them."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import col, delete, select

from app.domain.receipts import receipt_of
from app.services.interests import DeclareRecusal, declare_recusal
from app.services.nominations import (
    NominateLead,
    OpenNominations,
    RevealNominations,
    nominate_lead,
    open_nominations,
    reveal_nominations,
)
from app.services.rounds import RevealStances, reveal_stances
from app.settings import ROOT
from app.store import journal, verification
from app.store.journal_export import copy_of
from app.store.tables.ballots import RoundRow, StanceRow
from app.store.tables.journal import EntryRow, RoomRow
from app.store.unit_of_work import Database
from tests.factories import Table, op, table
from tests.round_steps import accepts, declares, opened, says

VERIFIER = ROOT / "deploy" / "verifier" / "entaku_verify.py"
Told = dict[str, Any]


@dataclass
class Journal:
    """One room's copy: ``lines`` as they are written, and the receipts the agencies kept."""

    at: Table
    room: str
    header: Told
    entries: list[Told]
    receipts: dict[str, str] = field(default_factory=dict)

    def place(self, kind: str, nth: int = -1) -> int:
        """Where in the list an entry of this kind stands, the last one unless told otherwise."""
        return [n for n, entry in enumerate(self.entries) if entry["kind"] == kind][nth]

    def write(self, file: Path) -> Path:
        lines = (json.dumps(one, ensure_ascii=False) for one in (self.header, *self.entries))
        file.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        return file


def decided(database: Database) -> Journal:
    """Nominations, a seat that leaves, a blind question asked twice, and a decision."""
    at = table(database)
    nominated(database, at)
    leave = DeclareRecusal(op_id=op(), item_id=at.item.id, reason="取引先のため")
    declare_recusal(database, at["council"], leave)
    reveal_nominations(database, at["yorozu"], RevealNominations(op_id=op(), item_id=at.item.id))
    round_id = opened(database, at, blind=True)
    receipts = {}
    for who in ("bank", "cga", "yorozu", "succession"):
        receipts[who] = says(database, at, round_id, who, "agree").receipt
    receipts["bank"] = says(database, at, round_id, "bank", "agree").receipt
    says(database, at, round_id, "chamber", "object", text="記帳支援が先", alternative="協議会")
    accepts(database, at, round_id)
    reveal_stances(database, at["yorozu"], RevealStances(op_id=op(), round_id=round_id))
    receipts["chamber"] = says(
        database, at, round_id, "chamber", "agree_with_condition", text="記帳支援を先に行う"
    ).receipt
    declares(database, at, round_id, "decided")
    found = copied(database, at, f"i-{at.item.id}")
    found.receipts = receipts
    return found


def nominated(database: Database, at: Table) -> None:
    command = OpenNominations(op_id=op(), item_id=at.item.id, role="採算の見直し")
    open_nominations(database, at["yorozu"], command)
    for who, nominee in (("bank", "yorozu"), ("council", "yorozu"), ("chamber", "cga")):
        chosen = NominateLead(
            op_id=op(),
            item_id=at.item.id,
            nominee_id=at.agencies[nominee].id,
            reason="専門家がいるため",
        )
        nominate_lead(database, at[who], chosen)


def copied(database: Database, at: Table, room: str) -> Journal:
    with database.read() as desk:
        lines = list(copy_of(desk, desk.session.get_one(RoomRow, room)))
    header, *entries = json.loads(json.dumps(lines))
    return Journal(at, room, header, entries)


def rechain(held: Journal, start: int = 0) -> None:
    """What a forger can do who holds the whole journal: digests, hashes, receipts, and the head."""
    newest: dict[tuple[str, str], str] = {}
    for place, entry in enumerate(held.entries):
        body = entry["body"]
        if entry["kind"] == "result_declared":
            for who, told in body["closing"]["stances"].items():
                told["receipt"] = newest[(body["round_id"], who)]
        if place >= start:
            entry["seq"] = place + 1
            entry["prev"] = held.entries[place - 1]["hash"] if place else ""
            entry["body_digest"] = journal.digest_of(body, entry["salt"])
            entry["hash"] = journal.hash_of(entry | {"at": datetime.fromisoformat(entry["at"])})
        if entry["kind"] in {"stance_given", "stance_sealed"}:
            newest[(body["round_id"], body["agency_id"])] = receipt_of(entry["hash"])
    held.header["seq"] = len(held.entries)
    held.header["hash"] = held.entries[-1]["hash"]


def store(database: Database, held: Journal) -> None:
    """Put the changed journal into the database, as who has its password could."""
    with database.begin() as uow:
        uow.session.exec(delete(EntryRow).where(col(EntryRow.room_id) == held.room))
        for entry in held.entries:
            at = datetime.fromisoformat(entry["at"])
            uow.session.add(EntryRow(**entry | {"at": at}))
        room = uow.session.get_one(RoomRow, held.room)
        room.last_seq, room.last_hash = held.header["seq"], held.header["hash"]
        uow.session.add(room)


def fit_tables(database: Database, held: Journal) -> None:
    """Make the tables say what the changed journal says, receipts included."""
    declared = held.entries[held.place("result_declared")]["body"]
    with database.begin() as uow:
        row = uow.session.get_one(RoundRow, declared["round_id"])
        row.closing, row.result = declared["closing"], declared["result"]
        uow.session.add(row)
        for stance in uow.session.exec(select(StanceRow).where(StanceRow.round_id == row.id)):
            told = declared["closing"]["stances"][stance.agency_id]
            stance.stance, stance.text = told["stance"], told["text"]
            stance.person_name, stance.receipt = told["person"], told["receipt"]
            uow.session.add(stance)


def broken_places(database: Database, room: str) -> list[tuple[int, str]]:
    """What the product finds in the room: number and the name of the fault."""
    with database.read() as desk:
        held = desk.session.get_one(RoomRow, room)
        return [(one.seq, one.problem.name) for one in verification.verify(desk.session, held)]


def verifier(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """The stand-alone program, cut off from everything but the standard library."""
    command = [sys.executable, "-I", "-S", VERIFIER, *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


Change = Callable[[Journal], None]
