"""G6: a record cannot be changed unseen, neither by the product nor by an agency with its copy."""

import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass

import pytest

from app.domain.journal_faults import FAULT_LABELS
from tests.guarantees.figures import note
from tests.journal_steps import (
    Journal,
    broken_places,
    copied,
    decided,
    fit_tables,
    rechain,
    store,
    verifier,
)

NAMES = {str(label): fault.name for fault, label in FAULT_LABELS.items()}
IN_TABLES = {"ROUND_ROW", "STANCE_ROWS", "DECISION_ROW"}


def change_a_body(held: Journal) -> None:
    held.entries[held.place("stance_given")]["body"]["text"] = "条件なし"


def change_an_author(held: Journal) -> None:
    held.entries[held.place("stance_given")]["person_name"] = "別の人"


def change_a_time(held: Journal) -> None:
    entry = held.entries[held.place("lead_answered")]
    entry["at"] = entry["at"].replace("2026-", "2025-")


def remove_from_the_middle(held: Journal) -> None:
    del held.entries[held.place("lead_answered")]


def insert_an_entry(held: Journal) -> None:
    place = held.place("stances_revealed")
    held.entries.insert(place, held.entries[place - 1] | {"op_id": "f" * 32})
    for entry in held.entries[place:]:
        entry["seq"] += 1
    held.header["seq"] += 1


def swap_two_entries(held: Journal) -> None:
    place = held.place("stances_revealed")
    one, other = held.entries[place : place + 2]
    one["seq"], other["seq"] = other["seq"], one["seq"]
    held.entries[place : place + 2] = other, one


def cut_off_the_tail(held: Journal) -> None:
    del held.entries[-2:]
    held.header |= {"seq": held.entries[-1]["seq"], "hash": held.entries[-1]["hash"]}


def write_the_whole_anew(held: Journal) -> None:
    held.entries[0]["body"]["role"] = "別の役割"
    rechain(held)


def replace_a_stance(held: Journal) -> None:
    """With its digest, the declaration, and the chain from there to the end."""
    place = held.place("stance_given")
    said = {"stance": "agree", "text": "", "alternative": ""}
    body = held.entries[place]["body"]
    body |= said
    held.entries[-1]["body"]["closing"]["stances"][body["agency_id"]] |= said
    rechain(held, place)


def declare_a_wrong_tally(held: Journal) -> None:
    held.entries[-1]["body"]["closing"]["tally"]["agree"] += 1
    rechain(held)


def declare_a_wrong_result(held: Journal) -> None:
    held.entries[-1]["body"]["result"] = "provisional"
    rechain(held)


def declare_another_stance(held: Journal) -> None:
    stances = held.entries[-1]["body"]["closing"]["stances"]
    stances[held.at.agencies["bank"].id]["stance"] = "abstain"
    rechain(held)


def leave_an_agency_unasked(held: Journal) -> None:
    held.entries[-1]["body"]["closing"]["seats"].pop()
    rechain(held)


def reveal_another_stance(held: Journal) -> None:
    revealed = held.entries[held.place("stances_revealed")]["body"]["stances"]
    revealed[held.at.agencies["chamber"].id]["text"] = "反対はしない"
    rechain(held)


def reveal_another_nomination(held: Journal) -> None:
    revealed = held.entries[held.place("nominations_revealed")]["body"]["nominations"]
    revealed[0]["nominee_id"] = None
    rechain(held)


def ease_the_rule(held: Journal) -> None:
    held.entries[held.place("round_opened")]["body"]["rule"]["quorum"]["seats"] = 1
    rechain(held)


def answer_after_the_end(held: Journal) -> None:
    late = deepcopy(held.entries[held.place("stance_given")])
    held.entries.append(late | {"op_id": "f" * 32})
    rechain(held)


@dataclass(frozen=True)
class Kind:
    """``found`` in the journal itself; ``earlier``: what only an earlier copy tells.

    ``fitted``: the forger makes the tables of the database agree with the journal.
    """

    change: Callable[[Journal], None]
    found: tuple[tuple[int, str], ...]
    earlier: tuple[int, str]
    fitted: bool = False


