"""One incident under two names: the same victim, or the same seed, at nearly the same time."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from rapidfuzz import fuzz, process

from stanch.formats.registry.reading import Fault, Line
from stanch.registry.files import Rows

NEAR: Final = timedelta(days=31)
ALIKE: Final = 88  # of 100: "Harmony" and "Harmony Horizon Bridge" are; "Bithumb" and "Bittrue" not
_PLAIN: Final = {"bridge", "exchange", "protocol", "finance", "dao", "labs", "capital", "victims"}


def same_victim(rows: Rows) -> Iterator[Fault]:
    """Two incidents of one kind within a month whose victims, or seeds, are the same; unless one
    says of the other that it is `unlike`.
    """
    seeds = _seeds(rows)
    lines = sorted(rows["incidents"], key=lambda line: (line["happened"].first, line.line))
    names = [_words(line["victim"]) for line in lines]
    until = 0
    for place, line in enumerate(lines):
        until = max(until, place + 1)
        while until < len(lines) and _near(line, lines[until]):
            until += 1
        alike = process.extract(
            names[place], names[place + 1 : until], scorer=fuzz.token_set_ratio,
            score_cutoff=ALIKE, limit=None,
        )  # fmt: skip
        found = {place + 1 + at for _, _, at in alike}
        found |= {at for at in range(place + 1, until) if _meet(line, lines[at], seeds)}
        for at in sorted(found):
            if line["kind"] == lines[at]["kind"] and not _told_apart(line, lines[at]):
                later, first = sorted((line, lines[at]), key=lambda each: each.line)[::-1]
                reason = f"looks like line {first.line}: {first['victim']}; see the column unlike"
                yield later.fault("duplicate", f"victim: {later['victim']} {reason}")


def _near(line: Line, other: Line) -> bool:
    return bool(other["happened"].first - line["happened"].last <= NEAR)


def _told_apart(line: Line, other: Line) -> bool:
    return line["id"] in (other["unlike"] or ()) or other["id"] in (line["unlike"] or ())


def _meet(line: Line, other: Line, seeds: dict[str, set[tuple[str, str]]]) -> bool:
    own = seeds.get(line["id"])
    return own is not None and not own.isdisjoint(seeds.get(other["id"], ()))


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
