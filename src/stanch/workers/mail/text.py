"""What an e-mail of the desk says. Pure.

It says that something waits, how much, since when and at which desk. An e-mail is read by every
server on its way and kept in mailboxes for years: no order, account, name, amount or marking goes
into one, and no link that does anything.
"""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from stanch.app.desk.notices import Mail

LONGEST_NAME: Final = 80  # characters of the desk's name
# Seven bits: no server on the way has a reason to change what was written.
_POLICY: Final = SMTP.clone(cte_type="7bit")

_NOTICE: Final = """\
Something waits for you at {desk}.

New:   {count}
Since: {since}
Desk:  {origin}

This is a notice only. What it is about stands at the desk alone: sign in
there as you always do. Nothing can be done by this e-mail, and no answer
to it is read. You asked for these notices, and end them at the desk.
"""
_CODE: Final = """\
Somebody who has signed in at {desk} wants to be told
at this address when something waits there.

Code:  {code}
Until: {until}
Desk:  {origin}

If it was you, sign in there as you always do, and enter the code. If it
was not, do nothing: nothing more will come.
"""


@dataclass(frozen=True, slots=True)
class From:
    """Whose e-mail it is: the desk's name, where people reach it, the address it comes from."""

    desk: str
    origin: str
    sender: str


def written(mail: Mail, by: From, now: datetime) -> EmailMessage:
    """The e-mail. The same `mail` has the same Message-ID, so that one sent twice is one."""
    message = EmailMessage(policy=_POLICY)
    name = plain(by.desk)
    message["From"] = by.sender
    message["To"] = mail.address
    message["Subject"] = f"{'Your code for' if mail.code else 'Something waits at'} {name}"
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{mail.id}@{by.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday answers to it
    if mail.code:
        said = {"code": mail.code, "until": _time(mail.expires)}
        message.set_content(_CODE.format(desk=name, origin=by.origin, **said))
    else:
        told = {"count": mail.count, "since": _time(mail.since)}
        message.set_content(_NOTICE.format(desk=name, origin=by.origin, **told))
    return message


def plain(name: str) -> str:
    """A name on one line, without signs that begin another header or turn the text around."""
    return " ".join("".join(c if c.isprintable() else " " for c in name).split())[:LONGEST_NAME]


def _time(stamp: str) -> str:
    return f"{datetime.fromisoformat(stamp):%Y-%m-%d %H:%M} UTC"
