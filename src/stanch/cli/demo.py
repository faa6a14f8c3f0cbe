"""`stanch demo`: the main job on simulated data, from theft to report, in one go."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from stanch.app.demo import run_demo
from stanch.cli.account import show
from stanch.cli.progress import steps


def demo(
    out: Annotated[Path, typer.Option(help="Folder to write.")] = Path("demo-out"),
    method: Annotated[str, typer.Option(help="As in stanch trace.")] = "affinity@1",
) -> None:
    """Simulate a theft, build its ledger, trace it, and write the report.

    Everything in it is a simulation: no real person or service.
    """
    with steps() as step:
        done = run_demo(out, method, step)
    show(Console(), done, out / "trace")
