"""引受手不在: what has to be said, and who has to be asked before it can be."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.domain.gaps import (
    Decline,
    Declined,
    GapDraft,
    all_declined,
    problems_of,
    still_named,
)
from app.domain.vocabulary import RequestKind

TODAY = date(2026, 11, 24)
FULL = GapDraft(
    kind=RequestKind.REVITALIZATION,
    text="再生の伴走",
    owner_id="cga",
    owner_person="斉藤 弘",
    step="県に相談する",
    due=date(2026, 12, 18),
)


def test_every_missing_field_is_named_and_nothing_else():
    assert problems_of(FULL, {"cga"}, TODAY) == {}
    assert list(problems_of(GapDraft(), {"cga"}, TODAY)) == [
        "gap_kind",
        "gap_text",
        "gap_owner_id",
        "gap_owner_person",
        "gap_step",
        "gap_due",
    ]


def test_the_owner_must_know_the_case_and_the_day_lies_within_two_months():
    assert list(problems_of(FULL, {"bank"}, TODAY)) == ["gap_owner_id"]
    for due, right in (
        (date(2026, 11, 23), False),
        (date(2026, 11, 24), True),
        (date(2027, 1, 23), True),
        (date(2027, 1, 24), False),
    ):
        draft = GapDraft(**{name: getattr(FULL, name) for name in FULL.__slots__} | {"due": due})
        assert (problems_of(draft, {"cga"}, TODAY) == {}) is right


def test_whoever_is_named_is_asked_unless_it_refused_or_left():
    assert still_named({"bank": "yorozu", "cga": None}, (), ()) == ["yorozu"]
    assert still_named({"bank": "yorozu", "cga": None}, ("yorozu",), ()) == []
    assert still_named({"bank": "yorozu"}, (), ("yorozu",)) == []
    assert still_named({"bank": "yorozu"}, (), ("bank",)) == []
    assert still_named({"bank": None, "cga": None}, (), ()) == []


names = st.sampled_from(["bank", "cga", "yorozu", "council"])


@given(st.dictionaries(names, st.none() | names), st.sets(names), st.sets(names))
def test_nobody_is_left_exactly_when_all_whom_those_present_name_are_gone(said, refused, out):
    left = {whom for who, whom in said.items() if whom and who not in out}
    assert (still_named(said, refused, out) == []) is (left <= refused | out)


def test_each_way_of_declining_is_listed_once_and_never_of_those_who_left():
    found = all_declined(
        [
            ("cga", None, "体制がない"),
            ("bank", "yorozu", "詳しいため"),
            ("chamber", None, "人がいない"),
        ],
        {"yorozu": "手一杯"}.items(),
        [("bank", "担保が先"), ("bank", "担保が先")],
        {"chamber"},
    )
    assert found == [
        Declined("cga", Decline.NOBODY, "体制がない"),
        Declined("yorozu", Decline.REFUSED, "手一杯"),
        Declined("bank", Decline.OBJECTED, "担保が先"),
    ]
