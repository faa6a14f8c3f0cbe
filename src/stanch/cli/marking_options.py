"""Who may see what is written at a desk: the same two options for every verb that writes."""

from typing import Annotated, Any

import typer

MarkingOption = Annotated[str, typer.Option(help="TLP:CLEAR, GREEN, AMBER, AMBER+STRICT, RED.")]
ReleaseOption = Annotated[
    list[str] | None, typer.Option(help="Id of a member (in red: a person) who may see it.")
]


def marked(marking: str, release: list[str] | None) -> dict[str, Any]:
    """The two as the desk takes them."""
    return {"marking": marking, "release": release or []}
