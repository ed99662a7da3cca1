import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# In a process of its own: monkey patching cannot be undone.
SCRIPT = """
from gevent import monkey
monkey.patch_all()
import json, time
from datetime import UTC, datetime
import gevent
from app.documents.pdf import Limits, PdfFailed, PdfPress

press, at = PdfPress(limits=Limits(wall_seconds=2)), datetime(2026, 11, 24, tzinfo=UTC)
longest, ticking = 0.0, True

def tick():
    global longest
    last = time.monotonic()
    while ticking:
        gevent.sleep(0.01)
        now = time.monotonic()
        longest, last = max(longest, now - last), now

def render(body):
    html = f'<html lang="ja"><head><title>x</title></head><body>{body}</body></html>'
    try:
        return press.render(html, "", identifier="x", made_at=at).pdf[:5].decode()
    except PdfFailed as refused:
        return refused.code

ticker = gevent.spawn(tick)
jobs = [gevent.spawn(render, body) for body in ('<div style="display:flex">' * 40, "x", "y")]
answers = [job.get() for job in jobs]
ticking = False
ticker.join()
press.close()
print(json.dumps({"answers": answers, "longest": longest}))
"""


def test_the_other_greenlets_go_on_while_a_document_hangs() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, check=True, text=True
    )
    told = json.loads(done.stdout)
    assert told["answers"] == ["pdf_failed", "%PDF-", "%PDF-"]
    # A blocking read would have held everybody for the two seconds until the worker was killed.
    assert told["longest"] < 1.5
