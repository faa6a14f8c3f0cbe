"""How much of a date a cell of XLSX shows: "Jan-58" is a month, whatever day Excel has stored.

Excel keeps each date as a day; only the cell's number format tells that the list means a month or
a year. To take the stored day for a known one would make the right person differ from the list.
"""

import posixpath
import re
from dataclasses import dataclass, field
from typing import Final

MONTH, YEAR = "month", "year"
_LENGTHS: Final = {MONTH: 7, YEAR: 4}  # of an ISO 8601 date

_BUILT_IN: Final = {"17": MONTH}  # mmm-yy
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_WORKBOOK: Final = "xl/_rels/workbook.xml.rels"

Place = tuple[int, int]


@dataclass(slots=True)
class DateFormats:
    """What the parts of a workbook say of dates, gathered while they are weighed.

    Styles have to be heard before sheets.
    """

    coarse: dict[str, str] = field(default_factory=dict)  # style -> month or year
    _codes: dict[str, str] = field(default_factory=dict)
    _places: dict[str, dict[Place, str]] = field(default_factory=dict)
    _sheets: dict[str, str] = field(default_factory=dict)  # name -> id of its relation
    _parts: dict[str, str] = field(default_factory=dict)  # id of a relation -> part

    def hear(self, part: str, name: str, attributes: dict[str, str]) -> None:
        """Hear of a number format, a sheet's name, or where a sheet stands."""
        if name == "numFmt":
            code = _LITERAL.sub("", attributes.get("formatCode", "")).lower()
            if "y" in code and "d" not in code:
                self._codes[attributes.get("numFmtId", "")] = MONTH if "m" in code else YEAR
        elif name == "sheet" and "name" in attributes:
            self._sheets[attributes["name"]] = attributes.get(
                next((key for key in attributes if key.endswith("}id")), ""), ""
            )
        elif name == "Relationship" and part == _WORKBOOK:
            target = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))
            self._parts[attributes.get("Id", "")] = target.lstrip("/")

    def style(self, number: int, format_id: str) -> None:
        """Hear of the style of cells with this number."""
        if found := self._codes.get(format_id) or _BUILT_IN.get(format_id):
            self.coarse[str(number)] = found

    def cell(self, part: str, place: Place, style: str) -> None:
        """Hear of a cell with a coarse style."""
        self._places.setdefault(part, {})[place] = self.coarse[style]

    def of(self, sheet: str) -> dict[Place, str]:
        """The cells of a sheet, by row and column from 1, that show less than a day."""
        return self._places.get(self._parts.get(self._sheets.get(sheet, ""), ""), {})


def shown(day: str, precision: str) -> str:
    """As much of an ISO 8601 date as its cell shows."""
    return day[: _LENGTHS[precision]]
