import io
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pikepdf
import pytest
from weasyprint import HTML

from app.documents.pdf import PdfFailed, PdfPress
from tests.documents.hostile import ENDS_THE_DOCUMENT, NOT_ATTEMPTED, VECTORS

PAGE = '<!doctype html><html lang="ja"><head><title>x</title></head><body>{}</body></html>'


class Listener(ThreadingHTTPServer):
    """Counts who knocks."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Knock)
        self.hits: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"


class Knock(BaseHTTPRequestHandler):
    server: Listener

    def do_GET(self) -> None:
        self.server.hits.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # as http.server has it
        """Silent."""


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    listener = Listener()
    thread = threading.Thread(target=listener.serve_forever)
    thread.start()
    yield listener
    listener.shutdown()
    thread.join()
    listener.server_close()


@pytest.mark.parametrize("name", VECTORS)
def test_nothing_leaves_and_nothing_of_the_machine_comes_in(
    press: PdfPress, listener: Listener, name: str
) -> None:
    listener.hits.clear()
    html = PAGE.format(VECTORS[name].format(u=listener.address))
    result = press.render(
        html, "", identifier="hostile", made_at=datetime(2026, 11, 24, tzinfo=UTC)
    )
    pdf = pikepdf.open(io.BytesIO(result.pdf))
    assert listener.hits == []
    assert dict(pdf.attachments) == {}
    assert (result.refused_addresses == ()) == (name in NOT_ATTEMPTED)


def test_a_colour_profile_from_outside_ends_the_document_unfetched(
    press: PdfPress, listener: Listener
) -> None:
    listener.hits.clear()
    html = PAGE.format(ENDS_THE_DOCUMENT.format(u=listener.address))
    with pytest.raises(PdfFailed):
        press.render(html, "", identifier="x", made_at=datetime(2026, 11, 24, tzinfo=UTC))
    assert listener.hits == []


def test_the_listener_would_notice(listener: Listener) -> None:
    listener.hits.clear()
    HTML(string=PAGE.format(VECTORS["image"].format(u=listener.address))).write_pdf()
    assert listener.hits == ["/img"]


def test_a_hostile_style_sheet_fetches_nothing_either(press: PdfPress, listener: Listener) -> None:
    listener.hits.clear()
    css = f"@import url({listener.address}a);@page{{background:url({listener.address}b)}}"
    result = press.render(
        PAGE.format("x"), css, identifier="x", made_at=datetime(2026, 11, 24, tzinfo=UTC)
    )
    assert listener.hits == []
    assert len(result.refused_addresses) == 2
