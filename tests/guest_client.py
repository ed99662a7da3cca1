"""A guest without a browser: connects with the guest's cookie and keeps all that is told."""

import time
from typing import Any

import requests
import socketio

NAMESPACE = "/guest"


class GuestClient:
    """``pictures`` in their order; ``over`` is what was said at the end, and when."""

    def __init__(self, url: str, cookie: str, transports: tuple[str, ...] = ("polling",)) -> None:
        self.url, self.transports = url, transports
        self.pictures: list[dict[str, Any]] = []
        self.frames: list[str] = []
        self.over: dict[str, str] | None = None
        self.out_at: float | None = None
        session = requests.Session()
        self.headers = {"Cookie": cookie, "Referer": f"{url}/"}
        session.headers.update(self.headers)
        self.client = socketio.Client(reconnection=False, http_session=session)
        self.client.on("*", self._heard, namespace=NAMESPACE)
        self.client.on("disconnect", self._cut, namespace=NAMESPACE)

    def connect(self) -> "GuestClient":
        self.client.connect(
            self.url,
            headers=dict(self.headers),
            namespaces=[NAMESPACE],
            transports=list(self.transports),
            wait_timeout=15,
        )
        return self

    def call(self, event: str, body: Any = None) -> Any:
        answer = self.client.call(event, body or {}, namespace=NAMESPACE, timeout=10)
        self.frames.append(str(answer))
        return answer

    @property
    def shown(self) -> dict[str, Any]:
        return self.pictures[-1]

    def close(self) -> None:
        if self.client.connected:
            self.client.disconnect()

    def _heard(self, event: str, *message: Any) -> None:
        self.frames.append(f"{event} {message}")
        if event == "picture":
            self.pictures.append(message[0]["picture"])
        elif event == "over":
            self.over = message[0]

    def _cut(self, *_reason: object) -> None:
        self.out_at = time.monotonic()
