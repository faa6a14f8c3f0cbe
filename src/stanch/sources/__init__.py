"""The world's files, read into TRANSFERS: one folder for each source, none knowing another.

`read` is the door:

    for batch in (reading := read("csv", SourceRequest(files, asset="USD", decimals=2))):
        ...                      # batch.transfers, batch.rejected
    reading.assets, reading.notes
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from stanch.errors import UsageError
from stanch.sources.batches import Batch, Reading
from stanch.sources.csv.reader import CsvReading
from stanch.sources.etherscan.reader import EtherscanReading
from stanch.sources.parquet.reader import ParquetReading
from stanch.sources.request import SourceRequest

__all__ = ["SOURCES", "Batch", "Reading", "SourceRequest", "read"]

SOURCES: Final[Mapping[str, Callable[[SourceRequest], Reading]]] = MappingProxyType(
    {each.source: each for each in (CsvReading, EtherscanReading, ParquetReading)}
)


def read(source: str, request: SourceRequest) -> Reading:
    """Begin to read the files of a request; iterating reads them, batch after batch.

    Raises UsageError for an unknown source, a missing file or a missing option. While iterating,
    InputError where a file lacks the columns or is no such file at all. Bad rows raise nothing:
    they are in `Batch.rejected`.
    """
    if source not in SOURCES:
        raise UsageError(f"there is no source {source}: choose from {', '.join(SOURCES)}")
    return SOURCES[source](request.checked())
