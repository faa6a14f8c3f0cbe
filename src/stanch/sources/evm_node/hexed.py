"""Hex as JSON-RPC writes it: quantities, addresses, words of 32 bytes."""

from functools import lru_cache
from typing import Any, Final

ADDRESS: Final = 42  # letters of an address with its 0x
WORD: Final = 64  # hex digits of 32 bytes
ZEROS: Final = "0x" + "0" * 24  # what stands before an address in a topic


def quantity(text: Any) -> int:
    """A quantity such as 0x1a. Raises ValueError where it is none."""
    if not isinstance(text, str) or text[:2] != "0x":
        raise ValueError(f"{text!r:.40} is no quantity")
    return int(text, 16)


def maybe(text: Any) -> int:
    """A quantity that may be missing, as 0."""
    return 0 if text is None else quantity(text)


@lru_cache(1 << 16)
def address(text: Any) -> str:
    """A lower-case address. Raises ValueError where it is none."""
    if not isinstance(text, str) or len(text) != ADDRESS or text[:2] != "0x":
        raise ValueError(f"{text!r:.60} is no address")
    int(text, 16)
    return text.lower()


@lru_cache(1 << 16)  # few addresses make most of a chain's transfers
def topic_address(topic: str) -> str:
    """The address in a topic. Raises ValueError where the topic holds more than an address."""
    if len(topic) != 2 + WORD or topic[:26] != ZEROS:
        raise ValueError(f"{topic!r:.70} is no address in a topic")
    return "0x" + topic[26:].lower()


def words(data: str) -> list[int]:
    """The words of event data as integers. Raises ValueError where they are not whole."""
    if len(data) == 2 + WORD and data[:2] == "0x":
        return [int(data, 16)]
    digits = data[2:]
    if data[:2] != "0x" or len(digits) % WORD:
        raise ValueError("event data is not whole words")
    return [int(digits[at : at + WORD], 16) for at in range(0, len(digits), WORD)]
