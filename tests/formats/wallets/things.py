"""Wallets, transactions and foreign objects for property tests."""

from hypothesis import strategies as some

from stanch.model.desk.marking import Marking, Pap
from stanch.model.shared import SharedTransaction, SharedWallet, Side

WORDS = some.text(
    some.characters(codec="utf-8", exclude_characters="\x00"), max_size=12
)  # half surrogate pairs are no UTF-8, and nobody can send them
ADDRESS = some.text("123456789ABCDEFGHabcdefgh", min_size=1, max_size=40)
AMOUNT = some.one_of(
    some.just(""),
    some.integers(0, 10**30).map(str),
    some.decimals(0, 10**12, places=8).map(lambda each: f"{each:f}"),
    some.sampled_from(["0.1", "0.10", "21000000.00000001", "1234567.000000000000000001"]),
)
TIME = some.one_of(WORDS, some.just("2024-05-31T04:26:47.000Z"), some.just("2024-05-31"))
SYMBOL = some.one_of(some.sampled_from(["", "BTC", "ETH", "XMR", "USDT"]), WORDS)
CHAIN = some.one_of(some.sampled_from(["", "eip155:1", "tron:0x2b6653dc"]), WORDS)
MARKING = some.sampled_from(["", *(each.value for each in Marking)])
PAP = some.sampled_from(["", *(each.value for each in Pap)])

WALLETS = some.builds(
    SharedWallet, ADDRESS, CHAIN, WORDS, SYMBOL, WORDS, WORDS, WORDS, WORDS, WORDS, WORDS,
    TIME, TIME, TIME, AMOUNT, AMOUNT, AMOUNT, WORDS, WORDS, MARKING, PAP,
)  # fmt: skip
SIDES = some.lists(some.builds(Side, ADDRESS, AMOUNT), max_size=3).map(tuple)
TRANSACTIONS = some.builds(
    SharedTransaction, ADDRESS, SYMBOL, CHAIN, TIME, AMOUNT, AMOUNT, AMOUNT, AMOUNT, SIDES, SIDES,
    WORDS, MARKING, PAP,
)  # fmt: skip
JSON = some.recursive(
    some.one_of(some.none(), some.booleans(), some.integers(-(2**50), 2**50), WORDS),
    lambda each: some.one_of(
        some.lists(each, max_size=2), some.dictionaries(WORDS, each, max_size=2)
    ),
    max_leaves=4,
)  # fmt: skip
BESIDE = some.dictionaries(some.text("xyz_", min_size=3, max_size=8), JSON, max_size=3)
