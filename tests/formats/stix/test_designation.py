"""The STIX bundle: whole, canonical, and calls nobody an actor."""

import json
import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as some
from tests.app.designation.sample import ETH, XBT, written

from stanch.app.designation.check import Request, check
from stanch.formats.stix.designation import write
from stanch.model.designation import copy_for
from stanch.model.desk.marking import Marking

COMMON = {"type", "spec_version", "id", "created", "modified", "created_by_ref",
          "object_marking_refs", "external_references", "labels"}  # fmt: skip
KNOWN = {
    "identity": {"name", "description", "roles", "identity_class", "contact_information"},
    "note": {"abstract", "content", "authors", "object_refs"},
    "report": {"name", "description", "published", "object_refs"},
    "threat-actor": {"name", "description", "aliases"},
    "intrusion-set": {"name", "description", "aliases"},
    "relationship": {"relationship_type", "source_ref", "target_ref"},
    "marking-definition": {"name", "extensions"},
    "cryptocurrency-wallet": {"value", "extensions"},
    "extension-definition": {"name", "description", "schema", "version", "extension_types"},
}
NEEDED = {
    "identity": {"name"},
    "note": {"content", "object_refs"},
    "report": {"name", "published", "object_refs"},
    "intrusion-set": {"name"},
    "relationship": {"relationship_type", "source_ref", "target_ref"},
}
ID = re.compile(r"[a-z-]+--[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def bundle(folder, level=None, *changes):
    return json.loads(write(check(Request(written(folder, *changes), level)).copy))


def of(found, kind):
    return [each for each in found["objects"] if each["type"] == kind]


def test_every_object_is_whole_and_every_reference_leads_somewhere(tmp_path):
    for level in (None, Marking.GREEN, Marking.CLEAR):
        found = bundle(tmp_path, level)
        ids = [each["id"] for each in found["objects"]]
        assert len(ids) == len(set(ids))
        keys = [(each["type"], each["id"]) for each in found["objects"]]
        assert keys == sorted(keys)
        for each in found["objects"]:
            assert ID.fullmatch(each["id"])
            assert each["id"].startswith(each["type"] + "--")
            assert set(each) <= COMMON | KNOWN[each["type"]]
            assert set(each) >= NEEDED.get(each["type"], set())
            assert all(value not in ("", [], None) for value in each.values())
            refs = [
                value
                for key, value in each.items()
                if key.endswith(("_ref", "_refs"))
                for value in (value if isinstance(value, list) else [value])
            ]
            assert each["type"] == "extension-definition" or set(refs) <= set(ids)


def test_nobody_is_an_actor_but_where_a_statement_says_so(tmp_path):
    found = bundle(tmp_path)
    assert of(found, "threat-actor") == []
    (group,) = of(found, "intrusion-set")
    assert group["name"] == "Simulated Trading Pte Ltd"
    assert group["description"] == "Statement 2: The firm kept the books."
    (link,) = of(found, "relationship")
    assert (link["relationship_type"], link["source_ref"]) == ("related-to", group["id"])
    quiet = bundle(tmp_path, None, ('actor = [{ id = "trading", kind = "intrusion-set" }]\n', ""))
    assert of(quiet, "intrusion-set") == of(quiet, "relationship") == []


def test_a_wallet_is_a_note_that_any_reader_keeps(tmp_path):
    found = bundle(tmp_path)
    wallets = {
        each["external_references"][0]["external_id"]: each
        for each in of(found, "note")
        if each["abstract"] == "Wallet"
    }
    bitcoin = f"bip122:000000000019d6689c085ae165831e93:{XBT}"
    assert set(wallets) == {f"eip155:1:{ETH}", bitcoin}
    assert all(
        each["external_references"][0]["source_name"] == "caip-10" for each in wallets.values()
    )
    names = {
        each["id"]: each.get("name", each.get("value")) for each in found["objects"]
    }  # fmt: skip
    ether = wallets[f"eip155:1:{ETH}"]["object_refs"]
    assert [names[each] for each in ether] == ["HAN Sim Il", ETH]
    assert [names[each] for each in wallets[bitcoin]["object_refs"]] == [XBT]
    seen = of(found, "cryptocurrency-wallet")
    assert {each["value"] for each in seen} == {ETH, XBT}


def test_markings_are_those_of_oasis(tmp_path):
    marks = {each["name"]: each for each in of(bundle(tmp_path), "marking-definition")}
    assert set(marks) == {"TLP:CLEAR", "TLP:GREEN", "TLP:AMBER"}
    assert marks["TLP:AMBER"]["id"] == "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421"
    green = {each["name"] for each in of(bundle(tmp_path, Marking.GREEN), "marking-definition")}
    assert green == {"TLP:CLEAR", "TLP:GREEN"}


def test_what_says_less_in_a_copy_is_another_object_that_is_known_as_the_same(tmp_path):
    whole, green = bundle(tmp_path), bundle(tmp_path, Marking.GREEN)

    def han(found):
        (one,) = [each for each in of(found, "identity") if each["name"] == "HAN Sim Il"]
        return one

    assert han(whole)["id"] != han(green)["id"]
    assert han(whole)["external_references"][-1] == han(green)["external_references"][-1]
    assert han(green)["external_references"][-1]["source_name"] == "stanch-designation"
    firms = [
        [each for each in of(found, "identity") if each["name"] == "Simulated Trading Pte Ltd"]
        for found in (whole, green)
    ]
    assert firms[0] == firms[1]
    assert whole["id"] != green["id"]


MARK = some.sampled_from(list(Marking))


@some.composite
def remarked(draw, whole):
    """The file with other markings on everything that has one."""
    subjects = tuple(
        replace(
            each,
            marking=draw(MARK),
            narrower=tuple(
                (part, draw(MARK))
                for part in (*each.entry.names, *each.entry.identifiers)
                if draw(some.booleans())
            ),
        )
        for each in whole.subjects
    )
    parts = {
        name: tuple(replace(each, marking=draw(MARK)) for each in getattr(whole, name))
        for name in ("wallets", "sources", "statements")
    }
    return replace(whole, cover=Marking.CLEAR, subjects=subjects, **parts)


def test_copies_for_any_readers_never_contradict_each_other(tmp_path):
    whole = check(Request(written(tmp_path))).copy

    @settings(max_examples=25)
    @given(remarked(whole))
    def copies(marked):
        known = {}
        for level in Marking:
            for each in json.loads(write(copy_for(marked, level)))["objects"]:
                assert known.setdefault(each["id"], each) == each

    copies()
