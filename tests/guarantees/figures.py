"""Figures that guarantees print: collected in one file, written by programs only."""

import fcntl
import json
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "reliability.json"


def note(name: str, **figures: object) -> None:
    """Add the figures under this name; several test processes may do so at once."""
    with FILE.open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        kept = json.loads(file.read() or "{}")
        kept[name] = figures
        file.seek(0)
        file.truncate()
        json.dump(kept, file, ensure_ascii=False, indent=1, sort_keys=True)
    print(name, figures)
