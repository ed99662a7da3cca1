"""A picture that is kept while others write is of just the entries before it."""

from datetime import date

import pytest

from app.services.discussion import CorrectRemark, SayRemark, say_remark
from app.services.room_life import CarryOverItem, CloseConference, carry_over_item
from tests import room_steps
from tests.conference_steps import opened
from tests.factories import op, table
from tests.guarantees.figures import note
from tests.guarantees.racing import racers
from tests.replaying import delivered, restored

ROUNDS = 20


def carrying(at, item_id):
    owner = {"owner_agency_id": at.agencies["cga"].id, "owner_person": "鈴木 花子"}
    values = {"op_id": op(), "item_id": item_id, "next_date": date(2027, 1, 19), **owner}
    return CarryOverItem.model_validate(values)


@pytest.mark.guarantee
def test_a_correction_in_the_instant_of_the_end_is_before_the_picture_or_behind_it(
    database, database_url
):
    at, deliveries = table(database), []
    both = 0
    with racers(database_url) as pair:
        for _ in range(ROUNDS):
            conference, item, report = opened(database, at)
            room_steps.start(database, at["cga"], item)
            said = SayRemark(op_id=op(), item_id=item, text="返済は約定どおりです。")
            remark = say_remark(database, at["bank"], said).id
            for closing in (
                carrying(at, item),
                CloseConference(op_id=op(), conference_id=conference),
            ):
                if isinstance(closing, CloseConference):
                    carry_over_item(database, at["cga"], carrying(at, report))
                corrected = CorrectRemark(op_id=op(), remark_id=remark, text=f"訂正 {op()}")
                answers = pair.race((at["bank"], corrected), (at["cga"], closing))
                assert answers[1][0] == "done", answers
                both += answers[0][0] == "done"
            deliveries.append(delivered(database, at["bank"], conference))
    kept = [one for answer in restored(deliveries) for one in answer["kept"]]
    wrong = [one for one in kept if not one["matches"]]
    engine = database.engine.dialect.name
    note(f"replay_races_{engine}", pictures=len(kept), corrections=both, wrong=len(wrong))
    assert wrong == []
    assert len(kept) >= ROUNDS * 3
    assert both >= ROUNDS
