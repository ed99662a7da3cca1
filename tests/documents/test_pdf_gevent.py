import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# In a process of its own: monkey patching cannot be undone.
SCRIPT = """
from gevent import monkey
monkey.patch_all()
import json
from datetime import UTC, datetime
import gevent
from app.documents.pdf import Limits, PdfFailed, PdfPress

press, at = PdfPress(limits=Limits(wall_seconds=3)), datetime(2026, 11, 24, tzinfo=UTC)
ticks = 0

def tick():
    global ticks
    while not hanging.ready():
        gevent.sleep(0.01)
        ticks += 1

def render(body):
    html = f'<html lang="ja"><head><title>x</title></head><body>{body}</body></html>'
    try:
        return press.render(html, "", identifier="x", made_at=at).pdf[:5].decode()
    except PdfFailed as refused:
        return refused.code

press.warm()
hanging = gevent.spawn(render, '<div style="display:flex">' * 40)
ticker = gevent.spawn(tick)
answers = [hanging.get()]
ticker.join()
press.limits = Limits()
answers += [job.get() for job in [gevent.spawn(render, body) for body in "xy"]]
press.close()
print(json.dumps({"answers": answers, "ticks": ticks}))
"""


def test_the_other_greenlets_go_on_while_a_document_hangs() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, check=True, text=True
    )
    told = json.loads(done.stdout)
    assert told["answers"] == ["pdf_failed", "%PDF-", "%PDF-"]
    # A blocking read would hold everybody until the worker is killed: no tick, or one.
    assert told["ticks"] > 10
