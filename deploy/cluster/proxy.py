"""nginx with the site of deploy/nginx.conf: without its certificate, on another port."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from app.settings import ROOT
from deploy.cluster.daemons import Daemon, EngineMissing, listens, own_folder, program

SITE = ROOT / "deploy" / "nginx.conf"
_FRAME = """
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 8192; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{site}
}}
"""


def site(port: int, nodes: Sequence[int], *, sockets: bool = True) -> str:
    """The shipped site with these nodes; without ``sockets`` as where something blocks them."""
    text = SITE.read_text()
    text = _once(r"server \{\n    listen 80;.*?\n\}\n", "", text)
    text = _once(r"    listen 443 ssl http2;\n    listen \[::\]:443 ssl http2;", "", text)
    text = _once(r"    server_name entaku\.example\.jp;", f"    listen 127.0.0.1:{port};", text)
    text = _once(r"(    ssl_\w+ +[^\n]+\n)+", "", text)
    # The address has a port here, and people speak to nginx without encryption.
    text = _once(r"Host \$host;", "Host $http_host;", text)
    text = _once(r"X-Forwarded-Proto \$scheme;", "X-Forwarded-Proto http;", text)
    servers = "".join(f"    server 127.0.0.1:{node} fail_timeout=1s;\n" for node in nodes)
    text, places = re.subn(r"(    server 127\.0\.0\.1:\d+;\n)+", servers, text)
    if places != 2:
        raise ValueError(f"{SITE.name} does not name its nodes at two places")
    if not sockets:
        refuse = (
            "        if ($http_upgrade) { return 403; }\n        proxy_pass http://entaku_live;"
        )
        text = _once(r"        proxy_pass http://entaku_live;", refuse, text)
    return text


def _once(pattern: str, instead: str, text: str) -> str:
    """What is tried out must be what is shipped: a place that is not found is an error."""
    text, count = re.subn(pattern, lambda _found: instead, text, flags=re.DOTALL)
    if count != 1:
        raise ValueError(f"{SITE.name} has {count} places like {pattern}")
    return text


class Nginx:
    """nginx on one port with the site given to it."""

    def __init__(self, port: int, site: str) -> None:
        folder = own_folder("nginx")
        (folder / "nginx.conf").write_text(_FRAME.format(folder=folder, site=site))
        command = [program("nginx", "nginx-light"), "-c", str(folder / "nginx.conf")]
        self._daemon = Daemon(
            folder,
            [*command, "-p", str(folder), "-e", str(folder / "error.log"), "-g", "daemon off;"],
        )
        if not self._daemon.start(lambda: listens(port)):
            raise EngineMissing(f"somebody took port {port}, which nginx was to have")

    def stop(self) -> None:
        self._daemon.stop()


@contextmanager
def nginx(port: int, nodes: Sequence[int], *, sockets: bool = True) -> Iterator[str]:
    """The product's site in front of these nodes; yields its address."""
    running = Nginx(port, site(port, nodes, sockets=sockets))
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        running.stop()
