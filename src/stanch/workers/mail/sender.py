"""Hand one e-mail to the mail server, once, and say what came of it.

The server may be away, answer a byte a minute, or offer less than TLS. Whether to try again is not
decided here but in `outbound.backoff`.
"""

import contextlib
import smtplib
import ssl
import time
from email.message import EmailMessage
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Final

from stanch.workers.mail.server import MailServer

_LATE: Final = "the mail server did not answer in time"


class _LateError(Exception):
    """The time by which the message had to be on its way is over."""


def send(message: EmailMessage, server: MailServer) -> str | None:
    """Hand `message` in; None where the server took it, else why not, in one line of ours.

    In a thread that is left behind where it does not come back: neither the machine's resolver nor
    a server that drips can be interrupted. One left behind ends at its next answer that is late,
    and hands in nothing any more.
    """
    outcomes: SimpleQueue[str | Exception | None] = SimpleQueue()
    until = time.monotonic() + server.limits.begun
    talk = Thread(target=_talk, args=(message, server, until, outcomes), name="mail", daemon=True)
    talk.start()
    try:
        outcome = outcomes.get(timeout=server.limits.whole)
    except Empty:
        return _LATE
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def _talk(
    message: EmailMessage,
    server: MailServer,
    until: float,
    outcomes: "SimpleQueue[str | Exception | None]",
) -> None:
    smtp: smtplib.SMTP | None = None
    try:
        smtp = _line(server)
        if time.monotonic() > until:
            raise _LateError
        smtp.send_message(message, server.sender, [str(message["To"])])
        outcomes.put(None)
    except (OSError, smtplib.SMTPException, ValueError, _LateError) as error:
        outcomes.put(_why(error))
    except Exception as error:  # whatever it is belongs to the caller, not to this thread
        outcomes.put(error)
    finally:
        # What was taken was taken, however the server says goodbye.
        if smtp is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException, ValueError):
                smtp.quit()
            smtp.close()


def _line(server: MailServer) -> smtplib.SMTP:
    """A line to the server on which the message may be said: TLS, then the login."""
    name = server.sender.rpartition("@")[2]  # not this machine's own, which is nobody's business
    if server.implicit:
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, name, timeout=server.limits.answer, context=server.trust
        )
    else:
        smtp = smtplib.SMTP(server.host, server.port, name, timeout=server.limits.answer)
    try:
        if not server.implicit and not server.plain:
            # Raises where the server does not offer it, or anybody between has struck it out.
            smtp.starttls(context=server.trust)
        if server.user:
            smtp.login(server.user, server.password)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _why(error: Exception) -> str:
    """One line for the record. In our words: what a server answers may hold the address."""
    reasons: tuple[tuple[type[Exception], str], ...] = (
        (ssl.SSLCertVerificationError, "the certificate does not hold for the mail server's host"),
        (ssl.SSLError, "there was no TLS"),
        (_LateError, _LATE),
        (TimeoutError, _LATE),
        (smtplib.SMTPAuthenticationError, "the mail server refused the login"),
        (smtplib.SMTPNotSupportedError, "the mail server does not offer STARTTLS or a login"),
        (smtplib.SMTPRecipientsRefused, "the mail server refused the person's address"),
        (smtplib.SMTPSenderRefused, "the mail server refused the desk's address"),
        (smtplib.SMTPConnectError, "the mail server was not ready"),
        (smtplib.SMTPServerDisconnected, "the connection broke off"),
        (smtplib.SMTPResponseException, "the mail server did not take it"),
        (smtplib.SMTPException, "the mail server offers no login that fits"),
        (OSError, "there was no connection"),
    )
    for kind, reason in reasons:
        if isinstance(error, kind):
            return reason
    return "what answered spoke no SMTP"
