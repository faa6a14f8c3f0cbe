"""The plan of an intake: for each application, whose it is and whose each of its values is."""

from dataclasses import dataclass, fields

import numpy as np

from stanch.sources.personas_scenario.chance import U64, Flag, Int


@dataclass(slots=True)
class Records:
    """Applications as columns. A value is a word: equal words become equal text.

    `entity` numbers people: whoever really sends the application. `persona` numbers who it says
    they are. `farm` is -1 for honest people. `again` marks a second application of one person.
    `ips` is of shape (records, 3). `lines` says whose resume the application copies from,
    `copied` which share of its lines, `team` whose lines stand among them, of a farm, an agency
    or a class (0: nobody's), and `reworded` how much each copied line is changed. `hours` is the
    place that the person keeps hours of, hours east of UTC; `offset` what the application claims.
    `home_at` and `phone_at` are the regions of the postal address and of the telephone number.
    """

    entity: Int
    persona: Int
    farm: Int
    again: Flag
    culture: Int
    region: Int
    offset: Int
    hours: Int
    given: Int
    family: Int
    home_at: Int
    phone_at: Int
    address: U64
    device: U64
    phone: U64
    bank: U64
    wallet: U64
    photo: U64
    ips: Int
    lines: U64
    copied: np.ndarray[tuple[int], np.dtype[np.float64]]
    team: U64
    reworded: np.ndarray[tuple[int], np.dtype[np.float64]]

    def __len__(self) -> int:
        """Number of applications."""
        return len(self.entity)

    def at(self, rows: Int) -> "Records":
        """The applications at `rows`, as copies."""
        return Records(**{each.name: getattr(self, each.name)[rows] for each in fields(self)})


def stacked(parts: list[Records]) -> Records:
    """All applications of `parts`, in order."""
    return Records(
        **{
            each.name: np.concatenate([getattr(part, each.name) for part in parts])
            for each in fields(Records)
        }
    )
