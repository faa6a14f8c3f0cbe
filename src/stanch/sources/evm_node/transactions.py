"""A block's transactions with their receipts: fees, values, deposits from below, withdrawals.

The fee is gas used times the effective gas price, and for blobs (EIP-4844) blob gas times its own
price; a rollup's `l1Fee` is added. A failed transaction pays its fee alone. A deposit from the
chain below (type 0x7e of OP chains) mints what it brings; a withdrawal of the beacon chain
(EIP-4895, in gwei) is issuance.
"""

from typing import Any, Final

from stanch.model import asset as assets
from stanch.model.chain import account
from stanch.model.kinds import fees, issuance
from stanch.sources.evm_node.hexed import address, maybe, quantity
from stanch.sources.evm_node.moves import FEE, VALUE, Moves, Place

GWEI: Final = 10**9
SECOND: Final = 1_000_000


def places(block: dict[str, Any]) -> dict[str, Place]:
    """Where each transaction of a block stands, by its hash."""
    number, time = quantity(block["number"]), quantity(block["timestamp"]) * SECOND
    return {
        each["hash"]: Place(number, time, index, each["hash"])
        for index, each in enumerate(block["transactions"])
    }


def add(moves: Moves, block: dict[str, Any], receipts: list[dict[str, Any]]) -> None:
    """Raises ValueError or KeyError where a receipt is missing or says what none says."""
    by_hash = {each["transactionHash"]: each for each in receipts}
    stands = places(block)
    coin = assets.native(moves.chain)
    for each in block["transactions"]:
        place, receipt = stands[each["hash"]], by_hash[each["hash"]]
        if receipt["blockHash"] != block["hash"]:
            raise ValueError(f"the receipt of {each['hash']} is of another block")
        sender = account(moves.chain, address(each["from"]))
        if brought := maybe(each.get("mint")):
            moves.add(place, FEE, "mint", (issuance(moves.chain), sender, coin, brought))
        if cost := _cost(receipt):
            moves.add(place, FEE, "fee", (sender, fees(moves.chain), coin, cost))
        value = quantity(each["value"])
        if value and quantity(receipt.get("status", "0x1")):
            paid = each["to"] or receipt["contractAddress"]
            moves.add(
                place, VALUE, "native", (sender, account(moves.chain, address(paid)), coin, value)
            )
    _withdrawn(moves, block)


def _cost(receipt: dict[str, Any]) -> int:
    used = quantity(receipt["gasUsed"]) * maybe(receipt.get("effectiveGasPrice"))
    blobs = maybe(receipt.get("blobGasUsed")) * maybe(receipt.get("blobGasPrice"))
    return used + blobs + maybe(receipt.get("l1Fee"))


def _withdrawn(moves: Moves, block: dict[str, Any]) -> None:
    number, time = quantity(block["number"]), quantity(block["timestamp"]) * SECOND
    coin, last = assets.native(moves.chain), len(block["transactions"])
    for each in block.get("withdrawals") or []:
        place = Place(number, time, last, f"withdrawal-{quantity(each['index'])}")
        target = account(moves.chain, address(each["address"]))
        amount = quantity(each["amount"]) * GWEI
        if amount:
            moves.add(place, VALUE, "mint", (issuance(moves.chain), target, coin, amount))
