"""`stanch audit`: whether the desk's log is whole, and the log for a third party."""

import json
import sys
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Annotated, Final

import typer

from stanch.app.csv_file import whole_file
from stanch.app.desk.keeping import audit_desk, export_log
from stanch.cli.desk_options import DatabaseOption, DeskOption
from stanch.cli.server_options import (
    JsonOption,
    KeyFileOption,
    ServerOption,
    cell,
    listed,
    show,
    table,
)
from stanch.cli.session_options import SessionOption, ThereOption, either
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

AfterOption = Annotated[int, typer.Option(min=0, help="Only those behind this place of the log.")]
_COLUMNS: Final = ("n", "at", "member", "person", "verb", "subject", "said")


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
def export(  # noqa: PLR0913 - one parameter for each option
    *,
    out: Annotated[Path, typer.Option(help="File to write.")],
    desk: DeskOption = None,
    database: DatabaseOption = None,
    server: ThereOption = None,
    api_key_file: KeyFileOption = None,
    session: SessionOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the log for a third party, who checks it with docs/verify_log.py and no Stanch.

    With --server an auditor of a founding government takes it from a desk that runs.

    Example: stanch audit export --desk desk --out log.jsonl
    """
    if server is None:
        entries = export_log(desk, database, out)
        if as_json:
            show({"entries": entries, "file": str(out)})
        else:
            typer.echo(f"{entries:,} entries, written to {out}")
        return
    there = either(server, api_key_file, session)
    with whole_file(out) as draft, draft.open("wb") as stream:
        size = there.save("POST", "/v1/audit/export", stream)
    if as_json:
        show({"bytes": size, "file": str(out)})
    else:
        typer.echo(f"{size:,} bytes, written to {out}")


@app.command()
def entries(  # noqa: PLR0913 - one parameter for each option
    *,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    session: SessionOption = None,
    after: AfterOption = 0,
    most: Annotated[
        int | None, typer.Option(min=1, help="So many at most; without: all there are.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List entries of a desk's log: all for auditors of founding governments, else your member's.

    Example: stanch audit entries --after 1200 --most 50
    """
    rows = either(server, api_key_file, session).rows("/v1/audit/entries", {"after": str(after)})
    listed(islice(rows, most), _COLUMNS, as_json)


@app.command()
def heads(
    *,
    server: ServerOption,
    api_key_file: KeyFileOption = None,
    session: SessionOption = None,
    after: AfterOption = 0,
    as_json: JsonOption = False,
) -> None:
    """Print the heads that a desk has signed, one a line: what `audit verify --heads` asks for.

    They are as the desk gives them now; `stanch audit head` proves each newer one by the one kept.

    Example: stanch audit heads --after 1200 >> heads.txt
    """
    rows = either(server, api_key_file, session).rows("/v1/audit/heads", {"after": str(after)})
    if as_json:
        show(list(rows))
        return
    for each in rows:
        typer.echo(cell(each.get("head")))


@app.command()
def prove(  # noqa: PLR0913 - one parameter for each option
    n: Annotated[int, typer.Argument(metavar="N", min=1, help="The entry's place in the log.")],
    *,
    server: ServerOption,
    pin: PinOption,
    desk_key: DeskKeyOption,
    member: MemberOption,
    state: StateOption,
    api_key_file: KeyFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Have entry N proved to stand in the log that the desk signed, for auditors.

    Example: stanch audit prove 1207 --state stanch.state
    """
    with desk_of(server, api_key_file, Pin(pin, desk_key, member), state) as there:
        found = there.entry(n)
    if as_json:
        path = [each.hex() for each in found.path]
        show({"entry": asdict(found.row), "head": found.head.text, "path": path})
        return
    table([asdict(found.row)], _COLUMNS)
    typer.echo(f"stands in the log of {found.head.size:,} entries, signed {found.head.at}")


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
