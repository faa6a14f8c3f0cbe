"""`stanch personas`: applications for work, and which of them are one operator or one farm."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from stanch.app.personas import secret as secrets
from stanch.app.personas.ingest import Ingested, IngestRequest
from stanch.app.personas.ingest import ingest as use_case
from stanch.cli.group import group
from stanch.cli.output import tell
from stanch.cli.personas_scenario import scenario
from stanch.cli.progress import steps
from stanch.cli.server_options import JsonOption

app = group("personas")
app.command()(scenario)

KeyOption = Annotated[
    Path | None,
    typer.Option(help="Key file. [default: personas.key in $STANCH_HOME, or in ~/.stanch]"),
]


@app.command()
def ingest(  # noqa: PLR0913 - one parameter for each option
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="CSV, JSON lines or Parquet.")
    ],
    *,
    out: Annotated[Path, typer.Option(help="Intake folder to write.")],
    transfers: Annotated[
        Path | None, typer.Option(help="Who paid whom: CSV or Parquet with src and dst.")
    ] = None,
    key: KeyOption = None,
    retain: Annotated[
        int | None, typer.Option(min=1, metavar="DAYS", help="Keep each record for so long.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that prepare rows.")] = 2,
    as_json: JsonOption = False,
) -> None:
    """Take in applications: values are sealed, and compared by keyed hashes.

    Rows that cannot be used go to rejected.csv, values to notes.csv; the rest goes on.

    Example: stanch personas ingest applications.csv --transfers pay.csv --out intake
    """
    held, made = secrets.opened_or_made(key)
    if made:
        typer.echo(f"stanch: a new key, {held.file}: keep a copy of it elsewhere", err=True)
    today = datetime.now(UTC).date()
    asked = IngestRequest(tuple(files), out, transfers, retain=retain, today=today, workers=workers)
    with steps() as step:
        done = use_case(asked, held, step)
    tell(_data(done), as_json, _lines(done, out))


def _data(done: Ingested) -> dict[str, object]:
    return {"records": done.records, "refused": done.refused, "missing": done.missing,
            "transfers": done.transfers, "keys": done.keys}  # fmt: skip


def _lines(done: Ingested, out: Path) -> list[str]:
    said = [f"{done.records:,} records, {done.transfers:,} transfers, written to {out}"]
    if done.refused:
        said.append(f"{done.refused:,} rows refused: {out / 'rejected.csv'}")
    if done.missing:
        said.append(f"{done.missing:,} values missing: {out / 'notes.csv'}")
    return said
