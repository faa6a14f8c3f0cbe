"""Where pay goes: from employers to wallets, and on.

Honest people sell at an exchange: each at an address of their own, which the exchange sweeps into
one hot wallet, so that two hops on everybody meets everybody. Operators' wallets pay a collector
of their farm, at times through a wallet between.
"""

from typing import Final

import numpy as np
import pyarrow as pa

from stanch.sources.personas_scenario.chance import U64, Chance, Flag, Int
from stanch.sources.personas_scenario.columns import hexed, joined
from stanch.sources.personas_scenario.records import Records

_HAS: Final = 0.16  # honest people who give a wallet
_PAID_IN_COINS: Final = 0.5  # personas that do
_EXCHANGES: Final = 12
_EMPLOYERS: Final = 60
_COLLECTORS: Final = 2  # of a farm


def has_wallet(chance: Chance, records: Records) -> Flag:
    """Whether each application gives a wallet."""
    share = np.where(records.farm >= 0, _PAID_IN_COINS, _HAS)
    return chance.happens("gives-wallet", share, records.persona)


def wallets(chance: Chance, key: U64) -> pa.StringArray:
    """Addresses in Ethereum's form, which nobody holds a key to."""
    place = [np.full(len(key), each) for each in range(3)]
    return joined("0x", hexed([chance.words("wallet-text", key, each) for each in place], 40))


def transfers(chance: Chance, records: Records) -> tuple[U64, U64]:
    """Who paid whom, as keys of wallets, each payment once."""
    gives = np.flatnonzero(has_wallet(chance, records))
    key, first = np.unique(records.wallet[gives], return_index=True)
    farm = records.farm[gives][first]
    honest = farm < 0
    edges = [
        _salaries(chance, key),
        *_sold(chance, key[honest & ~chance.happens("keeps", 0.25, key)]),
        *_collected(chance, key[~honest], farm[~honest]),
    ]
    src = np.concatenate([each[0] for each in edges])
    dst = np.concatenate([each[1] for each in edges])
    order = np.lexsort((dst, src))
    src, dst = src[order], dst[order]
    if not len(src):
        return src, dst
    new = np.concatenate([[True], (src[1:] != src[:-1]) | (dst[1:] != dst[:-1])])
    return src[new], dst[new]


def _salaries(chance: Chance, key: U64) -> tuple[U64, U64]:
    employer = chance.below("payroll", _EMPLOYERS, key)
    paid = chance.happens("paid-by", 0.5, key)
    return chance.words("payroll-wallet", employer)[paid], key[paid]


def _sold(chance: Chance, key: U64) -> list[tuple[U64, U64]]:
    """To one's own address at an exchange, and from there to the exchange's wallet."""
    exchange = chance.below("sells-at", _EXCHANGES, key)
    deposit = chance.words("deposit", key)
    return [(key, deposit), (deposit, chance.words("hot-wallet", exchange))]


def _collected(chance: Chance, key: U64, farm: Int) -> list[tuple[U64, U64]]:
    """To the farm's collector, straight or through a wallet between; some sell like anybody."""
    own = chance.happens("sells-alone", 0.2, key)
    farm, kept = farm[~own], key[~own]
    collector = chance.words("collector", farm, chance.below("which", _COLLECTORS, kept))
    between = chance.happens("between", 0.4, kept)
    middle = chance.words("between", kept[between])
    return [
        (kept[~between], collector[~between]),
        (kept[between], middle),
        (middle, collector[between]),
        *_sold(chance, np.unique(collector)),
        *_sold(chance, key[own]),
    ]
