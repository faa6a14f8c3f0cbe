"""One event on a chain, as a node gives it in the receipt of a transaction: EVM chains and Tron.

`Event` is what was read; `checked` gives it in its one canonical form, `from_log` reads the names
that nodes use. Nothing here asks a chain whether the event is there.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from stanch.formats.addresses import normalise
from stanch.model.chain import EVM, TRON_NAMESPACE, Chain

READ: Final = (EVM, TRON_NAMESPACE)  # namespaces of chains whose events have topics and data
MAX_TOPICS: Final = 4
MAX_DATA: Final = 2 + 2 * 1024  # characters: 0x and a KiB; a freeze has one word
MAX_NUMBER: Final = 2**53 - 1  # what JSON keeps exact
_WORD: Final = re.compile(r"(?:0x)?([0-9a-fA-F]{64})")
_BYTES: Final = re.compile(r"(?:0x)?((?:[0-9a-fA-F]{2})*)")
_QUANTITY: Final = re.compile(r"0x[0-9a-fA-F]{1,16}")
_BARE: Final = re.compile(r"[0-9a-fA-F]{40}")  # how Tron's receipts name a contract
_NAMES: Final = ("address", "transactionHash", "blockNumber", "logIndex", "topics", "data")


@dataclass(frozen=True, slots=True)
class Event:
    """Chain (CAIP-2), the contract that said it, its transaction, the block's number, its index in
    the block, topics and data. Hex is lower case after 0x.
    """

    chain: str
    contract: str
    transaction: str
    block: int
    index: int
    topics: tuple[str, ...]
    data: str

    def body(self) -> dict[str, Any]:
        """As JSON has it."""
        return {**asdict(self), "topics": list(self.topics)}


def checked(event: Event) -> Event:
    """The same in canonical form. Raises ValueError with a short reason where it can be none."""
    namespace = Chain.parse(_short("chain", event.chain)).namespace
    if namespace not in READ:
        raise ValueError(f"events of {namespace} cannot be read")
    if not isinstance(event.topics, list | tuple) or not 1 <= len(event.topics) <= MAX_TOPICS:
        raise ValueError(f"an event has 1 to {MAX_TOPICS} topics")
    return Event(
        chain=event.chain,
        contract=_contract(event.chain, _short("contract", event.contract)),
        transaction=_word("transaction", event.transaction),
        block=_number("block", event.block),
        index=_number("index", event.index),
        topics=tuple(_word("a topic", each) for each in event.topics),
        data=_data(event.data),
    )


def from_log(chain: str, log: Mapping[str, Any]) -> Event:
    """An event from a node's own JSON (`eth_getTransactionReceipt`, one of its `logs`).

    Tron's receipts have the same without 0x; number and transaction are to be put beside it.
    Raises ValueError, also for an event whose block was taken back.
    """
    missing = [name for name in _NAMES if name not in log]
    if missing:
        raise ValueError(f"the log lacks {', '.join(missing)}")
    if log.get("removed", False) is not False:
        raise ValueError("the log was removed: its block is no part of the chain any more")
    address, transaction, block, index, topics, data = (log[name] for name in _NAMES)
    numbers = (_quantity("blockNumber", block), _quantity("logIndex", index))
    return checked(Event(chain, address, transaction, *numbers, topics, data))


def _contract(chain: str, text: str) -> str:
    tron = chain.startswith(f"{TRON_NAMESPACE}:")
    return normalise(chain, f"41{text}" if tron and _BARE.fullmatch(text) else text)


def _short(name: str, text: object) -> str:
    if not isinstance(text, str) or not 0 < len(text) <= MAX_DATA:
        raise ValueError(f"{name} is no short text")
    return text


def _word(name: str, text: object) -> str:
    match = _WORD.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise ValueError(f"{name} is not 32 bytes in hex")
    return f"0x{match[1].lower()}"


def _data(text: object) -> str:
    if not isinstance(text, str) or len(text) > MAX_DATA:
        raise ValueError(f"data is longer than {MAX_DATA} characters, or no text")
    match = _BYTES.fullmatch(text)
    if match is None:
        raise ValueError("data is not whole bytes in hex")
    return f"0x{match[1].lower()}"


def _number(name: str, value: object) -> int:
    if type(value) is not int or not 0 <= value <= MAX_NUMBER:
        raise ValueError(f"{name} is no whole number")
    return value


def _quantity(name: str, value: object) -> int:
    """A number, or hex as nodes write it."""
    if isinstance(value, str) and _QUANTITY.fullmatch(value):
        return _number(name, int(value, 16))
    return _number(name, value)
