"""Each kind of object that we write: whole, the same each time, and read by other programs."""

import gzip
import hashlib
import hmac
import json
from dataclasses import replace

import pytest
from tests.formats.signed.tiny import ORDER, say
from tests.formats.stix.valid import checked

from stanch.errors import SignatureError
from stanch.formats.signed.order import order_hash
from stanch.formats.stix.bundle import bundle
from stanch.formats.stix.extensions import said_by
from stanch.formats.stix.grading import SCALES, Grade, confidence, graded, sure, word_of
from stanch.formats.stix.handling import PUBLIC, Handling
from stanch.formats.stix.incident import Around, incident_items
from stanch.formats.stix.incident_reading import incidents_in
from stanch.formats.stix.item import author, first_hand
from stanch.formats.stix.judgement import Judged, judgement_items
from stanch.formats.stix.order import Answered, order_items, order_of
from stanch.formats.stix.persona import GroupKey, persona, token
from stanch.formats.stix.sighting import Seen, sighting_items
from stanch.formats.stix.trace import TraceFiles, trace_items
from stanch.formats.stix.wallet import transaction, wallet
from stanch.model.desk.confidence import Confidence
from stanch.model.desk.marking import Marking
from stanch.model.desk.orders import Answer, Said
from stanch.model.registry.words import Stance
from stanch.model.shared import SharedTransaction, Side
from stanch.registry.registry import load

AT = "2024-05-31T04:26:47.000Z"
AMBER = first_hand(Handling(Marking.AMBER))
ETH = "eip155:1:0x098B716B8Aaf21512996dC57EB0615e2383E2f96"
REGISTRY = load()
AROUND = Around(REGISTRY.sources, REGISTRY.bodies, REGISTRY.actors)


def of(objects, kind):
    return [each for each in objects if each["type"] == kind]


def test_the_whole_registry_comes_back_and_is_the_same_each_time():
    every = REGISTRY.incidents.values()
    data = bundle(item for each in every for item in incident_items(each, AROUND))
    again = bundle(item for each in [*every][::-1] for item in incident_items(each, AROUND))
    assert data == again
    objects = checked(data)
    assert {each.id: each for each in incidents_in(objects)} == dict(REGISTRY.incidents)


def test_actors_are_linked_to_the_groups_of_attack_by_their_real_ids(data_dir):
    every = REGISTRY.incidents.values()
    objects = checked(bundle(item for each in every for item in incident_items(each, AROUND)))
    linked = {
        each["source_ref"]: each["target_ref"]
        for each in of(objects, "relationship")
        if each["relationship_type"] == "duplicate-of"
    }
    ours = {each["id"]: each["external_references"][0]["external_id"]
            for each in of(objects, "intrusion-set") if "external_references" in each}  # fmt: skip
    path = data_dir / "sharing" / "attack-enterprise.json.gz"
    attack = {
        ref["external_id"]: each["id"]
        for each in json.loads(gzip.decompress(path.read_bytes()))["objects"]
        if each["type"] == "intrusion-set"
        for ref in each["external_references"]
        if ref["source_name"] == "mitre-attack"
    }
    assert ours.keys() == linked.keys()
    assert {number: linked[id] for id, number in ours.items()} == {
        number: attack[number] for number in ours.values()
    }


def test_a_statement_that_is_marked_does_not_go_out_with_its_incident():
    known = next(each for each in REGISTRY.incidents.values() if len(each.statements) == 1)
    (said,) = known.statements
    secret = replace(known, statements=(replace(said, marking=Marking.RED, actor="lazarus"),))
    items = incident_items(secret, AROUND)
    assert b"lazarus" not in bundle(items, Marking.STRICT).lower()
    assert of(json.loads(bundle(items, Marking.STRICT))["objects"], "opinion") == []
    assert len(of(checked(bundle(items, Marking.RED)), "opinion")) == 1


