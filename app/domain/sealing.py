"""封: what is given before it may be read, so that nobody can change it and nobody can guess it.

The journal keeps a seal when something is given and its content when all are revealed together:
whoever reads both can recompute that the content is the one that was sealed.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def seal_of(content: Mapping[str, Any], nonce: str) -> str:
    """SHA-256 of the nonce (128 bit, hex), a line break, and the content as canonical JSON.

    The nonce keeps a content of which there are only a few from being found by trying them.
    """
    told = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{nonce}\n{told}".encode()).hexdigest()
