"""`stanch screen`: who is on a list, by name, by identifier, by address, in payment messages."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from stanch.app import screen as searching
from stanch.app.home import home_at
from stanch.app.screen_addresses import screen_addresses
from stanch.app.screen_desk import screen_desk
from stanch.app.screen_message import MessageRequest, screen_messages
from stanch.app.screen_names import NamesRequest, screen_names
from stanch.app.screen_snapshot import SnapshotRequest, screen_snapshot
from stanch.cli.group import group
from stanch.cli.home_option import HomeOption
from stanch.cli.interrupt import remembered_interrupt
from stanch.cli.output import show
from stanch.cli.screen_fetch import snapshot as fetched_snapshot
from stanch.cli.screen_text import (
    screened_data,
    show_addresses,
    show_hits,
    show_messages,
    summary,
    tell_watched,
)
from stanch.cli.server_options import PANEL, JsonOption, KeyFileOption
from stanch.cli.session_options import SessionOption, either
from stanch.cli.trust_options import DeskKeyOption, MemberOption, PinOption
from stanch.client import Pin
from stanch.errors import UsageError

app = group("screen")

TopOption = Annotated[int, typer.Option(min=1, help="At most so many hits of one party.")]
ThresholdOption = Annotated[
    float, typer.Option(min=0, max=1, help="Hits by name from this score on, 0 to 1.")
]
AllOption = Annotated[
    bool, typer.Option("--all", help="Show what was reviewed as somebody else, too, marked.")
]
OutOption = Annotated[Path | None, typer.Option(help="CSV file to write the hits to.")]


@app.command()
def names(  # noqa: PLR0913 - one parameter for each option
    file: Annotated[Path, typer.Argument(help="CSV, JSON lines or Parquet: id, name and more.")],
    *,
    out: Annotated[Path, typer.Option(help="CSV file to write, whole or not at all.")],
    home: HomeOption = None,
    top: TopOption = searching.TOP,
    threshold: ThresholdOption = searching.THRESHOLD,
    workers: Annotated[int, typer.Option(min=1, help="Processes that search side by side.")] = 1,
    show_all: AllOption = False,
) -> None:
    """Screen every party of FILE; run it again after an interruption, and it goes on.

    Example: stanch screen names customers.csv --home home --out hits.csv --top 5
    """
    request = NamesRequest(home, file, out, top, threshold, workers, show_all=show_all)
    try:
        with _bar() as progress:
            done = screen_names(request, progress)
    except KeyboardInterrupt:
        typer.echo("what was done so far is kept: the same command goes on from there", err=True)
        raise
    typer.echo(summary(done, out))


@app.command()
def name(  # noqa: PLR0913 - one parameter for each option
    text: Annotated[str, typer.Argument(metavar="NAME", help="A name in any script.")],
    *,
    home: HomeOption = None,
    born: Annotated[str, typer.Option(help="1984, 1984-05 or 1984-05-12.")] = "",
    country: Annotated[str, typer.Option(help="Nationality or registration: KP.")] = "",
    schema: Annotated[str, typer.Option(help="Person, Organization, Vessel, Airplane.")] = "",
    identifier: Annotated[
        list[str] | None,
        typer.Option(help="passport=563410081, imo=..., email=..., once for each."),
    ] = None,
    top: TopOption = searching.TOP,
    threshold: ThresholdOption = searching.THRESHOLD,
    show_all: AllOption = False,
    as_json: JsonOption = False,
) -> None:
    """Screen one name and show what speaks for and against each hit.

    Example: stanch screen name "KIM Chol Su" --born 1984 --country KP --home home
    """
    query = searching.Query(text, born, country, schema, tuple(identifier or ()))
    subject = query.subject()
    opened = searching.Screen.open(home_at(home).folder)
    (hits,) = opened.names((subject,), top, threshold, show_all=show_all)
    if as_json:
        show([asdict(hit) for hit in hits])
        return
    show_hits(Console(highlight=False), hits)


@app.command()
def addresses(  # noqa: PLR0913 - one parameter for each option
    file: Annotated[Path, typer.Argument(help="An address a line, or CSV with a column of them.")],
    *,
    home: HomeOption = None,
    out: OutOption = None,
    snapshot: Annotated[
        Path | None,
        typer.Option(help="A desk's signed snapshot to look in, instead of the lists of a home."),
    ] = None,
    pin: PinOption = "",
    desk_key: DeskKeyOption = "",
    member: MemberOption = "",
    state: Annotated[
        Path | None,
        typer.Option(
            envvar="STANCH_STATE", help="File of what was seen of the desk.", rich_help_panel=PANEL
        ),
    ] = None,
    server: Annotated[
        str | None,
        typer.Option(
            help="A desk that runs, to ask instead: https://desk.example.", rich_help_panel=PANEL
        ),
    ] = None,
    api_key_file: KeyFileOption = None,
    session: SessionOption = None,
    as_json: JsonOption = False,
) -> None:
    """Look up wallet addresses, in whatever spelling: in lists, in a snapshot, or at a desk.

    A home has sanctions lists. A desk and its snapshot have block orders too; a desk that is
    asked about one address alone also says which incidents' money went through it.

    Example: stanch screen addresses deposits.csv --home home --out hits.csv
    """
    if snapshot is not None and server is not None:
        raise UsageError("--snapshot needs no desk, --server asks one: choose one")
    if server is not None:
        with closing(either(server, api_key_file, session)) as desk, _bar() as progress:
            asked = screen_desk(desk, file, out, lambda count: progress(count, 0.0))
        tell_watched(asked, f"at {server}", out, as_json=as_json)
        return
    if snapshot is not None:
        if not pin or not desk_key or not member or state is None:
            raise UsageError("--snapshot needs --pin, --desk-key, --member and --state")
        trust = Pin(pin, desk_key, member)
        request = SnapshotRequest(file, snapshot, trust, state, out)
        done = screen_snapshot(request)
        where = f"in snapshot {done.number}, good until {done.until}"
        tell_watched(done.screened, where, out, as_json=as_json)
        return
    with _bar() as progress:
        found = screen_addresses(home, file, out, lambda count: progress(count, 0.0))
    if as_json:
        show(screened_data(found, out))
        return
    show_addresses(Console(highlight=False), found, out)


@app.command()
def message(  # noqa: PLR0913 - one parameter for each option
    files: Annotated[list[Path], typer.Argument(help="IVMS101 (JSON) or pacs.008 (XML).")],
    *,
    home: HomeOption = None,
    out: OutOption = None,
    top: TopOption = searching.TOP,
    threshold: ThresholdOption = searching.THRESHOLD,
    show_all: AllOption = False,
) -> None:
    """Screen all parties of payment messages.

    Example: stanch screen message payment.xml record.json --home home
    """
    request = MessageRequest(home, tuple(files), out, top, threshold, show_all=show_all)
    show_messages(Console(highlight=False), screen_messages(request), out)


app.command("snapshot")(fetched_snapshot)


@contextmanager
def _bar() -> Iterator[Callable[[int, float], None]]:
    """Show on stderr, if it is a terminal, how many are done and how much of the file was read."""
    console = Console(stderr=True)
    columns = (TextColumn("screening"), BarColumn(), TextColumn("{task.fields[done]}"))
    bar = Progress(*columns, TimeElapsedColumn(), console=console, disable=not console.is_terminal)
    with bar, remembered_interrupt() as check:
        task = bar.add_task("", total=None, done="")

        def hear(done: int, share: float) -> None:
            check()
            bar.update(task, done=f"{done:,}", completed=share, total=1.0 if share else None)

        yield hear
