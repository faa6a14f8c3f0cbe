"""The log over HTTP: what a third party and a member's client need to hold the desk to it."""

import json
from hashlib import sha256

from stanch.formats.signed.jws import HEAD, verify
from stanch.formats.signed.keys import PrivateKey
from stanch.model.desk.merkle import consistent, included, leaf_hash
from tests.web.conftest import Client, World
from tests.web.founders import Founders
from tests.web.test_cases import opened


def head(client: Client, key: PrivateKey) -> tuple[int, bytes]:
    said = verify(client.get("/v1/audit/head").json()["head"], HEAD, key.public)
    assert isinstance(said, dict)
    return int(said["size"]), bytes.fromhex(str(said["root"]).removeprefix("sha256:"))


def test_proofs_hold_to_the_signed_heads(
    korea: Client, upbeat: Client, desk_key: PrivateKey
) -> None:
    first_size, first_root = head(upbeat, desk_key)
    opened(korea)
    size, root = head(upbeat, desk_key)
    assert size > first_size
    query = {"first": first_size, "second": size}
    path = upbeat.get("/v1/audit/consistency", params=query).json()["path"]
    proof = [bytes.fromhex(node) for node in path]
    assert consistent((first_size, size), (first_root, root), proof)
    lines = korea.post("/v1/audit/export").text.splitlines()
    entry = json.loads(lines[size - 1])
    found = upbeat.get(f"/v1/audit/inclusion/{size}", params={"size": size}).json()
    proof = [bytes.fromhex(node) for node in found["path"]]
    assert included(bytes.fromhex(entry["leaf"]), size - 1, size, proof, root)
    assert not included(leaf_hash(b"another"), size - 1, size, proof, root)


def test_the_export_says_who_took_it_and_the_end_goes_on_page_by_page(korea: Client) -> None:
    opened(korea)
    person = korea.get("/v1/me").json()["person"]
    taken = korea.post("/v1/audit/export")
    assert taken.headers["content-type"].startswith("application/jsonl")
    assert json.loads(taken.text.splitlines()[-1])["format"] == "stanch-log@1"
    seen, after = [], 0
    while after is not None:
        page = korea.get("/v1/audit/entries", params={"after": after, "limit": 3}).json()
        seen += page["items"]
        after = page["next"]
    assert [each["n"] for each in seen] == list(range(1, len(seen) + 1))
    assert (seen[-1]["verb"], seen[-1]["person"]) == ("audit.exported", person)


def test_what_is_beyond_the_end_is_not_found(korea: Client) -> None:
    for path in ("inclusion/9999", "inclusion/1?size=9999", "consistency?first=9999"):
        assert korea.get(f"/v1/audit/{path}").status_code == 404
    for path in ("inclusion/0", "inclusion/x", "consistency?first=-1", "entries?limit=501"):
        assert korea.get(f"/v1/audit/{path}").status_code == 422


def test_the_directory_is_handed_in_and_read_byte_for_byte(world: World, korea: Client) -> None:
    Founders.of(world)
    version = korea.get("/v1/directory/1").json()
    data = korea.get("/v1/directory/1/document").content
    assert version["hash"] == f"sha256:{sha256(data).hexdigest()}"
    assert json.loads(data) == version["document"]
    assert korea.get("/v1/directory?after=1").json()["items"] == []
    body = {"document": data.decode(), "signatures": version["signatures"]}
    assert korea.post("/v1/directory", body).json()["type"] == "urn:stanch:problem:signature"
    assert korea.get("/v1/directory/2").status_code == 404
