"""The confidentiality statement is data in versions; what was once shown never changes."""

import hashlib

from app.domain.conference_templates import TEMPLATES, may_name_firms
from app.domain.confidentiality import (
    CURRENT_VERSION,
    STATEMENTS,
    version_asked,
    with_current_version,
)

# Published texts by their digest. A new wording is a new line here, never a changed one.
PUBLISHED = {1: "f9a318a0adacee4c"}


def digest(version: int) -> str:
    statement = STATEMENTS[version]
    text = "\n".join((statement.lead, *statement.points, statement.close))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def test_a_text_that_was_shown_stays_as_it_was() -> None:
    assert {version: digest(version) for version in STATEMENTS} == PUBLISHED
    assert {one.version for one in STATEMENTS.values()} == set(STATEMENTS)


def test_every_kind_of_conference_that_may_name_a_firm_asks_for_the_newest_text() -> None:
    asked = {kind: version_asked(one.as_mapping()) for kind, one in TEMPLATES.items()}
    assert asked == {kind: CURRENT_VERSION if may_name_firms(kind) else None for kind in TEMPLATES}


def test_a_conference_of_before_there_was_a_text_asks_for_the_first() -> None:
    assert version_asked({"quorum": 2}) == 1


def test_a_date_of_an_old_series_asks_for_the_text_of_the_day_it_is_planned() -> None:
    old = {"quorum": 3, "confidentiality_version": 0}
    assert with_current_version(old) == {"quorum": 3, "confidentiality_version": CURRENT_VERSION}
    assert with_current_version({"confidentiality_version": None}) == {
        "confidentiality_version": None
    }
