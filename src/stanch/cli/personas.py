"""`stanch personas`: applications for work, and which of them are one operator or one farm."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from stanch.app.personas import forgetting
from stanch.app.personas import secret as secrets
from stanch.app.personas.ingest import Ingested, IngestRequest
from stanch.app.personas.ingest import ingest as use_case
from stanch.app.personas.mapping import mapping
from stanch.cli.group import group
from stanch.cli.output import show, tell
from stanch.cli.personas_audit import audited
from stanch.cli.personas_desk import (
    decide,
    forget,
    judge,
    labels,
    offer,
    queue,
    results,
    submit,
    take_back,
)
from stanch.cli.personas_desk import show as show_
from stanch.cli.personas_link import link
from stanch.cli.personas_report import report
from stanch.cli.personas_scenario import scenario
from stanch.cli.progress import steps
from stanch.cli.server_options import JsonOption

app = group("personas")
app.command()(scenario)
app.command()(link)
app.command("audit")(audited)

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
    map: Annotated[Path | None, typer.Option(help="TOML that says what the columns mean.")] = None,
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
    today, columns = datetime.now(UTC).date(), mapping(map)
    held, made = secrets.opened_or_made(key)
    if made:
        typer.echo(f"stanch: a new key, {held.file}: keep a copy of it elsewhere", err=True)
    asked = IngestRequest(tuple(files), out, transfers, columns, retain, today, workers)
    with steps() as step:
        done = use_case(asked, held, step)
    tell(_data(done), as_json, _lines(done, out))


FolderArgument = Annotated[Path, typer.Argument(metavar="DIR", help="Intake folder.")]
RecordArgument = Annotated[
    str, typer.Argument(metavar="RECORD_ID", help="As the employer or platform has it.")
]


@app.command()
def export(
    folder: FolderArgument,
    record_id: RecordArgument,
    *,
    out: Annotated[
        Path | None, typer.Option(help="New file, which you alone can read. [default: print it]")
    ] = None,
    key: KeyOption = None,
) -> None:
    """Give all that is held of one person's application, opened, as JSON.

    Example: stanch personas export intake R000017 --out R000017.json
    """
    held = secrets.opened(key)
    if out is None:
        show(forgetting.export(folder, record_id, held))
        return
    forgetting.export_to(out, folder, record_id, held)
    typer.echo(f"written to {out}")


@app.command()
def erase(
    folder: FolderArgument,
    record_id: RecordArgument,
    *,
    reason: Annotated[
        forgetting.Reason,
        typer.Option(help="request, objection, mistake, unlawful or order; no other words."),
    ],
    key: KeyOption = None,
    as_json: JsonOption = False,
) -> None:
    """Erase one person's application for good, from every copy that is opened with this key.

    The files from which it was taken in are yours: erase it there, too. What was linked before
    names it still: link again, and let the old answer go.

    Example: stanch personas erase intake R000017 --reason request
    """
    done = forgetting.erase(folder, record_id, reason, secrets.opened(key))
    tell(asdict(done), as_json, [_gone(done, folder)])


@app.command()
def expire(folder: FolderArgument, *, key: KeyOption = None, as_json: JsonOption = False) -> None:
    """Erase every application whose day of retention is over. Run it each day.

    Example: stanch personas expire intake
    """
    done = forgetting.expire(folder, secrets.opened(key))
    tell(asdict(done), as_json, [_gone(done, folder)])


def _gone(done: forgetting.Gone, folder: Path) -> str:
    return f"{_many(done.removed, 'record')} erased from {folder}"


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _data(done: Ingested) -> dict[str, object]:
    return {"records": done.records, "refused": done.refused, "missing": done.missing,
            "transfers": done.transfers, "keys": done.keys}  # fmt: skip


def _lines(done: Ingested, out: Path) -> list[str]:
    many = f"{_many(done.records, 'record')} and {_many(done.transfers, 'transfer')}"
    said = [f"{many}, written to {out}"]
    if done.refused:
        said.append(f"{_many(done.refused, 'row')} refused: {out / 'rejected.csv'}")
    if done.missing:
        said.append(f"{_many(done.missing, 'value')} missing: {out / 'notes.csv'}")
    return said


for _verb in (report, submit, results, queue, judge, decide, labels, offer, forget):
    app.command()(_verb)
app.command("show")(show_)
app.command("take-back")(take_back)
