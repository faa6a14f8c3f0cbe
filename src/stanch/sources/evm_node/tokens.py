"""What tokens call themselves, asked of their contracts and not believed.

A contract can answer anything: a megabyte, a symbol of control characters, 255 decimals, the name
of a coin that it is not. Answers are cut to size; who bears the symbol of a coin that everyone
knows under another address is named in a note.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

from stanch.errors import NodeError
from stanch.model.asset import TOKENS
from stanch.sources.rpc.answers import Refusal
from stanch.sources.rpc.endpoint import Call, Endpoint

DECIMALS: Final = "0x313ce567"  # decimals()
SYMBOL: Final = "0x95d89b41"  # symbol()
GAS: Final = hex(200_000)
MOST_DECIMALS: Final = 77  # 10^77 is the largest power of ten below 2^256
LONGEST: Final = 32  # letters of a symbol
_ENOUGH: Final = 2 + 2 * 32 * 8  # hex letters of an answer that are looked at


class Token(NamedTuple):
    """A token's own word: `symbol` and `decimals` are None where it gives none of use."""

    symbol: str | None
    decimals: int | None


def ask(endpoint: Endpoint, contracts: Iterable[str]) -> dict[str, Token]:
    """What contracts (addresses) call themselves; who cannot be asked is left out."""
    found = {}
    for contract in sorted(contracts):
        asked: list[Call] = [
            ("eth_call", [{"to": contract, "data": data, "gas": GAS}, "latest"])
            for data in (DECIMALS, SYMBOL)
        ]
        answers = [_asked(endpoint, each) for each in asked]
        found[contract] = Token(symbol(answers[1]), decimals(answers[0]))
    return found


def _asked(endpoint: Endpoint, call: Call) -> str:
    try:
        answer = endpoint.call(call[0], *call[1])
    except (Refusal, NodeError):  # a contract that reverts has no symbol
        return ""
    return answer[:_ENOUGH] if isinstance(answer, str) and answer[:2] == "0x" else ""


def decimals(answer: str) -> int | None:
    """The number of decimals in a word of 32 bytes, None where that is none."""
    try:
        value = int(answer[2:66], 16)
    except ValueError:
        return None
    return value if value <= MOST_DECIMALS else None


def symbol(answer: str) -> str | None:
    """The text in an answer: a `string` of the ABI, or 32 bytes as old tokens have it."""
    try:
        data = bytes.fromhex(answer[2:])
    except ValueError:
        return None
    if len(data) >= 96 and int.from_bytes(data[:32]) == 32:
        data = data[64 : 64 + min(int.from_bytes(data[32:64]), 4 * LONGEST)]
    text = data[: 4 * LONGEST].rstrip(b"\0").decode("utf-8", "replace")
    shown = "".join(letter for letter in text if letter.isprintable())[:LONGEST].strip()
    return shown or None


def pretender(chain: str, contract: str, said: str | None) -> str | None:
    """A note where a contract bears the symbol of a coin that is known under another address."""
    folded = (said or "").strip().upper()
    for asset, (known, _) in TOKENS.items():
        on, _, address = asset.partition("/erc20:")
        if folded == known and on == chain and address and address != contract:
            return f"{contract} on {chain} calls itself {known} and is not: {known} is {address}."
    return None
