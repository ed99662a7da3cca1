"""Pages without a browser, many at a time: begin by polling, go over to a websocket, answer pings.

What comes is read and dropped but for pings and the answer waited for, so that one test can be a
whole conference without being slower than the server it measures.
"""

import contextlib
import json
import select
import time
from typing import Any

import requests
import websocket

_PING = b"\x81\x012"  # the whole frame; no text has these bytes
_AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0"


class Page:
    """One signed-in page; ``rooms`` are joined whenever it connects."""

    def __init__(self, url: str, token: str, rooms: list[str]) -> None:
        self.url, self.token, self.rooms = url, token, rooms
        self.number, self._read = 0, bytearray()
        self.link: Any = None

    def connect(self) -> None:
        headers = {"User-Agent": _AGENT, "Accept-Language": "ja,en;q=0.8"}
        cookie = f"entaku_session={self.token}"
        address = f"{self.url}/socket.io/?EIO=4&transport="
        with requests.Session() as session:
            session.headers.update(headers | {"Cookie": cookie, "Origin": self.url})
            begun = session.get(f"{address}polling", timeout=60).text
            address += f"{{}}&sid={json.loads(begun[1:])['sid']}"
            session.post(address.format("polling"), data="40/live,", timeout=60)
            answer = session.get(address.format("polling"), timeout=60).text
        assert answer.startswith("40/live"), answer
        self.link = websocket.create_connection(
            address.format("websocket").replace("http", "ws"),
            origin=self.url,
            cookie=cookie,
            header=headers,
            timeout=60,
        )
        self.link.send("2probe")
        assert self.link.recv() == "3probe"
        self.link.send("5")
        self._read.clear()
        for room in self.rooms:
            answer = self.call("join", room=room)
            assert answer["ok"], answer

    def call(self, event: str, **body: Any) -> Any:
        """Ask until answered: too hasty a person waits, and a broken line is taken up again."""
        while True:
            try:
                answer = self._ask(json.dumps([event, body]))
            except (OSError, websocket.WebSocketException):
                self.connect()
                continue
            if answer.get("code") != "too_many":
                return answer
            time.sleep(0.3)

    def _ask(self, words: str) -> Any:
        self.number += 1
        mark = f"43/live,{self.number}[".encode()
        self.link.send(f"42/live,{self.number}{words}")
        until = time.monotonic() + 60
        while (answer := self._answer(mark)) is None:
            assert time.monotonic() < until, f"no answer to {words}"
            self.take(1.0)
        return answer

    def _answer(self, mark: bytes) -> Any:
        at = self._read.find(mark)
        if at < 0:
            return None
        text = self._read[at + len(mark) :].decode(errors="replace")
        with contextlib.suppress(json.JSONDecodeError):
            answer, _end = json.JSONDecoder().raw_decode(text)
            self._read.clear()
            return answer
        return None

    def take(self, seconds: float = 0.0) -> None:
        """What has come by now, or comes within so many seconds."""
        if not select.select([self.link.sock], [], [], seconds)[0]:
            return
        data = self.link.sock.recv(1 << 20)
        if not data:
            raise ConnectionError("the server ended the connection")
        if _PING in data:
            self.link.send("3")
        self._read += data

    def let_go(self) -> None:
        """Nobody waits for an answer: what was read is dropped."""
        try:
            self.take()
        except (OSError, websocket.WebSocketException):
            self.connect()
        self._read.clear()

    def close(self) -> None:
        """As a closed tab does it: no word, the line is gone."""
        self.link.shutdown()
