"""Choosing a lead as a machine of acts and a model of what each must do, act by act."""

from datetime import date
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule
from sqlmodel import select

from app.store.pictures.item import item_picture
from app.store.tables.cases import CaseRow
from app.store.tables.conferences import AgendaItemRow
from tests.decision_record import condition
from tests.guarantees import lead_model as model
from tests.guarantees.lead_model import ALL, Question, acceptances, anybody, words
from tests.guarantees.played import Played

CHAIR = "yorozu"
BY, LATER = "2026-12-08", date(2026, 12, 15)


class LeadMachine(Played):
    """Every act is tried in any state; the model says whether it must be taken."""

    @initialize()
    def sit_down(self) -> None:
        self.copy_the_table()
        self.turn, self.nominating = 0, ""
        self.named: dict[tuple[int, str], str] = {}
        self.out: set[str] = set()
        self.questions: list[Question] = []
        self.status = "in_conference"

    @property
    def last(self) -> Question | None:
        return self.questions[-1] if self.questions else None

    @property
    def is_asked(self) -> bool:
        return self.last is not None and self.last.asked

    @rule(who=st.sampled_from([CHAIR, CHAIR, "bank"]))
    def ask_for_nominations(self, who: str) -> None:
        may = self.nominating != "open" and self.turn < 2 and not self.is_asked
        must = who == CHAIR and may
        body = {"item_id": self.at.item.id, "role": "採算の見直し"}
        if self.tries(who, "open_nominations", must, **body):
            self.turn, self.nominating = self.turn + 1, "open"

    @rule(who=anybody, nominee=anybody)
    def nominate(self, who: str, nominee: str) -> None:
        must = self.nominating == "open" and who not in self.out and nominee not in self.out
        body = {"nominee_id": self.agency(nominee), "reason": f"{nominee}が詳しいため"}
        if self.tries(who, "nominate_lead", must, item_id=self.at.item.id, **body):
            self.named[self.turn, who] = nominee

    @precondition(lambda self: self.nominating == "open")
    @rule()
    def reveal_nominations(self) -> None:
        given = [who for turn, who in self.named if turn == self.turn and who not in self.out]
        must = bool(given) or self.turn == 2
        if self.tries(CHAIR, "reveal_nominations", must, item_id=self.at.item.id):
            self.nominating = "revealed"
            gone = [(self.turn, who) for who in self.out]
            self.named = {key: name for key, name in self.named.items() if key not in gone}

    @rule(nominee=anybody, blind=st.booleans(), says_why=st.sampled_from([True, True, False]))
    def propose(self, nominee: str, blind: bool, says_why: bool) -> None:
        last = self.last
        ended = last is not None and (last.settled or last.result) in {"decided", "provisional"}
        free = last is None or (says_why and not last.sealed and not ended)
        must = free and self.nominating != "open" and nominee not in self.out
        body = {"nominee_id": self.agency(nominee), "wording": "確認", "blind": blind}
        body["because"] = "代案を受けて" if says_why else ""
        made = self.tries(CHAIR, "open_round", must, item_id=self.at.item.id, **body)
        if made:
            if last is not None and last.asked:
                last.state = "replaced"
            self.questions.append(Question(made, nominee, blind))
            self.questions[-1].out = set(self.out)
            self.status = "in_conference"

    @precondition(lambda self: self.last is not None)
    @rule(who=anybody, word=words)
    def answer(self, who: str, word: str) -> None:
        assert self.last is not None
        told: dict[str, Any] = {"stance": word}
        if word == "agree_with_condition":
            told = condition(self.agency(CHAIR), "月次で共有すること")
        elif word == "hold":
            told["reply_by"] = BY
        elif word == "object":
            told |= {"text": "採算が先", "alternative": "協議会"}
        must = self.last.asked and who not in self.out
        if self.tries(who, "give_stance", must, round_id=self.last.id, **told):
            self.last.said[who] = word

    @precondition(lambda self: self.is_asked)
    @rule(some=st.lists(anybody, min_size=1, max_size=2), word=words, accepts=acceptances)
    def nearly_all_agree(self, some: list[str], word: str, accepts: bool | None) -> None:
        """Random acts alone would seldom come as far as a result; ``abstain``: some keep silent."""
        last = self.last
        assert last is not None
        for one in ALL:
            if one not in last.said and one not in self.out and one not in some:
                self.answer(one, "agree")
        if accepts is not None and last.nominee not in self.out:
            self.take_it_on(last.nominee, accepts)
        for one in some if word != "abstain" else []:
            self.answer(one, word)

    @rule(nominees=st.lists(anybody, min_size=2, max_size=4))
    def a_whole_turn(self, nominees: list[str]) -> None:
        if self.nominating != "open":
            self.ask_for_nominations(CHAIR)
        for who, nominee in zip(ALL, nominees, strict=False):
            self.nominate(who, nominee)
            self.the_picture_is_as_the_model_says()
        if self.nominating == "open":
            self.reveal_nominations()

    @rule(
        nominee=anybody,
        blind=st.booleans(),
        some=st.lists(anybody, min_size=1, max_size=2),
        word=words,
        accepts=acceptances,
        leaves=st.sampled_from(["", "", "chamber"]),
    )
    def a_whole_round(
        self,
        nominee: str,
        blind: bool,
        some: list[str],
        word: str,
        accepts: bool | None,
        leaves: str,
    ) -> None:
        self.propose(nominee, blind, True)
        if not self.is_asked:
            return
        if leaves and leaves not in self.out:
            self.leave(leaves)
        self.nearly_all_agree(some, word, accepts)
        self.the_picture_is_as_the_model_says()
        result = "provisional" if word == "hold" else "decided"
        if self.last is not None and self.last.sealed:
            self.declare(result)
            self.reveal()
        self.declare(result)
        if self.last is not None and self.last.result == "provisional":
            self.head_office(some[0], "agree")

    @precondition(lambda self: self.last is not None)
    @rule()
    def reveal(self) -> None:
        assert self.last is not None
        if self.tries(CHAIR, "reveal_stances", self.last.sealed, round_id=self.last.id):
            self.last.state = "revealed"

    @precondition(lambda self: self.last is not None)
    @rule(who=anybody, accepted=st.sampled_from([True, True, False]))
    def take_it_on(self, who: str, accepted: bool) -> None:
        assert self.last is not None
        chosen = who if who in {"bank", "cga"} else self.last.nominee
        must = self.last.asked and chosen == self.last.nominee and chosen not in self.out
        told = {"person": "佐藤 健"} if accepted else {"reason": "体制が整わない"}
        body = {"round_id": self.last.id, "accepted": accepted, **told}
        if self.tries(chosen, "answer_lead", must, **body):
            self.last.accepted = accepted

    @precondition(lambda self: self.last is not None)
    @rule(result=st.sampled_from([*("decided", "provisional") * 2, "continued", "no_taker"]))
    def declare(self, result: str) -> None:
        last = self.last
        assert last is not None
        must = last.asked and not last.sealed and result in last.declarable()
        later = {} if result == "decided" else {"next_date": LATER}
        record = model.record_of(result, self.agency("cga"))
        body = {"round_id": last.id, "result": result, **later, **record}
        if self.tries(CHAIR, "declare_result", must, **body):
            last.state, last.result = "declared", result
            self.status = model.STATUS_AFTER.get(result, "accepted")

    @precondition(lambda self: len(self.out) < 2)
    @rule(who=st.sampled_from([one for one in ALL if one != CHAIR]))
    def leave(self, who: str) -> None:
        body = {"item_id": self.at.item.id, "reason": "取引先のため"}
        if self.tries(who, "declare_recusal", who not in self.out, **body):
            self.out.add(who)
            if self.is_asked and self.last is not None:
                self.last.out.add(who)

    @precondition(lambda self: self.last is not None and self.last.result == "provisional")
    @rule(who=anybody, word=st.sampled_from(["agree", "agree_with_condition", "object"]))
    def head_office(self, who: str, word: str) -> None:
        last = self.last
        assert last is not None
        holding = last.holding(self.out)
        chosen = who if who in holding else min(holding, default=who)
        must = last.settled is None and chosen in holding and chosen not in self.out
        told = {"stance": word, "text": "" if word == "agree" else "担保の扱いを先に"}
        if self.tries(chosen, "answer_hold", must, round_id=last.id, **told):
            last.replies[chosen] = word
            if word == "object":
                last.settled, self.status = "continued", "accepted"
            elif holding <= last.replies.keys():
                last.settled, self.status = "decided", "lead_decided"

    @invariant()
    def the_picture_is_as_the_model_says(self) -> None:
        if not hasattr(self, "database"):
            return
        with self.database.read() as desk:
            told = item_picture(desk, desk.session.get_one(AgendaItemRow, self.at.item.id))
            query = select(CaseRow.status).where(CaseRow.id == self.at.case.id)
            assert desk.session.exec(query).one() == self.status
        shown = {(one["turn"], one["agency_id"]): one["nominee_id"] for one in told["nominations"]}
        hidden = self.turn if self.nominating == "open" else 0
        assert shown == {
            (turn, self.agency(who)): self.agency(nominee)
            for (turn, who), nominee in self.named.items()
            if turn != hidden
        }
        assert [model.round_of(one) for one in told["rounds"]] == [
            {
                "state": one.state,
                "result": one.result,
                "accepted": one.accepted,
                "settled": one.settled,
                "said": {
                    self.agency(who): None if one.sealed else word for who, word in one.said.items()
                },
            }
            for one in self.questions
        ]
