"""Reading small files written out in a test."""

import gzip
from pathlib import Path

import pytest

from stanch.sources import SourceRequest, read


class Result:
    """Everything that a reading gave, as Python rows."""

    def __init__(self, reading):
        batches = list(reading)
        self.transfers = [row for each in batches for row in each.transfers.to_pylist()]
        self.rejected = [row for each in batches for row in each.rejected.to_pylist()]
        self.reading = reading

    def pick(self, *names):
        """Some columns, one tuple a transfer."""
        return [tuple(row[name] for name in names) for row in self.transfers]

    @property
    def refused(self):
        """Row and reason of each rejected row."""
        return [(row["row"], row["reason"]) for row in self.rejected]


@pytest.fixture
def load():
    def load(source, *files, **said) -> Result:
        return Result(read(source, SourceRequest(tuple(files), **said)))

    return load


@pytest.fixture
def write(tmp_path):
    """Write text or bytes to a file, packed where its name ends in gz."""

    def write(name: str, content: str | bytes) -> Path:
        data = content.encode() if isinstance(content, str) else content
        path = tmp_path / name
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        return path

    return write
