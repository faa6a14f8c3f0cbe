"""Screen a file of addresses by asking a desk that runs: its word counts, and proves no order."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from stanch.app.screen_watched import LookedUp, screen_file
from stanch.client.asked import MOST, asked
from stanch.client.line import Line
from stanch.errors import UnreachableError
from stanch.model.watched import MAX_QUERY, Finding, Kind

_TEXTS: Final = ("chain", "asset", "amount")


def screen_desk(
    desk: Line, file: Path, out: Path | None, progress: Callable[[int], None]
) -> LookedUp:
    """Ask about every address of a file; write what is found to `out` where it is given.

    Raises UsageError, InputError, OutputError, and what a desk refuses.
    """
    count = 0

    def look(addresses: Sequence[str]) -> list[tuple[Finding, ...] | None]:
        nonlocal count
        short = [each for each in addresses if len(each) <= MAX_QUERY]
        answers = iter(asked(desk, short) if short else ())
        found = [_findings(next(answers)) if each in short else None for each in addresses]
        count += len(addresses)
        progress(count)
        return found

    return screen_file(file, out, look, MOST)


def _findings(answer: Mapping[str, Any]) -> tuple[Finding, ...] | None:
    """What a desk says of one address. Raises UnreachableError where it cannot be read."""
    said = answer.get("findings")
    if said is None:
        return None
    try:
        return tuple(sorted(map(_finding, said)))
    except (AttributeError, KeyError, TypeError, ValueError):
        raise UnreachableError("the desk's answer about an address cannot be read") from None


def _finding(said: Mapping[str, Any]) -> Finding:
    chain, asset, amount = (str(said.get(name, "")) for name in _TEXTS)
    return Finding(
        Kind(said["kind"]), str(said["reference"]), chain, int(said.get("hop", 0)), asset, amount
    )
