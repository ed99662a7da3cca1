"""Who asks to speak at the item, who is called, and how the list is run."""

from collections.abc import Callable, Iterator
from typing import Any

from app.services.commands import Done
from app.store.tables.speaking import SpeechRow
from tests.cast import Cast, Step


def at_the_microphone(c: Cast, a: dict[str, str], i: dict[str, str]) -> Iterator[Step]:
    """Ends with one agency still speaking: its speech ends with the item."""

    def do(who: str, command: str, keep: str | None = None, **body: Any) -> Callable[[], Done]:
        return lambda: c.does(
            who, command, keep, **{k: v() if callable(v) else v for k, v in body.items()}
        )

    item = lambda: i["item"]  # noqa: E731  # read when the step runs, not when it is told
    present = lambda: c.one(SpeechRow, state="speaking").id  # noqa: E731
    yield (
        "bank raises a hand",
        do("bank", "ask_to_speak", "hand", item_id=item, kind="contribution"),
    )
    yield "cga asks", do("cga", "ask_to_speak", "ask", item_id=item, kind="question")
    yield "council too", do("council", "ask_to_speak", "down", item_id=item, kind="contribution")
    yield "council lowers it", do("council", "withdraw_request", speech_id=lambda: i["down"])
    yield "call the next", do("yorozu", "call_speaker", item_id=item)
    yield "stop the clock", do("yorozu", "hold_speech", speech_id=present)
    yield "let it run", do("yorozu", "continue_speech", speech_id=present)
    yield (
        "call the bank",
        do("yorozu", "call_speaker", item_id=item, present_id=present, speech_id=lambda: i["hand"]),
    )
    yield "end the speech", do("yorozu", "end_speech", speech_id=present)
    yield "set the time", do("yorozu", "set_speaking_time", item_id=item, minutes=3)
    yield "close the list", do("yorozu", "close_speakers", item_id=item)
    yield "reopen the list", do("cga", "reopen_speakers", item_id=item)
    yield "ask the centre", do("cga", "call_speaker", item_id=item, agency_id=a["succession"])
