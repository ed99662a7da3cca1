"""The fingerprint of a conference's journals."""

from app.domain.fingerprint import fingerprint_of

HEADS = {"c-1": "ab" * 32, "i-1": "cd" * 32, "i-2": ""}


def test_a_fingerprint_is_four_groups_of_four_letters_that_can_be_told_on_the_telephone():
    groups = fingerprint_of(HEADS).split("-")
    assert [len(one) for one in groups] == [4, 4, 4, 4]
    assert set("".join(groups)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")


def test_the_order_of_the_rooms_does_not_matter():
    assert fingerprint_of(dict(reversed(HEADS.items()))) == fingerprint_of(HEADS)


def test_any_other_head_and_any_other_room_gives_other_letters():
    others = (
        {**HEADS, "i-1": "ce" * 32},
        {**HEADS, "i-2": "cd" * 32},
        {**HEADS, "i-3": ""},
        {"c-1": HEADS["c-1"], "i-1": HEADS["i-1"]},
    )
    assert len({fingerprint_of(HEADS), *map(fingerprint_of, others)}) == 5
