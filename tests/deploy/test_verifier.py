import ast
import random
import sys

from app.domain.journal_faults import FAULT_LABELS, Fault
from app.domain.lead_course import KINDS
from app.domain.receipts import receipt_of
from deploy.verifier import entaku_verify
from tests.domain.test_verdict_cases import RULES, any_question, told
from tests.guarantees.figures import note
from tests.journal_steps import VERIFIER, decided, verifier

QUESTIONS = 2_000


def judged_alone(question):
    """What the stand-alone program makes of a question: the result and the tally."""
    answers = {
        "said": question["stances"],
        "out": set(question["recused"]),
        "accepted": question["accepted"],
    }
    return entaku_verify.verdict(question, question["seats"], answers)


def test_the_verifier_judges_any_question_as_the_product_does():
    chance = random.Random(20261127)  # the same questions every time
    questions = [any_question(chance) for _ in range(QUESTIONS)]
    product = [told(one)["verdict"] for one in questions]
    here = [judged_alone(one) for one in questions]
    pairs = zip(here, product, strict=True)
    differing = sum(one != (other["result"], other["tally"]) for one, other in pairs)
    # The sample says something only if it reaches every result and every method.
    assert {one[0] for one in here} == {"decided", "provisional", "continued", None}
    methods = {one["rule"]["method"] for one in questions}
    assert methods == {rule.method.value for rule in RULES}
    note("g6_verdicts", questions=QUESTIONS, differing=differing)
    assert differing == 0


def test_the_verifier_imports_nothing_but_the_standard_library():
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(VERIFIER.read_text()))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported - set(sys.stdlib_module_names) == set()


def test_the_verifier_says_what_does_not_hold_as_the_product_says_it():
    beside = {Fault.ROUND_ROW, Fault.STANCE_ROWS, Fault.DECISION_ROW, Fault.OTHER_ROOM}
    for fault in set(Fault) - beside:
        assert getattr(entaku_verify, fault.name) == str(FAULT_LABELS[fault])


def test_the_verifier_reads_the_kinds_of_entry_the_product_reads():
    assert entaku_verify.LEAD == KINDS


def test_the_verifier_finds_receipts_as_the_product_makes_them():
    digest = "0123456789abcdef" * 4
    assert entaku_verify.receipt(digest) == receipt_of(digest)


def test_what_is_no_copy_is_said_to_be_none(tmp_path):
    for text in ("", "{}", "[]", "何か", '{"format": "entaku-journal/1"}', '{"format": 1}\n3'):
        file = tmp_path / "copy.jsonl"
        file.write_text(text, "utf-8")
        done = verifier(file)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("写しを読み取れません：")


OTHERS: tuple[object, ...] = (None, "", "別", 0, 7, True, [], ["別"], {}, {"別": 1})


def test_no_field_of_any_entry_can_be_changed_unseen(database, tmp_path, capsys):
    """Whatever stands in its place: what is found may differ, but it never holds."""
    held = decided(database)
    file = held.write(tmp_path / "copy.jsonl")
    assert entaku_verify.main([str(file)]) == 0
    tried = found = 0
    for place, entry in enumerate(held.entries):
        for name, value in entry.items():
            # A body that is withheld is no fault, and is said.
            for other in (one for one in OTHERS if one != value and (name, one) != ("body", None)):
                held.entries[place] = entry | {name: other}
                tried += 1
                try:
                    found += entaku_verify.main([str(held.write(file))])
                except (AttributeError, KeyError, TypeError, ValueError):
                    found += 1  # as a program of its own it says that it cannot read the copy
        held.entries[place] = entry
    capsys.readouterr()
    note(f"g6_fields_{database.engine.dialect.name}", tried=tried, found=found)
    assert found == tried
