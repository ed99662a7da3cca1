"""Restores conferences in node with the very scripts of the page of moments."""

import json
import subprocess
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from app.domain.people import Actor
from app.queries.moments import entries_of, moments_of
from app.store.unit_of_work import Database

ROOT = Path(__file__).resolve().parent.parent


@cache
def _program() -> Path:
    target = Path(mkdtemp(prefix="entaku-replay-")) / "replay.mjs"
    subprocess.run(
        [
            ROOT / "node_modules" / ".bin" / "esbuild",
            ROOT / "tests" / "static" / "moments" / "replay.ts",
            "--bundle",
            "--format=esm",
            "--platform=node",
            f"--outfile={target}",
            "--log-level=warning",
        ],
        check=True,
    )
    return target


def delivered(database: Database, actor: Actor, conference_id: str) -> list[dict[str, Any]]:
    """All entries of the conference this actor is given, part after part."""
    found: list[dict[str, Any]] = []
    after: str | None = None
    while True:
        with database.read() as desk:
            part = entries_of(desk, moments_of(desk, actor, conference_id), after)
        found += part["entries"]
        after = part["next"]
        if after is None:
            return found


def restored(deliveries: list[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """For each delivery: ``states`` by cursor, ``kept`` digests held against them, ``moments``."""
    wire = [[entry | {"told": _in_words(entry)} for entry in entries] for entries in deliveries]
    done = subprocess.run(
        ["node", _program()], input=json.dumps(wire), capture_output=True, text=True, check=True
    )
    return list(json.loads(done.stdout))


def _in_words(entry: dict[str, Any]) -> dict[str, str] | None:
    told = entry["told"]
    return told and {"text": str(told.text), "note": told.note, "weight": str(told.weight)}
