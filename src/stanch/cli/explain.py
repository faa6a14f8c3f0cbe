"""`stanch explain`: the transfers that brought stolen money to an account, and why we say so."""

from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.text import Text

from stanch.app import explain as use_case
from stanch.cli.output import show
from stanch.cli.server_options import JsonOption

_STYLES: Final = {"title": "bold", "step": "", "plain": "", "faint": "dim"}


def explain(  # noqa: PLR0913 - one parameter for each option
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder a trace was written to.")],
    account: Annotated[str, typer.Argument(help="CAIP-10 account or bare address.")],
    *,
    incident: Annotated[
        str | None, typer.Option(help="Only this incident.", show_default="all")
    ] = None,
    asset: Annotated[
        str | None, typer.Option(help="Only this asset, CAIP-19 or symbol.", show_default="all")
    ] = None,
    paths: Annotated[int, typer.Option(help="How many paths to tell, heaviest first.")] = 3,
    as_json: JsonOption = False,
) -> None:
    """Show how stolen money came to an account, heaviest path first, step by step.

    Example: stanch explain case/trace 0x098b716b8aaf21512996dc57eb0615e2383e2f96 --paths 1
    """
    question = use_case.Question(account, incident, asset, paths)
    answer = use_case.explain(folder, question)
    if as_json:
        show(answer.data)
        return
    console = Console(highlight=False, soft_wrap=True)
    for place, lines in enumerate(answer.lines):
        if place:
            console.print()
        for line in lines:
            console.print(Text(line.text, style=_STYLES[line.style]))
