"""`stanch reconcile`: a published total, taken apart."""

from typing import Annotated

import typer

from stanch.app.registry.reconcile import Choices, claims, reconciled
from stanch.cli.output import show
from stanch.cli.reconcile_text import claim_lines, report_lines
from stanch.cli.registry_options import (
    DisputedOption,
    RegistryOption,
    ValuationOption,
    counted_in,
)
from stanch.cli.server_options import JsonOption
from stanch.model.registry.words import Bar, PlaceRole, Valuation


def reconcile(  # noqa: PLR0913 - one parameter for each option
    claim: Annotated[
        str | None, typer.Argument(metavar="[CLAIM]", help="Its id; all claims if left out.")
    ] = None,
    *,
    registry: RegistryOption = None,
    bar: Annotated[
        Bar | None,
        typer.Option(help="What must stand behind an attribution; else as the claim has it."),
    ] = None,
    disputed: DisputedOption = "in",
    place: Annotated[
        PlaceRole | None, typer.Option(help="Countries by seat, by users, or by loss.")
    ] = None,
    valuation: ValuationOption = Valuation.THEN,
    as_json: JsonOption = False,
) -> None:
    """Take a published total apart: what agrees, is missing, extra or disputed.

    Under each figure stands how far each choice moves it. A gap is shown and never filled.

    Example: stanch reconcile elliptic-2023-05
    """
    if claim is None:
        found = claims(registry)
        if as_json:
            show(found)
            return
        lines = claim_lines(found)
    else:
        choices = Choices(bar, counted_in(disputed), place, valuation)
        report = reconciled(claim, choices, registry)
        if as_json:
            show(report)
            return
        lines = report_lines(report)
    for text in lines:
        typer.echo(text)
