"""Files under their digest: whole, once, checked; what can be drawn again is not kept for ever."""

import hashlib
import os

import pytest

from app.store import files
from app.store.files import Files, Renderings


def test_a_file_is_kept_once_under_its_digest_and_readable_by_nobody_else(tmp_path):
    kept = Files(tmp_path / "files")
    digest = kept.put(b"paper")
    assert digest == hashlib.sha256(b"paper").hexdigest()
    assert kept.put(b"paper") == digest
    found = [path for path in (tmp_path / "files").rglob("*") if path.is_file()]
    assert [path.name for path in found] == [digest]
    assert found[0].stat().st_mode & 0o077 == 0
    assert kept.get(digest) == b"paper"


def test_a_file_is_on_the_disk_before_its_name_is(tmp_path, monkeypatch):
    done = []
    flush, rename = os.fsync, files.Path.rename
    monkeypatch.setattr(os, "fsync", lambda handle: (done.append("flushed"), flush(handle)))
    monkeypatch.setattr(
        files.Path, "rename", lambda self, to: (done.append("named"), rename(self, to))
    )
    Files(tmp_path).put(b"paper")
    assert done == ["flushed", "named", "flushed", "flushed"]


def test_a_damaged_file_is_not_shown_as_the_paper(tmp_path):
    kept = Files(tmp_path)
    digest = kept.put(b"paper")
    (tmp_path / digest[:2] / digest).write_bytes(b"papex")
    with pytest.raises(OSError, match="damaged"):
        kept.get(digest)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_nothing_but_a_digest_finds_a_file(tmp_path, name):
    with pytest.raises(ValueError, match="no digest"):
        Files(tmp_path).get(name)


def test_of_what_can_be_drawn_again_the_oldest_go(tmp_path):
    drawn = Renderings(tmp_path / "cache", most=10)
    for number in range(11):
        drawn.put(f"page {number}", b"%d" % number)
        os.utime(drawn._place(f"page {number}"), (number, number))
    drawn.put("page 11", b"11")
    assert [drawn.get(f"page {n}") is not None for n in (0, 1, 11)] == [False, False, True]
    assert len(list((tmp_path / "cache").iterdir())) <= 10
