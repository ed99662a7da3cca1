"""Bad clients, run as a process of their own: ``python -m tests.guarantees.attackers KIND …``."""

import contextlib
import json
import os
import socket
import sys
import time
from collections.abc import Callable
from typing import Any

import requests
import websocket

HUGE = 150 * 1024 * 1024


class Attacker:
    """One signed-in person whose client means harm, or is broken, until the time is up."""

    def __init__(self, url: str, token: str, rooms: list[str], seconds: float) -> None:
        self.url, self.token, self.rooms = url, token, rooms
        self.until = time.monotonic() + seconds
        self.tries = 0

    def going_on(self) -> bool:
        return time.monotonic() < self.until

    def connect(self, receive_buffer: int | None = None) -> websocket.WebSocket:
        options = ((socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer),) if receive_buffer else ()
        return websocket.create_connection(
            self.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket",
            origin=self.url,
            cookie=f"entaku_session={self.token}",
            timeout=5,
            sockopt=options,
        )

    def enter(self, receive_buffer: int | None = None) -> websocket.WebSocket:
        """Connected and in every room, as any page would be."""
        link = self.connect(receive_buffer)
        link.recv()
        link.send("40/live,")
        link.recv()
        for number, room in enumerate(self.rooms):
            link.send(f"42/live,{number}" + json.dumps(["join", {"room": room}]))
        return link

    def huge_frame(self) -> None:
        """A frame that says it is 150 MB, and the bytes of it as long as anybody takes them."""
        header = bytes([0x81, 0xFF]) + HUGE.to_bytes(8, "big") + bytes(4)
        self._pour(header, bytes(1 << 20), HUGE)

    def fragments(self) -> None:
        """A message that never ends, in frames of one byte; and one in frames of 4 kB."""
        for size in (1, 4096):
            first = (
                bytes([0x01, 0x80 | size]) if size == 1 else b"\x01\xfe" + size.to_bytes(2, "big")
            )
            more = bytes([0x00]) + first[1:]
            body = bytes(4) + b"4" * size
            self._pour(first + body, (more + body) * max(1, 4096 // size), HUGE)

    def _pour(self, begin: bytes, more: bytes, size: int) -> None:
        link = self.connect()
        sock: Any = link.sock
        self.tries += 1
        with contextlib.suppress(OSError, websocket.WebSocketException):
            sock.sendall(begin)
            for _ in range(size // len(more)):
                sock.sendall(more)
                if not self.going_on():
                    break
        link.shutdown()
        time.sleep(0.1)  # as fast as a page would come back

    def huge_post(self) -> None:
        """The same by long-polling."""
        headers = {"Cookie": f"entaku_session={self.token}", "Origin": self.url}
        address = f"{self.url}/socket.io/?EIO=4&transport=polling"
        sid = requests.get(address, headers=headers, timeout=5).text.split('"sid":"')[1][:20]
        self.tries += 1
        host, port = self.url.removeprefix("http://").split(":")
        with contextlib.suppress(OSError), socket.create_connection((host, int(port)), 5) as link:
            head = f"POST /socket.io/?EIO=4&transport=polling&sid={sid} HTTP/1.1\r\n"
            head += f"Host: {host}:{port}"
            link.sendall(f"{head}\r\nOrigin: {self.url}\r\nContent-Length: {HUGE}\r\n\r\n".encode())
            while self.going_on():
                link.sendall(bytes(1 << 20))

    def flood(self) -> None:
        """Events as fast as they can be sent, answers read as they come."""
        link = self.enter()
        event = "42/live,7" + json.dumps(["say_remark", {"text": "x"}])
        with contextlib.suppress(OSError, websocket.WebSocketException):
            link.settimeout(0.2)
            while self.going_on():
                for _ in range(200):
                    link.send(event)
                    self.tries += 1
                with contextlib.suppress(websocket.WebSocketTimeoutException):
                    for _ in range(200):
                        link.recv()
        link.shutdown()

    def pongs(self) -> None:
        """Small packets of the protocol itself, which are no events and get no answer."""
        link = self.connect()
        sock: Any = link.sock
        pong = b"\x81\x81" + bytes(4) + b"3"
        with contextlib.suppress(OSError):
            while self.going_on():
                sock.sendall(pong * 1000)
                self.tries += 1000
        link.shutdown()

    def handshakes(self) -> None:
        """Connections that are begun and never used, by both ways."""
        session = requests.Session()
        headers = {"Cookie": f"entaku_session={self.token}", "Origin": self.url}
        address = f"{self.url}/socket.io/?EIO=4&transport=polling"
        kept = []
        while self.going_on() and self.tries < 3000:
            session.get(address, headers=headers, timeout=5)
            self.tries += 1
            if self.tries % 10 == 0:
                with contextlib.suppress(OSError, websocket.WebSocketException):
                    kept.append(self.connect())
        while self.going_on():
            time.sleep(0.05)

    def bad_posts(self) -> None:
        """Packets no client sends, each on a connection of its own that nobody listens to."""
        headers = {"Cookie": f"entaku_session={self.token}", "Origin": self.url}
        address = f"{self.url}/socket.io/?EIO=4&transport=polling"
        answer = requests.get(address, headers=headers, timeout=5)
        sid = answer.text.split('"sid":"')[1].split('"')[0]
        self.tries += 1
        with contextlib.suppress(requests.RequestException):
            requests.post(f"{address}&sid={sid}", data="6", headers=headers, timeout=0.2)

    def silence(self) -> None:
        """In the room like everybody, but nothing is ever read."""
        kept = [self.enter(receive_buffer=4096) for _ in range(5)]
        self.tries = len(kept)
        while self.going_on():
            time.sleep(0.05)


def main(kind: str, url: str, token: str, rooms: str, seconds: str) -> None:
    os.nice(10)  # whoever attacks has a machine of their own, and takes nothing from the server's
    attacker = Attacker(url, token, json.loads(rooms), float(seconds))
    attack: Callable[[], None] = getattr(attacker, kind)
    while attacker.going_on():
        try:
            attack()
        except (OSError, websocket.WebSocketException, requests.RequestException, IndexError):
            time.sleep(0.01)
    print(attacker.tries, flush=True)
    os._exit(0)  # what is still open is the server's to tidy up


if __name__ == "__main__":
    main(*sys.argv[1:])
