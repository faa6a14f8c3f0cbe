"""`stanch audit`: whether the desk's log is whole, and the log for a third party."""

import sys
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Annotated, Final

import typer

from stanch.app.csv_file import whole_file
from stanch.app.desk.keeping import audit_desk, export_log
from stanch.cli.at_desk import at_desk, believing_no_desk
from stanch.cli.desk_options import DatabaseOption, DeskOption
from stanch.cli.group import group
from stanch.cli.output import cell, listed, show, table, tell
from stanch.cli.server_options import JsonOption, KeyFileOption
from stanch.cli.session_options import SessionOption, ThereOption, either
from stanch.client import Desk
from stanch.client.line import Line
from stanch.errors import StanchError

app = group("audit")

AfterOption = Annotated[int, typer.Option(min=0, help="Only those behind this place of the log.")]
_COLUMNS: Final = ("n", "at", "member", "person", "verb", "subject", "said")


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
        show({"entries": found.entries, "heads": found.heads, **said})
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
        count, what = export_log(desk, database, out), "entries"
    else:
        there = either(server, api_key_file, session)
        with whole_file(out) as draft, draft.open("wb") as stream:
            count, what = there.save("POST", "/v1/audit/export", stream), "bytes"
    tell({what: count, "file": str(out)}, as_json, [f"{count:,} {what}, written to {out}"])


@app.command()
@at_desk
def entries(
    desk: Line,
    *,
    after: AfterOption = 0,
    most: Annotated[
        int | None, typer.Option(min=1, help="So many at most; without: all there are.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List entries of a desk's log: all for auditors of founding governments, else your member's.

    Example: stanch audit entries --after 1200 --most 50
    """
    rows = desk.rows("/v1/audit/entries", {"after": str(after)})
    listed(islice(rows, most), _COLUMNS, as_json)


@app.command()
@at_desk
def heads(
    desk: Line,
    *,
    after: AfterOption = 0,
    as_json: JsonOption = False,
) -> None:
    """Print the heads that a desk has signed, one a line: what `audit verify --heads` asks for.

    They are as the desk gives them now; `stanch audit head` proves each newer one by the one kept.

    Example: stanch audit heads --after 1200 >> heads.txt
    """
    rows = list(desk.rows("/v1/audit/heads", {"after": str(after)}))
    tell(rows, as_json, (cell(each.get("head")) for each in rows))


@app.command()
@believing_no_desk
def prove(
    desk: Desk,
    n: Annotated[int, typer.Argument(metavar="N", min=1, help="The entry's place in the log.")],
    *,
    as_json: JsonOption = False,
) -> None:
    """Have entry N proved to stand in the log that the desk signed, for auditors.

    Example: stanch audit prove 1207 --state stanch.state
    """
    found = desk.entry(n)
    path = [each.hex() for each in found.path]
    data = {"entry": asdict(found.row), "head": found.head.text, "path": path}
    stands = f"stands in the log of {found.head.size:,} entries, signed {found.head.at}"
    tell(data, as_json, [*table([asdict(found.row)], _COLUMNS), stands])


@app.command()
@believing_no_desk
def head(desk: Desk, *, as_json: JsonOption = False) -> None:
    """Fetch the latest signed head, and have it proved to contain the one kept in STATE.

    What it prints, collected in a file, is what `stanch audit verify --heads` asks for.

    Example: stanch audit head --state stanch.state >> heads.txt
    """
    found = desk.check_log()
    tell({"size": found.size, "at": found.at, "head": found.text}, as_json, [found.text])
