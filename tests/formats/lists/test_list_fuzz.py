"""Any bytes give entries, refused rows and unknown fields, or ValueError, for every kind."""

import io
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fuzz.list_seeds import NAMES, SEEDS

from stanch.formats.lists.listfile import ListFile
from stanch.formats.lists.registry import PARSERS
from stanch.model.listed import Entry, RefusedEntry, UnknownField

SECONDS = 5  # for one small file; a hang is a failure


def outcome(kind: str, data: bytes) -> str:
    """What a file comes to. Anything but the contract's results is an error of the test."""
    begun = time.monotonic()
    try:
        for each in PARSERS[kind]([ListFile(NAMES.get(kind, "list"), io.BytesIO(data))]):
            assert isinstance(each, Entry | RefusedEntry | UnknownField)
            assert not isinstance(each, Entry) or (each.id and each.names)
    except ValueError as error:
        said = str(error)
        assert said
        assert len(said) < 400
        return said
    finally:
        assert time.monotonic() - begun < SECONDS
    return ""


@pytest.mark.parametrize("kind", sorted(SEEDS))
def test_seeds_are_whole_files_of_their_kind(kind: str):
    assert [outcome(kind, seed) for seed in SEEDS[kind]] == [""] * len(SEEDS[kind])


@pytest.mark.parametrize("kind", sorted(PARSERS))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(kind: str, data: bytes):
    outcome(kind, data)


@pytest.mark.parametrize("kind", sorted(SEEDS))
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_files_are_read_or_refused(kind: str, data: st.DataObject):
    whole = data.draw(st.sampled_from(SEEDS[kind]))
    first, last = sorted(data.draw(st.tuples(*[st.integers(0, len(whole))] * 2)))
    patch = data.draw(st.binary(max_size=20) | st.text(max_size=20).map(_bytes))
    outcome(kind, whole[:first] + patch + whole[last:])


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("kind", sorted(SEEDS))
def test_a_file_cut_anywhere_is_read_or_refused(kind: str):
    for whole in SEEDS[kind]:
        for at in range(0, len(whole), max(1, len(whole) // 150)):
            outcome(kind, whole[:at])
