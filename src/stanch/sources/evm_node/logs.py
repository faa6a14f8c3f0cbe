"""Event logs to token transfers: ERC-20, ERC-721, ERC-1155, and coins wrapped and unwrapped.

What a log claims is its contract's word. A contract may say that it moved what it did not; its
transfers are of its own asset alone and reach no other. `Deposit` and `Withdrawal` are read of
the known wrapped coins only, for many other contracts use the same names for other things.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from stanch.formats.addresses import evm
from stanch.model.chain import account
from stanch.sources.evm_node.hexed import address, quantity, topic_address, words
from stanch.sources.evm_node.moves import LOGS, Moves, Place

TRANSFER: Final = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"
SINGLE: Final = "0xc3d58168c5ae7397731d063d5bbf3d657854427343f4c083240f7aacaa2d0f62"
BATCH: Final = "0x4a39dc06d4c0dbc64b70af90fd698a233a518aa5d07e595d983b8c0526c8f7fb"
DEPOSIT: Final = "0xe1fffcc4923d04b559f4d29a8bfc6cda04eb5b0d3c460751c2402c5c5cc9109c"
WITHDRAWAL: Final = "0x7fcf532c15f0a6db0bd6d0e038bea71d30d808c7d98cb3bf7268a95bf5081b65"
TOPICS: Final = (TRANSFER, SINGLE, BATCH, DEPOSIT, WITHDRAWAL)

# The contract that wraps each chain's own coin (from the chains' own documentation).
WRAPPED: Final[Mapping[str, str]] = {
    "eip155:1": "0xc02aaa39b223fe8d0a0e5c4f27ead9083c756cc2",
    "eip155:10": "0x4200000000000000000000000000000000000006",
    "eip155:56": "0xbb4cdb9cbd36b01bd1cbaebf2de08d9173bc095c",
    "eip155:100": "0xe91d153e0b41518a2ce8dd3d7944fa863463a97d",
    "eip155:137": "0x0d500b1d8e8ef31e21c99d1db9a6444d3adf1270",
    "eip155:8453": "0x4200000000000000000000000000000000000006",
    "eip155:42161": "0x82af49447d8a07e3bd95bd0d56f35241523fbab1",
    "eip155:43114": "0xb31f66aa3c1e785363f0875a1b74e27b85fd66c7",
}

_MOST_IDS: Final = 10_000  # tokens in one batch; more would not fit a block's gas

Log = Mapping[str, Any]


def add(moves: Moves, logs: Sequence[dict[str, Any]], stands: Mapping[str, Place]) -> int:
    """Add the transfers that logs tell of; `stands` is where each transaction stands, by hash.

    Returns how many logs bore the name of a transfer and were none (indexed otherwise, cut
    short): their contracts follow no standard. Raises KeyError or ValueError where a log lacks
    what every log has.
    """
    strange, chain = 0, moves.chain
    for log in logs:
        topics = log["topics"]
        read = _READERS.get(topics[0]) if topics else None
        if read is None or log.get("removed"):
            continue
        try:
            found = read(chain, address(log["address"]), topics, log["data"])
        except ValueError:
            strange += 1
            continue
        place, at = stands[log["transactionHash"]], LOGS + quantity(log["logIndex"])
        for asset, sender, target, amount in found:
            if amount:
                kind = "mint" if sender == evm.NULL else "burn" if target == evm.NULL else "token"
                ends = account(chain, sender), account(chain, target)
                moves.add(place, at, kind, (*ends, asset, amount))
    return strange


Found = list[tuple[str, str, str, int]]  # asset, sender, recipient, amount


def _transfer(chain: str, token: str, topics: list[str], data: str) -> Found:
    """ERC-20 with its value in the data, ERC-721 with its token indexed; some old contracts
    (CryptoKitties among them) index nothing.
    """
    values = words(data)
    if len(topics) == 3 and len(values) == 1:
        ends = topic_address(topics[1]), topic_address(topics[2])
        return [(f"{chain}/erc20:{token}", *ends, values[0])]
    if len(topics) == 4 and not values:
        ends = topic_address(topics[1]), topic_address(topics[2])
        return [(f"{chain}/erc721:{token}/{int(topics[3], 16)}", *ends, 1)]
    if len(topics) == 1 and len(values) == 3:
        ends = _held(values[0]), _held(values[1])
        return [(f"{chain}/erc20:{token}", *ends, values[2])]
    raise ValueError("is no transfer of a standard")


def _single(chain: str, token: str, topics: list[str], data: str) -> Found:
    values = words(data)
    if len(topics) != 4 or len(values) != 2:
        raise ValueError("is no TransferSingle")
    ends = topic_address(topics[2]), topic_address(topics[3])
    return [(f"{chain}/erc1155:{token}/{values[0]}", *ends, values[1])]


def _batch(chain: str, token: str, topics: list[str], data: str) -> Found:
    values = words(data)
    if len(topics) != 4 or len(values) < 4:
        raise ValueError("is no TransferBatch")
    ids, amounts = _listed(values, values[0]), _listed(values, values[1])
    if len(ids) != len(amounts):
        raise ValueError("as many ids as amounts are needed")
    ends = topic_address(topics[2]), topic_address(topics[3])
    return [
        (f"{chain}/erc1155:{token}/{each}", *ends, amount)
        for each, amount in zip(ids, amounts, strict=True)
    ]


def _wrapped(chain: str, token: str, topics: list[str], data: str) -> Found:
    """A coin wrapped (minted to whom it is for) or unwrapped (burned from whose it was)."""
    if WRAPPED.get(chain) != token:
        return []
    values = words(data)
    if len(topics) != 2 or len(values) != 1:
        raise ValueError("is no Deposit or Withdrawal")
    who, asset = topic_address(topics[1]), f"{chain}/erc20:{token}"
    ends = (evm.NULL, who) if topics[0] == DEPOSIT else (who, evm.NULL)
    return [(asset, *ends, values[0])]


def _listed(values: list[int], offset: int) -> list[int]:
    """An array in event data that begins `offset` bytes in."""
    at, rest = divmod(offset, 32)
    if rest or at >= len(values) or values[at] > min(_MOST_IDS, len(values) - at - 1):
        raise ValueError("an array reaches beyond the data")
    return values[at + 1 : at + 1 + values[at]]


def _held(value: int) -> str:
    if value >= 1 << 160:
        raise ValueError("is no address")
    return f"0x{value:040x}"


_READERS: Final[Mapping[str, Callable[[str, str, list[str], str], Found]]] = {
    TRANSFER: _transfer,
    SINGLE: _single,
    BATCH: _batch,
    DEPOSIT: _wrapped,
    WITHDRAWAL: _wrapped,
}
