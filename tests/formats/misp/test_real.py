"""ESET's event and samples, and MISP's galaxy of North Korean actors, there and back."""

import json

import pytest
from tests.formats.stix.valid import checked

from stanch.formats.misp.event import event_items, event_of, events_in
from stanch.formats.misp.galaxy import galaxy_items, galaxy_of, sample_items, samples_of
from stanch.formats.stix.bundle import bundle
from stanch.formats.stix.handling import PUBLIC, Handling
from stanch.formats.stix.item import first_hand
from stanch.model.desk.marking import Marking

AT = "2024-05-31T00:00:00.000Z"


def test_esets_event_comes_back_key_by_key(data_dir):
    file = data_dir / "sharing" / "eset-dprk" / "nukesped_lazarus" / "lazarus_3cx.json"
    (event,) = events_in(json.loads(file.read_bytes()))
    data = bundle(event_items(event, Handling(Marking.AMBER)))
    objects = checked(data)
    assert event_of(objects) == event
    kinds = [each["type"] for each in objects]
    assert kinds.count("indicator") + kinds.count("observed-data") > 20
    assert data == bundle(event_items(event, Handling(Marking.AMBER)))


EVENT = {
    "uuid": "72f7a401-5a65-4977-8f43-4c34dda37b2f", "info": "x", "date": "2023-04-20",
    "timestamp": "1681983000", "Tag": [{"name": "tlp:green"}, {"name": "PAP:AMBER"}],
    "Attribute": [
        {"uuid": "72f7a401-5a65-4977-8f43-4c34dda37b21", "type": "domain", "to_ids": True,
         "value": "green.example", "Tag": [{"name": "tlp:clear"}]},
        {"uuid": "72f7a401-5a65-4977-8f43-4c34dda37b22", "type": "domain", "to_ids": False,
         "value": "red.example", "Tag": [{"name": "tlp:red"}], "comment": "it's"},
        {"type": "comment", "value": "amber", "Tag": [{"name": "tlp:amber"}]},
    ],
    "Object": [{"name": "coin-address", "Attribute": [
        {"object_relation": "address", "type": "btc",
         "value": "12t9YDPgwueZ9NyMgw519p7AA8isjr6SMw"},
    ]}],
}  # fmt: skip


KINDS = ("indicator", "domain-name", "note", "grouping", "report")


def test_tags_become_markings_and_none_is_wider_than_the_event():
    items = event_items(EVENT, Handling(Marking.AMBER))
    objects = checked(bundle(items))
    assert event_of(objects) == EVENT
    names = {each["id"]: each["name"] for each in objects if each["type"] == "marking-definition"}
    marks = {
        each["type"] + str(each.get("name", "")): {names[id] for id in each["object_marking_refs"]}
        for each in objects
        if "object_marking_refs" in each and each["type"] in KINDS
    }
    assert marks["indicatordomain: green.example"] == {"TLP:GREEN", "PAP:AMBER"}
    assert marks["domain-name"] == {"TLP:RED", "PAP:AMBER"}
    assert marks["note"] == {"TLP:AMBER", "PAP:AMBER"}
    assert marks["groupingcoin-address"] == {"TLP:GREEN", "PAP:AMBER"}
    assert marks["reportx"] == {"TLP:RED", "PAP:AMBER"}


@pytest.mark.parametrize("value", [[], {}, {"Event": 7}, {"response": [{}]}, "x", None])
def test_what_is_no_event_is_refused(value):
    if value == []:
        assert events_in(value) == []
        return
    with pytest.raises(ValueError, match="no MISP event"):
        events_in(value)


def test_the_galaxy_comes_back(data_dir):
    file = data_dir / "sharing" / "misp-galaxy-dprk" / "threat-actor-kp.json"
    galaxy = json.loads(file.read_bytes())
    objects = checked(bundle(galaxy_items(galaxy, first_hand(PUBLIC), AT)))
    assert galaxy_of(objects) == galaxy
    actors = [each for each in objects if each["type"] == "threat-actor"]
    assert len(actors) == len(galaxy["values"]) == 26
    assert {each["id"].partition("--")[2] for each in actors} == {
        each["uuid"] for each in galaxy["values"]
    }


def test_lists_of_samples_come_back(data_dir):
    folder = data_dir / "sharing" / "eset-dprk"
    files = sorted(folder.rglob("samples.*"))
    assert len(files) == 9
    texts = {str(each.relative_to(folder)): each.read_text() for each in files}
    items = [
        item
        for name, text in texts.items()
        for item in sample_items(name, text, first_hand(PUBLIC), AT)
    ]
    assert samples_of(checked(bundle(items))) == texts
    with pytest.raises(ValueError, match="line 1 is no MD5"):
        sample_items("x", "zz", first_hand(PUBLIC), AT)
