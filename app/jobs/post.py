"""Handing mails to the mail server, one connection for all of a day's.

What it says is kept as a reason, without the address it was about.
"""

import re
import smtplib
import ssl
from collections.abc import Mapping
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from app.settings import Mailing

_CLOSING = 421
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Undeliverable(Exception):
    """The server will not take this mail, now or later (5xx)."""


class NotNow(Exception):
    """This mail is not taken at the moment (4xx)."""


class NoPost(NotNow):
    """Nothing is taken at all: no server, none that may be trusted, or it does not know us."""


class Post:
    """``with Post(mailing) as post: post.hand_over(…)``; connects when the first mail comes."""

    def __init__(self, mailing: Mailing) -> None:
        self.mailing = mailing
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._server is None:
            return
        try:
            if kind is None:
                self._server.quit()
        except (smtplib.SMTPException, OSError):
            pass  # what was handed over was answered for before
        finally:
            self._server.close()

    def hand_over(self, to: str, message: bytes) -> None:
        """Return once the server has answered for the mail; raises Undeliverable, NotNow, NoPost.

        Who we are and whom we write for is a matter of the installation, not of a mail: where the
        server dislikes it, nothing is given up.
        """
        try:
            if self._server is None:
                self._server = self._connected()
            self._server.sendmail(self.mailing.sender, [to], message)
        except smtplib.SMTPRecipientsRefused as refused:
            raise _refusal(*_only(refused.recipients), to) from None
        except smtplib.SMTPDataError as refused:
            raise _refusal(refused.smtp_code, refused.smtp_error, to) from None
        except smtplib.SMTPResponseException as refused:
            raise NoPost(_said(refused.smtp_code, refused.smtp_error, to)) from None
        except (smtplib.SMTPException, OSError) as error:
            raise NoPost(_plain(f"{type(error).__name__}: {error}", to)) from None

    def _connected(self) -> smtplib.SMTP:
        mailing, context = self.mailing, ssl.create_default_context()
        name = urlsplit(mailing.public_url).hostname
        seconds = mailing.patience_seconds
        at = (mailing.host, mailing.port, name)
        if mailing.encrypted:
            server: smtplib.SMTP = smtplib.SMTP_SSL(*at, timeout=seconds, context=context)
        else:
            server = smtplib.SMTP(*at, timeout=seconds)
        try:
            server.ehlo()
            is_private = mailing.encrypted
            if not is_private and server.has_extn("starttls"):
                server.starttls(context=context)
                server.ehlo()
                is_private = True
            if mailing.user:
                if not (is_private or mailing.host in _LOOPBACK):
                    raise NoPost("the server offers no encryption, so the password is not sent")
                server.login(mailing.user, mailing.password)
        except BaseException:
            server.close()
            raise
        return server


def _only(refused: Mapping[str, tuple[int, bytes]]) -> tuple[int, bytes]:
    """Each mail goes to one person, so one answer came."""
    (answer,) = refused.values()
    return answer


def _refusal(code: int, words: bytes | str, to: str) -> Exception:
    said = _said(code, words, to)
    if code == _CLOSING:
        return NoPost(said)
    return Undeliverable(said) if code >= 500 else NotNow(said)


def _said(code: int, words: bytes | str, to: str) -> str:
    text = words.decode("ascii", "replace") if isinstance(words, bytes) else words
    return _plain(f"{code} {text}", to)


def _plain(words: str, to: str) -> str:
    """On one line, and whoever reads it learns nobody's address."""
    hidden = re.sub(r"[^\s<>()\[\]{},;:'\"]+@[^\s<>()\[\]{},;:'\"]+", "…", words.replace(to, "…"))
    return " ".join(hidden.split())
