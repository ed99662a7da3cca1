"""代理入力: a word that came in writing, with its reason and file; and who reads a word back."""

import hashlib

import pytest

from app.domain.errors import Malformed, NotEntitled, NotFound, StateForbids
from app.domain.papers import Examined, PaperType
from app.queries.item_snapshot import item_snapshot
from app.queries.seat_word import entering, seat_word, stance_file
from app.services.rounds import RevealStances, reveal_stances
from app.services.stances import EnterStance, enter_stance
from app.services.uploads import keep_upload
from app.store.tables.ballots import StanceRow
from tests.factories import op, table
from tests.proxy_steps import hands_on, speaks_for
from tests.round_steps import opened, says

WRITING = b"%PDF-1.7 a reply by fax"
DIGEST = hashlib.sha256(WRITING).hexdigest()
REASON = "書面で回答があったため"


def enters(database, at, who, round_id, seat, stance="agree", file=DIGEST, **more):
    command = EnterStance(
        op_id=op(),
        round_id=round_id,
        agency_id=at.agencies[seat].id,
        stance=stance,
        reason=REASON,
        file=file,
        **more,
    )
    return enter_stance(database, at[who], command)


@pytest.fixture
def at(database):
    """The association is the secretariat, and has the chamber's writing in hand."""
    at = table(database)
    keep_upload(database, at["cga"], Examined(PaperType.PDF, DIGEST, len(WRITING), 1), "回答書.pdf")
    return at


def read(database, at, who, round_id, seat):
    with database.read() as desk:
        return seat_word(desk, at[who], round_id, at.agencies[seat].id)


def test_the_secretariat_enters_a_word_with_its_reason_and_file(database, at):
    round_id = opened(database, at)
    answer = enters(database, at, "cga", round_id, "chamber")
    with database.read() as desk:
        told = item_snapshot(desk, at["bank"], at.item.id)["rounds"][-1]["stances"]
        given = told[at.agencies["chamber"].id]
        file = stance_file(desk, at["bank"], round_id, at.agencies["chamber"].id)
    assert len(answer.receipt) == 12
    assert (given["manner"], given["reason"]) == ("office", REASON)
    assert (given["file"], file.name) == ({"digest": DIGEST, "name": "回答書.pdf"}, "回答書.pdf")


def test_only_the_secretariat_and_never_for_itself_nor_without_the_file(database, at):
    round_id = opened(database, at)
    for who in ("bank", "yorozu", "chamber"):
        with pytest.raises(NotEntitled):
            enters(database, at, who, round_id, "chamber")
    words = {"stance": "agree", "reason": REASON, "file": DIGEST}
    command = EnterStance(
        op_id=op(), round_id=round_id, agency_id=at.agencies["chamber"].id, **words
    )
    with pytest.raises(NotFound):
        enter_stance(database, at.outsider, command)
    with pytest.raises(StateForbids):
        enters(database, at, "cga", round_id, "cga")
    with pytest.raises(Malformed) as refused:
        enters(database, at, "cga", round_id, "chamber", file="0" * 64)
    assert set(refused.value.fields) == {"file"}


def test_an_agency_s_own_word_stays_and_replaces_what_was_entered(database, at):
    round_id = opened(database, at)
    enters(database, at, "cga", round_id, "chamber")
    enters(database, at, "cga", round_id, "chamber", "abstain")
    says(database, at, round_id, "chamber", "object", text="会員の意見がまとまらない")
    with pytest.raises(StateForbids):
        enters(database, at, "cga", round_id, "chamber")
    with database.read() as desk:
        row = desk.session.get(StanceRow, (round_id, at.agencies["chamber"].id))
        seats = dict(entering(desk, at["cga"], round_id).seats)
    assert (row.manner, row.manner_reason, row.file_digest, row.version) == ("own", "", "", 3)
    assert at.agencies["chamber"].id not in seats
    assert at.agencies["bank"].id in seats


def test_in_a_blind_round_a_word_is_read_back_by_its_seat_alone(database, at):
    round_id = opened(database, at, blind=True)
    says(database, at, round_id, "bank", "agree_with_condition", text="月次で共有すること")
    enters(database, at, "cga", round_id, "chamber")

    assert read(database, at, "bank", round_id, "bank").given["text"] == "月次で共有すること"
    assert read(database, at, "chamber", round_id, "chamber").given["stance"] == "agree"
    # The secretariat reads what it entered, and nothing else.
    assert read(database, at, "cga", round_id, "chamber").given["reason"] == REASON
    assert read(database, at, "cga", round_id, "bank").given is None
    for who, seat in (("yorozu", "bank"), ("yorozu", "chamber"), ("bank", "chamber")):
        with pytest.raises(NotFound):
            read(database, at, who, round_id, seat)
    with database.read() as desk:
        for who in ("bank", "yorozu"):
            with pytest.raises(NotFound):
                stance_file(desk, at[who], round_id, at.agencies["chamber"].id)
        sealed = item_snapshot(desk, at["bank"], at.item.id)["rounds"][-1]["stances"]
    told = sealed[at.agencies["chamber"].id]
    assert (told["stance"], told["manner"], told["reason"], told["file"]) == (
        None,
        "office",
        "",
        None,
    )
    reveal_stances(database, at["yorozu"], RevealStances(op_id=op(), round_id=round_id))
    with database.read() as desk:
        assert stance_file(desk, at["bank"], round_id, at.agencies["chamber"].id).digest == DIGEST


def test_a_holder_reads_the_instruction_and_its_own_word_only(database, at):
    hands_on(database, at, "chamber", "council", instruction="条件付きで")
    round_id = opened(database, at, blind=True)
    assert read(database, at, "council", round_id, "chamber").instruction == "条件付きで"
    speaks_for(database, at, "council", "chamber", round_id)
    assert read(database, at, "council", round_id, "chamber").given["stance"] == "agree"
    says(database, at, round_id, "chamber", "abstain")
    assert read(database, at, "council", round_id, "chamber").given is None
    assert read(database, at, "chamber", round_id, "chamber").given["stance"] == "abstain"
    # The secretariat may enter words, and is not told what a 委任状 asks.
    assert read(database, at, "cga", round_id, "chamber").instruction == ""
