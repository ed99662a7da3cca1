"""G2 on the wire: every packet and page every client is sent during a whole story, searched.

A token is a word nobody else would use; it says who may ever have been sent it. Who left an item,
was taken out of it, or lost the consent is sent nothing that is said from then on.
"""

from dataclasses import dataclass, field

import pytest
from sqlmodel import select

from app.domain.conference import SeatRole
from app.domain.lanes import Lane, LaneOf
from app.domain.vocabulary import AgencyKind, Role
from app.services.invitations import InviteAgency, invite_agency
from app.store.columns import new_id
from app.store.tables.recusals import RecusalRow
from tests import conference_steps as steps
from tests import room_steps
from tests.clients import eventually
from tests.decision_record import condition
from tests.factories import actor_of, agency, op, table
from tests.guarantees.figures import note
from tests.guarantees.listening import Listening
from tests.guarantees.sealed_words import what_is_sealed_is_read_by_nobody
from tests.serving import serving

TRANSPORTS = {"websocket": ("polling", "websocket"), "polling": ("polling",)}
SIX = ("bank", "cga", "yorozu", "council", "succession", "chamber")
SECOND = {"bank", "cga", "yorozu", "council"}
AGENCY_OF = {"observer of the bank": "bank", "auditor": "bank"}


@dataclass
class Token:
    text: str
    what: str
    knows: set[str]


@dataclass
class Stage:
    """The clients, the words said so far, and what was found where it should not be."""

    at: object
    ids: dict[str, str]
    clients: list[Listening] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    leaks: set[tuple[str, str, str]] = field(default_factory=set)
    seen: set[tuple[str, str]] = field(default_factory=set)
    out: set[str] = field(default_factory=set)

    def word(self, what, knows):
        token = Token(f"zq{new_id()[:10]}x", what, set(knows) - self.out)
        self.tokens.append(token)
        return token.text

    def sealed(self, what):
        """A word nobody may read yet, whoever said it."""
        self.tokens.append(Token(f"zq{new_id()[:10]}x", what, set()))
        return self.tokens[-1]

    def one(self, who):
        return next(client for client in self.clients if client.who == who)

    def agency(self, who):
        return self.at.agencies[who].id

    def act(self, who, command, **body):
        answer = self.one(who).act(command, **body)
        assert answer["ok"] is True, (who, command, answer)
        return answer["result"]

    def settle(self):
        """Everybody tries all doors and pages; then everything ever received is searched."""
        last = self.tokens[-1]
        eventually(lambda: any(last.text in one for one in self.one("bank").packets), 5)
        for client in self.clients:
            client.knock()
            if client.client.connected:
                client.look(self.ids)
        for client in self.clients:
            everything = "\n".join(client.heard())
            agency_id = AGENCY_OF.get(client.who, client.who)
            for token in self.tokens:
                if token.text in everything:
                    may = agency_id in token.knows and not keeps_out(client.who, token.what)
                    (self.seen if may else self.leaks).add((client.who, token.what))

    @property
    def figures(self):
        packets = sum(len(client.packets) for client in self.clients)
        answers = sum(len(client.answers) for client in self.clients)
        size = sum(len(text.encode()) for c in self.clients for text in c.heard())
        return {"packets": packets, "pages": answers, "bytes": size}


def keeps_out(who, what):
    """An auditor sees no case; whoever only looks on reads no notes and no lane of the agency."""
    looks_on = who == "observer of the bank"
    return who == "auditor" or (looks_on and what.startswith(("note", "lane")))


