"""A population of objects, owners, markings and release lists: what each reader sees, held to an
oracle that looks at every row in plain Python.
"""

import random
from dataclasses import dataclass, replace

import pytest

from stanch.formats.taxii.filters import EVERYTHING
from stanch.model.desk.marking import Marking
from stanch.sharing.collections import pages, removal
from stanch.sharing.collections.pages import Want
from stanch.sharing.collections.words import Outcome
from tests.desk_world import COIN, EAST, JP, KR, NORTH, US
from tests.sharing.collections.shelf import Shelf, offer
from tests.taxii.objects import id_of

MEMBERS = (KR, US, JP, NORTH, EAST)
OUTSIDE = COIN
MARKS = (None, Marking.CLEAR, Marking.GREEN, Marking.AMBER, Marking.STRICT, Marking.RED)
TIMES = tuple(f"2026-0{month}-01T00:00:00.000" for month in (1, 2, 3))


@dataclass
class Row:
    """An object as the oracle knows it."""

    number: int
    version: str
    owner: str
    marking: Marking | None
    to: frozenset[str]
    added: int

    def seen_by(self, member: str, person: str) -> bool:
        if self.marking == Marking.RED:
            return person in self.to
        if self.marking in (Marking.AMBER, Marking.STRICT) and self.to:
            return member == self.owner or member in self.to
        return True


def expected(rows: list[Row], member: str, person: str, versions: str) -> list[tuple[str, str]]:
    """Ids and versions that a reader is to see, in the order in which they were added."""
    seen = [row for row in rows if row.seen_by(member, person)]
    first = {}
    for row in sorted(seen, key=lambda each: each.added):
        first.setdefault((row.number, row.version), row)
    told = list(first.values())
    if versions != "all":
        choose = max if versions == "last" else min
        told = [
            choose((row for row in told if row.number == number), key=lambda each: each.version)
            for number in {row.number for row in told}
        ]
    told.sort(key=lambda each: each.added)
    return [(id_of(row.number), f"{row.version}000") for row in told]


def populate(shelf: Shelf, dice: random.Random, people: dict[str, str]) -> list[Row]:
    """Put and take away at random; returns what lies there."""
    rows: list[Row] = []
    names = [*MEMBERS]
    for step in range(40):
        owner = dice.choice(names)
        marking = dice.choice(MARKS)
        listed = dice.sample([*people.values()] if marking == Marking.RED else names, 2)
        to = frozenset(listed) if dice.random() < 0.7 or marking == Marking.RED else frozenset()
        number, version = dice.randrange(8), dice.choice(TIMES)
        offered = offer(
            number, owner, marking, tuple(to), modified=f"{version}Z", created=f"{TIMES[0]}Z",
            name=dice.choice(("a", "b")),
        )  # fmt: skip
        (verdict,) = shelf.put(offered, by=owner)
        mine = [r for r in rows if (r.number, r.version, r.owner) == (number, version, owner)]
        if verdict.outcome == Outcome.ADDED:
            rows.append(Row(number, version, owner, marking, to, step))
        elif verdict.outcome == Outcome.MOVED:
            (moved,) = mine
            moved.marking, moved.to, moved.added = marking, to, step
        if dice.random() < 0.1 and rows:
            gone = rows.pop(dice.randrange(len(rows)))
            with shelf.world.database.write() as tx:
                named = [(id_of(gone.number), f"{gone.version}000", gone.owner)]
                assert removal.remove(tx, None, shelf.id, named) == 1
    return rows


@pytest.mark.parametrize("seed", range(6))
def test_each_reader_sees_what_the_oracle_says(everybody, seed):
    dice = random.Random(seed)
    shelf = Shelf(everybody)
    for member in MEMBERS:
        shelf.let(member, writes=True)
    people = {member: everybody.analyst(member).person for member in MEMBERS}
    rows = populate(shelf, dice, people)
    assert len(rows) > 10
    for member in MEMBERS:
        for person in ("", people[member]):
            view = shelf.access(member, person).view
            for versions in ("last", "first", "all"):
                told = expected(rows, member, person, versions)
                with everybody.database.read() as connection:
                    said = replace(EVERYTHING, versions=(versions,))
                    found = pages.page(connection, view, Want(said, bytes=False))
                    assert [tuple(row[1:]) for row in found.rows] == told
                    assert not found.more
                    walked, place = [], ""
                    for _ in range(len(told) + 1):
                        part = pages.page(connection, view, Want(replace(said, limit=3), place))
                        walked += [(row[1], row[2]) for row in part.rows]
                        if not part.more:
                            break
                        place = part.rows[-1][0]
                    assert walked == told
                    for number in range(8):
                        named = replace(said, ids=(id_of(number),))
                        found = pages.page(connection, view, Want(named))
                        assert [(row[1], row[2]) for row in found.rows] == [
                            each for each in told if each[0] == id_of(number)
                        ]
