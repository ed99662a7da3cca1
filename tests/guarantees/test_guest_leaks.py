"""G2 for the firm's owner: of all that is said and written, only the shared layer reaches a guest.

Every word the story says carries a token of its own; which of them a guest may know is said here
once more, by command and field, in other words than the product's own.
"""

import json

import pytest
import requests

from app.domain.guests import GuestOver
from app.queries.guest_page import guest_picture
from app.services.listing import USE_CASES
from app.services.validation import validated
from app.settings import Settings
from app.store import guests, tokens
from app.store.files import Files
from deploy.assembly import assemble
from tests import guest_steps
from tests.clients import eventually
from tests.decision_record import condition
from tests.factories import op, table
from tests.guarantees.canaries import marked, told
from tests.guarantees.figures import note
from tests.guest_client import GuestClient
from tests.serving import serving
from tests.story.papers import CONTENTS
from tests.story.proxies import WRITING

MAY_KNOW = {
    "create_firm": {"name"},
    "create_conference": {"name"},
    "change_conference": {"name"},
    "open_case": {"request_detail", "wishes", "tried"},
    "invite_guest": {"name"},
    "set_correction_aside": {"reason"},
    "correct_fact": {"value", "words"},
    "state_preference": {"text"},
}
MAY_KNOW_CELLS = {"business", "wishes", "strengths", "tried", "issue", "menu", "available_from"}
SEEN_AT_LEAST = {"create_firm", "open_case", "correct_fact", "state_preference", "write_cell"}


def may_know(c):
    """Token → the command it was said with, for those a guest may be told."""
    allowed = {}
    for command, body in c.done:
        fields = MAY_KNOW.get(command, set())
        if command == "write_cell" and body["column"] in MAY_KNOW_CELLS:
            fields = {"value"}
        for name in fields:
            for token in c.tokens:
                if token.text in str(body.get(name, "")):
                    allowed[token.text] = command
    return allowed


class Owner:
    """What the owner is shown after each act, by page and by picture."""

    def __init__(self, c, whole):
        self.c, self.whole = c, whole
        self.looks = self.checked = 0
        self.seen, self.leaks = set(), set()

    def look(self, act):
        token = self.c.ids.get("owner_session")
        if token is None:
            return
        self.looks += 1
        allowed = may_know(self.c)
        for place, text in self.texts(token):
            for canary in self.c.tokens:
                self.checked += 1
                if canary.text not in text:
                    continue
                if canary.text in allowed:
                    self.seen.add(allowed[canary.text])
                else:
                    self.leaks.add((act, place, canary.kind, canary.text))

    def texts(self, token):
        client = self.whole.app.test_client()
        client.set_cookie("entaku_guest", token, domain="localhost")
        for address in ("/guest", "/guest/" + "0" * 43):
            answer = client.get(address, base_url="http://localhost:8000")
            yield address, f"{answer.text} {answer.headers}"
        with self.c.database.read() as desk:
            guest = guests.guest_of(desk, tokens.hash_of(token))
            try:
                picture, _at = guest_picture(desk, guest, str)
                yield "picture", json.dumps(picture, ensure_ascii=False)
            except GuestOver as over:
                yield "over", str(over)


@pytest.mark.guarantee
def test_only_the_shared_layer_reaches_the_owner(database, database_url, clock, tmp_path):
    c, _people = marked(database)
    settings = Settings(data=tmp_path, database_url=database_url, secret=database.secret)
    for content in (*CONTENTS, WRITING):
        Files(settings.files).put(content)
    whole = assemble(settings, clock)
    owner = Owner(c, whole)
    while_it_ran: set[str] = set()
    for act in told(c):
        if act == "end":
            while_it_ran, owner.seen = owner.seen, set()
        owner.look(act)
    whole.engine.dispose()
    assert owner.leaks == set()
    # Had nothing been found, the search itself would be blind; and after the end nothing is.
    assert while_it_ran >= SEEN_AT_LEAST
    assert owner.seen == set()
    note(f"guest_leaks_{database.engine.dialect.name}", looks=owner.looks, checked=owner.checked)
    assert owner.looks > 20