def test_a_transaction_keeps_what_numbers_cannot_say():
    found = SharedTransaction(
        "ab" * 32, "ETH", "eip155:1", AT, "173600.000000000000000001", fee="0.1",
        inputs=(Side("0xA", "0.000000000000000001"),), outputs=(Side("0xB", "2"),),
    )  # fmt: skip
    objects = checked(bundle([transaction(found, AMBER)]))
    (paid,) = of(objects, "cryptocurrency-transaction")
    assert paid["fee"] == 0.1
    assert said_by(paid, "transaction")["value"] == "173600.000000000000000001"
    assert said_by(paid, "transaction")["inputs"][0]["amount"] == "0.000000000000000001"
    assert {each["value"] for each in of(objects, "cryptocurrency-wallet")} == {"0xA", "0xB"}


def test_one_wallet_on_two_chains_is_one_observable():
    other = ETH.replace("eip155:1:", "eip155:56:")
    (found,) = of(
        checked(bundle([wallet(ETH, AMBER), wallet(other, AMBER)])), "cryptocurrency-wallet"
    )
    assert said_by(found, "account")["accounts"] == [ETH, other]
    public = bundle([wallet(ETH, first_hand(PUBLIC)), wallet(other, AMBER)])
    (found,) = of(checked(public), "cryptocurrency-wallet")
    assert said_by(found, "account")["accounts"] == [ETH]


MANIFEST = {
    "format": "stanch-trace@1", "method": "haircut@1", "stanch": "0.1.0", "simulation": True,
    "inputs": [{"role": "ledger", "file": "x.csv", "sha256": "0" * 64, "bytes": 3}],
    "incidents": [{"id": "theft", "assets": [{
        "asset": "eip155:1/slip44:60", "stolen": "10", "converted_in": "0",
        "sum_of_fates": "10"}]}],
}  # fmt: skip
ROW = {"incident": "theft", "account": ETH, "asset": "eip155:1/slip44:60", "fate": "held",
       "amount": "10", "label": "", "category": "", "inferred_amount": ""}  # fmt: skip


def test_a_trace_is_a_grouping_by_its_manifests_hash():
    data = json.dumps(MANIFEST).encode()
    files = TraceFiles(data, [ROW, ROW | {"account": "", "fate": "fee", "amount": "0"}], AT)
    objects = checked(bundle(trace_items(files, AMBER)))
    (found,) = of(objects, "grouping")
    said = said_by(found, "trace")
    assert said["manifest_sha256"] == hashlib.sha256(data).hexdigest()
    assert said["incidents"] == MANIFEST["incidents"]
    assert [each["amount"] for each in said["endpoints"]] == ["10", "0"]
    assert found["object_refs"] == [each["id"] for each in of(objects, "cryptocurrency-wallet")]
    for bad, reason in ((b"{", "no JSON"), (b"{}", "no stanch-trace@1")):
        with pytest.raises(ValueError, match=reason):
            trace_items(TraceFiles(bad, [ROW], AT), AMBER)


def test_a_sighting_is_of_an_indicator_that_matches_the_wallet():
    who = author("Upbeat", created=AT, id="identity--3f8c6a52-0d7b-5b9e-9a14-6c2f1e7d4b83")
    seen = Seen(ETH, AT, "2024-06-01T00:00:00.000Z", 3, "Three deposits.", Grade("B", "2"))
    objects = checked(bundle(sighting_items(seen, AMBER, who, "2024-06-02T00:00:00.000Z")))
    (sighting,) = of(objects, "sighting")
    (pattern,) = of(objects, "indicator")
    assert sighting["sighting_of_ref"] == pattern["id"]
    assert (sighting["count"], sighting["confidence"]) == (3, 70)
    assert pattern["pattern"] == f"[cryptocurrency-wallet:value = '{ETH.rpartition(':')[2]}']"


