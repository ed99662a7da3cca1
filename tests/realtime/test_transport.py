import logging
from types import SimpleNamespace

import pytest
import socketio

from app.settings import read_settings
from deploy.assembly import assemble
from realtime import transport
from realtime.outlet import Outlet


@pytest.fixture
def server():
    return socketio.Server(async_mode="gevent")


def test_the_installed_engine_io_is_what_the_driver_was_written_for(server):
    assert transport.broken_contract(server) == []


def test_our_driver_takes_the_place_of_the_stock_one(server):
    stock = server.eio._async["websocket"]
    assert transport.install(server)
    assert server.eio._async["websocket"] is transport.Driver
    # Other servers of the process keep their own.
    assert socketio.Server(async_mode="gevent").eio._async["websocket"] is stock


@pytest.mark.parametrize("missing", ["queue", "last_ping", "upgrading"])
def test_a_changed_engine_io_keeps_its_own_driver_and_a_warning_says_so(
    server, missing, monkeypatch, caplog
):
    stock = server.eio._async["websocket"]
    made = transport.Socket.__init__

    def changed(self, *arguments):
        made(self, *arguments)
        delattr(self, missing)

    monkeypatch.setattr(transport.Socket, "__init__", changed)
    with caplog.at_level(logging.WARNING):
        assert not transport.install(server)
    assert server.eio._async["websocket"] is stock
    assert missing in caplog.text


def test_a_method_that_takes_something_else_breaks_the_contract(server, monkeypatch):
    monkeypatch.setattr(transport.Socket, "close", lambda self, force: None)
    assert transport.broken_contract(server) == ["Socket.close takes ('self', 'force')"]


def test_the_product_runs_on_our_driver(tmp_path):
    whole = assemble(read_settings({"ENTAKU_DATA": str(tmp_path)}))
    engine = whole.live.socketio.server.eio
    assert engine._async["websocket"] is transport.Driver
    # The heartbeat looks after all connections; engine.io's own watch would do it again.
    assert not engine.start_service_task
    whole.engine.dispose()


def test_one_encoding_serves_every_connection(server):
    """A link gets the same bytes object as its neighbour; polling gets one packet."""
    sent = []
    links = [SimpleNamespace(push=sent.append) for _at in range(3)]
    for at, link in enumerate(links):
        lean = transport.LeanSocket.__new__(transport.LeanSocket)
        lean.closed, lean.link = False, link
        server.eio.sockets[f"e{at}"] = lean
    server.manager.eio_sid_from_sid = lambda sid, namespace: sid
    Outlet(server, "/live").tell(["e0", "e1", "e2"], "entries", {"entries": []})
    assert len(sent) == 3
    assert sent[0] is sent[1] is sent[2]
