"""委任状: handed on once, never to oneself, and the nearer one counts."""

from itertools import product

from app.domain.proxies import Proxy, at_item, refused_because

ABLE = {"bank", "cga", "yorozu"}


def test_a_word_is_handed_on_once_whichever_came_first():
    others = [Proxy("1", "bank", "cga")]
    assert refused_because("chamber", "bank", None, others) is not None
    assert refused_because("cga", "yorozu", None, others) is not None
    assert refused_because("chamber", "cga", None, others) is None
    assert refused_because("bank", "yorozu", None, others) is None
    assert refused_because("bank", "bank", None, []) is not None


def test_items_apart_do_not_matter_to_each_other():
    others = [Proxy("1", "bank", "cga", "one")]
    assert refused_because("chamber", "bank", "two", others) is None
    assert refused_because("chamber", "bank", "one", others) is not None
    assert refused_because("chamber", "bank", None, others) is not None


def test_the_one_for_the_item_beats_the_general_one():
    general, own = Proxy("1", "bank", "cga"), Proxy("2", "bank", "yorozu", "one")
    for both in ([general, own], [own, general]):
        assert at_item(both, "one", ABLE) == {"bank": own}
        assert at_item(both, "two", ABLE) == {"bank": general}


def test_who_cannot_answer_itself_cannot_answer_for_another():
    assert at_item([Proxy("1", "bank", "chamber")], "one", ABLE) == {}
    # The chair was handed over to the very agency that had given its word to the chair.
    assert at_item([Proxy("1", "bank", "bank")], "one", ABLE) == {}


def test_no_chain_counts_however_the_chair_moves():
    """Every way three agencies can have handed on their words: a holder's own is never away."""
    agencies = sorted(ABLE)
    for holders in product([None, *agencies], repeat=3):
        given = [
            Proxy(str(n), giver, to)
            for n, (giver, to) in enumerate(zip(agencies, holders, strict=True))
            if to is not None
        ]
        counting = at_item(given, "one", agencies)
        assert not {one.to_agency for one in counting.values()} & {one.agency_id for one in given}
        for giver, one in counting.items():
            assert refused_because(giver, one.to_agency, None, []) is None
