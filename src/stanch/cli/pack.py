"""`stanch pack`: one document for one reader."""

from pathlib import Path
from typing import Annotated

import typer

from stanch.app.registry.pack import Asked, Out, collected, write
from stanch.cli.registry_options import (
    DisputedOption,
    RegistryOption,
    ValuationOption,
    counted_in,
)
from stanch.errors import UsageError
from stanch.model.registry.words import Bar, PlaceRole, Valuation


def pack(  # noqa: PLR0913 - one parameter for each option
    *,
    first: Annotated[str, typer.Option(help="From when: 2026, 2026-01, 2026-01-31.")],
    last: Annotated[str, typer.Option(help="Until when, included; the pack's date.")],
    out: Annotated[Path | None, typer.Option(help="Write the PDF to this file.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write the HTML page to this file.")] = None,
    lang: Annotated[str, typer.Option(help="Its language: en, ko, ja.")] = "en",
    reader: Annotated[
        str, typer.Option("--for", help="Whom it is for; stands on the first page.")
    ] = "TLP:GREEN",
    claim: Annotated[
        list[str] | None,
        typer.Option(help="Take this claim apart too, beside those published in the period."),
    ] = None,
    bar: Annotated[Bar, typer.Option(help="What must stand behind an attribution.")] = Bar.C,
    disputed: DisputedOption = "in",
    place: Annotated[
        PlaceRole, typer.Option(help="Countries by seat, by users, or by loss.")
    ] = PlaceRole.SEAT,
    valuation: ValuationOption = Valuation.THEN,
    registry: RegistryOption = None,
    fonts: Annotated[
        list[Path] | None,
        typer.Option(
            envvar="STANCH_FONTS",
            help="A folder with Noto Sans CJK; the system's own if left out. Several may be given.",
        ),
    ] = None,
) -> None:
    """Write the pack of a period from the registry: every figure with its rows and sources.

    Example: stanch pack --first 2026-01 --last 2026-06 --lang ko --out pack.pdf
    """
    if out is None and html is None:
        raise UsageError("nothing to write: name --out, --html, or both")
    asked = Asked(
        first, last, reader, bar, place, counted_in(disputed), valuation, tuple(claim or ())
    )
    write(collected(asked, registry), Out(lang, out, html, tuple(fonts or ())))
    for path in filter(None, (out, html)):
        typer.echo(f"wrote {path}")
