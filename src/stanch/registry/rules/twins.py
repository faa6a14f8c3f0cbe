"""One incident under two names: the same victim, seed or exact amount, at nearly the same time."""

import unicodedata
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Final

from rapidfuzz import fuzz, process

from stanch.formats.registry.reading import Fault, Line
from stanch.model.registry.words import AmountKind
from stanch.registry.files import Rows
from stanch.registry.points import canonical

NEAR: Final = timedelta(days=31)
ALIKE: Final = 88  # of 100: "Harmony" and "Harmony Horizon Bridge" are; "Bithumb" and "Bittrue" not
EXACT: Final = 4  # significant digits: two thefts of 5,000,000 are two, of 1,234,000 hardly
_LOSSES: Final = (AmountKind.STOLEN, AmountKind.PAID)
Marks = dict[str, set[tuple[str, ...]]]
_PLAIN: Final = {"bridge", "exchange", "protocol", "finance", "dao", "labs", "capital", "victims"}


def same_victim(rows: Rows) -> Iterator[Fault]:
    """Two incidents of one kind within a month whose victims, seeds or exact amounts are the same;
    unless one says of the other that it is `unlike`.
    """
    marks = _marks(rows)
    lines = sorted(rows["incidents"], key=lambda line: (line["happened"].first, line.line))
    names = [_words(line["victim"]) for line in lines]
    where = _where(lines, marks)
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
        own = marks.get(line["id"], ())
        found |= {at for each in own for at in where[each] if place < at < until}
        # The window reaches as far as that of an earlier row, which may be of a whole year.
        for at in sorted(each for each in found if _near(line, lines[each])):
            if line["kind"] == lines[at]["kind"] and not _told_apart(line, lines[at]):
                later, first = sorted((line, lines[at]), key=lambda each: each.line)[::-1]
                reason = f"looks like line {first.line}: {first['victim']}; see the column unlike"
                yield later.fault("duplicate", f"victim: {later['victim']} {reason}")


def _near(line: Line, other: Line) -> bool:
    return bool(other["happened"].first - line["happened"].last <= NEAR)


def _told_apart(line: Line, other: Line) -> bool:
    return line["id"] in (other["unlike"] or ()) or other["id"] in (line["unlike"] or ())


def _where(lines: list[Line], marks: Marks) -> dict[tuple[str, ...], list[int]]:
    """Under each mark, at which places its incidents stand."""
    found: dict[tuple[str, ...], list[int]] = {}
    for place, line in enumerate(lines):
        for each in marks.get(line["id"], ()):
            found.setdefault(each, []).append(place)
    return found


def _words(victim: str) -> str:
    """Without what many victims are called, unless nothing is left."""
    folded = unicodedata.normalize("NFKC", victim).casefold()
    plain = "".join(letter if letter.isalnum() else " " for letter in folded).split()
    own = [word for word in plain if word not in _PLAIN]
    return " ".join(own or plain)


def _marks(rows: Rows) -> Marks:
    """By what an incident is known whatever its name: its seeds, and amounts to the last digit."""
    found: Marks = {}
    for line in rows["seeds"]:
        value = canonical(line["chain"], line["value"])
        found.setdefault(line["incident"], set()).add((line["chain"], value))
    for line in rows["amounts"]:
        if line["what"] in _LOSSES:
            said = ((line["asset"], line["units"]), ("USD", line["usd"]))
            exact = {(str(asset), _plainly(much)) for asset, much in said if _exact(much)}
            found.setdefault(line["incident"], set()).update(exact)
    return found


def _exact(much: Decimal | int | None) -> bool:
    return much is not None and len(Decimal(much).normalize().as_tuple().digits) >= EXACT


def _plainly(much: Decimal | int | None) -> str:
    return str(Decimal(much or 0).normalize())
