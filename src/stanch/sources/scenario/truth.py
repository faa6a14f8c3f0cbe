"""The truth about every stolen unit, checked before it is told."""

from collections import Counter

from stanch.errors import InvariantError
from stanch.sources.scenario.cast import Cast
from stanch.sources.scenario.chain import Chain
from stanch.sources.scenario.crew import Withdrawal
from stanch.sources.scenario.marks import tx_id
from stanch.sources.scenario.output import Row, SmallTable, incident_id

FLOWS = ("incident", "tx", "from", "to", "asset", "stolen_amount")
ENDPOINTS = ("incident", "account", "asset", "amount", "fate", "category")
TOTALS = ("incident", "asset", "stolen", "converted_in")
MIXER = ("incident", "tx", "mixer", "account", "asset", "amount")

Ends = dict[tuple[int, str, str, str], int]  # incident, account, asset, fate: units


def tell(
    chain: Chain, cast: Cast, withdrawals: dict[int, list[Withdrawal]]
) -> dict[str, SmallTable]:
    """The truth tables by file name. InvariantError where a stolen unit is lost or doubled."""
    ends = endings(chain)
    check(chain, ends)
    category = {service.account: service.category for service in cast.services}
    return {
        "truth_flows.csv": SmallTable(FLOWS, _flows(chain)),
        "truth_endpoints.csv": SmallTable(
            ENDPOINTS,
            [
                (incident_id(i), account, asset, units, fate, category.get(account, ""))
                for (i, account, asset, fate), units in sorted(ends.items())
            ],
        ),
        "truth_totals.csv": SmallTable(
            TOTALS,
            [
                (incident_id(i), asset, chain.loot[i, asset], chain.converted_in[i, asset])
                for i, asset in sorted({*chain.loot, *chain.converted_in})
            ],
        ),
        "truth_mixer.csv": SmallTable(
            MIXER,
            [
                (incident_id(i), tx_id(w.tx), w.mixer, w.account, w.money.asset, w.money.amount)
                for i, each in sorted(withdrawals.items())
                for w in each
            ],
        ),
    }


def endings(chain: Chain) -> Ends:
    """Where every stolen unit is at the end: what met its fate on the way, and what is held."""
    ends = {key: units for key, units in chain.fates.items() if units}
    for (account, asset), parts in chain.books.stolen.items():
        for incident, units in parts.items():
            if units:
                ends[incident, account, asset, "held"] = units
    return ends


def check(chain: Chain, ends: Ends) -> None:
    """Hold the endings against the journal, in two ways that do not share a sum.

    Per incident and asset, stolen + converted_in = the sum of all fates. And per account, what
    the journal's rows brought and took away is what the account is said to have at the end.
    """
    total: Counter[tuple[int, str]] = Counter()
    at_account: Counter[tuple[int, str, str]] = Counter()
    for (incident, account, asset, fate), units in ends.items():
        total[incident, asset] += units
        if fate != "converted_out":
            at_account[incident, account, asset] += units
    for incident, asset in {*total, *chain.loot, *chain.converted_in}:
        came = chain.loot[incident, asset] + chain.converted_in[incident, asset]
        if came != total[incident, asset]:
            raise InvariantError(
                f"simulated incident {incident_id(incident)}: {came} of {asset} came in "
                f"but {total[incident, asset]} are accounted for"
            )
    for key, units in _net_of_journal(chain).items():
        if units != at_account[key]:
            raise InvariantError(f"simulated account {key[1]}: {units} by the journal")


def _net_of_journal(chain: Chain) -> Counter[tuple[int, str, str]]:
    """What the rows leave at each account that neither was robbed nor traded."""
    net: Counter[tuple[int, str, str]] = Counter()
    for entry in chain.journal:
        for incident, units in entry.stolen.items():
            net[incident, entry.dst, entry.money.asset] += units
            net[incident, entry.src, entry.money.asset] -= units
    return Counter({key: units for key, units in net.items() if key[1] not in chain.counterparts})


def _flows(chain: Chain) -> list[Row]:
    return [
        (incident_id(i), tx_id(entry.tx), entry.src, entry.dst, entry.money.asset, units)
        for entry in chain.journal
        for i, units in sorted(entry.stolen.items())
    ]
