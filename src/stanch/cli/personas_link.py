"""`stanch personas link`: which applications are one operator's or one farm's, and why."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from stanch.app.personas import secret as secrets
from stanch.app.personas.intake import open_intake
from stanch.app.personas.link import Linked, LinkRequest
from stanch.app.personas.link import link as use_case
from stanch.app.personas.report import NAME as REPORT
from stanch.app.personas.report import Telling, write_report
from stanch.cli.output import tell
from stanch.cli.progress import steps
from stanch.cli.server_options import JsonOption


def link(  # noqa: PLR0913 - one parameter for each option
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Intake folder.")],
    *,
    out: Annotated[Path, typer.Option(help="Folder to write. It is replaced whole.")],
    labels: Annotated[
        list[Path] | None,
        typer.Option(help="Labels of services, whose wallets tie nobody: CSV, TagPacks, folders."),
    ] = None,
    listed: Annotated[
        Path | None, typer.Option(help="Sanctioned addresses: one a line, or CSV with a column.")
    ] = None,
    home: Annotated[
        Path | None, typer.Option("--home", help="Home whose lists say who is sanctioned.")
    ] = None,
    lang: Annotated[str, typer.Option(help="Of the reasons in people.csv: en, ko or ja.")] = "en",
    key: Annotated[
        Path | None,
        typer.Option(help="Key file. [default: personas.key in $STANCH_HOME, or in ~/.stanch]"),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Link applications by evidence that adds up in bits; names and nationality are none.

    clusters.csv has each record's operator and farm, links.csv every piece of evidence, people.csv
    whom to look at first and why, report.html the clusters as pictures. It is a question for
    people, never a verdict.

    Example: stanch personas link intake --out linked --labels services.csv --listed ofac.csv
    """
    asked = LinkRequest(folder, out, tuple(labels or ()), listed, home, lang)
    held = secrets.opened(key)
    with steps() as step:
        done = use_case(asked, held, step)
        step("report")
        write_report(out, open_intake(folder, held), Telling(lang), out / REPORT)
    tell(asdict(done), as_json, _lines(done, out))


def _lines(done: Linked, out: Path) -> list[str]:
    return [
        f"{done.records:,} records: {done.operators:,} operators of two or more, "
        f"{done.farms:,} farms of two operators or more, written to {out}",
        f"{done.queued:,} records to look at, {done.exposed:,} with pay to a listed address",
    ]
