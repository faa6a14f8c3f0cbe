"""What contracts move: the calls of a block, flat (`trace_block`) or nested (callTracer).

Only a plain call, a create and a self-destruct move value; delegatecall, staticcall and callcode
repeat it or move none. A call that fails undoes all that it called, though what it called may
itself carry no error: the whole of it is left out.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from stanch.model import asset as assets
from stanch.model.chain import account
from stanch.model.kinds import issuance
from stanch.sources.evm_node.hexed import address, maybe
from stanch.sources.evm_node.moves import INNER, VALUE, Moves, Place

_MOVING: Final = frozenset({"CALL", "CREATE", "CREATE2", "SELFDESTRUCT"})


def add_nested(moves: Moves, traces: list[dict[str, Any]], stands: Mapping[str, Place]) -> None:
    """The answer of `debug_traceBlockByNumber` with callTracer; the top call is left out, for
    it is the transaction's own value.
    """
    order = list(stands)
    for index, trace in enumerate(traces):
        top = trace["result"]
        place = stands[trace.get("txHash", order[index])]
        for call in _below(top):
            if call["type"] in _MOVING and (value := maybe(call.get("value"))):
                _add(moves, place, call["from"], call["to"], value)


def add_flat(moves: Moves, traces: list[dict[str, Any]], stands: Mapping[str, Place]) -> None:
    """The answer of `trace_block`: calls with their trace addresses, and rewards of old blocks."""
    failed = {(each.get("transactionHash"), tuple(each["traceAddress"]))
              for each in traces if each.get("error")}  # fmt: skip
    for each in traces:
        action, path = each["action"], tuple(each["traceAddress"])
        if each["type"] == "reward":
            _rewarded(moves, each)
            continue
        tx = each["transactionHash"]
        if not path or any((tx, path[:depth]) in failed for depth in range(len(path) + 1)):
            continue
        if ends := _ends(each["type"], action, each.get("result") or {}):
            _add(moves, stands[tx], *ends)


def _ends(kind: str, action: dict[str, Any], result: dict[str, Any]) -> tuple[str, str, int] | None:
    """Sender, recipient and value of a flat call, None where it moves nothing."""
    if kind == "suicide":
        value = maybe(action.get("balance"))
        return (action["address"], action["refundAddress"], value) if value else None
    value = maybe(action.get("value"))
    if not value or (kind == "call" and action.get("callType", "call") != "call"):
        return None
    if kind == "call":
        return action["from"], action["to"], value
    return (action["from"], result["address"], value) if kind == "create" else None


def _below(top: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every call below the top that stands, in the order in which they were made."""
    if top.get("error"):
        return
    waiting = list(reversed(top.get("calls") or []))
    while waiting:
        call = waiting.pop()
        if call.get("error"):
            continue
        yield call
        waiting.extend(reversed(call.get("calls") or []))


def _rewarded(moves: Moves, trace: dict[str, Any]) -> None:
    action = trace["action"]
    if value := maybe(action.get("value")):
        number = int(trace["blockNumber"])
        place = Place(number, moves.times[number], 1 << 30, f"reward-{number}")
        who = account(moves.chain, address(action["author"]))
        coin = assets.native(moves.chain)
        moves.add(place, VALUE, "mint", (issuance(moves.chain), who, coin, value))


def _add(moves: Moves, place: Place, sender: str, target: str, value: int) -> None:
    ends = account(moves.chain, address(sender)), account(moves.chain, address(target))
    moves.add(place, INNER, "internal", (*ends, assets.native(moves.chain), value))
