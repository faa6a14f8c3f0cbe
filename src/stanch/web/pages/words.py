"""How single values are written on a page."""

from typing import Final

_SAID: Final = {
    "in_force": "in force",
    "nothing_found": "nothing found",
    "already_gone": "already gone",
    "open": "open",
}
# By what a state means for whoever reads it; a state that is not here has no colour.
TONES: Final = {
    "open": "live",
    "yes": "live",
    "no": "bad",
    "later": "wait",
    "asked": "wait",
    "common": "live",
    "waiting": "wait",
    "called": "live",
    "cancelled": "bad",
    "proposed": "wait",
    "in_force": "live",
    "queued": "wait",
    "requested": "wait",
    "late": "bad",
    "refused": "bad",
    "binding": "live",
    "voluntary": "live",
    "answered": "live",
    "held": "live",
    "proved": "live",
    "not_proved": "wait",
    "not_closed": "wait",
    "already_gone": "bad",
    "active": "live",
    "stopped": "wait",
    "taken": "live",
    "dropped": "wait",
    "agreed": "live",
    "differ": "bad",
    "confirmed": "live",
}


def minute(stamp: str | None) -> str:
    """A time to the second, in UTC: `2026-11-26 12:00:05`."""
    if not stamp:
        return "–"
    return stamp[:19].replace("T", " ")


def clock(local: str) -> str:
    """A time by the clocks of a place, to the minute, and how far these are from UTC.

    >>> clock("2030-01-08T10:00-05:00")
    '2030-01-08 10:00 UTC-05:00'
    """
    return f"{local[:10]} {local[11:16]} UTC{local[16:]}"


def grouped(amount: str) -> str:
    """An exact amount with its thousands apart."""
    return f"{int(amount):,}"


def apart(units: str) -> str:
    """Units with a point, their thousands apart: `4,502.9`."""
    whole, point, rest = units.partition(".")
    return f"{int(whole):,}{point}{rest}"


def said(word: str) -> str:
    """A word of a table of states as people say it."""
    return _SAID.get(word, word.replace("_", " "))
