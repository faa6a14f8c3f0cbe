"""What was learned, as CSV or JSON."""

import json
from collections.abc import Sequence
from pathlib import Path

from stanch.app.csv_file import lines


def table(out: Path, about: dict[str, object], items: Sequence[str]) -> bytes:
    """The indicators for a file called `out`: JSON with what they are about where it ends in
    `.json`, else CSV with the columns `kind` and `indicator`.
    """
    parts = [each.partition(":") for each in items]
    if out.suffix == ".json":
        rows = [{"kind": kind, "indicator": value} for kind, _, value in parts]
        return (json.dumps(about | {"indicators": rows}, indent=1) + "\n").encode()
    return lines([("kind", "indicator"), *((kind, value) for kind, _, value in parts)])
