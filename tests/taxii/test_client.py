"""Each call of the official client against a desk that runs."""

import pytest
from requests import HTTPError
from taxii2client import v21

from tests.taxii.house import ROOT, House
from tests.taxii.objects import id_of, indicator, url


def test_the_server_says_where_its_root_is(house: House):
    server = house.server("kr")
    assert server.title == "Joint desk"
    assert [each.url for each in server.api_roots] == [house.desk.url + ROOT]
    assert server.default.url == house.desk.url + ROOT
    root = server.default
    assert root.versions == ["application/taxii+json;version=2.1"]
    assert root.max_content_length == 16 << 20


def test_collections_are_those_that_one_may_read_or_write(house: House):
    read = house.collection("upbeat", title="To read", alias="to-read", description="In words.")
    written = house.collection(writers=("upbeat",), title="To write")
    hidden = house.collection(title="Hidden")
    found = {each.id: each for each in house.server("upbeat").default.collections}
    assert hidden not in found
    assert (found[read].can_read, found[read].can_write) == (True, False)
    assert (found[written].can_read, found[written].can_write) == (False, True)
    one = house.taxii("upbeat", read)
    assert (one.title, one.description) == ("To read", "In words.")
    assert one.media_types == ["application/stix+json;version=2.1"]
    assert house.ask("upbeat", "GET", "collections/to-read/").json()["id"] == read
    with pytest.raises(HTTPError, match="404"):
        house.taxii("upbeat", hidden).title  # noqa: B018 - asks


def test_objects_come_back_as_they_went(house: House):
    id = house.collection("upbeat")
    sent = [indicator(1), indicator(2, tlp="amber"), url(3)]
    status = house.taxii("kr", id).add_objects({"objects": sent})
    assert isinstance(status, v21.Status)
    assert (status.status, status.total_count, status.success_count) == ("complete", 3, 3)
    assert [each["id"] for each in status.successes] == [each["id"] for each in sent]
    again = v21.Status(status.url, user="any", password=house.people["kr"].api_key)
    again.refresh()
    assert again.success_count == 3
    theirs = house.taxii("upbeat", id)
    assert theirs.get_objects() == {"more": False, "objects": sent}
    assert theirs.get_object(id_of(1)) == {"more": False, "objects": [sent[0]]}
    named = theirs.get_manifest()["objects"]
    assert [each["id"] for each in named] == [each["id"] for each in sent]
    assert named[0]["version"] == sent[0]["modified"]
    assert named[0]["media_type"] == "application/stix+json;version=2.1"
    assert theirs.object_versions(id_of(1))["versions"] == [sent[0]["modified"]]


def test_pages_are_gone_through_to_their_end(house: House):
    id = house.collection("upbeat")
    sent = [indicator(number) for number in range(25)]
    house.taxii("kr", id).add_objects({"objects": sent})
    pages = list(v21.as_pages(house.taxii("upbeat", id).get_objects, per_request=10))
    assert [len(page["objects"]) for page in pages] == [10, 10, 5]
    assert [each for page in pages for each in page["objects"]] == sent


def test_an_object_is_deleted(house: House):
    id = house.collection("upbeat")
    house.post("kr", id, indicator(1), indicator(1, "2026-02-01T00:00:00.000Z"), indicator(2))
    house.taxii("kr", id).delete_object(id_of(1))
    assert [each["id"] for each in house.taxii("upbeat", id).get_objects()["objects"]] == [id_of(2)]
    with pytest.raises(HTTPError, match="404"):
        house.taxii("kr", id).get_object(id_of(1))
