"""What the verbs of `stanch order` are told: which order, where to write, how much."""

from pathlib import Path
from typing import Annotated

import typer

from stanch.errors import UsageError

OrderArgument = Annotated[str, typer.Argument(metavar="ORDER", help="The order's id.")]
OutOption = Annotated[Path, typer.Option("--out", help="File to write; one there is replaced.")]
AmountOption = Annotated[str | None, typer.Option(help="In the asset's smallest unit.")]


def smallest_units(amount: str | None) -> int | None:
    """The amount as a number. Raises UsageError where it is none of smallest units."""
    if amount is not None and not (amount.isascii() and amount.isdigit() and int(amount) > 0):
        raise UsageError("--amount is an integer above 0, in the asset's smallest unit")
    return None if amount is None else int(amount)
