"""記録の指紋: a few letters that stand for all journals of a conference, short enough for paper."""

import base64
import hashlib
from collections.abc import Mapping

GROUPS, GROUP = 4, 4


def fingerprint_of(heads: Mapping[str, str]) -> str:
    """Of room id → hash of its newest entry (empty: none), such as ``ABCD-EFGH-IJKL-MNOP``.

    80 bits in base32: as each hash is told by all entries before it, one changed anywhere would
    give other letters.
    """
    told = "\n".join(f"{room} {digest}" for room, digest in sorted(heads.items()))
    letters = base64.b32encode(hashlib.sha256(told.encode()).digest()).decode()
    return "-".join(letters[at : at + GROUP] for at in range(0, GROUPS * GROUP, GROUP))
