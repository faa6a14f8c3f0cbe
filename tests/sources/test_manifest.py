"""Every source says whose files it reads."""

import pytest

from stanch.sources import SOURCES
from stanch.sources.manifest import manifest


@pytest.mark.parametrize("source", SOURCES)
def test_each_source_has_a_manifest_of_its_own_name(source):
    said = manifest(source)
    assert said.name == source
    assert said.publisher
    assert said.licence
    assert 0 <= said.min_rows < said.max_rows


def test_suspicious_numbers_of_rows_are_doubted():
    said = manifest("etherscan")
    assert "empty by mistake" in (said.doubt("x", 0) or "")
    assert "cut short" in (said.doubt("x", 10_000) or "")
    assert "more than" in (said.doubt("x", said.max_rows + 1) or "")
    assert said.doubt("x", 17) is None
