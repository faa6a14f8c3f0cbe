"""A wallet and a transaction as partners write them, whatever the dialect.

Fields are texts as they were said, empty where nothing was. Amounts are exact decimal texts in
whole units of `symbol`; times are RFC 3339 or whatever the source wrote. `carried` keeps, by
dialect, an object as it came, where its dialect says more than stands here.
"""

from dataclasses import dataclass

from stanch.model.chain import account, split_account


@dataclass(frozen=True, slots=True)
class SharedWallet:
    """An address. `chain` is CAIP-2, `asset` CAIP-19, `symbol` a ticker, `marking` a TLP label,
    `pap` one of permissible actions, `confidence` a number from 0 to 1 or a word of GraphSense's
    taxonomy.
    """

    address: str
    chain: str = ""
    asset: str = ""
    symbol: str = ""
    holder: str = ""
    label: str = ""
    category: str = ""
    abuse: str = ""
    note: str = ""
    source: str = ""
    first_seen: str = ""
    last_seen: str = ""
    updated: str = ""
    balance: str = ""
    received: str = ""
    sent: str = ""
    transactions: str = ""
    confidence: str = ""
    marking: str = ""
    pap: str = ""
    carried: tuple[tuple[str, str], ...] = ()

    @property
    def account(self) -> str:
        """CAIP-10, or empty where the chain is not known or the address has no such form."""
        text = account(self.chain, self.address)
        try:
            split_account(text)
        except ValueError:
            return ""
        return text


@dataclass(frozen=True, slots=True)
class Side:
    """An address that a transaction takes from or gives to, and how much."""

    address: str
    amount: str = ""


@dataclass(frozen=True, slots=True)
class SharedTransaction:
    """A transaction by its hash. `value` is what it is about, in whole units of `symbol`."""

    hash: str
    symbol: str = ""
    chain: str = ""
    time: str = ""
    value: str = ""
    value_usd: str = ""
    value_eur: str = ""
    fee: str = ""
    inputs: tuple[Side, ...] = ()
    outputs: tuple[Side, ...] = ()
    note: str = ""
    marking: str = ""
    pap: str = ""
    carried: tuple[tuple[str, str], ...] = ()


Shared = SharedWallet | SharedTransaction