KINDS = [
    Kind(change_a_body, ((16, "BODY"), (17, "STANCES")), (16, "CHANGED")),
    Kind(change_an_author, ((16, "HASH"), (17, "STANCES")), (16, "CHANGED")),
    Kind(change_a_time, ((14, "HASH"),), (14, "CHANGED")),
    Kind(
        remove_from_the_middle,
        ((15, "NUMBER"), (15, "LINK"), (17, "ELECTORATE"), (17, "RESULT")),
        (14, "CHANGED"),
    ),
    Kind(
        insert_an_entry,
        ((15, "LINK"), (15, "HASH"), (16, "HASH"), (17, "HASH"), (18, "HASH")),
        (15, "CHANGED"),
    ),
    Kind(
        swap_two_entries,
        (
            *((15, "LINK"), (15, "HASH"), (16, "LINK"), (16, "HASH"), (17, "LINK")),
            *((16, "SEALS"), (17, "SHAPE")),
        ),
        (15, "CHANGED"),
    ),
    Kind(cut_off_the_tail, (), (16, "CUT")),
    Kind(write_the_whole_anew, (), (1, "CHANGED"), fitted=True),
    Kind(replace_a_stance, (), (16, "CHANGED"), fitted=True),
    Kind(declare_a_wrong_tally, ((17, "TALLY"),), (17, "CHANGED"), fitted=True),
    Kind(declare_a_wrong_result, ((17, "RESULT"),), (17, "CHANGED"), fitted=True),
    Kind(declare_another_stance, ((17, "STANCES"),), (17, "CHANGED"), fitted=True),
    Kind(leave_an_agency_unasked, ((17, "ELECTORATE"), (17, "TALLY")), (17, "CHANGED")),
    Kind(reveal_another_stance, ((15, "SEALS"), (17, "SHAPE")), (15, "CHANGED")),
    Kind(reveal_another_nomination, ((6, "SEALS"),), (6, "CHANGED"), fitted=True),
    Kind(ease_the_rule, ((7, "RULE"),), (7, "CHANGED")),
    Kind(answer_after_the_end, ((18, "CLOSED"),), (0, "")),
]
IDS = [kind.change.__name__.replace("_", " ") for kind in KINDS]


def places(told: str) -> list[tuple[int, str]]:
    """What the stand-alone program printed as wrong, by the names the product has for it."""
    found = re.findall(r"^  × (\d+)番：(.+)$", told, re.MULTILINE)
    return [(int(seq), NAMES[problem]) for seq, problem in found]


def forged(kind: Kind, held: Journal) -> Journal:
    changed = deepcopy(held)
    kind.change(changed)
    return changed


@pytest.mark.parametrize("kind", KINDS, ids=IDS)
def test_the_verifier_of_an_agency_finds_it(kind, database, tmp_path):
    held = decided(database)
    before = held.write(tmp_path / "before.jsonl")
    after = forged(kind, held).write(tmp_path / "after.jsonl")

    alone = verifier(after)
    assert (places(alone.stdout), alone.returncode) == (list(kind.found), int(bool(kind.found)))
    with_earlier = verifier(after, "--earlier", before)
    expected = [*kind.found, *([kind.earlier] if kind.earlier[1] else [])]
    assert (places(with_earlier.stdout), with_earlier.returncode) == (expected, 1)


@pytest.mark.parametrize("kind", KINDS, ids=IDS)
def test_the_product_finds_the_same_in_its_database(kind, database):
    held = decided(database)
    changed = forged(kind, held)
    store(database, changed)
    if kind.fitted:
        fit_tables(database, changed)
    found = broken_places(database, held.room)
    assert [one for one in found if one[1] not in IN_TABLES] == list(kind.found)


def test_tables_that_say_something_else_than_the_journal_are_found(database):
    held = decided(database)
    changed = forged(KINDS[IDS.index("replace a stance")], held)
    fit_tables(database, changed)  # and the journal stays as it was
    assert broken_places(database, held.room) == [(17, "ROUND_ROW"), (17, "STANCE_ROWS")]


def test_a_receipt_tells_of_a_stance_that_was_replaced(database, tmp_path):
    held = decided(database)
    changed = forged(KINDS[IDS.index("replace a stance")], held).write(tmp_path / "after.jsonl")
    kept = verifier(held.write(tmp_path / "a.jsonl"), "--receipt", *held.receipts.values())
    assert kept.returncode == 0
    lost = verifier(changed, "--receipt", held.receipts["chamber"], held.receipts["bank"])
    assert lost.returncode == 1
    assert lost.stdout.splitlines()[1:] == [
        f"控え {held.receipts['chamber']}： × ありません。",
        f"控え {held.receipts['bank']}： {held.room} の12番",
        "合わない箇所：1件",
    ]


@pytest.mark.guarantee
def test_every_kind_of_tampering_is_found(database, database_url, tmp_path):
    held = decided(database)
    before = held.write(tmp_path / "before.jsonl")
    by_itself = by_the_product = by_earlier = 0
    for kind in KINDS:
        changed = forged(kind, held)
        after = changed.write(tmp_path / "after.jsonl")
        store(database, changed)
        if kind.fitted:
            fit_tables(database, changed)
        by_itself += verifier(after).returncode
        by_the_product += bool(broken_places(database, held.room))
        by_earlier += verifier(after, "--earlier", before).returncode
        store(database, held)
        fit_tables(database, held)
    assert copied(database, held.at, held.room).entries == held.entries
    assert (by_earlier, by_itself) == (len(KINDS), len(KINDS) - 3)
    # Of a tail that was cut off the tables still tell.
    assert by_the_product == len(KINDS) - 2
    note(
        f"g6_tampering_{database_url.split(':')[0].split('+')[0]}",
        kinds=len(KINDS),
        found_by_the_product=by_the_product,
        found_by_the_verifier_alone=by_itself,
        found_by_the_verifier_with_an_earlier_copy=by_earlier,
    )
