"""お知らせのメール as messages: plain text, in the language the person chose for mails.

Mail travels and lies where the product keeps no watch. So a message holds what a ``Reminder``
holds and the address to sign in at: numbers and dates, no name of anybody or anything.
"""

from collections.abc import Callable
from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app import catalogues
from app.catalogues import language_for, translator
from app.clock import JAPAN
from app.domain.sentences import _
from app.queries.reminders import Reminder
from app.queries.waiting_shape import WaitingFor

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "mail"
SUBJECT = _("【円卓】仮決定についてのお知らせ（{count}件）")
KINDS = {
    WaitingFor.HOLD: _("持ち帰りの回答"),
    WaitingFor.OVERDUE_HOLD: _("他機関の持ち帰りの回答"),
    WaitingFor.ORPHAN_HOLD: _("回答できる機関がない仮決定"),
}


class Unaddressable(ValueError):
    """Nothing can be sent to what stands in the place of the address."""


def reminder_mail(
    reminder: Reminder, *, sender: str, public_url: str, now: datetime
) -> EmailMessage:
    """The same mail has the same Message-ID whenever it is composed; raises Unaddressable."""
    language = language_for(reminder.language, [])
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(translator(language)(_("円卓")), addr_spec=sender)
    message["To"] = _address(reminder.email)
    message["Subject"] = translator(language)(SUBJECT).format(count=reminder.count)
    message["Date"] = format_datetime(now.astimezone(JAPAN))
    message["Message-ID"] = f"<{reminder.mail_id}@{urlsplit(public_url).hostname}>"
    # RFC 3834: no answering machine answers this.
    message["Auto-Submitted"] = "auto-generated"
    text = _environment(language).get_template("reminder.txt")
    told = text.render(
        reminder=reminder,
        kinds={kind: translator(language)(label) for kind, label in KINDS.items()},
        address=f"{public_url}/",
    )
    message.set_content(told, charset="utf-8", cte="base64")
    message["Content-Language"] = language
    return message


def _address(email: str) -> Address:
    try:
        address = Address(addr_spec=email)
    except Exception as error:  # the parser of addresses fails in many ways
        raise Unaddressable from error
    if not email.isascii() or not address.domain:
        raise Unaddressable
    return address


@cache
def _environment(language: str) -> Environment:
    """Text and no markup, so nothing in it is escaped."""
    translate = translator(language)
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=False,  # noqa: S701  (plain text)
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]  # set by the i18n extension
        translate, lambda one, many, n: translate(one if n == 1 else many), newstyle=True
    )
    made.filters["western"] = _western(language)
    return made


def _western(language: str) -> Callable[[date], str]:
    names = catalogues.weekday_names(language)
    pattern = translator(language)(_("{year}年{month}月{day}日({weekday})"))
    return lambda day: pattern.format(
        year=day.year, month=day.month, day=day.day, weekday=names[day.weekday()]
    )
