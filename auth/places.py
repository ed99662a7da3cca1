"""Where a browser may be sent after signing in: pages of our own, nothing else."""

from urllib.parse import urlsplit


def local_path(address: str | None) -> str | None:
    """The address if it is a path of this site; browsers read ``//``, ``/\\`` and control
    characters as the beginning of another host."""
    if not address or not address.startswith("/") or len(address) > 2000:
        return None
    if "\\" in address or any(ord(c) < 0x21 or ord(c) == 0x7F for c in address):
        return None
    if address.startswith("//") or urlsplit(address).netloc:
        return None
    return address
