"""Where countries are: one place each, that of the first time zone that they have.

From `zone.tab` of the IANA time zone database (public domain), in the package tzdata: a point to
put a country's figure at, and no statement about anybody's borders.
"""

import re
from functools import cache
from importlib.resources import files
from typing import Final

_ROW: Final = re.compile(
    r"([A-Z]{2})\t([+-])(\d{2})(\d{2})(?:\d{2})?([+-])(\d{3})(\d{2})(?:\d{2})?\t"
)


def place_of(code: str) -> tuple[float, float] | None:
    """Longitude and latitude in degrees; None for what is no country with a time zone.

    >>> place_of("JP")
    (139.73, 35.65)
    """
    return _places().get(code)


@cache
def _places() -> dict[str, tuple[float, float]]:
    found: dict[str, tuple[float, float]] = {}
    text = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    for line in text.splitlines():
        if row := _ROW.match(line):
            code, south, lat, lat_minutes, west, lon, lon_minutes = row.groups()
            latitude = _degrees(south, lat, lat_minutes)
            found.setdefault(code, (_degrees(west, lon, lon_minutes), latitude))
    return found


def _degrees(sign: str, whole: str, minutes: str) -> float:
    value = int(whole) + int(minutes) / 60
    return round(-value if sign == "-" else value, 2)
