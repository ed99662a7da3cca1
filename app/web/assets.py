"""Addresses of the built scripts and styles."""

import json
from functools import cache

from flask import url_for

from app.settings import ROOT

DIST = ROOT / "static" / "dist"


@cache
def _manifest(stamp: float) -> dict[str, str]:
    return dict(json.loads((DIST / "manifest.json").read_text()))


def asset(name: str) -> str:
    """``asset('room')`` → the address of the built file, whose name changes with its content."""
    return url_for("static", filename=f"dist/{built(name)}")


def built(name: str) -> str:
    """``built('room')`` → the name of the file in the folder of built ones."""
    return _manifest((DIST / "manifest.json").stat().st_mtime)[name]
