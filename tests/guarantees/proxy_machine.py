"""委任状 and entered words as a machine of acts, with a model of who may say whose word when."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from app.domain.papers import Examined, PaperType
from app.services.uploads import keep_upload
from app.store.pictures.item import item_picture
from app.store.tables.conferences import AgendaItemRow
from tests.guarantees.lead_model import ALL
from tests.guarantees.played import Played
from tests.proxy_steps import member_of, stays_away

CHAIR, OFFICE, NOMINEE = "yorozu", "cga", "cga"
AWAY = frozenset({"succession", "chamber"})
WRITING = b"%PDF-1.7 a reply by fax"
DIGEST = hashlib.sha256(WRITING).hexdigest()
holders = st.sampled_from([*ALL, "chair", "chair"])
givers = st.sampled_from([*ALL, *sorted(AWAY) * 2])


@dataclass
class Paper:
    """A 委任状 in force: ``to`` is an agency, or ``chair``."""

    id: str
    giver: str
    to: str
    for_item: bool

    @property
    def agency(self) -> str:
        return CHAIR if self.to == "chair" else self.to


@dataclass
class Question:
    """Seats with the 委任状 each is asked through, and how each word was given."""

    id: str
    seats: dict[str, Paper | None]
    asked: bool = True
    out: set[str] = field(default_factory=set)
    manners: dict[str, str] = field(default_factory=dict)

    def may_replace(self, who: str, manner: str) -> bool:
        return self.asked and who in self.seats and self.manners.get(who, manner) == manner


class ProxyMachine(Played):
    @initialize()
    def sit_down(self) -> None:
        self.copy_the_table()
        for who in AWAY:
            stays_away(self.database, self.at, who)
        writing = Examined(PaperType.PDF, DIGEST, len(WRITING), 1)
        keep_upload(self.database, self.at[OFFICE], writing, "回答書.pdf")
        self.papers: list[Paper] = []
        self.out: set[str] = set()
        self.questions: list[Question] = []

    @property
    def last(self) -> Question | None:
        return self.questions[-1] if self.questions else None

    def is_used(self, paper: Paper) -> bool:
        return self.last is not None and self.last.asked and paper in self.last.seats.values()

    @rule(giver=givers, to=holders, for_item=st.booleans())
    def hand_on(self, giver: str, to: str, for_item: bool) -> None:
        agency = CHAIR if to == "chair" else to
        others = [one for one in self.papers if one.giver != giver]
        chained = any(one.giver == agency or one.agency == giver for one in others)
        before = [one for one in self.papers if (one.giver, one.for_item) == (giver, for_item)]
        must = agency != giver and not chained and to not in AWAY
        must = must and not any(self.is_used(one) for one in before)
        body: dict[str, Any] = {"holder": "chair"}
        if to != "chair":
            membership = member_of(self.database, self.at[to])
            body = {"holder": "person", "membership_id": membership}
        if for_item:
            body["item_id"] = self.at.item.id
        made = self.tries(giver, "give_proxy", must, conference_id=self.at.conference.id, **body)
        if made:
            self.papers = [one for one in self.papers if one not in before]
            self.papers.append(Paper(made, giver, to, for_item))

    @precondition(lambda self: self.papers)
    @rule(data=st.data(), thief=st.sampled_from([None, None, *ALL]))
    def take_back(self, data: st.DataObject, thief: str | None) -> None:
        paper = data.draw(st.sampled_from(self.papers))
        who = thief or paper.giver
        must = who == paper.giver and not self.is_used(paper)
        if self.tries(who, "revoke_proxy", must, proxy_id=paper.id):
            self.papers.remove(paper)

    @rule()
    def ask(self) -> None:
        body = {"nominee_id": self.agency(NOMINEE), "wording": "確認", "because": "改めて確認"}
        made = self.tries(CHAIR, "open_round", True, item_id=self.at.item.id, **body)
        if self.last is not None:
            self.last.asked = False
        self.questions.append(Question(made, self.seats()))

    def seats(self) -> dict[str, Paper | None]:
        """Who comes, and who stays away but has handed its word to somebody who may speak."""
        counts = {one.giver: one for one in sorted(self.papers, key=lambda one: one.for_item)}
        able = set(ALL) - AWAY - self.out
        speaking = {
            giver: one
            for giver, one in counts.items()
            if one.agency in able and one.agency not in counts
        }
        return {
            who: speaking.get(who)
            for who in ALL
            if who not in self.out and (who not in AWAY or who in speaking)
        }

    @precondition(lambda self: self.last is not None)
    @rule(who=givers)
    def answer(self, who: str) -> None:
        assert self.last is not None
        must = self.last.asked and who in self.last.seats and who not in self.out
        if self.tries(who, "give_stance", must, round_id=self.last.id, stance="agree"):
            self.last.manners[who] = "own"

    @precondition(lambda self: self.last is not None)
    @rule(who=givers, holder=st.sampled_from([None, None, None, *ALL]))
    def speak_for(self, who: str, holder: str | None) -> None:
        """By whom it was handed to, or by somebody to whom it was not."""
        last = self.last
        assert last is not None
        paper = last.seats.get(who)
        speaker = holder or (paper.agency if paper else CHAIR)
        if speaker == who:
            return
        must = paper is not None and paper.agency == speaker and speaker not in self.out
        must = must and who not in last.out and last.may_replace(who, "proxy")
        body = {"round_id": last.id, "agency_id": self.agency(who), "stance": "agree"}
        if self.tries(speaker, "give_stance", must, **body):
            last.manners[who] = "proxy"

    @precondition(lambda self: self.last is not None)
    @rule(who=givers, clerk=st.sampled_from([OFFICE, OFFICE, OFFICE, CHAIR]))
    def enter(self, who: str, clerk: str) -> None:
        last = self.last
        assert last is not None
        must = clerk == OFFICE != who and who not in last.out and last.may_replace(who, "office")
        body = {"agency_id": self.agency(who), "stance": "agree", "reason": "書面", "file": DIGEST}
        if self.tries(clerk, "enter_stance", must, round_id=last.id, **body):
            last.manners[who] = "office"

    @precondition(lambda self: len(self.out) < 2)
    @rule(who=st.sampled_from(["bank", "council", "chamber"]))
    def leave(self, who: str) -> None:
        body = {"item_id": self.at.item.id, "reason": "取引先のため"}
        if self.tries(who, "declare_recusal", who not in self.out, **body):
            self.out.add(who)
            if self.last is not None and self.last.asked:
                self.last.out.add(who)

    @precondition(lambda self: self.last is not None and self.last.asked)
    @rule()
    def leave_it_open(self) -> None:
        assert self.last is not None
        body = {"result": "continued", "next_date": "2026-12-15"}
        self.tries(CHAIR, "declare_result", True, round_id=self.last.id, **body)
        self.last.asked = False

    @rule(giver=st.sampled_from(sorted(AWAY)), to=holders, first=st.sampled_from(["own", "proxy"]))
    def a_whole_course(self, giver: str, to: str, first: str) -> None:
        """Random acts alone seldom come as far as two words for one seat."""
        self.hand_on(giver, to, False)
        self.ask()
        for manner in (first, "proxy", "office"):
            if manner == "own":
                self.answer(giver)
            elif manner == "proxy":
                self.speak_for(giver, None)
            else:
                self.enter(giver, OFFICE)

    @invariant()
    def the_picture_is_as_the_model_says(self) -> None:
        if not hasattr(self, "database"):
            return
        with self.database.read() as desk:
            told = item_picture(desk, desk.session.get_one(AgendaItemRow, self.at.item.id))
        for shown, one in zip(told["rounds"], self.questions, strict=True):
            pinned = {seat["agency_id"]: seat["proxy"] for seat in shown["seats"]}
            assert {key: held and held["id"] for key, held in pinned.items()} == {
                self.agency(who): paper and paper.id for who, paper in one.seats.items()
            }
            assert {key: said["manner"] for key, said in shown["stances"].items()} == {
                self.agency(who): manner for who, manner in one.manners.items()
            }
