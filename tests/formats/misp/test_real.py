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
