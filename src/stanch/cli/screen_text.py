"""Answers of a screening as a terminal shows them."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.text import Text

from stanch.app.screen_addresses import Addresses
from stanch.app.screen_message import Messages
from stanch.app.screen_names import Screened
from stanch.app.screen_rows import said, settling
from stanch.app.screen_watched import LookedUp
from stanch.cli.output import cell, tell
from stanch.model.hits import Hit

_SHOWN: Final = 20  # hits or rows in a terminal; a file has all


def show_hits(console: Console, hits: Iterable[Hit]) -> None:
    """Each hit with its score, where it is listed, and all the reasons in words."""
    hits = list(hits)
    if not hits:
        console.print("no hit")
    for hit in hits:
        _hit(console, hit)


def _hit(console: Console, hit: Hit) -> None:
    head = f"{hit.rank}. {hit.name or hit.entry}"
    console.print(Text.assemble((head, "bold"), f"  {hit.schema}  score {hit.score:.3f}"))
    programs = f" for {', '.join(hit.programs)}" if hit.programs else ""
    place = f"   {hit.list} {hit.entry}{programs}, version {hit.version}"
    console.print(Text(place), soft_wrap=True)
    for evidence in hit.evidence:
        console.print(Text(f"   {said(evidence)}"), soft_wrap=True)
    if hit.settle:
        console.print(Text(f"   to settle it, ask for: {settling(hit)}"), soft_wrap=True)


def summary(done: Screened, out: Path) -> str:
    """What became of a file of names, in a few lines."""
    lines = [f"{done.subjects:,} screened, {done.found:,} with a hit, {done.hits:,} hits"]
    if done.resumed:
        lines.append(f"{done.resumed:,} of them by an earlier run that was interrupted")
    if done.unread:
        lines.append(f"columns not read: {', '.join(each.name for each in done.unread)}")
    if done.rejected:
        rows = "row" if done.rejected == 1 else "rows"
        lines.append(f"{done.rejected:,} {rows} rejected: see {done.rejected_file}")
    return "\n".join([*lines, f"written to {out}"])


def show_addresses(console: Console, done: Addresses, out: Path | None) -> None:
    """How many addresses are listed, and whose they are."""
    console.print(f"{done.asked:,} addresses looked up, {done.found:,} listed")
    for row, hit in done.hits[:_SHOWN] if out is None else ():
        console.print(Text(f"line {row.row}: {row.address}"), soft_wrap=True)
        _hit(console, hit)
    if out is None and len(done.hits) > _SHOWN:
        console.print("and more: name a file with --out for all of them")
    for refused in done.refused[:_SHOWN]:
        console.print(Text(f"line {refused.row} rejected: {refused.reason}"), soft_wrap=True)
    if done.rejected > _SHOWN:
        console.print(f"{done.rejected:,} lines rejected in all")
    if out is not None:
        console.print(Text(f"written to {out}"), soft_wrap=True)


def tell_watched(done: LookedUp, where: str, out: Path | None, *, as_json: bool) -> None:
    """How many addresses a snapshot or a desk knows, and why; `where` says which of the two."""
    tell(screened_data(done, out), as_json, _watched_lines(done, where, out))


def screened_data(done: Addresses | LookedUp, out: Path | None) -> dict[str, Any]:
    """What became of a file of addresses; hits and refused lines are the first thousand of them."""
    return {
        **{name: getattr(done, name) for name in ("asked", "found", "rejected")},
        "hits": [{"row": row.row, "address": row.address, **asdict(hit)} for row, hit in done.hits],
        "refused": [asdict(each) for each in done.refused],
        "out": None if out is None else str(out),
    }


def _watched_lines(done: LookedUp, where: str, out: Path | None) -> Iterator[str]:
    yield f"{done.asked:,} addresses looked up {where}: {done.found:,} found"
    for row, finding in done.hits[:_SHOWN] if out is None else ():
        reason = f"{finding.kind} {finding.reference}"
        yield cell(f"line {row.row}: {row.address}: {reason}")
    if out is None and len(done.hits) > _SHOWN:
        yield "and more: name a file with --out for all of them"
    for refused in done.refused[:_SHOWN]:
        yield cell(f"line {refused.row}: {refused.reason}")
    if out is not None:
        yield f"written to {out}"


def show_messages(console: Console, done: Messages, out: Path | None) -> None:
    """Every party with a hit, and where it stands in its message."""
    console.print(f"{len(done.parties):,} parties screened, {done.found:,} with a hit")
    for party, hits in done.parties:
        if hits:
            name = party.names[0] if party.names else party.id
            console.print()
            console.print(Text(f"{name}: {party.source}"), soft_wrap=True)
            for hit in hits:
                _hit(console, hit)
    for refused in done.refused:
        console.print(Text(f"{refused.file}: {refused.reason}"), soft_wrap=True)
    if out is not None:
        console.print(Text(f"written to {out}"), soft_wrap=True)
