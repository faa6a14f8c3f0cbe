"""The benchmarks' own modules can be imported by their tests."""

import sys

from tests.conftest import ROOT

BENCH = str(ROOT / "bench")
if BENCH not in sys.path:
    sys.path.append(BENCH)
