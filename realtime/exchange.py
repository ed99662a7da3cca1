"""Carries what nodes say of presence through Redis, as long as there is one."""

import logging
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

import gevent
import redis
from gevent.event import Event
from redis.backoff import NoBackoff
from redis.retry import Retry

log = logging.getLogger(__name__)
CHANNEL = "entaku:presence"
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0
# We hear ourselves once a second; when we do not, Redis is as good as gone.
DEAF_SECONDS = 4.0
# While Redis is slow, what is newest counts.
MOST_WAITING = 2000


@dataclass(slots=True)
class Exchange:
    """Two greenlets, each on a connection of its own; ``cut`` is told when there is none."""

    url: str
    hear: Callable[[bytes], None]
    cut: Callable[[], None]
    connected: bool = False
    _told_cut: bool = False
    _waiting: deque[str] = field(default_factory=lambda: deque(maxlen=MOST_WAITING))
    _ready: Event = field(default_factory=Event)

    def send(self, message: str) -> None:
        if self.connected:
            self._waiting.append(message)
            self._ready.set()

    def listen(self) -> None:
        pause = FIRST_PAUSE
        while True:
            try:
                self._listen()
            except (redis.RedisError, OSError) as error:
                pause = FIRST_PAUSE if self.connected else min(pause * 2, LONGEST_PAUSE)
                self._lose(error)
            gevent.sleep(pause)

    def _listen(self) -> None:
        with self._client() as client, client.pubsub(ignore_subscribe_messages=True) as heard:
            heard.subscribe(CHANNEL)
            self.connected, heard_at = True, time.monotonic()
            if self._told_cut:
                log.info("presence: Redis is back, and with it the other nodes' people")
            self._told_cut = False
            while self.connected:
                message = heard.get_message(timeout=1.0)
                if message is not None:
                    heard_at = time.monotonic()
                    self.hear(message["data"])
                elif time.monotonic() - heard_at > DEAF_SECONDS:
                    raise redis.ConnectionError("nothing is heard")

    def speak(self) -> None:
        with self._client() as client:
            while True:
                self._ready.wait()
                self._ready.clear()
                messages, self._waiting = self._waiting, deque(maxlen=MOST_WAITING)
                try:
                    with client.pipeline(transaction=False) as pipeline:
                        for message in messages:
                            pipeline.publish(CHANNEL, message)
                        pipeline.execute()
                except (redis.RedisError, OSError) as error:
                    self._lose(error)

    def _lose(self, error: Exception) -> None:
        """Said once, however long it lasts."""
        self.connected = False
        self._waiting.clear()
        self.cut()
        if not self._told_cut:
            log.warning("presence: Redis cannot be reached (%s); only own people are shown", error)
        self._told_cut = True

    def _client(self) -> redis.Redis:
        return redis.Redis.from_url(
            self.url,
            socket_timeout=2.0,
            socket_connect_timeout=2.0,
            retry=Retry(NoBackoff(), 0),
            health_check_interval=0,
        )
