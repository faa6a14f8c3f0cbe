"""`stanch screen snapshot`: a desk's signed snapshot, fetched once or kept up."""

import time
from pathlib import Path
from typing import Annotated, Final

import typer

from stanch.cli.at_desk import believing_no_desk
from stanch.cli.output import tell
from stanch.cli.server_options import JsonOption
from stanch.client import Desk
from stanch.errors import TooManyError, UnreachableError

_AGAIN: Final = 60  # seconds until a desk that did not answer is asked again


@believing_no_desk
def snapshot(
    desk: Desk,
    *,
    out: Annotated[Path, typer.Option(help="File to write, whole or not at all.")],
    every: Annotated[
        int | None,
        typer.Option(min=1, max=1440, help="Keep it up: fetch it anew after so many minutes."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Fetch a desk's signed snapshot, to screen addresses with and no line to the desk.

    It is good for 24 hours, and takes the place of the one before once it is proved.

    Example: stanch screen snapshot --out today.snapshot --state stanch.state --every 60
    """
    _fetch(desk, out, as_json=as_json)
    while every is not None:
        time.sleep(60 * every)
        _keep_up(desk, out, as_json=as_json)


def _fetch(desk: Desk, out: Path, *, as_json: bool) -> None:
    header = desk.snapshot(out)
    said = {"number": header.number, "issued": header.issued, "until": header.until}
    data = {**said, "place": header.place, "rows": header.rows, "file": str(out)}
    good = f"snapshot {header.number} of {header.rows:,} rows, good until {header.until}"
    tell(data, as_json, [f"{good}, written to {out}"])


def _keep_up(desk: Desk, out: Path, *, as_json: bool) -> None:
    """Fetch it anew, however long the desk is away; what is there stays until then."""
    while True:
        try:
            desk.directory()
            _fetch(desk, out, as_json=as_json)
        except TooManyError as error:
            time.sleep(error.wait)
        except UnreachableError as error:
            typer.echo(f"stanch: {error}; asked again in {_AGAIN} s", err=True)
            time.sleep(_AGAIN)
        else:
            return
