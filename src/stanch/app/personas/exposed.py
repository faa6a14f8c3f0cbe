"""Whose pay comes to a listed address, with the path; and where pay of several meets."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa

from stanch.app.personas.intake import Intake
from stanch.app.personas.services import listed_by, listed_in
from stanch.model.personas import kinds
from stanch.personas.evidence import collector, listed
from stanch.personas.evidence.sight import Sight


@dataclass(frozen=True, slots=True)
class Exposed:
    """Paths of addresses by record, and (record, account, role, via) as `wallets.csv` has them."""

    paths: Mapping[int, tuple[str, ...]]
    wallets: tuple[tuple[int, str, str, str], ...]

    def rows(self, ids: list[str], of: Collection[int]) -> Iterator[tuple[str, str, str, str]]:
        """The rows of some records."""
        for record, *said in self.wallets:
            if record in of:
                yield ids[record], *said  # type: ignore[misc]


def exposed_in(intake: Intake, sight: Sight, file: Path | None, home: Path | None) -> Exposed:
    """Look in a file of listed addresses, or in the lists of a home.

    Raises UsageError, InputError where the file or the home cannot be used.
    """
    own = intake.opened((kinds.WALLET,))
    held = list(zip(own["record"].to_pylist(), own["value"].to_pylist(), strict=True))
    named = _wallets(intake) | {address for _, address in held}
    found = _listed(file, home, named)
    name_of = dict(zip(intake.key_of(kinds.WALLET, sorted(named)), sorted(named), strict=True))
    keys = np.array(sorted(intake.key_of(kinds.WALLET, found)), dtype=np.uint64)
    name_of |= dict(zip(intake.key_of(kinds.WALLET, found), found, strict=True))
    paths = {
        path.record: tuple(name_of.get(key, "?") for key in path.keys)
        for path in listed.paths(sight, keys)
    }
    rows = {(record, address, "payee", "") for record, address in held}
    rows |= {
        (record, path[-1], "exposed", path[-2] if len(path) > 1 else "")
        for record, path in paths.items()
    }
    rows |= {
        (record, address, "way", before)
        for record, path in paths.items()
        for before, address in pairwise(path[:-1])
    }
    rows |= _collectors(sight, name_of)
    return Exposed(paths, tuple(sorted(rows)))


def _collectors(sight: Sight, name_of: Mapping[int, str]) -> set[tuple[int, str, str, str]]:
    """Wallets where pay of two records or more meets, and by way of which it comes there."""
    found: dict[int, set[tuple[int, int]]] = {}
    for record, to, via in collector.payments(sight):
        found.setdefault(to, set()).add((record, via))
    return {
        (record, name_of[to], "collector", name_of.get(via, ""))
        for to, ways in found.items()
        if to in name_of and len({record for record, _ in ways}) > 1
        for record, via in ways
    }


def _listed(file: Path | None, home: Path | None, wallets: set[str]) -> list[str]:
    if file is not None:
        return listed_in(file)
    return [] if home is None else listed_by(home, wallets)


def _wallets(intake: Intake) -> set[str]:
    flows = intake.transfers
    ends = pa.chunked_array(flows["src"].chunks + flows["dst"].chunks, pa.string())
    return {each for each in ends.unique().to_pylist() if each is not None}
