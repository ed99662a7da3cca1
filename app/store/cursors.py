"""Cursors: the place in a journal as a client knows it; it tells nothing but where to go on.

A cursor hides the number, so that a gap shows nobody how much it may not see. The same number
always gives the same cursor, and a made-up one is not accepted.
"""

import base64
import binascii
import hashlib
import hmac
from functools import lru_cache

from app.domain.errors import Malformed
from app.domain.sentences import _


def _mac(secret: bytes, label: bytes, data: bytes) -> bytes:
    return hmac.digest(secret, label + data, hashlib.sha256)[:8]


def _mask(secret: bytes, tag: bytes) -> int:
    return int.from_bytes(_mac(secret, b"cursor-mask", tag))


# Each number is wanted by who did it, by all who hear of it, and with the next one.
@lru_cache(maxsize=8192)
def cursor_of(secret: bytes, room_id: str, seq: int) -> str:
    """Synthetic-IV encryption of the number: the tag authenticates it and keys its mask."""
    tag = _mac(secret, b"cursor-tag", f"{room_id}/{seq}".encode())
    hidden = seq ^ _mask(secret, tag)
    return base64.urlsafe_b64encode(tag + hidden.to_bytes(8)).decode().rstrip("=")


def seq_of(secret: bytes, room_id: str, cursor: str) -> int:
    """The number behind a cursor of this room; anything else is refused."""
    try:
        raw = base64.b64decode(cursor.encode() + b"==", altchars=b"-_", validate=True)
    except (binascii.Error, ValueError, UnicodeEncodeError):
        raw = b""
    if len(raw) == 16:
        seq = int.from_bytes(raw[8:]) ^ _mask(secret, raw[:8])
        if hmac.compare_digest(cursor_of(secret, room_id, seq), cursor):
            return seq
    raise Malformed(_("続きの位置を読み取れませんでした。画面を読み込み直してください。"))
