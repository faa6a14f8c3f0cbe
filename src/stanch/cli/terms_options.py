"""How what is passed on may be used, how good it is, and who saw it when: options of sharing."""

from pathlib import Path
from typing import Annotated

import typer

from stanch.model.desk.marking import Pap

PapOption = Annotated[
    Pap | None, typer.Option(help="Which actions are allowed on it: the Permissible Actions label.")
]
IepOption = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="An IEP 2.0 policy (JSON) that binds it, TLP and all."),
]
ReliabilityOption = Annotated[
    str, typer.Option(metavar="A-F", help="Of the source, by the Admiralty code.")
]
CredibilityOption = Annotated[
    str, typer.Option(metavar="1-6", help="Of what it says, by the Admiralty code.")
]
ConfidenceOption = Annotated[
    str,
    typer.Option(metavar="SCALE:WORD", help="Such as wep:Likely/Probable or 0-10:7."),
]
ByOption = Annotated[str, typer.Option(help="Who saw it, by the name that partners know.")]
SeenOption = Annotated[
    str,
    typer.Option(metavar="WHEN", help="A time, or two as FIRST/LAST: 2026-11-27T00:00:00Z."),
]
