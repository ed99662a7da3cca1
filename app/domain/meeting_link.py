"""The address of a video meeting: held for the participants, never opened by the product."""

from urllib.parse import urlsplit

from app.domain.sentences import _
from app.domain.text import TextProblem, clean_text

LONGEST = 300


def meeting_link(text: str) -> str:
    """Return the address, or "" for none; it becomes a link, so only web addresses pass."""
    address = clean_text(text, LONGEST)
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        known = parts.scheme in ("https", "http") and bool(parts.hostname)
    except ValueError:
        known = False
    if not known or any(sign.isspace() for sign in address):
        raise TextProblem(_("https:// から始まるアドレスを入力してください。"))
    return address
