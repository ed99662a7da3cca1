"""Choices of a form, with their labels in the reader's language."""

from collections.abc import Mapping
from typing import Any

from app.web.words import told


def told_options(labels: Mapping[Any, str]) -> list[tuple[str, str]]:
    return [(str(value), told(label)) for value, label in labels.items()]
