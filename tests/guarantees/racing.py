"""Two processes that act in the same instant, told what to do over a pipe."""

import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

from app.domain.errors import Refused
from app.domain.people import Actor
from app.services import (
    decisions,
    discussion,
    interests,
    proxies,
    room_life,
    rounds,
    speakers,
    speaking,
    stances,
)
from app.services.commands import Command
from app.store.engine import make_engine
from app.store.unit_of_work import Database
from tests.factories import SECRET, StandingClock

ACTS: dict[Any, Any] = {
    stances.GiveStance: stances.give_stance,
    proxies.RevokeProxy: proxies.revoke_proxy,
    rounds.OpenRound: rounds.open_round,
    rounds.RevealStances: rounds.reveal_stances,
    interests.DeclareRecusal: interests.declare_recusal,
    interests.PinRecusal: interests.pin_recusal,
    decisions.DeclareResult: decisions.declare_result,
    speakers.CallSpeaker: speakers.call_speaker,
    speakers.CloseSpeakers: speakers.close_speakers,
    speakers.EndSpeech: speakers.end_speech,
    speaking.AskToSpeak: speaking.ask_to_speak,
    discussion.CorrectRemark: discussion.correct_remark,
    room_life.CarryOverItem: room_life.carry_over_item,
    room_life.CloseConference: room_life.close_conference,
}


def _work(url: str, pipe: Connection) -> None:
    database = Database(make_engine(url), StandingClock(), SECRET)
    pipe.send("ready")
    while True:
        task = pipe.recv()
        if task is None:
            return
        actor, command, at = task
        while time.monotonic() < at:
            pass
        try:
            pipe.send(("done", ACTS[type(command)](database, actor, command)))
        except Refused as refusal:
            pipe.send(("refused", refusal.code))


class Racers:
    """Start both acts at one moment of the clock all processes share; return both answers."""

    def __init__(self, pipes: list[Connection]) -> None:
        self._pipes = pipes

    def race(self, *tasks: tuple[Actor, Command]) -> list[tuple[str, Any]]:
        at = time.monotonic() + 0.004
        for pipe, (actor, command) in zip(self._pipes, tasks, strict=True):
            pipe.send((actor, command, at))
        return [pipe.recv() for pipe in self._pipes]


@contextmanager
def racers(url: str, count: int = 2) -> Iterator[Racers]:
    context = multiprocessing.get_context("spawn")
    pipes, processes = [], []
    for _ in range(count):
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(url, theirs), daemon=True)
        process.start()
        pipes.append(ours)
        processes.append(process)
    for pipe in pipes:
        assert pipe.recv() == "ready"
    try:
        yield Racers(pipes)
    finally:
        for pipe in pipes:
            pipe.send(None)
        for process in processes:
            process.join(10)
