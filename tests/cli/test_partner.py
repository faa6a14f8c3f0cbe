"""`stanch partner`, `stanch quarantine` and `stanch collection import`: a desk that polls itself.

Its collection `copy` is fed by a link from its own collection `attack`, through its own TAXII.
"""

import gzip
import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from stanch.app.desk.desk import opened
from stanch.model.desk.marking import Marking
from stanch.sharing.partners.quarantine import Aside, lay_aside
from stanch.store.desk.tables import collection, partner, shared_object
from tests.app.taxii.federation import TLP
from tests.cli.test_key import run
from tests.live_desk import COMMAND
from tests.live_house import House, live_house

HERE = "127.0.0.0/8"


@dataclass
class Working:
    """A desk with a worker, a key of its administrator's in a file, and a link to itself."""

    house: House
    key: Path
    link: str

    def said(self, *words: object) -> str:
        return self.house.said(self.house.chief, *words)

    def data(self, *words: object) -> Any:
        return json.loads(self.said(*words, "--json"))

    def imported(self, *words: object) -> str:
        done = run("collection", "import", *words, "--api-key-file", self.key, env=self.env)
        assert done.exit_code == 0, done.exception or done.output
        return done.output.strip()

    @property
    def env(self) -> dict[str, str]:
        return {"STANCH_SERVER": self.house.desk.url, "STANCH_SESSION": str(self.house.chief)}

    def lying(self, alias: str) -> list[bytes]:
        with opened(self.house.folder / "desk") as desk, desk.database.read() as connection:
            of = select(collection.c.id).where(collection.c.alias == alias)
            query = select(shared_object.c.bytes).where(
                shared_object.c.collection == of.scalar_subquery()
            )
            return list(connection.execute(query.order_by(shared_object.c.added)).scalars())


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Working]:
    folder = tmp_path_factory.mktemp("partners")
    with live_house(folder, "--reach", HERE) as house:
        me = json.loads(house.said(house.chief, "me", "show", "--json"))["person"]
        roles = ("--role", "analyst", "--role", "administrator")
        house.said(house.chief, "person", "roles", me, *roles)
        key, secret = folder / "key", folder / "secret"
        scopes = ("--scope", "share", "--scope", "read")
        house.said(house.chief, "api-key", "new", "taxii", *scopes, "--out", key)
        secret.touch(0o600)
        secret.write_text(f"me:{key.read_text()}")
        for alias in ("attack", "copy"):
            house.said(house.chief, "collection", "new", alias.title(), "--alias", alias)
        link = house.said(
            house.chief, "partner", "add", f"{house.desk.url}/taxii2/desk/", "--remote", "attack",
            "--collection", "copy", "--source", "mem-upbeat", "--title", "Ourselves",
            "--every", "604800", "--secret-file", secret,
        )  # fmt: skip
        words = ("work", "--desk", str(folder / "desk"), "--allow", HERE)
        worker = subprocess.Popen([*COMMAND, *words], env=os.environ)
        try:
            yield Working(house, key, link)
        finally:
            worker.terminate()
            worker.wait(20)


def test_what_is_imported_is_polled_as_the_same_bytes(
    at: Working, data_dir: Path, tmp_path: Path
) -> None:
    """ATT&CK's first objects, ESET's set, a MISP feed, and a list of hashes."""
    whole = gzip.decompress((data_dir / "sharing" / "attack-enterprise.json.gz").read_bytes())
    first = json.loads(whole)["objects"][:120]
    raws = [json.dumps(each, indent=2, ensure_ascii=False).encode() for each in first]
    bundle = (
        b'{"type": "bundle", "id": "bundle--00000000-0000-4000-8000-000000000000", "objects": ['
    )
    (tmp_path / "attack.json.gz").write_bytes(gzip.compress(bundle + b",\n".join(raws) + b"]}"))
    assert at.imported("attack", tmp_path / "attack.json.gz").startswith(
        "120 objects lie in attack"
    )
    assert at.lying("attack") == raws
    eset = data_dir / "sharing" / "eset-dprk"
    feed = tmp_path / "feed"
    feed.mkdir()
    event = json.loads((eset / "nukesped_lazarus" / "lazarus_3cx.json").read_bytes())["response"][0]
    uuid = event["Event"]["uuid"]
    (feed / "manifest.json").write_text(json.dumps({uuid: {"info": event["Event"]["info"]}}))
    (feed / f"{uuid}.json").write_text(json.dumps(event))
    told = at.imported("attack", feed, eset / "interception", "--marking", "TLP:GREEN")
    assert told.endswith("; 0 refused")
    before = at.lying("attack")
    assert len(before) > 120 + 24
    at.imported("attack", feed, "--marking", "TLP:GREEN")  # what lies there is no fault
    assert at.lying("attack") == before
    new = at.data("partner", "poll", at.link)["new"]
    assert new["aside"] == 0
    assert sorted(at.lying("copy")) == sorted(before)
    again = at.data("partner", "poll", at.link)["new"]
    assert (again["kept"], again["aside"]) == (0, 0)


