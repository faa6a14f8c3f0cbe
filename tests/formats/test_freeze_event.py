"""Events that freeze an account: the published ones are read, and what looks like one is not."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.formats.chain_event import MAX_DATA, Event, checked, from_log
from stanch.formats.freeze_event import Freeze, freeze, topic
from stanch.model.chain import ETHEREUM, TRON

THIEF = "28c6c06298d514db089934071355e5743bf21d60"
USDT, USDC = (
    "0xdac17f958d2ee523a2206206994597c13d831ec7",
    "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48",
)
ADDED = "0x42e160154868087d6bfdc0ca23d96a1c1cfa32f1b72ba9ba27b69b98a0d819dc"
BLACKLISTED = "0xffa4e6181777692565cf28528fc88fd1516ea86b56da075235fa575af6a4b855"
WORD = "0x" + "0" * 24 + THIEF
# As generated bindings of these contracts and public trackers of such events print them.
PUBLISHED = {
    "AddedBlackList(address)": ADDED,
    "RemovedBlackList(address)": (
        "0xd7e9ec6e6ecd65492dce6bf513cd6867560d49544421d0783ddf06e76c24470c"
    ),
    "Blacklisted(address)": BLACKLISTED,
    "UnBlacklisted(address)": "0x117e3210bb9aa7d9baff172026820255c6f6c30ba8999d1c2fd88e2848137c4e",
    "AddressFrozen(address)": "0x90811a8edd3b3c17eeaefffc17f639cc69145d41a359c9843994dc2538203690",
    "AddressUnfrozen(address)": (
        "0xc3776b472ebf54114339eec9e4dc924e7ce307a97f5c1ee72b6d474e6e5e8b7c"
    ),
    "FreezeAddress(address)": "0x1aa660498c83ea285bc55e4cfc00afcaa7120798db87b74f3c0d7c6e001bc392",
    "UnfreezeAddress(address)": (
        "0x150465b020dfc06a59269da94ed66db9b65a516cf4fdd5f583b0f12752339bbe"
    ),
    "BlockPlaced(address)": "0x406bbf2d8d145125adf1198d2cf8a67c66cc4bb0ab01c37dccd4f7c0aae1e7c7",
    "BlockReleased(address)": (
        "0x665918c9e02eb2fd85acca3969cb054fc84c138e60ec4af22ab6ef2fd4c93c27"
    ),
}
TETHER = Event(ETHEREUM, USDT, "0x" + "5c" * 32, 21_270_000, 117, (ADDED,), WORD)
CIRCLE = replace(TETHER, contract=USDC, topics=(BLACKLISTED, WORD), data="0x")
# As `eth_getTransactionReceipt` gives one of its logs.
LOG = {
    "address": "0xdAC17F958D2ee523a2206206994597C13D831ec7",
    "blockHash": "0x" + "b1" * 32,
    "blockNumber": "0x1448df0",
    "data": WORD,
    "logIndex": "0x75",
    "removed": False,
    "topics": [ADDED],
    "transactionHash": "0x" + "5C" * 32,
    "transactionIndex": "0x3a",
}
TRON_USDT = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"
BARE_USDT = "a614f803b6fd780986a42c78ec9c7f77e6ded13c"


@pytest.mark.parametrize(("signature", "published"), PUBLISHED.items())
def test_topics_are_the_published_ones(signature, published):
    assert topic(signature) == published


def test_a_nodes_log_is_read_as_it_comes():
    assert from_log(ETHEREUM, LOG) == TETHER
    assert freeze(TETHER) == Freeze("AddedBlackList(address)", f"0x{THIEF}")
    assert freeze(checked(CIRCLE)) == Freeze("Blacklisted(address)", f"0x{THIEF}")
    assert Event(**TETHER.body() | {"topics": TETHER.topics}) == TETHER


@pytest.mark.parametrize(
    "name", ["BlockPlaced(address)", "AddressFrozen(address)", "FreezeAddress(address)"]
)
def test_other_issuers_index_the_account(name):
    found = freeze(checked(replace(CIRCLE, topics=(PUBLISHED[name], WORD))))
    assert found == Freeze(name, f"0x{THIEF}")


@pytest.mark.parametrize("contract", [TRON_USDT, BARE_USDT, "41" + BARE_USDT, "0x" + BARE_USDT])
@pytest.mark.parametrize("pad", ["0" * 24, "0" * 22 + "41"])
def test_tron_writes_contract_and_account_in_its_own_ways(contract, pad):
    log = {**LOG, "address": contract, "topics": [ADDED[2:]], "data": pad + THIEF,
           "transactionHash": "5c" * 32, "blockNumber": 67_000_000, "logIndex": 0}  # fmt: skip
    event = from_log(TRON, log)
    assert (event.contract, event.block) == (TRON_USDT, 67_000_000)
    assert freeze(event) == freeze(checked(replace(TETHER, chain=TRON, contract=TRON_USDT)))
    assert freeze(event).address.startswith("T")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"topics": (PUBLISHED["RemovedBlackList(address)"],)}, "lets an account go"),
        ({"topics": (PUBLISHED["UnBlacklisted(address)"], WORD), "data": "0x"}, "lets an account"),
        ({"topics": ("0x" + "ab" * 32,)}, "none that is known"),
        ({"topics": (topic("Transfer(address,address,uint256)"), WORD, WORD)}, "none that is"),
        ({"topics": (ADDED, WORD)}, "not the form"),
        ({"topics": (ADDED, WORD), "data": "0x"}, "not the form"),
        ({"topics": (BLACKLISTED,)}, "not the form"),
        ({"topics": (BLACKLISTED, WORD)}, "not the form"),
        ({"topics": (BLACKLISTED, WORD, WORD), "data": "0x"}, "not the form"),
        ({"data": "0x"}, "holds no address"),
        ({"data": WORD + "00" * 32}, "holds no address"),
        ({"data": "0x" + THIEF}, "holds no address"),
        ({"data": "0x" + "0" * 22 + "41" + THIEF}, "holds no address"),
        ({"data": "0x01" + WORD[4:]}, "holds no address"),
    ],
)
def test_what_freezes_nothing(changes, why):
    with pytest.raises(ValueError, match=why):
        freeze(checked(replace(TETHER, **changes)))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"chain": "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp"}, "events of solana"),
        ({"chain": "bip122:000000000019d6689c085ae165831e93"}, "events of bip122"),
        ({"chain": "ethereum"}, "not a chain"),
        ({"chain": None}, "no short text"),
        ({"contract": THIEF}, "not an EVM address"),
        ({"contract": "0x" + "z" * 40}, "not an EVM address"),
        ({"contract": USDT[:-1]}, "not an EVM address"),
        ({"contract": "0xDAc17F958D2ee523a2206206994597C13D831ec7"}, "checksum"),
        ({"transaction": "0x5c"}, "32 bytes"),
        ({"transaction": 5}, "32 bytes"),
        ({"block": -1}, "whole number"),
        ({"block": True}, "whole number"),
        ({"block": 2**53}, "whole number"),
        ({"index": "1"}, "whole number"),
        ({"topics": ()}, "1 to 4"),
        ({"topics": (ADDED,) * 5}, "1 to 4"),
        ({"topics": ADDED}, "1 to 4"),
        ({"topics": (None,)}, "32 bytes"),
        ({"data": "0x" + "00" * 1025}, "longer than"),
        ({"data": "0x0"}, "whole bytes"),
        ({"data": "0xzz"}, "whole bytes"),
        ({"data": None}, "no text"),
        ({"data": WORD + "\n"}, "whole bytes"),
    ],
)
def test_what_is_no_event(changes, why):
    with pytest.raises(ValueError, match=why):
        checked(replace(TETHER, **changes))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"removed": True}, "removed"),
        ({"removed": "false"}, "removed"),
        ({"blockNumber": "21270000"}, "whole number"),
        ({"blockNumber": None}, "whole number"),
        ({"logIndex": "0x" + "f" * 17}, "whole number"),
    ],
)
def test_what_no_node_says(changes, why):
    with pytest.raises(ValueError, match=why):
        from_log(ETHEREUM, {**LOG, **changes})


def test_a_log_that_lacks_a_part():
    with pytest.raises(ValueError, match="lacks blockNumber, logIndex"):
        from_log(ETHEREUM, {k: v for k, v in LOG.items() if k not in ("blockNumber", "logIndex")})


TEXTS = st.one_of(st.none(), st.integers(), st.text(max_size=70), st.sampled_from([ADDED, WORD]))


@given(
    st.fixed_dictionaries(
        {
            "chain": st.sampled_from([ETHEREUM, TRON, "x"]) | TEXTS,
            "contract": st.just(USDT) | TEXTS,
            "transaction": st.just(TETHER.transaction) | TEXTS,
            "block": st.just(1) | TEXTS,
            "index": st.just(1) | TEXTS,
            "topics": TEXTS | st.lists(TEXTS, max_size=5),
            "data": st.binary(max_size=MAX_DATA).map(bytes.hex) | TEXTS,
        }
    )
)
def test_whatever_comes_is_read_or_refused(said):
    try:
        event = checked(Event(**said))
        found = freeze(event)
    except ValueError:
        return
    assert checked(event) == event
    assert len(found.address) in (34, 42)
