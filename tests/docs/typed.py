"""What a page tells people to type, typed: its files written, its sh blocks run as one script."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests import warm
from tests.docs.fences import ROOT, blocks


def typed(
    page: str, folder: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Type docs/PAGE in a folder; the first command that fails is an error here."""
    found = list(blocks(ROOT / "docs" / page))
    for each in found:
        if each.file:
            (folder / each.file).write_text(each.text, encoding="utf-8")
    script = "".join(each.text for each in found if each.language == "sh")
    done = subprocess.run(
        ["sh", "-eux"], input=script, cwd=folder, capture_output=True, text=True, check=False,
        env=os.environ | {"PATH": warm.path(), **environment},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done