@pytest.mark.slow
def test_all_of_attack_goes_in_and_is_polled_as_the_same_bytes(at: Working, data_dir: Path) -> None:
    for alias in ("whole", "whole-copy"):
        at.said("collection", "new", alias, "--alias", alias)
    link = at.said(
        "partner", "add", f"{at.house.desk.url}/taxii2/desk/", "--remote", "whole", "--collection",
        "whole-copy", "--source", "mem-upbeat", "--title", "Whole", "--secret-file",
        at.house.folder / "secret",
    )  # fmt: skip
    file = data_dir / "sharing" / "attack-enterprise.json.gz"
    assert at.imported("whole", file).startswith("24,771 objects lie in whole; 0 refused")
    at.said("partner", "poll", link, "--wait", "300")
    bundle = gzip.decompress(file.read_bytes())
    assert sorted(at.lying("whole-copy")) == sorted(at.lying("whole"))
    assert len(at.lying("whole-copy")) == 24_771
    assert all(each in bundle for each in at.lying("whole-copy")[::97])


def test_what_is_refused_is_named_and_ends_in_an_error(at: Working, tmp_path: Path) -> None:
    red = {"type": "identity", "spec_version": "2.1", "name": "x",
           "id": "identity--00000000-0000-4000-8000-0000000000aa",
           "created": "2026-01-01T00:00:00Z", "modified": "2026-01-01T00:00:00Z",
           "object_marking_refs": [TLP[Marking.RED]]}  # fmt: skip
    odd = {"type": "identity", "id": "nobody"}
    (tmp_path / "x.json").write_text(json.dumps({"objects": [red, odd]}))
    done = run(
        "collection", "import", "attack", tmp_path / "x.json", "--api-key-file", at.key, "--json",
        env=at.env,
    )  # fmt: skip
    assert done.exit_code == 1
    told = json.loads(done.stdout)
    assert told["objects"] == 0
    assert "TLP:RED" in str(told["refused"])
    assert "no id" in str(told["refused"])
    for wrong in ("nothing.txt", "README.adoc"):
        (tmp_path / wrong).write_text("{}")
        bad = run("collection", "import", "attack", tmp_path / wrong, env=at.env)
        assert bad.exit_code != 0


def test_a_server_is_looked_at_from_here(at: Working, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.touch(0o600)
    secret.write_text(f"me:{at.key.read_text()}")
    url = f"{at.house.desk.url}/taxii2/"
    rows = at.data("partner", "look", url, "--secret-file", secret)
    assert {each["alias"] for each in rows} >= {"attack", "copy"}
    assert {each["root"] for each in rows} == {f"{at.house.desk.url}/taxii2/desk/"}
    secret.chmod(0o644)
    told = run("partner", "look", url, "--secret-file", secret, env=at.env)
    assert "chmod 600" in str(told.exception)


def test_a_link_is_shown_stopped_started_and_removed(at: Working) -> None:
    secret = at.key.read_text().strip()
    shown = at.said("partner", "show", at.link)
    assert "title: Ourselves" in shown
    assert secret not in shown + at.said("partner", "list")
    assert at.said("partner", "stop", at.link) == f"{at.link} is stopped"
    stopped = run("partner", "poll", at.link, env=at.env)
    assert "is stopped" in str(stopped.exception)
    assert at.said("partner", "start", at.link) == f"{at.link} is active"
    pushed = run("partner", "push", at.link, env=at.env)
    assert "only polls" in str(pushed.exception)
    other = at.said(
        "partner", "add", "https://desk.example.jp/taxii2/desk/", "--remote", "x", "--collection",
        "copy", "--source", "mem-upbeat", "--title", "Away",
    )  # fmt: skip
    assert at.said("partner", "remove", other) == f"{other} is removed"
    assert other not in at.said("partner", "list")
    inside = run(
        "partner", "add", "https://10.0.0.1/taxii2/", "--remote", "x", "--collection", "copy",
        "--source", "mem-upbeat", "--title", "Inside", env=at.env,
    )  # fmt: skip
    assert "public address" in str(inside.exception)


def test_what_lies_aside_is_listed_shown_taken_and_dropped(at: Working, tmp_path: Path) -> None:
    old = b'{"type":"identity","id":"identity--00000000-0000-4000-8000-0000000000bb","name":"x"}'
    with opened(at.house.folder / "desk") as desk, desk.database.write() as tx:
        into = tx.connection.execute(
            select(partner.c.collection).where(partner.c.id == at.link)
        ).scalar_one()
        things = [Aside("identity--...bb", "has no spec_version", old), Aside("", "no JSON", b"7")]
        lay_aside(tx, at.link, into, things)
    rows = {each["reason"]: each["id"] for each in at.data("quarantine", "list")}
    assert "has no spec_version" in at.said("quarantine", "list", "--link", at.link)
    out = tmp_path / "held"
    at.said("quarantine", "show", rows["has no spec_version"], "--out", out)
    assert out.read_bytes() == old
    assert "reason: no JSON" in at.said("quarantine", "show", rows["no JSON"])
    taken = at.said("quarantine", "take", rows["has no spec_version"])
    assert taken == f"{rows['has no spec_version']} is taken"
    assert old in at.lying("copy")
    assert at.said("quarantine", "drop", rows["no JSON"]).endswith("is dropped")
    assert at.said("quarantine", "list") == "none"
    assert "no JSON" in at.said("quarantine", "list", "--state", "dropped")
