"""`stanch pack`: one document for one reader."""

from pathlib import Path
from typing import Annotated

import typer

from stanch.app.csv_file import whole_file
from stanch.app.desk.desk import opened
from stanch.app.desk.pack import for_member
from stanch.app.registry.pack import Asked, collected
from stanch.app.registry.pack_threats import countries
from stanch.app.registry.pack_write import Out, write
from stanch.cli.desk_options import DatabaseOption, DeskOption
from stanch.cli.output import tell
from stanch.cli.registry_options import (
    DisputedOption,
    RegistryOption,
    ValuationOption,
    counted_in,
)
from stanch.cli.server_options import JsonOption, KeyFileOption
from stanch.cli.session_options import SessionOption, either
from stanch.client.line import Line, named
from stanch.errors import UsageError
from stanch.model.registry.words import Bar, PlaceRole, Valuation

ServerOption = Annotated[
    str | None,
    typer.Option("--server", envvar="STANCH_SERVER", help="The desk that holds the meeting."),
]


def pack(  # noqa: PLR0913 - one parameter for each option
    meeting: Annotated[
        str | None,
        typer.Argument(
            metavar="[MEETING]", help="A meeting's id at a desk; a period's pack if left out."
        ),
    ] = None,
    *,
    first: Annotated[str | None, typer.Option(help="From when: 2026, 2026-01, 2026-01-31.")] = None,
    last: Annotated[str | None, typer.Option(help="Until when, included; the pack's date.")] = None,
    out: Annotated[Path | None, typer.Option(help="Write the PDF to this file.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write the HTML page to this file.")] = None,
    lang: Annotated[str, typer.Option(help="Its language: en, ko, ja.")] = "en",
    reader: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="MEMBER",
            help="Whom it is for. Of a meeting: a member's id, with --desk; else who asks.",
        ),
    ] = None,
    claim: Annotated[
        list[str] | None,
        typer.Option(help="Take this claim apart too, beside those published in the period."),
    ] = None,
    common: Annotated[
        str | None,
        typer.Option(
            metavar="KR,JP,US",
            help="Whose common threats it tells; of all countries if left out.",
        ),
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
    server: ServerOption = None,
    api_key_file: KeyFileOption = None,
    session: SessionOption = None,
    desk: DeskOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the pack of a meeting, or a period: every figure with its rows and sources.

    A meeting's is made at the desk, of what you may see there; only --lang, --out and --html go
    with it. Who keeps the desk makes one for each member: --desk, --for.

    Example: stanch pack --first 2026-01 --last 2026-06 --lang ko --out pack.pdf
    """
    if out is None and html is None:
        raise UsageError("nothing to write: name --out, --html, or both")
    if meeting is not None and common is not None:
        raise UsageError("--common goes with a period: a meeting has the countries of its members")
    kept = Out(lang, out, html, tuple(fonts or ()))
    if meeting is not None and reader is not None:
        with opened(desk, database) as there:
            write(for_member(there, reader, meeting, registry), kept)
    elif meeting is not None:
        _fetched(meeting, lang, either(_named(server), api_key_file, session), (out, html))
    elif first is None or last is None:
        raise UsageError("name a MEETING, or a period: --first and --last")
    else:
        asked = Asked(
            first,
            last,
            reader or "TLP:GREEN",
            bar,
            place,
            counted_in(disputed),
            valuation,
            tuple(claim or ()),
            countries(common),
        )
        write(collected(asked, registry), kept)
    written = [str(each) for each in (out, html) if each is not None]
    tell({"written": written}, as_json, [f"wrote {each}" for each in written])


def _named(server: str | None) -> str:
    if server is None:
        raise UsageError("a meeting is at a desk: name it with --server, or set $STANCH_SERVER")
    return server


def _fetched(meeting: str, lang: str, desk: Line, out: tuple[Path | None, Path | None]) -> None:
    """Both documents are there before one is written."""
    path, query = f"/v1/meetings/{named(meeting)}/pack", {"lang": lang}
    places = (path, f"{path}/page")
    data = [
        (file, desk.read("GET", place, query=query))
        for file, place in zip(out, places, strict=True) if file is not None
    ]  # fmt: skip
    for file, each in data:
        with whole_file(file) as draft:
            draft.write_bytes(each)
