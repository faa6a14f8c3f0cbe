"""Ids for targets of the Official Journal, which prints none that lasts.

The number in an annex changes when the annex is printed anew (a ship went from 633 to 686), and a
name can be changed under a number. So an id is the act, the annex, and eight hexadecimal digits of
a SHA-256 of the schema and what identifies the target: a vessel's IMO number, anything else's main
name without case, spaces, accents and punctuation. It stays the same when rows are moved, aliases
added, numbers and dates mended; it changes when the main name is spelled with other letters.

Where an annex holds two targets of one name, the one with the lowest number keeps that id, and the
others have `-2`, `-3` behind it, in the order of their numbers. A row of an amendment is joined to
the target of the same id; where there are several, to the one with the same number.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stanch.formats.lists.name_ids import bare_name, name_digest

_IMO = re.compile(r"\D*(\d{7})\D*")


@dataclass(frozen=True, slots=True)
class Target:
    """One row: where it stands, its values by column, and what stood in unknown columns."""

    file: str
    row: int
    cells: dict[str, tuple[str, ...]]
    strays: tuple[tuple[str, str], ...] = ()

    def one(self, column: str) -> str:
        """The first value of a column, or nothing."""
        return next(iter(self.cells.get(column, ())), "")

    @property
    def amends(self) -> bool:
        """Whether the row stands in an amending act."""
        return "amendmentCelex" in self.cells


def entry_ids(targets: Sequence[Target]) -> Iterator[tuple[str, list[Target]]]:
    """Each id with its row and the rows that amend it, in the order of the first ones."""
    alike: dict[str, list[Target]] = {}
    for target in targets:
        alike.setdefault(_id(target), []).append(target)
    for id_, group in alike.items():
        for at, members in enumerate(_apart(group), 1):
            yield (id_ if at == 1 else f"{id_}-{at}"), members


def _id(target: Target) -> str:
    act = target.one("celex") or target.one("amendedCelex")
    imo = _IMO.fullmatch(target.one("imoNumber")) if target.one("schema") == "Vessel" else None
    told = imo[1] if imo else bare_name(target.one("name"))
    digest = name_digest(target.one("schema"), told)
    return "-".join(filter(None, (act, target.one("annex"), digest)))


def _apart(group: list[Target]) -> list[list[Target]]:
    """The targets of one id, each with its amendments behind it."""
    firsts = sorted((each for each in group if not each.amends), key=_order)
    found = [[first] for first in firsts]
    for target in sorted((each for each in group if each.amends), key=_order):
        number = target.one("recordId")
        same = [each for each in found if each[0].one("recordId") == number]
        if len(found) == 1 or same:
            (same or found)[0].append(target)
        else:
            found.append([target])
    return found


def _order(target: Target) -> tuple[int, str, str]:
    number = target.one("recordId")
    said = "\n".join(f"{name}={values}" for name, values in sorted(target.cells.items()))
    plain = int(number) if number.isascii() and number.isdigit() and len(number) < 18 else 1 << 60
    return plain, number, hashlib.sha256(said.encode()).hexdigest()
