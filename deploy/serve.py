"""The server process: gevent, one process, pages and live connections together."""

from gevent import monkey

monkey.patch_all()

import gc
import logging
import signal
import sys
from typing import Any

import gevent
from gevent import socket
from gevent.pywsgi import WSGIHandler, WSGIServer

from app.settings import read_settings
from deploy.assembly import assemble
from deploy.commits import Commits
from deploy.keeper import WITH_WORKER, Keeper

log = logging.getLogger("entaku")
# Twice of what a form with a file may have: its sender waits for an answer while sending.
MOST_UNREAD = 64 * 1024 * 1024


class Handler(WSGIHandler):
    """Answers at once: small frames must not wait for each other on the line."""

    def __init__(self, sock: Any, *args: Any, **kwargs: Any) -> None:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().__init__(sock, *args, **kwargs)

    def run_application(self) -> None:
        """What nobody wanted of a huge request is not read to its end, which would keep everybody
        waiting: the connection ends instead. Of a file just too large it is, so that whoever sent
        it can be told."""
        super().run_application()
        body = self.wsgi_input
        if body is not None and (body.content_length or 0) - body.position > MOST_UNREAD:
            body.content_length = body.position
            self.close_connection = True

    def get_environ(self) -> dict[str, Any]:
        """Everything of the request's head stands in there: a link need not keep it twice."""
        environ: dict[str, Any] = super().get_environ()
        del self.headers
        return environ


def main() -> None:
    logging.basicConfig(
        level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(levelname)s %(message)s"
    )
    # Who started which greenlet is of use to a debugger alone, and is kept for each of them.
    gevent.config.track_greenlet_tree = False
    settings = read_settings()
    whole = assemble(settings)
    if whole.engine.dialect.name == "sqlite":
        # The hook of this engine alone.
        commits = Commits(gevent.get_hub().threadpool)
        whole.engine.dialect.do_commit = commits  # type: ignore[assignment, method-assign]
    server = WSGIServer(
        (settings.host, settings.port), whole.app, handler_class=Handler, log=None, error_log=log
    )
    # What is loaded stays; links live long. Looking through them all the time costs pauses.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)
    server.start()
    whole.live.start()
    keeper = Keeper()
    if WITH_WORKER in sys.argv[1:]:
        gevent.spawn(keeper.run)

    def stop() -> None:
        """Nobody new comes in; who is here is let go first, and then waits nowhere for us."""
        keeper.stop()
        server.close()
        whole.live.stop()
        server.stop(5)

    for one in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(one, stop)
    log.info("serving on http://%s:%s", settings.host, settings.port)
    server.serve_forever()
    whole.engine.dispose()


if __name__ == "__main__":
    main()
