"""Bytes kept under their own digest: nothing is served or found by a name somebody gave."""

import hashlib
import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Files:
    """A folder of immutable files; the same content is kept once, whoever brought it."""

    folder: Path

    def put(self, content: bytes) -> str:
        """On disk, whole, before this returns: a row that names the digest may follow at once."""
        digest = hashlib.sha256(content).hexdigest()
        target = self._place(digest)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            making = target.with_name(f".{digest}.{secrets.token_hex(8)}")
            write_through(making, content)
            making.rename(target)
            for folder in (target.parent, self.folder):
                _flush(folder)
        return digest

    def get(self, digest: str) -> bytes:
        """The content, checked against its name: damage on the disk is never shown as the paper."""
        content = self._place(digest).read_bytes()
        if hashlib.sha256(content).hexdigest() != digest:
            raise OSError(f"the file {digest} is damaged")
        return content

    def _place(self, digest: str) -> Path:
        if not _DIGEST.fullmatch(digest):
            raise ValueError("no digest")
        return self.folder / digest[:2] / digest


@dataclass(frozen=True, slots=True)
class Renderings:
    """What was made from files once and can be made again: the oldest go when it gets too much."""

    folder: Path
    most: int = 2000

    def get(self, key: str) -> bytes | None:
        with suppress(FileNotFoundError):
            return self._place(key).read_bytes()
        return None

    def put(self, key: str, content: bytes) -> None:
        """Whole or not at all; no need to wait for the disk."""
        target = self._place(key)
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        making = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
        making.write_bytes(content)
        making.rename(target)
        kept = list(self.folder.iterdir())
        if len(kept) > self.most:
            for old in sorted(kept, key=_age)[: len(kept) - self.most * 9 // 10]:
                old.unlink(missing_ok=True)

    def _place(self, key: str) -> Path:
        return self.folder / hashlib.sha256(key.encode()).hexdigest()


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def write_through(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
