"""Which registry is read, and what of it counts."""

from pathlib import Path
from typing import Annotated

import typer

from stanch.errors import UsageError
from stanch.model.registry.words import Valuation

RegistryOption = Annotated[
    Path | None,
    typer.Option("--registry", help="A registry's folder; the one that is shipped if left out."),
]
DisputedOption = Annotated[
    str, typer.Option("--disputed", help="in or out: whether disputed incidents are counted.")
]
ValuationOption = Annotated[
    Valuation,
    typer.Option(
        "--valuation", help="Which dollars: of then, the lowest, the highest, of publication."
    ),
]


def counted_in(disputed: str) -> bool:
    """Whether disputed incidents are counted. Raises UsageError for another word."""
    if disputed not in {"in", "out"}:
        raise UsageError(f"--disputed {disputed}: is in or out")
    return disputed == "in"
