import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from app.settings import read_settings
from app.store.unit_of_work import Database
from auth.providers import provider_for
from deploy.demonstration import PASSWORD, own_provider
from tests.clients import eventually
from tests.serving import free_port

PERSON = "ito.megumi@succession-13.example"


@pytest.fixture
def serving(demo: Database, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """``entaku serve`` on the demonstration, as ``make run`` starts it, and its address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environ = {
        **os.environ,
        "ENTAKU_DATA": str(tmp_path / "data"),
        "ENTAKU_PORT": str(port),
        "ENTAKU_DEMO": "1",
        "DATABASE_URL": demo.engine.url.render_as_string(hide_password=False),
    }
    entaku = Path(sys.executable).with_name("entaku")
    server = subprocess.Popen([entaku, "serve"], env=environ, cwd=tmp_path)
    try:
        assert eventually(lambda: _answers(f"{url}/sign-in"), 60)
        yield server, url
    finally:
        server.kill()
        server.wait(10)


def _answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=5).ok
    except requests.RequestException:
        return False


def _hears(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_one_agency_signs_in_at_its_own_provider_which_ends_with_the_server(
    serving: tuple[subprocess.Popen[bytes], str],
) -> None:
    server, url = serving
    browser = requests.Session()
    first = browser.get(f"{url}/sign-in", timeout=10).text
    csrf = re.findall(r'name="csrf" value="([^"]+)"', first)[0]
    page = browser.post(f"{url}/sign-in", {"csrf": csrf, "email": PERSON}, timeout=10).text
    link = re.findall(r'href="(/sign-in/oidc/[^"]+)"', page)[0]
    asked = browser.get(url + link, timeout=20)
    provider = urlsplit(asked.url)
    form = {"email": PERSON, "password": PASSWORD}
    entered = browser.post(asked.url, form, timeout=20, allow_redirects=True)
    assert provider.netloc != urlsplit(url).netloc
    assert entered.url == f"{url}/"
    assert "伊藤 恵" in entered.text
    assert _hears(provider.port or 0)
    server.send_signal(signal.SIGKILL)
    server.wait(10)
    assert eventually(lambda: not _hears(provider.port or 0))


def test_without_node_the_demonstration_works_by_password_alone(
    demo: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    settings = read_settings({"ENTAKU_DATA": str(tmp_path)})
    assert own_provider.start(settings, demo, PASSWORD) is False


def test_a_provider_that_ends_at_once_is_not_offered(
    demo: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = tmp_path / "node"
    node.write_text("#!/bin/sh\nexit 1\n")
    node.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    settings = read_settings({"ENTAKU_DATA": str(tmp_path)})
    assert own_provider.start(settings, demo, PASSWORD) is False
    with demo.read() as desk:
        assert provider_for(desk, PERSON) is None
