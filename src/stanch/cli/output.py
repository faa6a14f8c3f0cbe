"""How verbs answer: one document of JSON for machines, lines and tables for people.

What a desk said may have been written by anybody, so no cell of it moves a terminal's cursor.
"""

import json
import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import typer

from stanch.app.csv_file import whole_file
from stanch.cli.columns import columns

Row = Mapping[str, Any]

_TIME: Final = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.\d{6}Z")


def wait_aloud(seconds: float) -> None:
    """Wait until a desk that did not answer is asked again, and say so."""
    typer.echo(f"stanch: no line to the desk; asked again in {seconds:g} s", err=True)
    time.sleep(seconds)


def show(found: Any) -> None:
    """Data for machines."""
    typer.echo(json.dumps(found, indent=2, ensure_ascii=False))


def tell(found: Any, as_json: bool, lines: Iterable[str]) -> None:
    """What there is: data for machines, else the lines."""
    if as_json:
        show(found)
        return
    for each in lines:
        typer.echo(each)


def made(found: Any, as_json: bool) -> None:
    """The id of what was made, for the next command to name; or all that the desk said of it. What
    it warns of is said beside it.
    """
    if not as_json and "warning" in found:
        typer.echo(f"stanch: {found['warning']}", err=True)
    tell(found, as_json, [] if as_json else [found["id"]])


def listed(
    found: Iterable[Row], names: Sequence[str], as_json: bool, right: Sequence[str] = ()
) -> None:
    """Rows as a table, or all that the desk said of them."""
    rows = list(found)
    tell(rows, as_json, table(rows, names, right))


def save(out: Path, data: bytes, as_json: bool) -> None:
    """Write the very bytes, for their hash may be what people sign, and say where they are.

    Raises OutputError.
    """
    with whole_file(out) as draft:
        draft.write_bytes(data)
    tell({"out": str(out), "bytes": len(data)}, as_json, [f"written to {out}"])


def table(
    rows: Iterable[Row], names: Sequence[str], right: Sequence[str] = (), none: str = "none"
) -> Iterator[str]:
    """Rows under the columns' names; `none` where there is no row."""
    cells = [[moment(row.get(name)) for name in names] for row in rows]
    if not cells:
        yield none
        return
    yield from columns(names, cells, right)


def fields(found: Row) -> Iterator[str]:
    """A line for each field of one thing, behind its name."""
    for name, value in found.items():
        yield f"{cell(name)}: {moment(value)}"


def part(name: str, lines: Iterable[str]) -> Iterator[str]:
    """A heading and what stands below it; nothing where there is nothing."""
    found = [f"  {line}" for line in lines]
    if found:
        yield name
        yield from found


def rows_part(name: str, rows: Sequence[Row], names: Sequence[str]) -> Iterator[str]:
    """A heading and a table below it; nothing where there is no row."""
    return part(name, table(rows, names) if rows else ())


def cell(value: object) -> str:
    """A value on one line, without signs that move the cursor or turn what follows."""
    if value is None or value == "":
        return "-"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return "".join(char if char.isprintable() else " " for char in text)


def moment(value: object) -> str:
    """A value on one line, a time of the desk to the second; `--json` has all of it."""
    return _TIME.sub(r"\1Z", cell(value))
