"""Participants that keep every packet they are sent, and look at every page they know of."""

from typing import Any

import requests

from tests.clients import Participant

PAGES = (
    "/",
    "/cases",
    "/conferences",
    "/cases/{case}",
    "/cases/{case}/sheet",
    "/api/cases/{case}/columns",
    "/api/items/{item}/fitting",
    "/capacities",
    "/account",
    "/cases/{other}",
    "/conferences/{conference}",
    "/conferences/{conference}/room?item={item}",
    "/conferences/{conference}/room/projector?item={item}",
    "/conferences/{conference}/moments",
    "/api/conferences/{conference}/moments",
    "/conferences/{second}/room",
)


class Listening(Participant):
    """``packets`` holds each packet as it came off the line, before anybody made sense of it."""

    def __init__(self, who: str, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.who = who
        self.packets: list[str] = []
        self.answers: list[str] = []
        take = self.client.eio._receive_packet

        def keep(packet: Any) -> Any:
            self.packets.append(str(packet.data))
            return take(packet)

        self.client.eio._receive_packet = keep

    def knock(self) -> None:
        """Try every door once more, with the cursor one has and without any."""
        for room in self.rooms:
            if self.client.connected:
                self.join(room)
                self.call("join", {"room": room})

    def look(self, ids: dict[str, str]) -> None:
        """Every page of the case and its conference, as a browser of this person gets it."""
        cookie = {"Cookie": f"entaku_session={self.token}"}
        for page in PAGES:
            answer = requests.get(self.url + page.format(**ids), headers=cookie, timeout=30)
            assert answer.status_code < 500, (page, answer.text)
            self.answers.append(f"{page} {answer.text} {answer.headers}")

    def read(self) -> str:
        return "\n".join(self.answers)

    def heard(self) -> list[str]:
        return [*self.packets, *self.answers, *self.frames]
