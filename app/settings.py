"""Settings: the only place that reads the environment."""

import os
import secrets
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from dataclasses import field as field_of
from email.errors import MessageError
from email.headerregistry import Address
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, ConfigDict, Field

ROOT = Path(__file__).resolve().parent.parent


class SettingsUnfit(ValueError):
    """A setting cannot be used: ``variable`` is missing beside another, or cannot be read."""

    def __init__(self, variable: str, *, missing: bool) -> None:
        super().__init__(f"{variable} is {'missing' if missing else 'not readable'}")
        self.variable, self.missing = variable, missing


@dataclass(frozen=True, slots=True)
class Mailing:
    """By which server mail goes out, from whom, and at which address its readers sign in.

    ``encrypted``: from the first byte; otherwise as soon as the server offers it. A server that
    says nothing for ``patience_seconds`` is given up for that time.
    """

    host: str
    port: int
    encrypted: bool
    user: str
    password: str = field_of(repr=False)
    sender: str
    public_url: str
    patience_seconds: float = 20.0


class Settings(BaseModel):
    """Everything that differs between installations; see the table in README.md."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data: Path
    database_url: str
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=1, le=65535)
    origins: tuple[str, ...] = ()
    secure_cookies: bool = False
    secret: bytes
    session_idle_minutes: int = Field(default=30, ge=1)
    session_hours: int = Field(default=12, ge=1)
    pdf_seconds: int = Field(default=20, ge=1, le=120)
    pdf_memory_mb: int = Field(default=1024, ge=256)
    demo: bool = False
    proxies: int = Field(default=0, ge=0, le=5)
    redis: str = Field(default="", pattern="^((redis|rediss|unix)://.+)?$")
    node: str = Field(default="", max_length=80)
    copies_days: int = Field(default=30, ge=0)
    mailing: Mailing | None = None

    @property
    def allowed_origins(self) -> tuple[str, ...]:
        """Origins a browser may call from; by default only where the server itself listens."""
        if self.origins:
            return self.origins
        names = {self.host, "localhost"} if self.host == "127.0.0.1" else {self.host}
        return tuple(f"http://{name}:{self.port}" for name in sorted(names))

    @property
    def node_name(self) -> str:
        """What this process is called among the others that serve the same database."""
        return self.node or f"{socket.gethostname()}:{self.port}"

    @property
    def copies(self) -> Path:
        return self.data / "copies"

    @property
    def files(self) -> Path:
        return self.data / "files"


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read ``ENTAKU_*`` and ``DATABASE_URL``; the data folder and its secret are made if absent."""
    env = os.environ if environ is None else environ
    data = Path(env.get("ENTAKU_DATA") or ROOT / "var").resolve()
    data.mkdir(parents=True, exist_ok=True)
    values: dict[str, object] = {
        "data": data,
        "database_url": env.get("DATABASE_URL") or f"sqlite:///{data / 'entaku.sqlite3'}",
        "secret": _secret(data, env.get("ENTAKU_SECRET")),
    }
    for name, field in {
        "ENTAKU_HOST": "host",
        "ENTAKU_PORT": "port",
        "ENTAKU_SECURE_COOKIES": "secure_cookies",
        "ENTAKU_SESSION_IDLE_MINUTES": "session_idle_minutes",
        "ENTAKU_SESSION_HOURS": "session_hours",
        "ENTAKU_PDF_SECONDS": "pdf_seconds",
        "ENTAKU_PDF_MEMORY_MB": "pdf_memory_mb",
        "ENTAKU_DEMO": "demo",
        "ENTAKU_PROXIES": "proxies",
        "ENTAKU_REDIS": "redis",
        "ENTAKU_NODE": "node",
        "ENTAKU_COPIES_DAYS": "copies_days",
    }.items():
        if env.get(name):
            values[field] = env[name]
    if env.get("ENTAKU_ORIGINS"):
        values["origins"] = tuple(o.strip().rstrip("/") for o in env["ENTAKU_ORIGINS"].split(","))
    values["mailing"] = _mailing(
        env.get("ENTAKU_SMTP") or "",
        sender=(env.get("ENTAKU_MAIL_FROM") or "").strip(),
        public_url=(env.get("ENTAKU_PUBLIC_URL") or "").strip().rstrip("/"),
    )
    return Settings.model_validate(values)


def _mailing(server: str, *, sender: str, public_url: str) -> Mailing | None:
    """None without a server; what goes with one is asked for, so that no mail leads nowhere."""
    if not server.strip():
        return None
    for variable, given in (("ENTAKU_MAIL_FROM", sender), ("ENTAKU_PUBLIC_URL", public_url)):
        if not given:
            raise SettingsUnfit(variable, missing=True)
    try:
        Address(addr_spec=sender)
    except (ValueError, IndexError, MessageError) as error:
        raise SettingsUnfit("ENTAKU_MAIL_FROM", missing=False) from error
    if not sender.isascii():
        raise SettingsUnfit("ENTAKU_MAIL_FROM", missing=False)
    public = urlsplit(public_url)
    if public.scheme not in {"http", "https"} or not public.hostname or not public_url.isascii():
        raise SettingsUnfit("ENTAKU_PUBLIC_URL", missing=False)
    try:
        at = urlsplit(server.strip())
        port = at.port
    except ValueError:
        # Without what it was raised from: that may quote the password.
        raise SettingsUnfit("ENTAKU_SMTP", missing=False) from None
    if at.scheme not in {"smtp", "smtps"} or not at.hostname or at.path.strip("/") or at.query:
        raise SettingsUnfit("ENTAKU_SMTP", missing=False)
    encrypted = at.scheme == "smtps"
    return Mailing(
        host=at.hostname,
        port=port or (465 if encrypted else 25),
        encrypted=encrypted,
        user=unquote(at.username or ""),
        password=unquote(at.password or ""),
        sender=sender,
        public_url=public_url,
    )


def _secret(data: Path, given: str | None) -> bytes:
    """The key behind cursors and receipts: given, or made once and kept beside the data."""
    if given:
        return given.encode()
    kept = data / "secret.key"
    if not kept.exists():
        # Nodes that share the folder may start at once: one key wins, and is never half written.
        made = data / f"secret.{secrets.token_hex(8)}"
        descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(32))
        with suppress(FileExistsError):
            os.link(made, kept)
        made.unlink()
    return kept.read_bytes()
