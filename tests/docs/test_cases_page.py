"""What docs/cases.md tells people to type works at a desk that runs, line by line."""

import os
import subprocess
import sys
from pathlib import Path

from tests.docs.fences import ROOT, blocks
from tests.live_world import live_world

PAGE = ROOT / "docs" / "cases.md"
BIN = Path(sys.executable).parent


def test_the_page_from_the_first_report_to_the_closed_case(tmp_path):
    found = list(blocks(PAGE))
    for each in found:
        if each.file:
            (tmp_path / each.file).write_text(each.text, encoding="utf-8")
    script = "".join(each.text for each in found if each.language == "sh")
    with live_world(tmp_path) as world:
        environment = os.environ | {
            "PATH": f"{BIN}:{os.environ['PATH']}",
            "STANCH_SERVER": world.desk.url,
            "STANCH_API_KEY": world.people["kr"].api_key,
        }
        done = subprocess.run(
            ["sh", "-eux"], input=script, cwd=tmp_path, env=environment, capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        (case,) = world.call("upbeat", "GET", "/v1/cases")["items"]
        judged = world.call("kr", "GET", f"/v1/cases/{case['id']}/judgements")["items"]
    assert (case["title"], case["state"]) == ("Theft at Upbeat", "closed")
    assert sorted(each["stance"] for each in judged) == ["attributes", "disputes"]
    assert "record: 0 valid, 0 invalid\nrepeats: rep-" in done.stderr
    assert (tmp_path / "copy.txt").read_bytes() == (tmp_path / "receipt.txt").read_bytes()
