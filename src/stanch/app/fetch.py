"""Read a chain from its nodes into a lake, as far as it goes, and go on from there next time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from stanch.errors import UsageError
from stanch.model.chain import EVM, Chain
from stanch.pipeline.fetch import Fetched, FetchJob, Progress
from stanch.pipeline.fetch import fetch as run
from stanch.sources.evm_node.endpoint import Endpoint
from stanch.sources.evm_node.nodes import Nodes
from stanch.store.lake import Lake

__all__ = ["FetchJob", "FetchRequest", "Fetched", "Progress", "fetch", "urls_in"]


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
    if chain.namespace != EVM:
        raise UsageError(f"--chain: nodes of EVM chains are read, not of {chain}")
    endpoints = [_endpoint(url) for url in request.urls]
    try:
        nodes = Nodes.at(str(chain), endpoints)
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


def _endpoint(url: str) -> Endpoint:
    if not url.startswith(("http://", "https://")):
        raise UsageError("--rpc: a node is named by a URL that begins with http:// or https://")
    return Endpoint(url)
