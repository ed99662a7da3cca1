"""However a case leaves a table: while it has not ended, somebody goes on with it, by a day."""

import random
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from app.domain.case_life import ENDED, CaseStatus
from app.domain.conference import LIVE, ConferenceStatus, ItemStatus
from app.domain.consensus import Result
from app.domain.errors import Refused
from app.queries.waiting import what_waits
from app.services.listing import USE_CASES
from app.services.validation import validated
from app.store import ballots
from app.store.tables.ballots import DecisionRow
from app.store.tables.cases import CaseRow
from app.store.tables.conferences import AgendaItemRow, ConferenceRow
from app.store.tables.gaps import GapRow
from tests.decision_record import RECORD
from tests.factories import op, table
from tests.gap_record import gap_of

CHAIR, HOST, BANK = "yorozu", "cga", "bank"
LATER = "2027-01-19"
WALKS, STEPS = 12, 30


class Walk:
    """One case, its tables, and everything that may happen to it, at random."""

    def __init__(self, database, seed):
        self.database, self.at = database, table(database)
        self.dice = random.Random(seed)
        self.steps = [getattr(self, name) for name in dir(self) if name.startswith("try_")]
        self.log = []

    def walk(self, steps=STEPS):
        for _ in range(steps):
            step = self.dice.choice(self.steps)
            step()
            assert self.next_days(), self.log

    def tries(self, who, command, **body):
        use_case = USE_CASES[command]
        try:
            values = validated(use_case.command, {"op_id": op(), **body})
            done = use_case.run(self.database, self.at[who], values)
        except Refused as refusal:
            self.log.append((command, str(refusal)))
            return None
        with_case = "" if body.get("agency_id") or command != "withdraw_item" else " of a report"
        self.log.append((command + with_case, "done"))
        return done.id or "done"

    def read(self, query):
        with self.database.read() as desk:
            return desk.session.exec(query).all()

    def items(self):
        query = select(AgendaItemRow, ConferenceRow).where(
            AgendaItemRow.conference_id == ConferenceRow.id,
            AgendaItemRow.case_id == self.at.case.id,
        )
        return self.read(query.order_by(col(ConferenceRow.starts_at)))

    def an_item(self):
        items = [item for item, conference in self.items() if conference.status in LIVE]
        return self.dice.choice(items).id if items else self.at.item.id

    def asked(self):
        with self.database.read() as desk:
            row = ballots.open_on(desk.session, self.an_item())
        return row.id if row else None

    def next_days(self):
        """Every day on which something is to be done about the case, of whatever kind."""
        case = self.read(select(CaseRow).where(CaseRow.id == self.at.case.id))[0]
        if case.status in ENDED:
            return [date.max]
        days = [
            conference.starts_at.date()
            for item, conference in self.items()
            if item.status != ItemStatus.DONE and conference.status in LIVE
        ]
        if case.status == CaseStatus.LEAD_DECIDED:
            newest = select(DecisionRow).order_by(col(DecisionRow.declared_at).desc())
            days += [one.record["action_due"] for one in self.read(newest) if one.record]
        if case.status == CaseStatus.PROVISIONAL:
            held = select(DecisionRow).where(DecisionRow.result == Result.PROVISIONAL)
            days += [one.next_date for one in self.read(held) if one.settled is None]
        with self.database.read() as desk:
            for actor in self.at.actors.values():
                days += [
                    one.due
                    for one in what_waits(desk, actor)
                    if one.due and one.subject_id == case.id
                ]
        return days

    def try_to_decide(self):
        self.propose()
        for who in ("bank", "cga", "yorozu", "council", "succession", "chamber"):
            word = self.dice.choice(["agree", "agree", "agree", "hold", "object"])
            more = {"hold": {"reply_by": "2026-12-08"}, "object": {"text": "担保が先"}}
            if asked := self.asked():
                self.tries(who, "give_stance", round_id=asked, stance=word, **more.get(word, {}))
        if asked := self.asked():
            self.tries(CHAIR, "answer_lead", round_id=asked, accepted=True, person="佐藤 健")
        self.try_to_declare()

    def propose(self):
        body = {"nominee_id": self.at.agencies[CHAIR].id, "wording": "確認", "because": "再度"}
        self.tries(CHAIR, "open_round", item_id=self.an_item(), **body)

    def try_to_declare(self):
        if asked := self.asked():
            for result in ("decided", "provisional", self.dice.choice(["continued", "no_taker"])):
                more = RECORD if result in {"decided", "provisional"} else {}
                more = gap_of(self.at.agencies[HOST].id) if result == "no_taker" else more
                day = {} if result == "decided" else {"next_date": LATER}
                self.tries(CHAIR, "declare_result", round_id=asked, result=result, **day, **more)

    def try_nobody(self):
        item = self.an_item()
        self.tries(CHAIR, "open_nominations", item_id=item, role="伴走")
        named = {"item_id": item, "nominee_id": "nobody", "reason": "体制がない"}
        self.tries(BANK, "nominate_lead", **named)
        self.tries(CHAIR, "reveal_nominations", item_id=item)
        told = gap_of(self.at.agencies[HOST].id) | {"next_date": LATER}
        self.tries(CHAIR, "declare_no_taker", item_id=item, **told)

    def try_to_settle_a_gap(self):
        for gap in self.read(select(GapRow)):
            self.tries(HOST, "settle_gap", gap_id=gap.id, outcome="kept", text="課題とした")

    def try_to_end(self):
        self.tries(CHAIR, "end_item", item_id=self.an_item())

    def try_to_carry_over(self):
        more = self.dice.choice([{}, {"next_date": LATER}, {"conference_id": self.another()}])
        self.tries(CHAIR, "carry_over_item", item_id=self.an_item(), **more)

    def try_to_put_off(self):
        for conference in self.conferences(ConferenceStatus.OPEN):
            body = {"conference_id": conference, "kind": "report", "title": "報告", "minutes": 5}
            self.tries(CHAIR, "add_item", **body)
        self.tries(CHAIR, "put_off_item", item_id=self.an_item())

    def try_to_withdraw(self):
        by = {"agency_id": self.at.agencies[BANK].id, "reason": "準備が整わない"}
        self.tries(CHAIR, "withdraw_item", item_id=self.an_item(), **by)

    def try_to_close(self):
        for conference in self.conferences(ConferenceStatus.OPEN):
            self.pass_over(conference)
            self.tries(CHAIR, "close_conference", conference_id=conference)

    def pass_over(self, conference_id):
        others = select(AgendaItemRow).where(AgendaItemRow.conference_id == conference_id)
        for item in self.read(others.where(col(AgendaItemRow.case_id).is_(None))):
            self.tries(CHAIR, "withdraw_item", item_id=item.id)

    def try_to_call_off(self):
        for conference in self.conferences(ConferenceStatus.PLANNED):
            self.tries(HOST, "cancel_conference", conference_id=conference, reason="台風のため")

    def try_to_table(self):
        body = {"case_id": self.at.case.id, "minutes": 20}
        self.tries(HOST, "table_case", conference_id=self.another(), **body)

    def try_to_begin(self):
        for conference in self.conferences(ConferenceStatus.PLANNED):
            body = {"conference_id": conference, "chair_name": "佐藤 健", "preliminary": True}
            self.tries(CHAIR, "open_conference", **body)
        self.tries(CHAIR, "start_item", item_id=self.an_item())

    def try_to_withdraw_consent(self):
        self.tries(BANK, "withdraw_consent", case_id=self.at.case.id, reason="見直し")

    def try_to_consent(self):
        self.tries(
            BANK,
            "record_consent",
            case_id=self.at.case.id,
            answer="granted",
            agencies=[one.id for one in self.at.agencies.values()],
            item_groups=["identity", "referral", "finance"],
            method="handwritten",
            purpose="支援の検討",
        )

    def try_head_offices(self):
        held = select(DecisionRow).where(DecisionRow.result == Result.PROVISIONAL)
        for decision in self.read(held):
            for who in ("bank", "cga", "council"):
                word = self.dice.choice(["agree", "object"])
                body = {"round_id": decision.round_id, "stance": word, "text": "本部の意見"}
                self.tries(who, "answer_hold", **body)

    def try_to_return(self):
        for decision in self.read(select(DecisionRow)):
            body = {"round_id": decision.round_id, "reason": "未回答", "next_date": LATER}
            self.tries(HOST, "return_provisional", **body)

    def try_to_leave(self):
        if self.dice.random() < 0.3:
            who = self.dice.choice(["cga", "council", "chamber", "bank"])
            body = {"item_id": self.an_item(), "reason": "取引先のため"}
            self.tries(who, "declare_recusal", **body)

    def try_days(self):
        self.database.clock.advance(days=self.dice.choice([0, 1, 3]))

    def conferences(self, status):
        query = select(ConferenceRow).order_by(col(ConferenceRow.starts_at))
        return [one.id for one in self.read(query) if one.status == status]

    def another(self):
        """A planned conference of the same secretariat, set up if there is none."""
        planned = self.conferences(ConferenceStatus.PLANNED)
        if planned:
            return planned[0]
        day = self.database.clock.now.date() + timedelta(days=7)
        made = self.tries(
            HOST,
            "create_conference",
            kind="joint_case",
            name="次の会議",
            held=day.isoformat(),
            start_time="13:30",
            minutes=120,
            agency_ids=[one.id for one in self.at.agencies.values()],
            chair_agency_id=self.at.agencies[CHAIR].id,
        )
        return made or self.at.conference.id


@pytest.mark.parametrize("seed", range(WALKS))
def test_a_case_that_has_not_ended_always_has_a_next_day(database, seed):
    Walk(database, seed).walk()


def test_the_walks_take_every_way_out(database):
    """Without a decision the case stays in play, and a long walk leaves by every other way."""
    walk = Walk(database, 1)
    walk.steps = [one for one in walk.steps if one.__name__ != "try_to_decide"]
    walk.walk(160)
    done = {command for command, told in walk.log if told == "done"}
    assert done >= {
        "end_item",
        "put_off_item",
        "withdraw_item",
        "close_conference",
        "cancel_conference",
        "declare_no_taker",
        "settle_gap",
        "withdraw_consent",
        "record_consent",
    }
