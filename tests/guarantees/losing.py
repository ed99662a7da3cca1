"""People about to lose a right, in the middle of a steady stream, and what they still got.

The last of the stream that reached somebody is measured against the moment the right had ended;
in every other round it is tried instead, in that very moment, whether a write is still taken.
"""

import re
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import requests
from socketio.exceptions import SocketIOError

from app.domain.consent import CONSENTABLE
from app.services.listing import USE_CASES
from app.services.validation import validated
from app.store.tables.journal import OperationRow
from tests import guest_steps
from tests.clients import Participant, eventually
from tests.factories import actor_of, op
from tests.guarantees.figures import note
from tests.guest_client import GuestClient

PACE = 0.06
# After somebody is out this long is listened whether anything still comes.
LISTEN = 0.4
# Who is cut off gets no answer and need not wait for one: what counts is what was stored.
ANSWERED_WITHIN = 1.5


class Victim(Participant):
    """Somebody about to lose a right; knows when it last heard anything of the stream.

    That its seat is empty now it may still read in the conference's own room.
    """

    def __init__(self, stream, *args):
        super().__init__(*args)
        self.stream, self.heard_at = stream, []

    def _on_entries(self, message):
        if any(entry["room"] == self.stream for entry in message["entries"]):
            self.heard_at.append(time.monotonic())
        super()._on_entries(message)

    def is_out(self):
        return not self.client.connected or self.stream in self.evicted

    def tries(self, op_id):
        """Write a remark, however the line may end meanwhile."""
        item_id = self.stream.removeprefix("i-")
        body = {"op_id": op_id, "item_id": item_id, "text": "まだ書けますか"}
        with suppress(SocketIOError):
            self.call("say_remark", body, seconds=ANSWERED_WITHIN)


class GuestVictim(GuestClient):
    """The firm's owner with the page open, about to be let out."""

    def __init__(self, url, token):
        super().__init__(url, f"entaku_guest={token}", ("polling", "websocket"))
        self.token, self.heard_at = token, []
        self.browser = requests.Session()
        self.browser.cookies.set("entaku_guest", token)
        page = self.browser.get(f"{url}/guest", timeout=30).text
        self.browser.headers = {"X-CSRF-Token": re.findall(r'name="csrf" value="([^"]+)"', page)[0]}

    def _heard(self, event, *message):
        if event == "picture":
            self.heard_at.append(time.monotonic())
        super()._heard(event, *message)

    def is_out(self):
        return self.out_at is not None

    def tries(self, op_id):
        """State a wish; there is no other way in for it than this one."""
        address = f"{self.url}/api/guest/act/state_preference"
        self.browser.post(address, json={"op_id": op_id, "text": "まだ書けますか"}, timeout=30)


@dataclass
class Measured:
    """Seconds by what ended the right, and how many writes were still taken."""

    heard: dict[str, list[float]] = field(default_factory=dict)
    out: list[float] = field(default_factory=list)
    tried: int = 0
    accepted: int = 0

    def told(self, name, limit):
        every = sorted(value for values in self.heard.values() for value in values)
        worst = {kind: round(max(values), 3) for kind, values in self.heard.items()}
        p99 = every[min(len(every) - 1, int(0.99 * len(every)))]
        note(
            name,
            repetitions=len(every) + self.tried,
            p50_seconds=round(every[len(every) // 2], 3),
            p99_seconds=round(p99, 3),
            worst_seconds=worst,
            out_worst_seconds=round(max(self.out), 3),
            writes_tried_after=self.tried,
            writes_accepted_after=self.accepted,
        )
        assert p99 <= limit, worst
        assert max(self.out) <= limit
        assert self.accepted == 0
        assert self.tried > 0


@dataclass
class Scene:
    """``server`` is where people are; ``elsewhere`` another process of the same database."""

    server: object
    elsewhere: object
    at: object
    bank: Participant
    chair: Participant
    measured: Measured = field(default_factory=Measured)

    @property
    def database(self):
        """This process' own way to the records, which wakes nobody at the server."""
        return self.elsewhere.database

    @property
    def room(self):
        return f"i-{self.at.item.id}"

    def victim(self, who):
        """A person of that agency with a session of their own, listening and hearing."""
        with self.database.begin() as uow:
            actor = actor_of(uow, self.at.agencies[who], f"一時 {op()[:6]}")
        rooms = [f"c-{self.at.conference.id}", self.room, f"s-{self.at.case.id}"]
        client = Victim(self.room, self.server.url, self.server.token_for(actor), rooms)
        client.actor = actor
        client.connect(60)
        assert eventually(lambda: len(client.heard_at) >= 3), "the stream is not steady"
        return client

    def guest(self, item_id):
        """The firm's owner, let in to the item, seeing the page change and able to answer it."""
        token = guest_steps.let_in(self.database, self.at["cga"], item_id)
        client = GuestVictim(self.server.url, token).connect()
        client.tries(wish := op())
        assert self.is_stored(wish), "a guest could not write before either"
        assert eventually(lambda: len(client.heard_at) >= 3), "the stream is not steady"
        return client

    def ends(self, number, *losses):
        """Carry out what ends each right; measure what still came, or at once try to write."""
        waiting, tried = [], []
        for kind, victims, act in losses:
            act()
            waiting += [(kind, client, time.monotonic()) for client in victims]
            for client in victims if number % 2 else ():
                tried.append(op())
                client.tries(tried[-1])
        for kind, client, moment in waiting:
            assert eventually(client.is_out, 5), kind
            if not number % 2:
                self.measured.out.append(time.monotonic() - moment)
        time.sleep(LISTEN)
        for kind, client, moment in waiting:
            if not number % 2:
                late = max([0.0, *(at - moment for at in client.heard_at)])
                self.measured.heard.setdefault(kind, []).append(late)
            client.close()
        self.measured.tried += len(tried)
        self.measured.accepted += sum(map(self.is_stored, tried))

    def is_stored(self, op_id):
        with self.database.read() as desk:
            return desk.session.get(OperationRow, op_id) is not None

    def carry_out(self, who, command, **body):
        """In this process, which wakes nobody at the server."""
        use_case = USE_CASES[command]
        values = validated(use_case.command, {"op_id": op(), **body})
        return use_case.run(self.database, self.at[who], values)

    def act(self, client, command, **body):
        answer = client.act(command, **body)
        assert answer["ok"] is True, answer

    def grant(self):
        """The firm consents again, for the next round."""
        agencies = [one.id for one in self.at.agencies.values()]
        groups = [str(group) for group in CONSENTABLE]
        consent = {"case_id": self.at.case.id, "agencies": agencies, "item_groups": groups}
        self.carry_out("bank", "record_consent", **consent, method="handwritten")


@contextmanager
def stream(*ways):
    """Something is said at a steady pace, in one way after the other, until told to stop."""
    stop = threading.Event()

    def run():
        while not stop.is_set():
            for say in ways:
                say()
                stop.wait(PACE)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(15)
