"""The account of a trace as a terminal shows it: what was stolen, and where it is now."""

from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from stanch.app.trace import Traced
from stanch.app.trace_summary import Line, lines, major

MOST_LINES = 14


def show(console: Console, done: Traced, out: Path) -> None:
    """Print the account of a finished trace."""
    manifest = done.manifest
    if manifest["simulation"]:
        console.print("SIMULATION: generated data, no real person or service", style="bold")
    for incident in manifest["incidents"]:
        for asset in incident["assets"]:
            console.print(
                _table(manifest, incident["id"], asset, lines(done, incident["id"], asset))
            )
    for notice in manifest["notices"]:
        console.print(f"note: {notice['text']}", markup=False)
    console.print(f"report: {out / 'report.html'}", markup=False, soft_wrap=True)


def _table(
    manifest: dict[str, Any], incident: str, asset: dict[str, str], rows: list[Line]
) -> Table:
    known = manifest["assets"][asset["asset"]]
    unit = known["symbol"] or asset["asset"]
    stolen = major(int(asset["stolen"]) + int(asset["converted_in"]), known["decimals"])
    title = f"Incident {incident}: {stolen} {unit} followed by {manifest['method']}"
    table = Table("where it is now", "fate", f"{unit}", "share", title=title, title_justify="left")
    for column in table.columns[2:]:
        column.justify = "right"
    for line in rows[:MOST_LINES]:
        table.add_row(line.name, line.fate, major(line.amount, known["decimals"]), line.share)
    if rest := rows[MOST_LINES:]:
        amount = sum(line.amount for line in rest)
        table.add_row(f"{len(rest)} more", "", major(amount, known["decimals"]), "")
    return table
