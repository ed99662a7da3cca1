"""The server by itself: what it does with a request that is larger than anybody would take."""

import socket
from urllib.parse import urlsplit

import pytest

from tests.serving import serving


@pytest.fixture
def server(tmp_path):
    with serving(tmp_path / "data", f"sqlite:///{tmp_path / 'serve.sqlite3'}") as started:
        yield started


def posted(server, length: int) -> bytes:
    """All that comes back for a form of this length of which only the beginning is sent; what the
    server leaves open after a second is cut off with three dots."""
    at = urlsplit(server.url)
    with socket.create_connection((at.hostname, at.port), 5) as line:
        head = f"POST /sign-in HTTP/1.1\r\nHost: {at.netloc}\r\nOrigin: {server.url}\r\n"
        line.sendall(f"{head}Content-Length: {length}\r\n\r\n".encode() + bytes(1000))
        line.settimeout(1)
        heard = b""
        try:
            while part := line.recv(65536):
                heard += part
        except ConnectionResetError:
            return heard
        except TimeoutError:
            return heard + b"..."
        return heard


def test_a_huge_request_is_answered_and_not_read_to_its_end(server):
    heard = posted(server, 150 * 1024 * 1024)
    assert not heard.endswith(b"...")


def test_of_a_request_just_too_large_the_rest_is_waited_for_so_that_its_sender_is_told(server):
    heard = posted(server, 12 * 1024 * 1024)
    assert heard.endswith(b"...")