def talk(stage, label, knows):
    """A word in every kind of thing that is said at an item and written in its sheet."""
    item, case = stage.ids["item"], stage.ids["case"]
    speaker = "bank"
    said = {
        "remark": ("say_remark", {"item_id": item, "text": "{}"}),
        "outcome": ("record_outcome", {"item_id": item, "kind": "information", "text": "{}"}),
    }
    for what, (command, body) in said.items():
        word = stage.word(f"{what} {label}", knows)
        stage.act(speaker, command, **{k: word if v == "{}" else v for k, v in body.items()})
    for lane, hear in (("agency", {"bank"}), ("chair", {"bank", "yorozu", "council"})):
        word = stage.word(f"lane {lane} {label}", hear)
        own = {"item_id": item, "lane": lane, "agency_id": stage.agency(speaker)}
        stage.act(speaker, "say_in_lane", **own, text=word)
    write(stage, label, "wishes", knows)
    write(stage, label, "distress_cause", knows)
    note_id = stage.act(speaker, "add_sheet_row", case_id=case, kind="note")["id"]
    word = stage.word(f"note {label}", {"bank"})
    cell = {"case_id": case, "row": note_id, "column": "note", "base_version": 0}
    stage.act(speaker, "write_cell", **cell, value=word)


def write(stage, label, column, knows):
    key = f"version {column}"
    version = int(stage.ids.get(key, "0"))
    word = stage.word(f"{column} {label}", knows)
    cell = {"case_id": stage.ids["case"], "row": "case", "column": column}
    stage.act("bank", "write_cell", **cell, value=word, base_version=version)
    stage.ids[key] = str(version + 1)


def leave(stage, who, command, by, **body):
    """The agency is out from here on: it is not even sent the reason."""
    word = stage.word(f"{command} {who}", set(SIX) - {who})
    stage.act(by, command, item_id=stage.ids["item"], reason=word, **body)
    stage.out.add(who)


def people(database, at):
    """Everybody at the table, and beside it all those who watch without belonging."""
    with database.begin() as uow:
        gallery = agency(uow, "gallery", AgencyKind.SMRJ, "中小機構", 30)
        others = {
            "gallery": actor_of(uow, gallery, "傍聴 一郎"),
            "observer of the bank": actor_of(uow, at.agencies["bank"], "見学 者", Role.OBSERVER),
            "auditor": actor_of(uow, at.agencies["bank"], "監査 役", Role.AUDITOR),
        }
    command = InviteAgency(
        op_id=op(),
        conference_id=at.conference.id,
        agency_id=gallery.id,
        role=SeatRole.OBSERVER,
    )
    invite_agency(database, at["cga"], command)
    return {**{who: at[who] for who in SIX}, **others, "outsider": at.outsider}


@pytest.fixture(params=sorted(TRANSPORTS))
def stage(request, database, database_url, tmp_path):
    at = table(database)
    everybody = people(database, at)
    second, other_item, _report = steps.opened(database, at)
    room_steps.start(database, at["cga"], other_item)
    other = steps.item(database, other_item).case_id
    ids = {
        "case": at.case.id,
        "item": at.item.id,
        "conference": at.conference.id,
        "second": second,
        "other item": other_item,
        "other": other,
    }
    rooms = [f"c-{at.conference.id}", f"i-{at.item.id}", f"s-{at.case.id}", f"a-{at.case.id}"]
    rooms += [f"c-{second}", f"i-{other_item}", f"a-{other}"]
    bank = at.agencies["bank"].id
    rooms += [f"l-{LaneOf(at.item.id, bank, lane).subject}" for lane in Lane]
    made = Stage(at, ids)
    with serving(tmp_path / "data", database_url) as server:
        for who, actor in everybody.items():
            line = TRANSPORTS[request.param]
            client = Listening(who, server.url, server.token_for(actor), rooms, line)
            client.connect(60)
            made.clients.append(client)
        yield made
        for client in made.clients:
            client.close()


