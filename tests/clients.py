"""A participant without a browser: speaks the wire of docs/wire.md, follows rooms, keeps count."""

import threading
import time
from collections.abc import Callable
from typing import Any

import requests
import socketio

from app.store.columns import new_id

NAMESPACE = "/live"


class Participant:
    """One signed-in connection; ``applied`` is what a screen would show, in its order."""

    def __init__(
        self,
        url: str,
        token: str,
        rooms: list[str],
        transports: tuple[str, ...] = ("polling", "websocket"),
        conference: str = "",
    ) -> None:
        self.url, self.token, self.rooms, self.transports = url, token, rooms, transports
        self.address = f"{url}?c={conference}" if conference else url
        self.applied: dict[str, list[str]] = {room: [] for room in rooms}
        self.place: dict[str, str | None] = dict.fromkeys(rooms)
        self.snapshots: dict[str, Any] = {}
        self.evicted: set[str] = set()
        self.caught_up: list[float] = []
        self.told: dict[tuple[str, str], Any] = {}
        self.frames: list[str] = []
        self.attempted: set[str] = set()
        self.acknowledged: dict[str, Any] = {}
        self._asking: set[str] = set()
        self._waiting: dict[str, list[Any]] = {room: [] for room in rooms}
        self._lock = threading.RLock()
        self.headers = {"Cookie": f"entaku_session={token}", "Referer": f"{url}/"}
        session = requests.Session()
        session.headers.update(self.headers)
        self.client = socketio.Client(reconnection=False, http_session=session)
        self.client.on("entries", self._on_entries, namespace=NAMESPACE)
        self.client.on("evicted", self._on_evicted, namespace=NAMESPACE)
        self.client.on("*", self._on_other, namespace=NAMESPACE)

    def connect(self, seconds: float = 15.0) -> None:
        """Connect and join all rooms, going on from where one was."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                self.client.connect(
                    self.address,
                    headers=dict(self.headers),  # the library takes the cookie out of it
                    namespaces=[NAMESPACE],
                    transports=list(self.transports),
                    wait_timeout=5,
                )
                break
            except socketio.exceptions.ConnectionError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
        connected = time.monotonic()
        for room in self.rooms:
            self.join(room)
        self.caught_up.append(time.monotonic() - connected)

    def join(self, room: str) -> Any:
        asked: dict[str, Any] = {"room": room}
        self._asking.add(room)
        if self.place[room] is not None:
            asked["cursor"] = self.place[room]
        answer = self.call("join", asked)
        if answer["ok"]:
            with self._lock:
                self._joined(room, answer["result"])
        return answer

    def call(self, event: str, body: dict[str, Any], seconds: float = 10.0) -> Any:
        answer = self.client.call(event, body, namespace=NAMESPACE, timeout=seconds)
        self.frames.append(str(answer))
        return answer

    def act(self, command: str, **body: Any) -> Any:
        """Send until answered, always with the same operation id."""
        op_id = body.pop("op_id", None) or new_id()
        self.attempted.add(op_id)
        answer = self.call(command, {**body, "op_id": op_id})
        if answer["ok"]:
            self.acknowledged[op_id] = answer["result"]
        return answer

    def close(self) -> None:
        if self.client.connected:
            self.client.disconnect()
        with self._lock:
            for waiting in self._waiting.values():
                waiting.clear()

    def lost(self) -> None:
        """The line broke: what was on its way belongs behind the next answer to joining."""
        with self._lock:
            for waiting in self._waiting.values():
                waiting.clear()

    def _joined(self, room: str, picture: dict[str, Any]) -> None:
        """What came while asking may be newer than the answer, and follows it."""
        self._asking.discard(room)
        if "snapshot" in picture:
            self.snapshots[room] = picture["snapshot"]
            self.place[room] = picture["cursor"]
        for entry in picture.get("entries", []):
            if entry["prev"] == self.place[room]:
                self._apply(entry)
        self.place[room] = picture["cursor"]
        waiting, self._waiting[room] = self._waiting[room], []
        for entry in waiting:
            if entry["prev"] == self.place[room]:
                self._apply(entry)

    def _apply(self, entry: dict[str, Any]) -> None:
        self.applied[entry["room"]].append(entry["id"])
        self.place[entry["room"]] = entry["cursor"]

    def _on_entries(self, message: dict[str, Any]) -> None:
        self.frames.append(str(message))
        with self._lock:
            for entry in message["entries"]:
                room = entry["room"]
                if room in self._asking or self.place.get(room) is None:
                    self._waiting[room].append(entry)
                elif entry["prev"] == self.place[room]:
                    self._apply(entry)

    def _on_evicted(self, message: dict[str, Any]) -> None:
        self.frames.append(str(message))
        self.evicted.add(message["room"])

    def _on_other(self, event: str, *message: Any) -> None:
        self.frames.append(f"{event} {message}")
        if message and isinstance(message[0], dict) and "room" in message[0]:
            self.told[event, message[0]["room"]] = message[0]

    def people(self, room: str) -> list[str]:
        """Who is said to be in the room."""
        told = self.told.get(("presence", room), {"people": []})
        return [one["person"] for one in told["people"]]

    def columns(self, room: str) -> list[str]:
        """Columns of the sheet on which others are said to stand."""
        told = self.told.get(("positions", room), {"cells": []})
        return sorted(one["column"] for one in told["cells"])


def eventually(what: Callable[[], bool], seconds: float = 10.0) -> bool:
    """True as soon as it holds, False when it has not by then."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if what():
            return True
        time.sleep(0.02)
    return what()
