"""The fonts that packs are set in, installed where they are missing and this machine lets us."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def cjk_fonts():
    found = subprocess.run(
        ["sh", str(ROOT / ".ci" / "fonts")], capture_output=True, text=True, check=False
    )
    if found.returncode:
        pytest.fail(found.stderr.strip())
    return Path(found.stdout.strip())
