"""Readers of what strangers send: no bytes crash them, hang them or take their memory."""

import importlib.util
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.fuzz.persona_seeds import READERS

HARNESS = Path(__file__).with_name("fuzz_persona_files.py")
SECONDS = 120  # five kinds: ten minutes
ROUNDS = 25


def _changed(data: bytes, chance: random.Random) -> bytes:
    """Bytes with some flipped, cut out, said twice, or an end missing."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 2, 8))):
        at = chance.randrange(len(found) or 1)
        size = chance.randrange(1, 40)
        match chance.randrange(5):
            case 0 if found:
                found[at] = chance.randrange(256)
            case 1:
                del found[at : at + size]
            case 2:
                found[at:at] = found[at : at + size] * chance.choice((1, 50))
            case 3:
                found[at:at] = chance.choice((b"\0", b"999999999", b"<<", b"/JS", b'"', b"\n"))
            case _:
                del found[chance.randrange(len(found) // 2, len(found) + 1) :]
    return bytes(found)


@pytest.mark.parametrize("kind", READERS)
def test_changed_files_are_read_or_refused(kind: str):
    read, seeds = READERS[kind]
    chance, reasons = random.Random(7), []
    for _ in range(ROUNDS):
        try:
            read(_changed(chance.choice(seeds), chance))
        except ValueError as error:
            reasons.append(str(error))
    assert all(0 < len(reason) < 200 for reason in reasons)


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="atheris is not here")
@pytest.mark.parametrize("kind", READERS)
def test_no_bytes_break_a_reader(kind: str, tmp_path: Path):
    limits = [f"-max_total_time={SECONDS}", "-timeout=20", "-rss_limit_mb=2000"]
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, str(HARNESS), kind, *limits],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=SECONDS * 4,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    assert time.monotonic() - begun >= SECONDS / 2, "it did not begin"
    assert not [*tmp_path.glob("crash-*"), *tmp_path.glob("timeout-*"), *tmp_path.glob("oom-*")]
