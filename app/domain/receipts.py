"""回答の控え: what an agency keeps of its stance, to find it again in the record."""

import base64

LENGTH = 12


def receipt_of(entry_hash: str) -> str:
    """The first 60 bits of the entry's hash (hex) in base32, so that it is told by the chain.

    Whoever has the journal finds the entry of a receipt by computing this of every hash; another
    content, place or author would have given another one.
    """
    return base64.b32encode(bytes.fromhex(entry_hash))[:LENGTH].decode()
