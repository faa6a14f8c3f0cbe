"""`stanch work`: the verb that the command line finds here, since faces do not know each other."""

import ipaddress
import os
import signal
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from threading import Event
from typing import Annotated

import typer
from sqlalchemy.exc import OperationalError

from stanch.app.desk.desk import Desk, opened
from stanch.app.desk.notices import QUIET
from stanch.app.desk.origin import check_origin
from stanch.app.desk.rounds import LEASE
from stanch.app.taxii.turns import LEASE as POLLS
from stanch.errors import UsageError
from stanch.formats.outbound.address import Reach
from stanch.workers.desk import PAUSE, Worker, same_parent
from stanch.workers.mail.post import Post
from stanch.workers.mail.server import MailServer, mail_server
from stanch.workers.outbound.policy import Policy
from stanch.workers.partners import Polls
from stanch.workers.said import say


def work(  # noqa: PLR0913 - one parameter for each option
    *,
    desk: Annotated[
        Path | None, typer.Option("--desk", envvar="STANCH_DESK", help="The desk's folder.")
    ] = None,
    database: Annotated[
        str | None,
        typer.Option("--database", envvar="STANCH_DATABASE", help="As for stanch serve."),
    ] = None,
    allow: Annotated[
        list[str] | None,
        typer.Option(help="A range, 10.0.0.0/8, to which the desk may go though it is not public."),
    ] = None,
    lease: Annotated[
        int,
        typer.Option(min=1, help="Seconds after which what a worker left undone is taken again."),
    ] = LEASE,
    smtp: Annotated[
        str,
        typer.Option(
            envvar="STANCH_SMTP",
            help="Mail server for notices: smtp://mail.example:587 or smtps://; its login is in "
            "$STANCH_SMTP_USER and $STANCH_SMTP_PASSWORD. Without: no e-mail.",
        ),
    ] = "",
    smtp_from: Annotated[
        str, typer.Option(envvar="STANCH_SMTP_FROM", help="The address that e-mail comes from.")
    ] = "",
    origin: Annotated[
        str,
        typer.Option(
            envvar="STANCH_ORIGIN",
            help="How people reach the desk, for e-mail: https://desk.example.",
        ),
    ] = "",
    notice_quiet: Annotated[
        int, typer.Option(min=0, help="Seconds between two notices to one person.")
    ] = QUIET,
    with_parent: Annotated[
        bool, typer.Option("--with-parent", help="End when the process that started it ends.")
    ] = False,
) -> None:
    """Let time pass over orders, send what is due, and poll partners, until stopped.

    Webhooks and e-mail are what is due.

    Run one beside `stanch serve`. Example: stanch work --desk desk
    """
    # What a server says of itself: by the time this is read it may be gone already.
    parent = int(os.environ.get("STANCH_PARENT") or os.getppid())
    alive = same_parent(parent) if with_parent else lambda: True
    server, reach, stopped = _server(smtp, smtp_from, origin), _reach(allow or []), Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    with ExitStack() as stack:
        there = _opened(stack, desk, database, lambda: alive() and not stopped.wait(PAUSE))
        if there is None:
            return
        post = Post(there, server, origin, notice_quiet, lease) if server else None
        policy = Policy(sign=there.key.sign, reach=reach)
        polls = Polls(there, policy, lease * (POLLS // LEASE))
        Worker(there, policy, lease, post, polls, stopped).run(alive)


def _opened(
    stack: ExitStack, path: Path | None, url: str | None, again: Callable[[], bool]
) -> Desk | None:
    """The desk, once its database is there: one that is away when a worker starts comes back, as
    one does that goes while it works. None where nobody waits `again`.
    """
    while True:
        try:
            return stack.enter_context(opened(path, url))
        except OperationalError as error:
            say(error=type(error).__name__)
            if not again():
                return None


def _reach(ranges: list[str]) -> Reach:
    try:
        return Reach(tuple(ipaddress.ip_network(each) for each in ranges))
    except ValueError as error:
        raise UsageError(f"--allow: {error}") from None


def _server(url: str, sender: str, origin: str) -> MailServer | None:
    """All three or none: half of it would be e-mail that nobody can come back from. An origin
    alone is what a server says to its worker, with e-mail or without.
    """
    if not any((url, sender)):
        return None
    if not all((url, sender, origin)):
        raise UsageError("e-mail is --smtp, --smtp-from and --origin")
    check_origin(origin)
    return mail_server(url, sender, os.environ)
