"""`stanch story`: the simulated theft at a desk, each step with the time of the clock."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from stanch.app.story.story import Story
from stanch.cli.account import SIMULATION


def story(
    *,
    out: Annotated[Path, typer.Option(help="Folder to write.")] = Path("demo-out/desk"),
    trace: Annotated[Path, typer.Option(help="The trace that stanch demo wrote.")] = Path(
        "demo-out/trace"
    ),
) -> None:
    """Play a SIMULATED theft at a real desk, from the report to the hold.

    Example: stanch demo && stanch story
    """
    console = Console()
    told = Story(out, trace)
    console.print(Text(SIMULATION, style="bold black on yellow"))
    console.print(Text("the story of an emergency hold, times in UTC\n"))
    for step in told.steps():
        line = Text(f"{step.at:%H:%M:%S.%f}"[:12], style="dim")
        line.append(f"  {step.who:<24}  ", style="bold")
        line.append(step.what)
        console.print(line, soft_wrap=True)
    console.print()
    for name, seconds in told.times.items():
        took = "not yet" if seconds is None else f"{seconds:.3f} s"
        console.print(Text(f"{name.replace('_', ' '):<32}{took:>10}"))
    console.print(Text(f"\nthe desk: {out / 'desk'}"), soft_wrap=True)
