"""What a node answers to one call, and what its refusals mean.

Nodes word their refusals as they like; the codes are those of JSON-RPC 2.0 and EIP-1474, the
phrases those that geth, erigon, nethermind, reth and the large providers were seen to use.
"""

import re
from typing import Any, Final

NO_METHOD: Final = -32601
WARMING_UP: Final = -28  # bitcoind, while it reads its blocks
NO_ROOM: Final = -32005  # "limit exceeded" of EIP-1474: too many results, or too many requests

_SLOWER = re.compile(r"rate|too many requests|capacity|throttl|per second|quota", re.IGNORECASE)
_SMALLER = re.compile(
    r"range|limit|too many|more than|too large|exceed|response size|timed? ?out", re.IGNORECASE
)
_GONE = re.compile(
    r"missing trie|prun|historical state|state .*not available|history|older than", re.IGNORECASE
)
_NO_METHOD = re.compile(
    r"method.*(not|n't)|not (supported|available|enabled|whitelisted)|unsupported", re.IGNORECASE
)


class Refusal(Exception):
    """A node's own word that it will not answer a call. `code` and `said` are its own."""

    def __init__(self, code: int, said: str) -> None:
        """Keep both; `said` is shortened, for it may be a page of HTML."""
        super().__init__(said[:200])
        self.code = code
        self.said = said[:200]


class Slower(Refusal):
    """It was asked too often."""


class Smaller(Refusal):
    """It was asked for too much at once."""


class Gone(Refusal):
    """It no longer has what is so old."""


class NoMethod(Refusal):
    """It does not know, or does not offer, the method."""


def refusal(error: Any) -> Refusal:
    """The refusal that the member `error` of an answer stands for."""
    error = error if isinstance(error, dict) else {}
    code, said = error.get("code"), str(error.get("message", "no reason given"))
    code = code if isinstance(code, int) else 0
    if code == WARMING_UP or _SLOWER.search(said):
        return Slower(code, said)
    if code == NO_METHOD:
        return NoMethod(code, said)
    if _GONE.search(said):
        return Gone(code, said)
    if code == NO_ROOM or _SMALLER.search(said):
        return Smaller(code, said)
    return (NoMethod if _NO_METHOD.search(said) else Refusal)(code, said)
