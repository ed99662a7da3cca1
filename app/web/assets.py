"""Addresses of the built scripts and styles."""

import json
from functools import cache
from pathlib import Path

from flask import url_for

from app.settings import ROOT

DIST = ROOT / "static" / "dist"


@cache
def _manifest(stamp: float) -> dict[str, str]:
    return dict(json.loads((DIST / "manifest.json").read_text()))


def asset(name: str) -> str:
    """``asset('room')`` → the address of the built file, whose name changes with its content."""
    manifest: Path = DIST / "manifest.json"
    return url_for("static", filename=f"dist/{_manifest(manifest.stat().st_mtime)[name]}")
