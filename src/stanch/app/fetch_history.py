"""Ask an explorer for the histories of addresses: what investigators without a node have."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stanch.errors import UsageError
from stanch.formats.addresses import normalise
from stanch.model.chain import EVM, Chain
from stanch.pipeline.fetch_history import Histories, Progress, fetch_histories
from stanch.sources.etherscan.api import Explorer

__all__ = ["ETHERSCAN", "Histories", "HistoryRequest", "Progress", "fetch_history"]

ETHERSCAN: Final = "https://api.etherscan.io/v2/api"


@dataclass(frozen=True, slots=True)
class HistoryRequest:
    """Addresses on `chain` (CAIP-2), the explorer's `url` and its `key`, the folder at `out`, and
    how often a second it may be asked.
    """

    chain: str
    addresses: Sequence[str]
    out: Path
    url: str = ETHERSCAN
    key: str = ""
    rate: float = 4.0


def fetch_history(request: HistoryRequest, progress: Progress) -> Histories:
    """Bring the folder up to date.

    Raises UsageError where the request cannot be followed, NodeError where the explorer refuses,
    OutputError where the folder cannot be written.
    """
    try:
        chain = Chain.parse(request.chain)
        addresses = [normalise(request.chain, each) for each in request.addresses]
    except ValueError as error:
        raise UsageError(str(error)) from None
    if chain.namespace != EVM:
        raise UsageError(f"--chain: explorers of EVM chains are asked, not of {chain}")
    if not request.url.startswith(("http://", "https://")):
        raise UsageError("--url: an API is named by a URL that begins with http:// or https://")
    explorer = Explorer(request.url, int(chain.reference), request.key, request.rate)
    try:
        return fetch_histories(explorer, sorted(set(addresses)), request.out, progress)
    finally:
        explorer.close()
