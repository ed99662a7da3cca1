"""What is said in silence, looked for everywhere before and after it is revealed."""

SIX = ("bank", "cga", "yorozu", "council", "succession", "chamber")


def what_is_sealed_is_read_by_nobody(stage):
    """Until the chair reveals everything together; a seat reads back its own stance alone."""
    item = {"item_id": stage.ids["item"]}
    stage.act("yorozu", "open_nominations", **item, role=stage.word("role", SIX))
    named = [stage.sealed(f"nomination {who}") for who in ("bank", "cga")]
    for who, token in zip(("bank", "cga"), named, strict=True):
        words = {"nominee_id": stage.agency("bank"), "reason": token.text}
        stage.act(who, "nominate_lead", **item, **words)
    settle_sealed(stage, named)
    stage.act("yorozu", "reveal_nominations", **item)
    reveal(stage, named)
    ask = {"nominee_id": stage.agency("yorozu"), "wording": stage.word("blind", SIX)}
    round_id = stage.act("yorozu", "open_round", **item, **ask, blind=True)["id"]
    said = [stage.sealed(f"stance {who}") for who in ("bank", "council")]
    for who, token in zip(("bank", "council"), said, strict=True):
        token.knows |= {who}
        objection = {"stance": "object", "text": token.text, "alternative": token.text}
        stage.act(who, "give_stance", round_id=round_id, **objection)
    settle_sealed(stage, said)
    stage.act("yorozu", "reveal_stances", round_id=round_id)
    reveal(stage, said)
    later = {"result": "continued", "next_date": "2026-12-22"}
    stage.act("yorozu", "declare_result", round_id=round_id, **later)


def settle_sealed(stage, tokens):
    """Everybody looks everywhere; a remark said after it has arrived before that."""
    stage.act("bank", "say_remark", item_id=stage.ids["item"], text=stage.word("after", SIX))
    stage.settle()
    assert not [leak for leak in stage.leaks if leak[1] in {token.what for token in tokens}]


def reveal(stage, tokens):
    for token in tokens:
        token.knows |= set(SIX)
    stage.act("bank", "say_remark", item_id=stage.ids["item"], text=stage.word("after", SIX))
    stage.settle()
    assert {(who, token.what) for who in SIX for token in tokens} <= stage.seen
