"""`stanch work`: the verb that the command line finds here, since faces do not know each other."""

import ipaddress
import os
import signal
from pathlib import Path
from typing import Annotated

import typer

from stanch.app.desk.desk import opened
from stanch.app.desk.rounds import LEASE
from stanch.errors import UsageError
from stanch.formats.outbound.address import Reach
from stanch.workers.desk import Worker, same_parent
from stanch.workers.outbound.policy import Policy


def work(
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
        typer.Option(help="A range, 10.0.0.0/8, to which webhooks may go though it is not public."),
    ] = None,
    lease: Annotated[
        int, typer.Option(min=1, help="Seconds after which what a worker took comes back.")
    ] = LEASE,
    with_parent: Annotated[
        bool, typer.Option("--with-parent", help="End when the process that started it ends.")
    ] = False,
) -> None:
    """Let time pass over a desk's orders, and send its webhooks, until it is stopped.

    Run one beside `stanch serve`. Example: stanch work --desk desk
    """
    parent = os.getppid()
    with opened(desk, database) as there:
        worker = Worker(there, Policy(sign=there.key.sign, reach=_reach(allow or [])), lease)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stopped.set())
        worker.run(same_parent(parent) if with_parent else lambda: True)


def _reach(ranges: list[str]) -> Reach:
    try:
        return Reach(tuple(ipaddress.ip_network(each) for each in ranges))
    except ValueError as error:
        raise UsageError(f"--allow: {error}") from None
