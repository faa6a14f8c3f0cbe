"""The small trace that the tests of paths know by heart.

Amounts in ETH. Two ways lead from the seed S to the exchange X:

    1  victim -> S   100   the theft
    2  S -> A         60
    3  S -> B         40
    4  B -> X         25   (of 30, and 5 inferred)
    5  A -> X         50
"""

from pathlib import Path

from tests.reports.trace_folder import ETH, UNIT, account, flow, write

VICTIM, SEED, A, B, X = (account(n) for n in range(5))
TIME = "2022-03-23T13:30:09Z"


def golden(folder: Path) -> Path:
    def row(order, src, dst, traced, **other):
        return flow(order, (src, dst), traced * UNIT, **other)

    flows = [
        row(1, VICTIM, SEED, 100, rule="seed"),
        row(2, SEED, A, 60),
        row(3, SEED, B, 40, rule="pair"),
        row(4, B, X, 25, amount=30 * UNIT, inferred_amount=5 * UNIT, rule="shortfall"),
        row(5, A, X, 50),
    ]
    accounts = [
        ["i", name, ETH, came * UNIT, left * UNIT, (came - left) * UNIT, hop, TIME, TIME, label,
         category, 0, 0, ""]
        for name, came, left, hop, label, category in (
            (SEED, 100, 100, 0, "Exploiter", "none"), (A, 60, 50, 1, "", ""),
            (B, 40, 25, 1, "", ""), (X, 75, 0, 2, "Hoby 3", "exchange"),
        )
    ]  # fmt: skip
    endpoints = [
        ["i", A, ETH, "held", 10 * UNIT, "", "", 10 * UNIT, 10 * UNIT, 0],
        ["i", B, ETH, "held", 15 * UNIT, "", "", 12 * UNIT, 18 * UNIT, 0],
        ["i", X, ETH, "service", 75 * UNIT, "Hoby 3", "exchange", 75 * UNIT, 75 * UNIT, 5 * UNIT],
    ]
    manifest = {
        "stanch": "0.1.0", "method": "affinity@1", "simulation": False, "conservation": "exact",
        "incidents": [{"id": "i", "assets": [{"asset": ETH, "stolen": str(100 * UNIT),
                       "converted_in": "0", "sum_of_fates": str(100 * UNIT)}]}],
        "seeds": [{"incident": "i", "account": SEED, "tx": None, "time": TIME}],
        "assets": {ETH: {"symbol": "ETH", "decimals": 18}},
    }  # fmt: skip
    return write(folder, {"flows": flows, "accounts": accounts, "endpoints": endpoints}, manifest)
