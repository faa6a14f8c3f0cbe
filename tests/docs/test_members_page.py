"""What docs/members.md tells people to type works at a desk that runs, line by line."""

import os
import subprocess
import sys
from pathlib import Path

from tests.docs.fences import ROOT, blocks
from tests.live_desk import live_desk

PAGE = ROOT / "docs" / "members.md"
BIN = Path(sys.executable).parent


def test_the_page_from_the_first_link_to_signing_out(tmp_path):
    found = list(blocks(PAGE))
    for each in found:
        if each.file:
            (tmp_path / each.file).write_text(each.text, encoding="utf-8")
    script = "".join(each.text for each in found if each.language == "sh")
    with live_desk(tmp_path / "desk") as desk:
        (tmp_path / "kim.link").write_text(desk.link)
        environment = os.environ | {
            "PATH": f"{BIN}:{os.environ['PATH']}",
            "STANCH_SERVER": desk.url,
            "STANCH_SESSION": str(tmp_path / "session"),
        }
        done = subprocess.run(
            ["sh", "-eux"], input=script, cwd=tmp_path, env=environment, capture_output=True,
            text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for name in ("mina.link", "lee.link", "night.key"):
        secret = (tmp_path / name).read_text().strip()
        assert secret.startswith(("stl_", "stk_"))
        assert secret not in done.stdout
        assert secret not in (tmp_path / "serve.log").read_text()
    assert not (tmp_path / "session").exists()
