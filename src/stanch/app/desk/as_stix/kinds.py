"""Which rows can be shared, told from each other by their ids."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from stanch.app.desk.as_stix.case import case_made, item_made
from stanch.app.desk.as_stix.incident import incident_made
from stanch.app.desk.as_stix.judgement import judgement_made
from stanch.app.desk.as_stix.made import Looking, Made
from stanch.app.desk.as_stix.order import order_made
from stanch.app.desk.as_stix.paper import paper_made
from stanch.app.desk.as_stix.persona import persona_made
from stanch.app.desk.as_stix.report import report_made

INCIDENT: Final = "incident"
_MAKERS: Final[Mapping[str, tuple[str, Callable[[Looking, str], Made]]]] = {
    "case": ("case", case_made),
    "item": ("item", item_made),
    "jud": ("judgement", judgement_made),
    "ord": ("order", order_made),
    "rep": ("report", report_made),
    "paper": ("paper", paper_made),
    "psi": ("persona", persona_made),
}
_ROW: Final = re.compile(r"([a-z]+)-[0-9a-f]{16}")


def kind_of(row: str) -> str:
    """What a row is, by its id: whatever no table of the desk has is an incident's."""
    found = _ROW.fullmatch(row)
    return _MAKERS[found[1]][0] if found and found[1] in _MAKERS else INCIDENT


def made(looking: Looking, row: str) -> Made:
    """A row as items. Raises NotFoundError, RefusedError where it can be shared with nobody."""
    found = _ROW.fullmatch(row)
    if found and found[1] in _MAKERS:
        return _MAKERS[found[1]][1](looking, row)
    return incident_made(looking, row)
