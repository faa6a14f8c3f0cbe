"""`stanch stix`: what Stanch knows as STIX 2.1, and what partners send."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from stanch.app.stix import export as exporting
from stanch.app.stix import files
from stanch.app.stix.personas import Personas, new_group_key
from stanch.app.stix.screened import Hits
from stanch.app.stix.terms import Said
from stanch.cli.group import group as group_of
from stanch.cli.output import cell, show
from stanch.cli.registry_options import RegistryOption
from stanch.cli.server_options import JsonOption
from stanch.cli.terms_options import (
    ByOption,
    ConfidenceOption,
    CredibilityOption,
    IepOption,
    PapOption,
    ReliabilityOption,
    SeenOption,
)
from stanch.errors import UsageError
from stanch.model.desk.marking import Marking

app = group_of("stix")


@app.command()
def export(  # noqa: PLR0913 - one parameter for each option
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WHAT]...",
            help="Ids of incidents, designation files (TOML), trace folders, order files, MISP "
            "events or galaxies (JSON); all incidents if left out.",
        ),
    ] = None,
    *,
    out: Annotated[Path, typer.Option(help="Bundle to write.")],
    level: Annotated[
        Marking | None,
        typer.Option("--for", help="For readers of this level alone; what is above is left out."),
    ] = None,
    marking: Annotated[
        Marking,
        typer.Option(help="Of traces, hits, personas, and of MISP events without a TLP tag."),
    ] = Marking.AMBER,
    at: Annotated[
        str | None,
        typer.Option(help="Time of this version: 2026-11-27T00:00:00Z. [default: of the sources]"),
    ] = None,
    registry: RegistryOption = None,
    hits: Annotated[
        Path | None, typer.Option(help="Table that `stanch screen` wrote: as sightings.")
    ] = None,
    by: ByOption = "",
    seen: SeenOption = "",
    personas: Annotated[
        Path | None,
        typer.Option(help="CSV (persona, kind, value) or JSON: identifiers under an HMAC."),
    ] = None,
    group: Annotated[str, typer.Option(help="Name of the group that is to know them.")] = "",
    group_key: Annotated[
        Path | None, typer.Option(help="Its key, of `stanch stix group-key`.")
    ] = None,
    pap: PapOption = None,
    iep: IepOption = None,
    reliability: ReliabilityOption = "",
    credibility: CredibilityOption = "",
    confidence: ConfidenceOption = "",
) -> None:
    """Write a bundle: the same inputs give the same bytes.

    Example: stanch stix export ronin-2022 --for TLP:CLEAR --out ronin.json
    """
    said = Said(pap or "", iep, reliability, credibility, confidence)
    wanted = exporting.Wanted(
        tuple(what or ()), out, level, marking, registry, at,
        None if hits is None else Hits(hits, by, seen), _personas(personas, group, group_key), said,
    )  # fmt: skip
    done = exporting.export(wanted)
    for why, count in sorted(done.rows_left.items()):
        typer.echo(f"{_many(count, 'row')} of {hits} left out, {why}", err=True)
    if done.left:
        typer.echo(f"{_many(done.left, 'object')} left out: above {level}")
    typer.echo(f"{_many(done.objects, 'object')}, {done.bytes:,} bytes, written to {out}")


@app.command(name="group-key")
def group_key_(
    *, out: Annotated[Path, typer.Option(help="New file, which you alone can read.")]
) -> None:
    """Make a key under which a group knows personas: for one group, one purpose.

    Hand it over as you would a password. Who has it can try guesses; when a member leaves, make
    another. Example: stanch stix group-key --out wg-4.key
    """
    new_group_key(out)
    typer.echo(f"a new key, written to {out}")


@app.command()
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A bundle, or a TAXII envelope.")],
    *,
    as_json: JsonOption = False,
) -> None:
    """Hold each object of a bundle to STIX 2.1, and name each that is refused and why.

    Relationships that STIX does not suggest are named too, and hold. Ends with exit code 1 where an
    object is refused. Example: stanch stix check partner.json
    """
    found = files.check(file)
    if as_json:
        refused = [
            {"place": each.place, "id": each.id, "reason": each.reason} for each in found.refused
        ]
        show({"types": dict(sorted(found.kinds.items())), "refused": refused,
              "repeated": found.repeated, "advised": found.advised})  # fmt: skip
    else:
        for each in found.refused:
            print(cell(str(each)), file=sys.stderr)
        for said, count in sorted(found.advised.items()):
            print(f"{cell(said)} ({count:,})", file=sys.stderr)
        for kind, count in sorted(found.kinds.items()):
            typer.echo(f"{count:>9,} {cell(kind)}")
        again = f", {found.repeated:,} repeated" if found.repeated else ""
        refusals = f"{len(found.refused):,} refused" if found.refused else "none refused"
        typer.echo(f"{_many(found.kinds.total(), 'object')}{again}, {refusals}")
    if found.refused:
        raise typer.Exit(1)


@app.command()
def convert(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A STIX bundle, MISP events or objects, a TagPack, or FollowTheMoney.",
        ),
    ],
    *,
    to: Annotated[str, typer.Option(help="stix, opencti, misp, misp-btc, tagpack or ftm.")],
    out: Annotated[Path, typer.Option(help="File to write.")],
    day: Annotated[str, typer.Option(help="Day of a MISP event: 2026-11-27.")] = "1970-01-01",
) -> None:
    """Write the wallets and transactions of a file in the dialect of a partner.

    What a dialect cannot say goes along in a place that it leaves free, and comes back on the way
    home. Example: stanch stix convert pack.yaml --to misp --out event.json
    """
    done = files.convert(file, to, out, day)
    for each in done.left:
        print(cell(each), file=sys.stderr)
    if done.beside:
        names = ", ".join(f"{name} ({count:,})" for name, count in sorted(done.beside.items()))
        typer.echo(f"beside what {to} says: {names}")
    typer.echo(f"{_many(done.things, 'thing')} from {done.kind}, written to {out}")


def _personas(file: Path | None, group: str, key: Path | None) -> Personas | None:
    if file is None:
        return None
    if key is None:
        raise UsageError("--personas needs --group-key: bare hashes of identifiers can be guessed")
    return Personas(file, group, key)


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
