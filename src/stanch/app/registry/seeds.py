"""Seeds of incidents, as `stanch trace --seeds` takes them: thefts and extorted payments alike."""

from dataclasses import dataclass
from decimal import localcontext
from pathlib import Path
from typing import Final

from stanch.app.csv_file import lines, whole_file
from stanch.errors import NotFoundError
from stanch.formats.seeds import COLUMNS
from stanch.model.chain import account
from stanch.model.registry.incident import Incident, Payment
from stanch.model.registry.words import SeedKind
from stanch.registry.registry import Registry, load

# Chains whose own coin a payment can be in, and its decimals.
_COINS: Final = {("bip122", "BTC"): 8, ("eip155", "ETH"): 18, ("tron", "TRX"): 6}


@dataclass(frozen=True, slots=True)
class Seeded:
    """How many seeds were written, and what of the registry names no account to begin at."""

    seeds: int
    left: tuple[str, ...]


def write_seeds(names: tuple[str, ...], out: Path, folder: Path | None = None) -> Seeded:
    """Write the seeds of incidents, or of all incidents of a campaign, to a CSV file.

    Raises NotFoundError for a name that is no incident and no campaign, or has nothing on a chain.
    """
    registry = load(folder)
    found = [one for name in names for one in _named(registry, name)]
    rows = [row for one in found for row in _rows(one)]
    left = tuple(
        f"{one.id}: transaction {seed.value}"
        for one in found
        for seed in one.seeds
        if seed.kind is SeedKind.TRANSACTION
    )
    if not rows:
        raise NotFoundError(f"{', '.join(names)}: no account on any chain is known")
    with whole_file(out) as draft:
        draft.write_bytes(lines([COLUMNS, *rows]))
    return Seeded(len(rows), left)


def _named(registry: Registry, name: str) -> list[Incident]:
    if name in registry.incidents:
        return [registry.incidents[name]]
    found = [one for one in registry.incidents.values() if name in (one.campaign, one.strain)]
    if not found:
        raise NotFoundError(f"{name}: no such incident, campaign or strain")
    return found


def _rows(one: Incident) -> list[list[str]]:
    paid = {(each.chain, each.account) for each in one.payments}
    seeds = [
        [account(each.chain, each.value), "", "", "", "", one.id]
        for each in one.seeds
        if each.kind is SeedKind.ACCOUNT and (each.chain, each.value) not in paid
    ]
    return [*seeds, *(_paid(one.id, each) for each in one.payments)]


def _paid(incident: str, each: Payment) -> list[str]:
    """A payment counts from its own transaction on, with its amount where that is exact."""
    decimals = _COINS.get((each.chain.partition(":")[0], each.asset))
    amount = ""
    if each.units is not None and decimals is not None and each.transaction:
        with localcontext(prec=60):  # a cell holds 49 digits, and the usual 28 would round
            exact = each.units.scaleb(decimals)
            amount = str(int(exact)) if exact == int(exact) else ""
    time = each.time.text if each.time.precision == "moment" else ""
    return [account(each.chain, each.account), each.transaction, time, "", amount, incident]
