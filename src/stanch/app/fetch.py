"""Read a chain from its nodes into a lake, as far as it goes, and go on from there next time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

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
from stanch.store.lake import ALL, TOKENS, Lake

__all__ = ["FetchJob", "FetchRequest", "Fetched", "Progress", "fetch", "urls_in"]


@dataclass(frozen=True, slots=True)
class FetchRequest:
    """Nodes of `chain` (CAIP-2) at `urls`, the lake at `out`, and which blocks; on an EVM chain
    of all that they move or, with `tokens_only`, of tokens alone.
    """

    chain: str
    urls: Sequence[str]
    out: Path
    job: FetchJob = field(default_factory=FetchJob)
    tokens_only: bool = False


def fetch(request: FetchRequest, progress: Progress) -> tuple[Fetched, Lake]:
    """What was read, and the lake as it is now.

    Raises UsageError where the request cannot be followed, NodeError where the nodes cannot tell
    what is asked, OutputError where the disk is full. Whole spans that were read stay.
    """
    try:
        chain = Chain.parse(request.chain)
    except ValueError as error:
        raise UsageError(f"--chain: {error}") from None
    endpoints = [_endpoint(str(chain), url) for url in request.urls]
    try:
        nodes = Nodes.of([_reader(chain, each, request.tokens_only) for each in endpoints])
        lake = Lake(request.out, str(chain), TOKENS if request.tokens_only else ALL)
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


def _reader(chain: Chain, endpoint: Endpoint, tokens_only: bool) -> ChainReader:
    if chain.namespace == EVM:
        return EvmReader(str(chain), endpoint, tokens_only=tokens_only)
    if chain.namespace == UTXO and not tokens_only:
        return BitcoinReader(str(chain), endpoint)
    what = "tokens" if tokens_only else "nodes"
    raise UsageError(f"--chain: {what} of {chain} cannot be read; eip155 and bip122 can")


def _endpoint(chain: str, url: str) -> Endpoint:
    if not url.startswith(("http://", "https://")):
        raise UsageError("--rpc: a node is named by a URL that begins with http:// or https://")
    return Endpoint(url, decimals=chain in AS_DECIMALS)