def the_chamber_leaves(stage):
    item = {"item_id": stage.ids["item"]}
    asked = {"agency_id": stage.agency("chamber"), "reason": stage.word("suggested", SIX)}
    stage.act("cga", "suggest_recusal", **item, **asked)
    leave(stage, "chamber", "declare_recusal", "chamber")
    talk(stage, "while the chamber is out", SIX)
    ask = {"nominee_id": stage.agency("yorozu"), "wording": stage.word("wording", SIX)}
    ask["because"] = stage.word("because", SIX)
    round_id = stage.act("yorozu", "open_round", **item, **ask)["id"]
    for who in ("bank", "cga", "succession"):
        word = stage.word(f"stance {who}", SIX)
        stance = condition(stage.agency("yorozu"), word, due="2027-12-31")
        stage.act(who, "give_stance", round_id=round_id, **stance)


def one_is_taken_out_and_comes_back(stage):
    """Taken back as a mistake: from there on it may read all of it again."""
    taken = {"agency_id": stage.agency("succession")}
    leave(stage, "succession", "pin_recusal", "yorozu", **taken)
    talk(stage, "while two are out", SIX)
    stage.settle()
    back = {**taken, "item_id": stage.ids["item"], "reason": "取り違え"}
    stage.act("yorozu", "lift_recusal", **back)
    stage.out.discard("succession")
    for token in stage.tokens:
        if token.what == "pin_recusal succession" or "two are out" in token.what:
            token.knows |= set() if token.what.startswith("note") else {"succession"}
    talk(stage, "once it is back", SIX)


def chair_and_secretariat_leave(stage):
    hand = {"agency_id": stage.agency("council"), "person": "高橋 誠"}
    stage.act("yorozu", "hand_over_chair", conference_id=stage.ids["conference"], **hand)
    leave(stage, "yorozu", "declare_recusal", "yorozu")
    talk(stage, "while the chair of before is out", SIX)
    leave(stage, "cga", "pin_recusal", "council", agency_id=stage.agency("cga"))
    talk(stage, "while the secretariat is out", SIX)


def another_case_goes_on(stage):
    """At the second conference those who are out here take part as ever."""
    out, stage.out = stage.out, set()
    word = stage.word("another case", SECOND)
    stage.act("cga", "say_remark", item_id=stage.ids["other item"], text=word)
    stage.out = out


def the_consent_is_withdrawn(stage):
    reason = stage.word("why", {"bank"})
    stage.act("bank", "withdraw_consent", case_id=stage.ids["case"], reason=reason)
    write(stage, "after the consent", "wishes", {"bank"})


@pytest.mark.guarantee
def test_nobody_is_ever_sent_a_word_that_is_not_theirs(stage, database, request):
    talk(stage, "at first", SIX)
    stage.settle()
    for chapter in (
        what_is_sealed_is_read_by_nobody,
        the_chamber_leaves,
        one_is_taken_out_and_comes_back,
        chair_and_secretariat_leave,
        another_case_goes_on,
        the_consent_is_withdrawn,
    ):
        chapter(stage)
        stage.settle()

    line = request.node.callspec.params["stage"]
    note(
        f"g2_live_frames_{line}_{database.engine.dialect.name}",
        tokens=len(stage.tokens),
        clients=len(stage.clients),
        **stage.figures,
        leaks=len(stage.leaks),
    )
    assert stage.leaks == set()
    # Had nobody found anything, the search itself would be blind.
    assert {what for who, what in stage.seen if who == "bank"} == {t.what for t in stage.tokens}
    read = {t.what for t in stage.tokens if t.text in stage.one("bank").read()}
    assert {"remark at first", "wishes while two are out", "note once it is back"} <= read
    back_again = {what for who, what in stage.seen if who == "succession"}
    assert {"remark while two are out", "remark once it is back"} <= back_again
    assert [what for who, what in stage.seen if who == "chamber" and "while" in what] == []
    assert ("yorozu", "another case") in stage.seen
    assert ("yorozu", "lane chair at first") in stage.seen
    assert ("council", "lane chair while the secretariat is out") in stage.seen
    with database.read() as desk:
        held = desk.session.exec(select(RecusalRow.agency_id).where(RecusalRow.state == "standing"))
        assert set(held) == {stage.agency(who) for who in ("chamber", "yorozu", "cga")}
