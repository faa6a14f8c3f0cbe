"""One measure for amounts of all assets of an incident: the share of what was stolen.

Swaps seen in the trace say what one asset was worth in another. Assets tied together by swaps
are measured alike; each group that no swap ties to another is measured by its own total.
"""

from collections.abc import Mapping
from dataclasses import dataclass

WHOLE = 10**12  # all that was stolen


@dataclass(frozen=True, slots=True)
class Shares:
    """Share (in parts of WHOLE) per smallest unit of each asset, as numerator and denominator."""

    rates: Mapping[str, tuple[int, int]]

    def of(self, asset: str, amount: int) -> int:
        """`amount` (smallest units) of `asset` in parts of WHOLE, rounded down."""
        numerator, denominator = self.rates.get(asset, (0, 1))
        return amount * numerator // denominator

    def convert(self, amount: int, asset: str, into: str) -> int:
        """What `amount` of `asset` is in smallest units of the asset `into`, rounded down."""
        if asset == into:
            return amount
        (up, down), (other_up, other_down) = self.rates[asset], self.rates[into]
        return amount * up * other_down // (down * other_up)


def shares(
    swaps: Mapping[tuple[str, str], tuple[int, int]],
    totals: Mapping[str, int],
    stolen: Mapping[str, int],
) -> Shares:
    """Measure the assets of one incident.

    `swaps` is what was given and received by pair of assets, `totals` is stolen + converted_in
    per asset, `stolen` what was stolen; smallest units.
    """
    groups = _groups(sorted(totals), swaps)
    origins = [group for group in groups if any(stolen.get(asset) for asset in group)] or groups
    measure: dict[str, tuple[int, int]] = {}
    for group in groups:
        values = _values(group, swaps)
        origin = {asset: stolen.get(asset, 0) for asset in group}
        if not any(origin.values()):
            origin = {asset: totals[asset] for asset in group}
        worth = sum(
            amount * values[asset][0] // values[asset][1] for asset, amount in origin.items()
        )
        for asset in group:
            numerator, denominator = values[asset]
            measure[asset] = (numerator * WHOLE, denominator * max(worth, 1) * len(origins))
    return Shares(measure)


def _groups(assets: list[str], swaps: Mapping[tuple[str, str], tuple[int, int]]) -> list[list[str]]:
    """Assets tied together by swaps, in the order of their first asset."""
    group_of = {asset: {asset} for asset in assets}
    for given, received in swaps:
        if given in group_of and received in group_of:
            merged = group_of[given] | group_of[received]
            for asset in merged:
                group_of[asset] = merged
    return [sorted(group_of[asset]) for asset in assets if asset == min(group_of[asset])]


def _values(
    group: list[str], swaps: Mapping[tuple[str, str], tuple[int, int]]
) -> dict[str, tuple[int, int]]:
    """Worth of one smallest unit in smallest units of the group's first asset, as a fraction."""
    values = {group[0]: (1, 1)}
    pending = [group[0]]
    while pending:
        known = pending.pop(0)
        up, down = values[known]
        for (given, received), (gave, got) in sorted(swaps.items()):
            if given == known and received in group and received not in values:
                values[received] = (up * gave, down * got)
                pending.append(received)
            elif received == known and given in group and given not in values:
                values[given] = (up * got, down * gave)
                pending.append(given)
    return values
