"""What docs/sharing.md tells people to type works at a desk that runs, line by line."""

import json
import os
import subprocess

from tests import warm
from tests.docs.fences import ROOT, blocks
from tests.live_world import live_world

PAGE = ROOT / "docs" / "sharing.md"


def test_the_page_from_the_first_share_to_its_end(tmp_path):
    for each in blocks(PAGE):
        if each.file:
            (tmp_path / each.file).write_text(each.text, encoding="utf-8")
    script = "".join(each.text for each in blocks(PAGE) if each.language == "sh")
    with live_world(tmp_path) as world:
        environment = os.environ | {
            "PATH": warm.path(),
            "STANCH_SERVER": world.desk.url,
            "STANCH_API_KEY": world.people["kr"].api_key,
        }
        done = subprocess.run(
            ["sh", "-eux"], input=script, cwd=tmp_path, env=environment, capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        known, seen, row = world.call("kr", "GET", "/v1/shares")["items"]
        left = world.call("jp", "GET", "/v1/collections/stolen-assets/objects?versions=all")
    assert (row["kind"], row["reason"], row["to"]) == (
        "case", "It is over.", ["mem-fiu", "mem-japan", "mem-upbeat"],
    )  # fmt: skip
    assert (seen["kind"], seen["reason"]) == ("item", "It was a test deposit.")
    assert known["terms"] == {"pap": "PAP:AMBER", "reliability": "B", "credibility": "2"}
    assert {each["type"] for each in left["items"]} > {"incident", "marking-definition"}
    assert row["row"] not in json.dumps(left["items"])
    said = done.stdout
    assert "0 new, 0 taken back" in said
    assert "13 objects: 8 new, 0 taken back" in said
    told = next(b.text for b in blocks(PAGE) if b.text.startswith("share-")).splitlines()[1]
    assert told in said
    assert "9 objects: 1 new, 0 taken back" in said
    assert "released to nobody who reads Stolen assets: release it first" in done.stderr
    partner = said.partition("Stolen assets")[2].partition("share-")[0]
    assert "cryptocurrency-wallet--" in partner
    assert "note--" not in partner
