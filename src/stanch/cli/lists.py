"""`stanch lists`: sanctions lists, each version kept."""

import json
import time
from pathlib import Path
from typing import Annotated

import typer

from stanch.app import list_diff
from stanch.app import lists as use_cases
from stanch.cli.group import group
from stanch.cli.home_option import HomeOption
from stanch.cli.list_links import links
from stanch.cli.list_words import (
    diff_lines,
    event_line,
    import_lines,
    lists_table,
    update_line,
    versions_table,
)
from stanch.cli.progress import steps
from stanch.errors import InputError, UsageError

app = group("lists")


@app.command("import")
def import_(
    kind: Annotated[str, typer.Argument(help=f"One of {use_cases.kinds()}.")],
    files: Annotated[list[Path], typer.Argument(help="The list's files, plain, gzip or zip.")],
    *,
    home: HomeOption = None,
    name: Annotated[
        str | None, typer.Option("--as", help="Name of the list; the kind's unless given.")
    ] = None,
    accept_shrink: Annotated[
        bool,
        typer.Option("--accept-shrink", help="Let the list lose more than a third of its entries."),
    ] = False,
) -> None:
    """Import FILES as the next version of a list; older versions are kept.

    Too few entries, or a third fewer than before, and nothing is imported.

    Example: stanch lists import ofac-csv sdn.csv alt.csv add.csv --home home --as ofac-sdn
    """
    command = use_cases.ListCommand(home, kind, tuple(files), name, accept_shrink)
    with steps() as step:
        done = use_cases.import_files(command, step)
    typer.echo("\n".join(import_lines(done)))


@app.command()
def show(
    name: Annotated[str | None, typer.Argument(help="A list; all of them unless given.")] = None,
    *,
    home: HomeOption = None,
) -> None:
    """Show the version in force of each list, or all versions of the list NAME.

    Example: stanch lists show un --home home
    """
    found = use_cases.show(home, name)
    for line in lists_table(found) if name is None else versions_table(found):
        typer.echo(line)


@app.command()
def diff(  # noqa: PLR0913 - one parameter for each option
    name: Annotated[str, typer.Argument(help="A list.")],
    old: Annotated[str | None, typer.Argument(help="A version, or how its name begins.")] = None,
    new: Annotated[str | None, typer.Argument(help="A later version.")] = None,
    *,
    home: HomeOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it all as JSON.")] = False,
    out: Annotated[Path | None, typer.Option(help="CSV file to write instead.")] = None,
) -> None:
    """Show what is new, changed or delisted between two versions: the last two unless given.

    Example: stanch lists diff un --home home --out changes.csv
    """
    if as_json and out:
        raise UsageError("--json prints and --out writes a CSV file; choose one")
    found = list_diff.diff(home, name, old, new)
    if as_json:
        typer.echo(json.dumps(found.as_json(), indent=2, ensure_ascii=False))
        return
    head, *lines = diff_lines(found)
    typer.echo(head)
    if out:
        list_diff.write_csv(found, out)
        typer.echo(f"written to {out}")
        return
    for line in lines:
        typer.echo(line)


@app.command()
def update(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder that has sources.toml.")],
    *,
    home: HomeOption = None,
    watch: Annotated[
        float | None, typer.Option(min=1, help="Look again every so many seconds, until Ctrl-C.")
    ] = None,
    timeout: Annotated[
        float, typer.Option(min=0.1, help="Seconds that a server may say nothing.")
    ] = 60,
) -> None:
    """Import what changed in the folders and at the addresses that DIR/sources.toml names.

    A source that fails is said and does not stop the rest; the exit code is then 1.

    Example: stanch lists update sources --home home --watch 3600
    """
    while True:
        try:
            failed = _update_once(home, folder, timeout)
            if watch is None:
                break
            time.sleep(watch)
        except KeyboardInterrupt:
            if watch is None:
                raise
            typer.echo("stopped")
            return
    if failed:
        raise InputError("sources.toml", f"{failed} of its lists could not be brought up to date")


def _update_once(home: Path | None, folder: Path, timeout: float) -> int:
    """One round; how many lists failed."""
    failed = 0
    with steps() as step:
        for done in use_cases.update(home, folder, timeout, step):
            typer.echo(update_line(done), err=bool(done.error))
            failed += bool(done.error)
    return failed


@app.command()
def events(
    *,
    home: HomeOption = None,
    check: Annotated[
        bool, typer.Option("--check", help="Only see whether events or versions were changed.")
    ] = False,
) -> None:
    """Show what happened to the lists, oldest first.

    Example: stanch lists events --check --home home
    """
    if not check:
        for each in use_cases.events(home):
            typer.echo(event_line(each))
        return
    if wrong := use_cases.check_events(home):
        for sentence in wrong[1:]:
            typer.echo(sentence, err=True)
        raise InputError("events", wrong[0].removeprefix("events: "))
    typer.echo("events and versions are as they were written")


app.command()(links)
