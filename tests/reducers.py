"""Runs the browser's own reducers under Node, so that a snapshot can be held against its fold."""

import json
import subprocess
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_PROGRAM = """
import {{ {function} as fold }} from './{module}';
let text = '';
for await (const chunk of process.stdin) text += chunk;
const answers = JSON.parse(text).map(({{ snapshot, entries }}) => entries.reduce(fold, snapshot));
process.stdout.write(JSON.stringify(answers));
"""


_JUDGING = """
import { outcomeOf } from './verdict';
let text = '';
for await (const chunk of process.stdin) text += chunk;
process.stdout.write(JSON.stringify(JSON.parse(text).map(outcomeOf)));
"""


@cache
def _bundled(program: str) -> Path:
    target = Path(mkdtemp(prefix="entaku-reducer-")) / "program.mjs"
    subprocess.run(
        [
            ROOT / "node_modules" / ".bin" / "esbuild",
            "--bundle",
            "--format=esm",
            "--platform=node",
            "--loader=ts",
            "--log-level=warning",
            f"--outfile={target}",
        ],
        input=program,
        cwd=ROOT / "static" / "src" / "live",
        text=True,
        check=True,
    )
    return target


def folded(module: str, function: str, histories: list[dict[str, Any]]) -> list[Any]:
    """For each ``{snapshot, entries}`` the snapshot that ``function`` folds them into."""
    return _run(_PROGRAM.format(module=module, function=function), histories)


def judged_in_the_browser(questions: list[dict[str, Any]]) -> list[Any]:
    """For each question put to the table what the browser's copy of the rules says of it."""
    return _run(_JUDGING, questions)


def _run(program: str, told: list[dict[str, Any]]) -> list[Any]:
    done = subprocess.run(
        ["node", _bundled(program)],
        input=json.dumps(told),
        capture_output=True,
        text=True,
        check=True,
    )
    return list(json.loads(done.stdout))
