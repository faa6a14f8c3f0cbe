"""Read a chain from its nodes into a lake, as far as it goes, and go on from there next time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from stanch.errors import UsageError
from stanch.model.chain import EVM, UTXO, Chain
from stanch.pipeline.fetch import Fetched, FetchJob, Progress
from stanch.pipeline.fetch import fetch as run
from stanch.sources.bitcoin_node.coins import AS_DECIMALS
from stanch.sources.bitcoin_node.reader import BitcoinReader
from stanch.sources.evm_node.reader import EvmReader
from stanch.sources.rpc.endpoint import Endpoint
from stanch.sources.rpc.nodes import Nodes
from stanch.sources.rpc.told import ChainReader
from stanch.store.lake import Lake

__all__ = ["FetchJob", "FetchRequest", "Fetched", "Progress", "fetch", "urls_in"]

_READERS: Final[Mapping[str, Callable[[str, Endpoint], ChainReader]]] = {
    EVM: EvmReader,
    UTXO: BitcoinReader,
}


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """Nodes of `chain` (CAIP-2) at `urls`, the lake at `out`, and which blocks."""

    chain: str
    urls: Sequence[str]
    out: Path
    job: FetchJob = field(default_factory=FetchJob)


def fetch(request: FetchRequest, progress: Progress) -> tuple[Fetched, Lake]:
    """What was read, and the lake as it is now.

    Raises UsageError where the request cannot be followed, NodeError where the nodes cannot tell
    what is asked, OutputError where the disk is full. Whole spans that were read stay.
    """
    try:
        chain = Chain.parse(request.chain)
    except ValueError as error:
        raise UsageError(f"--chain: {error}") from None
    if chain.namespace not in _READERS:
        raise UsageError(f"--chain: nodes of {' and '.join(_READERS)} are read, not of {chain}")
    endpoints = [_endpoint(str(chain), url) for url in request.urls]
    try:
        nodes = Nodes.of([_READERS[chain.namespace](str(chain), each) for each in endpoints])
        lake = Lake(request.out, str(chain))
        return run(nodes, lake, request.job, progress), lake
    finally:
        for each in endpoints:
            each.close()


def urls_in(file: Path) -> list[str]:
    """Addresses of nodes, one a line; lines that begin with # are not read.

    Raises UsageError where the file cannot be read.
    """
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: cannot be read ({error})") from None
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def _endpoint(chain: str, url: str) -> Endpoint:
    if not url.startswith(("http://", "https://")):
        raise UsageError("--rpc: a node is named by a URL that begins with http:// or https://")
    return Endpoint(url, decimals=chain in AS_DECIMALS)
