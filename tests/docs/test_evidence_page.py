"""What docs/evidence.md tells people to type works from one desk to another, line by line."""

import os
import subprocess
from pathlib import Path

import pytest

from tests import warm
from tests.app.evidence.traced import ledger, trace
from tests.cli.test_key import WORDS
from tests.docs.fences import ROOT, Block, blocks
from tests.live_world import World, live_world

PAGE = ROOT / "docs" / "evidence.md"


def typed(block: Block, at: Path, world: World, who: str, **more: str) -> str:
    """What a block prints for somebody."""
    environment = os.environ | {
        "PATH": warm.path(),
        "STANCH_SERVER": world.desk.url,
        "STANCH_API_KEY": world.people[who].api_key,
        **more,
    }
    done = subprocess.run(
        ["sh", "-eux"], input=block.text, cwd=at, env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def key(world: World, who: str, file: Path) -> None:
    file.touch(0o600)
    file.write_text(world.people[who].key.to_pem(WORDS))


@pytest.fixture
def there(tmp_path: Path) -> Path:
    """A folder with what the page begins with."""
    for each in blocks(PAGE):
        if each.language == "text" and each.file:
            (tmp_path / each.file).write_text(each.text, encoding="utf-8")
    (tmp_path / "words").write_text(WORDS)
    ledger(tmp_path)
    trace(tmp_path)
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    return tmp_path


def packed(there: Path, korea: World) -> dict[str, str]:
    """Korea packs and hands over, and anybody verifies; returns whom one believes."""
    pack, check = [each for each in blocks(PAGE) if each.language == "sh" and not each.file]
    key(korea, "kr", there / "kim.pem")
    assert typed(pack, there, korea, "kr").splitlines()[-1].startswith("evidence.zip: ")
    trust = {"PIN": korea.pin, "DESK_KEY": korea.desk.key}
    lines = typed(check, there, korea, "kr", **trust).splitlines()
    assert "the log proves the time of 0 of 2 signatures" in lines
    assert "the log proves the time of 2 of 2 signatures" in lines
    assert "  and 3 of 3 things in the case" in lines
    assert lines[-1].endswith(": run again, the same bytes")
    assert any(each.endswith("As agreed on Tuesday.") for each in lines)
    return trust


def taken(there: Path, japan: World, trust: dict[str, str]) -> None:
    """Japan takes it in, and shares it with nobody yet."""
    (take,) = [each for each in blocks(PAGE) if each.language == "sh" and each.file == "japan"]
    key(japan, "jp", there / "sato.pem")
    took = typed(take, there, japan, "jp2", **trust)
    assert "2. received from mem-fiu to mem-japan" in took
    assert took.splitlines()[-3] == "now with mem-japan"
    (case,) = japan.call("jp2", "GET", "/v1/cases")["items"]
    items = japan.call("jp2", "GET", f"/v1/cases/{case['id']}/items")["items"]
    hidden = japan.call("kr", "GET", "/v1/cases?owner=mem-japan")["items"]
    assert (case["title"], case["owner"], hidden) == ("Theft at Upbeat", "mem-japan", [])
    assert sorted((each["kind"], each["marking"]) for each in items) == [
        ("file", "TLP:AMBER"), ("file", "TLP:AMBER+STRICT"), ("note", "TLP:AMBER"),
        ("note", "TLP:AMBER+STRICT"), ("trace", "TLP:GREEN"),
    ]  # fmt: skip


def test_the_page_from_korea_to_japan_at_one_desk(there):
    with live_world(there / "one") as world:
        taken(there, world, packed(there, world))


@pytest.mark.slow
def test_the_page_from_desk_to_desk(there):
    with live_world(there / "one") as korea:
        trust = packed(there, korea)
    with live_world(there / "two", korea.offline) as japan:
        taken(there, japan, trust)
