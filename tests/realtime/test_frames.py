import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wsproto.frame_protocol import CloseReason, FrameProtocol

from realtime.frames import (
    MOST_WITHOUT_MESSAGE,
    TURN_FRAMES,
    Pong,
    Reader,
    Unacceptable,
    plain_texts,
)

LIMIT = 64 * 1024
# Texts around the lengths at which a frame's head changes, and some that are not plain ASCII.
TEXTS = st.one_of(
    st.text(max_size=200), st.sampled_from(["", "a" * 125, "a" * 126, "円" * 42, "a" * 3000])
)


def said(text, *, fin=True):
    return bytes(FrameProtocol(client=True, extensions=[]).send_data(text, fin))


def headed(first, size, mask=b"\1\2\3\4"):
    """The beginning of a frame as one writes it by hand."""
    return bytes([first, 0x80 | size]) + mask


@given(st.lists(TEXTS, max_size=TURN_FRAMES))
def test_whole_texts_are_read_as_the_library_reads_them(texts):
    data = b"".join(map(said, texts))
    assert plain_texts(data, LIMIT) == texts == list(Reader(LIMIT).read(data))


def test_the_longest_that_is_read_at_once_has_a_length_of_two_bytes():
    assert plain_texts(said("a" * 65535), LIMIT) == ["a" * 65535]
    assert plain_texts(said("a" * 65536), LIMIT) is None
    assert plain_texts(said("a" * 65535), 65534) is None


@given(st.lists(TEXTS, min_size=1, max_size=3), st.data())
def test_what_breaks_off_is_left_to_the_library_which_waits_for_the_rest(texts, data):
    whole = b"".join(map(said, texts))
    last = len(said(texts[-1]))
    cut = data.draw(st.integers(len(whole) - last + 1, len(whole) - 1))
    assert plain_texts(whole[:cut], LIMIT) is None
    reader = Reader(LIMIT)
    begun = [found for found in reader.read(whole[:cut]) if found is not None]
    assert begun == texts[:-1]
    assert not reader.at_rest()
    assert [found for found in reader.read(whole[cut:]) if found is not None] == texts[-1:]
    assert reader.at_rest()


@given(st.binary(max_size=300))
def test_nonsense_is_never_taken_for_more_than_the_library_takes_it_for(data):
    found = plain_texts(data, LIMIT)
    if found is not None:
        assert found == list(Reader(LIMIT).read(data))


LEFT_TO_THE_LIBRARY = {
    "a part": said("a", fin=False),
    "bytes": said(b"\0\1"),
    "a ping": bytes(FrameProtocol(client=True, extensions=[]).ping(b"hi")),
    "a goodbye": bytes(FrameProtocol(client=True, extensions=[]).close()),
    "too long": said("a" * (LIMIT + 1)),
    "too many": said("a") * (TURN_FRAMES + 1),
    "a bit only extensions may set": headed(0xC1, 1) + b"a",
    "not masked": b"\x81\x01a" + b"\0" * 6,
    "no UTF-8": headed(0x81, 1) + bytes([0xFF ^ 1]),
    "a length in two bytes for one": b"\x81\xfe" + struct.pack("!H", 5) + b"\0\0\0\0abcde",
    "a length in eight bytes for one": b"\x81\xff" + struct.pack("!Q", 5) + b"\0\0\0\0abcde",
}


@pytest.mark.parametrize("data", LEFT_TO_THE_LIBRARY.values(), ids=LEFT_TO_THE_LIBRARY.keys())
def test_whatever_is_not_a_few_whole_texts_is_left_to_the_library(data):
    assert plain_texts(data, LIMIT) is None
    assert plain_texts(said("davor") + data, LIMIT) is None


def test_a_reader_is_at_rest_between_messages_only():
    reader = Reader(LIMIT)
    assert list(reader.read(said("in ", fin=False))) == [None]
    assert not reader.at_rest()
    rest = bytearray(said("Teilen"))
    rest[0] = 0x80  # the end of what has begun
    assert list(reader.read(bytes(rest))) == ["in Teilen"]
    assert reader.at_rest()


def test_a_ping_is_answered_with_what_it_carried():
    ping = bytes(FrameProtocol(client=True, extensions=[]).ping(b"hi"))
    assert list(Reader(LIMIT).read(ping)) == [Pong(b"\x8a\x02hi")]


def test_frames_that_make_nothing_whole_come_to_an_end():
    reader = Reader(LIMIT)
    ping = bytes(FrameProtocol(client=True, extensions=[]).ping())
    for _at in range(MOST_WITHOUT_MESSAGE):
        list(reader.read(ping))
    with pytest.raises(Unacceptable) as end:
        list(reader.read(ping))
    assert end.value.reason is CloseReason.POLICY_VIOLATION
