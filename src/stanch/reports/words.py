"""The words for the codes of a trace: rules, methods, fates, categories. One table each."""

from typing import Final

from stanch.reports.names import clean

RULES: Final = {
    "seed": "the theft itself: what the seed names as stolen",
    "poison": "whatever an account pays after stolen money arrived counts as reached",
    "haircut": "each payment carries the share of stolen money in the balance it leaves",
    "fifo": "first in, first out: the oldest money in the account leaves first",
    "lifo": "last in, first out: the newest money in the account leaves first",
    "pair": "leaves again as one payment of the same amount: the two are paired",
    "run": "leaves again as a run of payments that add up to it: they are paired",
    "standing": "same recipient and amount as before: draws on the same money",
    "shortfall": "paid beyond the balance seen: carries the share of stolen money, inferred",
    "swap": "swapped inside one transaction: the stolen share goes over to the asset received",
}

METHODS: Final = {
    "poison": "Every account that stolen money reaches counts in full; amounts report reach, "
    "not ownership.",
    "haircut": "Stolen money mixes evenly: each payment carries the share of stolen money in the "
    "balance it leaves, rounded down to the smallest unit; an emptied account passes all on.",
    "fifo": "First in, first out: each payment draws on the money that arrived earliest.",
    "lifo": "Last in, first out: each payment draws on the money that arrived latest.",
    "affinity": "Payments are first paired with the inflow of the same amount, alone or as a short "
    "run; the rest is drawn last in, first out. What an account pays beyond the balance seen is "
    "inferred and kept in a column of its own.",
}

FATES: Final = {
    "held": "still held",
    "service": "at a service",
    "mixer": "in a mixer",
    "bridge_unmatched": "left over a bridge",
    "burned": "burned",
    "fee": "paid as fees",
    "converted_out": "changed in swaps",
    "stopped": "where the trace was told to stop",
    "unknown": "unknown",
}

# Fates that name a service, and fates that leave the money where somebody can still move it.
AT_SERVICES: Final = ("service", "mixer", "bridge_unmatched")
RESTING: Final = ("held", "stopped", "unknown")

CATEGORIES: Final = {
    "exchange": "exchange",
    "deposit": "deposit address",
    "mixer": "mixer",
    "bridge": "bridge",
    "dex": "decentralised exchange",
    "otc": "over-the-counter desk",
    "gambling": "gambling",
    "mining": "mining pool",
    "token": "token contract",
    "service": "service",
    "none": "account",
    "": "account",
}

NOTICES: Final = {
    "opening_balances": "Accounts that pay more than the ledger saw them receive",
    "suspected_services": "Accounts that behave like a service but carry no label",
    "inferred_deposits": "Deposit addresses inferred from how they pass money on",
}


def rule(code: str) -> str:
    """What the rule `code` says, as a sentence; an unknown code stands for itself."""
    return RULES.get(code) or clean(code, 60)


def method(name: str) -> str:
    """One sentence on the method `name` (`haircut@1`); an unknown one stands for itself."""
    return METHODS.get(name.split("@", maxsplit=1)[0]) or clean(name, 60)


def fate(code: str) -> str:
    """The fate `code` in words; an unknown code stands for itself."""
    return FATES.get(code) or clean(code, 60)


def category(code: str) -> str:
    """The category `code` in words; an unknown code stands for itself."""
    return CATEGORIES.get(code) or clean(code, 60)


def counted(number: int, noun: str, plural: str = "") -> str:
    """`number` things in words: `1 account`, `1,200 accounts`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
