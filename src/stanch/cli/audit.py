"""`stanch audit`: whether the desk's log is whole, and the log for a third party."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from stanch.app.desk.keeping import audit_desk, export_log
from stanch.cli.desk_options import DatabaseOption, DeskOption
from stanch.cli.server_options import JsonOption, KeyFileOption, ServerOption, show
from stanch.cli.trust_options import (
    DeskKeyOption,
    MemberOption,
    PinOption,
    StateOption,
)
from stanch.cli.trust_options import desk as desk_of
from stanch.client import Pin
from stanch.errors import StanchError

app = typer.Typer(help="Check a desk's log, and hand it to others.", no_args_is_help=True)


@app.callback()
def audit() -> None:
    """Check a desk's log, and hand it to others."""


@app.command()
def verify(
    *,
    desk: DeskOption = None,
    database: DatabaseOption = None,
    heads: Annotated[
        Path | None, typer.Option(help="File of signed heads that was kept elsewhere, one a line.")
    ] = None,
    desk_key: Annotated[
        str | None,
        typer.Option(envvar="STANCH_DESK_KEY", help="The desk's public key, from elsewhere."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Find any change, deletion or reordering in the log, and name the first bad entry.

    A log that was cut short or rolled back is found by heads that were kept elsewhere.

    Example: stanch audit verify --desk desk --heads heads.txt --desk-key 11qYAYKxCrfVS_7TyWQHOg...
    """
    found = audit_desk(desk, database, desk_key, heads)
    if as_json:
        said = {"first_bad": found.first_bad, "faults": [asdict(each) for each in found.faults]}
        typer.echo(json.dumps({"entries": found.entries, "heads": found.heads, **said}, indent=2))
    else:
        for fault in found.faults:
            print(f"{fault.kind}: {fault.says}", file=sys.stderr)
    if found.faults:
        first = f"; the first bad entry is {found.first_bad}" if found.first_bad else ""
        raise StanchError(f"the log is not whole: {len(found.faults)} faults{first}")
    if not as_json:
        typer.echo(f"{found.entries:,} entries, whole; held to {found.heads} heads from elsewhere")


@app.command()
def export(
    *,
    out: Annotated[Path, typer.Option(help="File to write.")],
    desk: DeskOption = None,
    database: DatabaseOption = None,
) -> None:
    """Write the log for a third party, who checks it with docs/verify_log.py and no Stanch.

    Example: stanch audit export --desk desk --out log.jsonl
    """
    typer.echo(f"{export_log(desk, database, out):,} entries, written to {out}")


@app.command()
def head(  # noqa: PLR0913 - one parameter for each option
    *,
    server: ServerOption,
    pin: PinOption,
    desk_key: DeskKeyOption,
    member: MemberOption,
    state: StateOption,
    api_key_file: KeyFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Fetch the latest signed head, and have it proved to contain the one kept in STATE.

    What it prints, collected in a file, is what `stanch audit verify --heads` asks for.

    Example: stanch audit head --state stanch.state >> heads.txt
    """
    with desk_of(server, api_key_file, Pin(pin, desk_key, member), state) as there:
        found = there.check_log()
    if as_json:
        show({"size": found.size, "at": found.at, "head": found.text})
        return
    typer.echo(found.text)