def test_an_order_comes_back_and_its_hash_is_held():
    answers = [
        Answered("upbeat", "2026-11-26T20:00:00Z", Answer.HELD, ORDER.targets[0].account,
                 "eip155:1/slip44:60", 10**18),
        Answered("other", "2026-11-26T21:00:00Z", Answer.NOTHING),
    ]  # fmt: skip
    concurs = say(Said.CONCUR, "jp1", at="2026-11-27T00:00:00Z")
    objects = checked(bundle(order_items(ORDER, [say(Said.PROPOSE, "kr1"), concurs], answers)))
    (found,) = of(objects, "course-of-action")
    assert order_of(found) == ORDER
    assert found["modified"] == "2026-11-27T00:00:00.000Z"
    assert said_by(found, "order")["statements"][1] == concurs
    assert said_by(found, "order")["order_hash"] == order_hash(ORDER)
    notes = [said_by(each, "answer") for each in of(objects, "note")]
    assert sorted(each["answer"] for each in notes) == ["held", "nothing_found"]
    assert str(10**18) in [each.get("amount") for each in notes]
    assert order_of({"type": "course-of-action"}) is None
    changed = json.loads(json.dumps(found).replace('"legal_reference": "', '"legal_reference": "x'))
    with pytest.raises(SignatureError, match="another hash"):
        order_of(changed)


def test_a_judgement_is_a_note_and_an_opinion_about_what_is_judged():
    (main, *_) = incident_items(REGISTRY.incidents["wannacry-2017"], AROUND)
    said = Judged("jud-1", "Korea", "KR", Stance.DISPUTES, "Lazarus Group", Confidence.MODERATE,
                  ["S/2024/215"], AT, Marking.STRICT)  # fmt: skip
    objects = checked(bundle(judgement_items(said, [main])))
    (opinion,) = of(objects, "opinion")
    assert (opinion["opinion"], opinion["confidence"]) == ("disagree", 50)
    assert of(objects, "note")[0]["object_refs"] == [main.id]
    assert {"marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003"} == {
        *opinion["object_marking_refs"]
    }
    with pytest.raises(ValueError, match="about something"):
        judgement_items(said, [])


def test_a_personas_identifiers_are_known_to_the_group_and_to_nobody_else():
    key, other = GroupKey("wg-4", b"k" * 32), GroupKey("wg-4", b"o" * 32)
    identifiers = [("email", "kim@example.org"), ("telegram", "김")]
    data = bundle([persona(key, "Persona 7", identifiers, AMBER, AT)])
    assert b"kim@" not in data
    assert "김".encode() not in data
    (found,) = [each for each in of(checked(data), "identity") if each["name"] == "Persona 7"]
    said = said_by(found, "persona")
    assert token(key, "email", "kim@example.org") in [each["hmac"] for each in said["identifiers"]]
    assert token(key, "telegram", "\u1100\u1175\u11b7") == token(key, "telegram", "김")
    assert token(key, "email", "a") != token(other, "email", "a") != token(key, "phone", "a")
    plain = b'["stanch-persona@1","wg-4","email","a"]'
    assert token(key, "email", "a") == hmac.new(b"k" * 32, plain, "sha256").hexdigest()
    assert "kkkk" not in repr(key)
    with pytest.raises(ValueError, match="32 bytes"):
        GroupKey("wg-4", b"short")
    with pytest.raises(ValueError, match="cannot be recognised"):
        persona(key, "x", [], AMBER, AT)


def test_scales_are_those_of_the_specification():
    assert confidence("none-low-med-high", "High") == 85
    assert confidence("admiralty-credibility", "1") == 90
    assert confidence("dni", "likely") == 70
    assert confidence("0-10", "10") == 100
    for scale, rows in SCALES.items():
        assert [word_of(scale, value) for _, value, _ in rows] == [word for word, _, _ in rows]
        assert word_of(scale, 100) == rows[-1][0]
    for scale, word in (("wep", "maybe"), ("admiralty-credibility", "6"), ("mine", "x")):
        with pytest.raises(ValueError, match="is no word"):
            confidence(scale, word)
    with pytest.raises(ValueError, match="0 to 100"):
        word_of("wep", 101)
    assert sure("moderate")["confidence"] == 50
    assert sure("as good as certain") == {}
    assert "confidence" not in graded(Grade("F", "6"))
    with pytest.raises(ValueError, match="A to F"):
        Grade("G")