INNER = (
    ("write_cell", {"row": "case", "column": "background"}),
    ("write_cell", {"row": "case", "column": "distress_cause"}),
    ("write_cell", {"row": "case", "column": "contention"}),
    ("write_cell", {"row": "case", "column": "nf_manager"}),
    ("write_cell", {"row": "case", "column": "policy"}),
)


@pytest.mark.guarantee
@pytest.mark.parametrize("transports", [("polling",), ("polling", "websocket")])
def test_no_frame_carries_a_word_of_the_table(tmp_path, database_url, transports):
    with serving(tmp_path, database_url) as server:
        at = table(server.database)
        words = {"inner": [], "shared": []}

        def word(kind):
            text = f"zg{len(words['inner']) + len(words['shared']):03}{kind[0]}x"
            words[kind].append(text)
            return text

        def does(who, command, **body):
            one = USE_CASES[command]
            values = validated(one.command, {"op_id": op(), **body})
            return one.run(server.database, at[who], values)

        token = guest_steps.let_in(server.database, at["cga"], at.item.id)
        guest = GuestClient(server.url, f"entaku_guest={token}", transports).connect()
        assert eventually(lambda: bool(guest.pictures), 5)
        item, case = at.item.id, at.case.id
        bank, yorozu = at.agencies["bank"].id, at.agencies["yorozu"].id
        for command, body in INNER:
            does("bank", command, case_id=case, value=word("inner"), base_version=0, **body)
        for row in ("issue", "note"):
            made = does("bank", "add_sheet_row", case_id=case, kind=row).id
            column = "grounds" if row == "issue" else "note"
            cell = {"row": made, "column": column, "base_version": 0}
            does("bank", "write_cell", case_id=case, value=word("inner"), **cell)
            if row == "issue":
                shared = cell | {"column": "issue"}
                does("bank", "write_cell", case_id=case, value=word("shared"), **shared)
        for column in ("situation", "premise", "in_charge"):
            cell = {"row": yorozu, "column": column, "base_version": 0}
            does("yorozu", "write_cell", case_id=case, value=word("inner"), **cell)
        does("bank", "say_remark", item_id=item, text=word("inner"))
        for lane in ("agency", "chair"):
            said = {"item_id": item, "lane": lane, "agency_id": bank}
            does("bank", "say_in_lane", text=word("inner"), **said)
        does("yorozu", "open_nominations", item_id=item, role=word("inner"))
        does("bank", "nominate_lead", item_id=item, nominee_id=yorozu, reason=word("inner"))
        does("yorozu", "reveal_nominations", item_id=item)
        ask = {"agency_id": at.agencies["chamber"].id, "reason": word("inner")}
        does("cga", "suggest_recusal", item_id=item, **ask)
        done = {"kind": "information", "text": word("inner")}
        does("cga", "record_outcome", item_id=item, **done)
        other = {"kind": "report", "title": word("inner"), "minutes": 5}
        does("cga", "add_item", conference_id=at.conference.id, **other)
        wording = {"nominee_id": yorozu, "wording": word("inner")}
        round_id = does("yorozu", "open_round", item_id=item, **wording).id
        monthly = condition(yorozu, word("inner"), due="2027-12-31")
        does("council", "give_stance", round_id=round_id, **monthly)
        for who, row, column in (("bank", "case", "wishes"), ("yorozu", yorozu, "menu")):
            cell = {"row": row, "column": column, "base_version": 0}
            does(who, "write_cell", case_id=case, value=word("shared"), **cell)
        last = words["shared"][-1]
        assert eventually(lambda: any(last in frame for frame in guest.frames), 5)
        page = requests.get(
            f"{server.url}/guest", headers={"Cookie": f"entaku_guest={token}"}, timeout=5
        )
        everything = "\n".join([*guest.frames, page.text])
        guest.close()
    assert [one for one in words["inner"] if one in everything] == []
    assert [one for one in words["shared"] if one not in everything] == []
    assert len(words["inner"]) > 15
