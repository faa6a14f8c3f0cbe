"""One incident under two names: the same victim, or the same amount, at nearly the same time."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from rapidfuzz import fuzz

from stanch.formats.registry.reading import Fault, Line
from stanch.registry.files import Rows

NEAR: Final = timedelta(days=31)
ALIKE: Final = 88  # of 100: "Harmony" and "Harmony Horizon Bridge" are; "Bithumb" and "Bittrue" not
_PLAIN: Final = {"bridge", "exchange", "protocol", "finance", "dao", "labs", "capital", "victims"}


def same_victim(rows: Rows) -> Iterator[Fault]:
    """Two incidents of one kind within a month whose victims, or seeds, are the same."""
    seeds = _seeds(rows)
    lines = sorted(rows["incidents"], key=lambda line: (line["happened"].first, line.line))
    for place, line in enumerate(lines):
        for other in lines[place + 1 :]:
            if other["happened"].first - line["happened"].last > NEAR:
                break
            if line["kind"] == other["kind"] and _same(line, other, seeds):
                later, first = (line, other) if line.line > other.line else (other, line)
                reason = (
                    f"victim: {later['victim']} looks like line {first.line}: {first['victim']}"
                )
                yield later.fault("duplicate", reason)


def _same(one: Line, other: Line, seeds: dict[str, set[tuple[str, str]]]) -> bool:
    if seeds.get(one["id"], set()) & seeds.get(other["id"], set()):
        return True
    return fuzz.token_set_ratio(_words(one["victim"]), _words(other["victim"])) >= ALIKE


def _words(victim: str) -> str:
    """Without what many victims are called, unless nothing is left."""
    plain = "".join(letter if letter.isalnum() else " " for letter in victim.casefold()).split()
    own = [word for word in plain if word not in _PLAIN]
    return " ".join(own or plain)


def _seeds(rows: Rows) -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for line in rows["seeds"]:
        found.setdefault(line["incident"], set()).add((line["chain"], line["value"]))
    return found
