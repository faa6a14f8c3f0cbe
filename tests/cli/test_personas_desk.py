"""`stanch personas` at a desk: handed in, read by two, decided, labelled, taken back, forgotten."""

import csv
from pathlib import Path

import pytest

from stanch.app.personas.ingest import IngestRequest, ingest
from stanch.app.personas.secret import Secret
from stanch.app.stix.personas import group_key, new_group_key
from stanch.formats.stix.persona import token
from tests.cli.at_desk import AtDesk
from tests.live_world import World
from tests.persona_result import COLLECTOR, OWN, WALLET, folder

SAME = ("--verdict", "same", "--reason", "One device, one photo.")


@pytest.fixture
def people(running: World, tmp_path: Path) -> AtDesk:
    return AtDesk(running, tmp_path, in_session=True)


@pytest.fixture
def cluster(people: AtDesk) -> str:
    at = folder(people.folder / "linked")
    result = people.say("kr", "personas", "submit", at, "--title", "March").splitlines()[-1]
    rows = people.data("kr", "personas", "queue", "--result", result)
    assert [each["name"] for each in rows] == ["op-1", "farm-1", "op-2"]
    return str(rows[0]["id"])


def test_two_people_read_one_decides_and_the_wallets_become_labels(
    people: AtDesk, cluster: str
) -> None:
    told = people.say("kr", "personas", "show", cluster)
    assert "a question, not a verdict" in told
    assert "device@1 23.50, photo@1 12.25" in told
    assert "66.75" in people.say("kr", "personas", "queue", "--level", "operator")
    tags = people.folder / "tags.csv"
    assert "only what is confirmed" in people.refused(
        "kr", "personas", "labels", cluster, "--out", tags
    )
    assert people.say("kr", "personas", "judge", cluster, *SAME) == f"{cluster} is read"
    assert "two people" in people.refused("kr", "personas", "decide", cluster, *SAME)
    assert people.say("kr2", "personas", "judge", cluster, *SAME) == f"{cluster} is agreed"
    done = people.data("kr", "personas", "decide", cluster, *SAME)
    assert done["state"] == "confirmed"
    items = people.data("kr", "case", "show", done["case"])["items"]
    assert {each["account"] for each in items if each["kind"] == "tag"} == {WALLET, OWN, COLLECTOR}
    people.say("kr", "personas", "labels", cluster, "--out", tags)
    with tags.open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {each["address"] for each in rows} == {WALLET, OWN, COLLECTOR}
    assert {each["entity"] for each in rows} == {"operator op-1"}
    assert people.data("jp", "personas", "queue") == []
    assert people.refused("jp", "personas", "show", cluster) == f"no cluster {cluster}"
    back = people.say("kr", "personas", "take-back", cluster, "--reason", "A library's device.")
    assert back == f"{cluster} is queued"
    words = people.data("kr", "personas", "show", cluster)["words"]
    assert [each["act"] for each in words] == ["read", "read", "decide", "take_back"]
    assert "A-17 is forgotten" in people.say("kr", "personas", "forget", "A-17")
    assert "A-17" not in people.say("kr", "personas", "show", cluster)


def test_a_key_of_a_program_hands_in_and_judges_nothing(desk: AtDesk, cluster: str) -> None:
    at = folder(desk.folder / "linked")
    assert desk.data("kr", "personas", "submit", at, "--title", "By a program")["clusters"] == 3
    assert "signed in" in desk.refused("kr", "personas", "judge", cluster, *SAME)
    assert "holds no result" in desk.refused(
        "kr", "personas", "submit", desk.folder, "--title", "Nothing"
    )


def test_identifiers_go_to_a_group_alone_and_only_when_somebody_says_so(
    people: AtDesk, cluster: str
) -> None:
    key = Secret.make(people.folder / "personas.key")
    applications = people.folder / "applications.csv"
    applications.write_text(
        "record_id,email\nA-17,Mary.G@example.org\nB-4,mary@example.com\nZ-1,other@example.org\n"
    )
    intake = people.folder / "intake"
    ingest(IngestRequest((applications,), intake), key, lambda *_: None)
    new_group_key(people.folder / "wg-4.key")
    words = (
        "offer", cluster, intake, "--key", key.file, "--group", "wg-4",
        "--group-key", people.folder / "wg-4.key", "--release", "mem-japan",
    )  # fmt: skip
    assert "only what is confirmed" in people.refused("kr", "personas", *words)
    for who in ("kr", "kr2"):
        people.say(who, "personas", "judge", cluster, *SAME)
    people.say("kr", "personas", "decide", cluster, *SAME)
    done = people.data("kr", "personas", *words)
    assert done["missing"] == ["C-9"]
    offered = people.world.call("jp", "GET", f"/v1/personas/indicators/{done['id']}")
    held = group_key("wg-4", people.folder / "wg-4.key")
    ours = {token(held, "email", each) for each in ("mary.g@example.org", "mary@example.com")}
    assert {each["hmac"] for each in offered["identifiers"]} == ours
    assert "example.org" not in str(offered)
    into = people.world.call("kr", "POST", "/v1/collections", {"title": "Personas"})["id"]
    grant = {"reads": True, "writes": False}
    people.world.call("kr", "PUT", f"/v1/collections/{into}/grants/mem-japan", grant)
    people.say("kr", "share", done["id"], "--to", into, "--why", "The group asked.")
    seen = people.world.call("kr", "GET", "/v1/shares")["items"]
    assert {each["kind"] for each in seen if each["row"] == done["id"]} == {"persona"}
