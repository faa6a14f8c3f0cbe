"""docs/partners.md is played at a desk that is its own partner."""

import json
import os
import subprocess
from pathlib import Path

from sqlalchemy import select

from stanch.app.desk.desk import opened
from stanch.sharing.partners.quarantine import Aside, lay_aside
from stanch.store.desk.tables import partner
from tests import warm
from tests.docs.fences import ROOT, blocks
from tests.live_desk import COMMAND, live_desk

PAGE = ROOT / "docs" / "partners.md"
HERE = "127.0.0.0/8"
BEFORE = """
stanch session open --link-file kim.link
stanch member add Upbeat --kind exchange --country KR
stanch person roles $(stanch me show --json | grep -o 'per-[0-9a-f]*') \
    --role analyst --role administrator
stanch collection new "Stolen assets" --alias stolen-assets
stanch collection new "Inbox" --alias inbox
stanch collection grant stolen-assets mem-upbeat --read
stanch api-key new "TAXII" --scope share --scope read --out taxii.key
umask 077
echo "desk:$(cat taxii.key)" > partner.secret
"""
ONE = {
    "type": "identity", "spec_version": "2.1", "name": "Somebody",
    "id": "identity--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f",
    "created": "2026-11-26T12:00:00.000Z", "modified": "2026-11-26T12:00:00.000Z",
}  # fmt: skip
EVENT = {"Event": {"info": "An event", "date": "2026-11-26", "Attribute": [],
                   "uuid": "5f5e5d5c-17d4-4cbf-938f-98ee46b3cd3f"}}  # fmt: skip
HELD = b'{"type":"identity","id":"identity--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd40","name":"x"}'


def test_the_page_is_as_a_desk_answers(tmp_path):
    found = [each.text for each in blocks(PAGE) if each.language == "sh"]
    (tmp_path / "bundle.json").write_text(json.dumps({"objects": [ONE]}))
    (tmp_path / "event.json").write_text(json.dumps(EVENT))
    (tmp_path / "feed").mkdir()
    (tmp_path / "feed" / "manifest.json").write_text(json.dumps({"an-event": {}}))
    (tmp_path / "feed" / "an-event.json").write_text(json.dumps(EVENT))
    (tmp_path / "samples.sha256").write_text("ab" * 32 + "\n")
    folder = tmp_path / "desk"
    with live_desk(folder, "--reach", HERE) as desk:
        (tmp_path / "kim.link").write_text(desk.link)
        environment = os.environ | {
            "PATH": warm.path(),
            "PARTNER": desk.url, "STANCH_SERVER": desk.url,
            "STANCH_SESSION": str(tmp_path / "session"),
        }  # fmt: skip

        def play(script: str) -> str:
            done = subprocess.run(
                ["sh", "-eu"], input=script, cwd=tmp_path, env=environment, capture_output=True,
                text=True, check=False,
            )  # fmt: skip
            assert done.returncode == 0, (script, done.stderr)
            return done.stdout

        look, add, poll, push, held, imported = found
        worker = subprocess.Popen([*COMMAND, "work", "--desk", str(folder), "--allow", HERE])
        try:
            play(BEFORE)
            assert "1 objects lie in stolen-assets" in play(imported.splitlines()[0])
            assert "stolen-assets" not in play(look)  # by its id, not its alias
            link = play(add).split()[-1]
            came = play(poll.replace("link-0123456789abcdef", link))
            assert "kept" in came
            assert "identity" in play("stanch collection objects from-upbeat")
            adding, pushing = push.split("stanch partner push")
            other = play(adding).split()[-1]
            play("stanch partner push" + pushing.replace("link-fedcba9876543210", other))
            assert "identity" in play("stanch collection objects inbox")
            id = _aside(folder, link)
            held = held.replace("link-0123456789abcdef", link)
            shown = play(held.replace("held-0123456789abcdef", id))
            assert "has no spec_version" in shown
            assert (tmp_path / "held.json").read_bytes() == HELD
            assert "0 refused" in play(imported)
        finally:
            worker.terminate()
            worker.wait(20)


def _aside(folder: Path, link: str) -> str:
    with opened(folder) as desk, desk.database.write() as tx:
        of = select(partner.c.collection).where(partner.c.id == link)
        into = tx.connection.execute(of).scalar_one()
        lay_aside(tx, link, into, [Aside("identity", "has no spec_version", HELD)])
        query = "select id from quarantine"
        return str(tx.connection.exec_driver_sql(query).scalar_one())
