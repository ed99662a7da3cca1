"""A mail server of a test's own: takes, refuses for now or for good, or falls silent."""

import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import cast

from app.settings import Mailing

LATER, NEVER = "451 4.3.0 try again later", "550 5.1.1 <{to}>: no such mailbox"
OK, SILENCE = "250 ok", ""


@dataclass
class SmtpServer:
    """``to_rcpt`` and ``to_data`` are its answers, by address where one is named there; silence
    lasts until the caller gives up. ``cut``: it takes the mail and hangs up without a word."""

    port: int = 0
    to_rcpt: dict[str, str] = field(default_factory=dict)
    to_sender: str = OK
    to_data: str = OK
    cut: bool = False
    tls: ssl.SSLContext | None = None
    taken: list[EmailMessage] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    connections: int = 0
    encrypted: bool = False
    ended: threading.Event = field(default_factory=threading.Event)

    def mailing(self, user: str = "", password: str = "") -> Mailing:
        return Mailing(
            host="127.0.0.1",
            port=self.port,
            encrypted=False,
            user=user,
            password=password,
            sender="entaku@example.jp",
            public_url="https://entaku.example.jp",
        )


class _Talk(socketserver.StreamRequestHandler):
    def say(self, line: str) -> None:
        if not line:
            house = self.house
            house.ended.wait(30)
            return
        self.wfile.write(f"{line}\r\n".encode())

    @property
    def house(self) -> SmtpServer:
        return cast("_Listener", self.server).house

    def handle(self) -> None:
        with suppress(ConnectionError):
            self._talk()

    def _talk(self) -> None:
        self.house.connections += 1
        self.say("220 test")
        to = ""
        # Anew each time: it is another one once the line is encrypted.
        while raw := self.rfile.readline():
            line = raw.decode("latin-1").strip()
            word = line.split(" ")[0].upper()
            if word == "EHLO":
                offers = ["STARTTLS"] if self.house.tls else []
                for one in ["test", "AUTH PLAIN", *offers]:
                    self.say(f"250-{one}")
                self.say("250 8BITMIME")
            elif word == "STARTTLS" and self.house.tls:
                self._encrypt(self.house.tls)
            elif word == "AUTH":
                self.house.logins.append(line)
                self.say("235 ok")
            elif word == "MAIL":
                self.say(self.house.to_sender)
            elif word == "RCPT":
                to = line.partition("<")[2].partition(">")[0]
                self.house.tried.append(to)
                self.say(self.house.to_rcpt.get(to, OK).format(to=to))
            elif word == "DATA":
                self.say("354 go on")
                self._take()
                if self.house.cut:
                    return
                self.say(self.house.to_data)
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say(OK)

    def finish(self) -> None:
        """The listener closes the line it accepted, and knows of no other."""
        super().finish()
        if isinstance(self.request, ssl.SSLSocket):
            self.request.close()

    def _encrypt(self, tls: ssl.SSLContext) -> None:
        self.say("220 go on")
        try:
            self.request = tls.wrap_socket(self.request, server_side=True)
        except OSError:
            return
        self.house.encrypted = True
        self.setup()

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        if self.house.to_data == OK:
            self.house.taken.append(message_from_bytes(b"".join(lines), policy=default))


class _Listener(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self, house: SmtpServer) -> None:
        super().__init__(("", 0), _Talk)
        self.house = house


@contextmanager
def smtp_server() -> Iterator[SmtpServer]:
    house = SmtpServer()
    with _Listener(house) as listener:
        house.port = listener.server_address[1]
        thread = threading.Thread(target=listener.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield house
        finally:
            house.ended.set()
            listener.shutdown()
            thread.join(5)
