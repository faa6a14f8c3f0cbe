"""A desk that runs: each call of the official client; and polls that neither lose an object nor
bring one twice, while others write and over a server that is killed, by time and by cursor.
"""

import contextlib
import threading
from datetime import UTC, datetime

import httpx
import pytest
from requests import HTTPError
from taxii2client import v21

from tests.taxii.house import MEDIA, ROOT, House
from tests.taxii.objects import id_of, indicator, url
from tests.taxii.poller import BATCHES, SIZE, Poller, write


def test_the_server_says_where_its_root_is(house: House):
    server = house.server("kr")
    assert server.title == "Joint desk"
    assert [each.url for each in server.api_roots] == [house.desk.url + ROOT]
    said = house.ask("kr", "GET", "/taxii2/").json()
    assert said["default"] in said["api_roots"] == [ROOT], "by HTTP a path"
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


FIRST, LAST = "2026-01-01T00:00:00.000Z", "2026-02-01T00:00:00.000Z"
ONE, TWO, ADDRESS = (id_of(1), FIRST), (id_of(2), FIRST), (id_of(3, "url"), "")
NEWER = (id_of(1), LAST)


@pytest.fixture(scope="module")
def filtered(house: House) -> str:
    """An indicator in two versions, another, and an observable: each added by a post of its own."""
    id = house.collection("upbeat")
    for each in (indicator(1, FIRST), indicator(2), url(3), indicator(1, LAST)):
        house.post("kr", id, each)
    return id


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, [TWO, ADDRESS, NEWER]),
        ({"id": id_of(2)}, [TWO]),
        ({"id": [id_of(2), id_of(1)]}, [TWO, NEWER]),
        ({"type": "url"}, [ADDRESS]),
        ({"type": ["url", "indicator"], "limit": 2}, [TWO, ADDRESS]),
        ({"version": "all"}, [ONE, TWO, ADDRESS, NEWER]),
        ({"version": "first"}, [ONE, TWO, ADDRESS]),
        ({"version": ["first", "last"], "id": id_of(1)}, [ONE, NEWER]),
        ({"version": LAST}, [NEWER]),
        ({"spec_version": "2.1", "type": "url"}, [ADDRESS]),
        ({"spec_version": "2.0"}, []),
        ({"limit": 1}, [TWO]),
        ({"added_after": datetime(2001, 1, 1, tzinfo=UTC), "limit": 1}, [TWO]),
        ({"added_after": "2101-01-01T00:00:00.000Z"}, []),
    ],
    ids=str,
)
def test_the_official_client_finds_by_each_filter(house: House, filtered: str, filters, found):
    theirs = house.taxii("upbeat", filtered)
    page = theirs.get_objects(**filters)
    told = page.get("objects", [])
    assert [(each["id"], each.get("modified", "")) for each in told] == found
    assert page.get("more", False) == ("limit" in filters)
    named = theirs.get_manifest(**filters).get("objects", [])
    assert [each["id"] for each in named] == [each["id"] for each in told]
    if named:  # what was added after the first of them is the rest
        after = {**filters, "added_after": named[0]["date_added"]}
        rest = theirs.get_objects(**after).get("objects", [])
        assert [each["id"] for each in rest][: len(found) - 1] == [id for id, _ in found[1:]]
        assert told[0] not in rest


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, [LAST]), ({"version": "all"}, [FIRST, LAST]), ({"version": "first"}, [FIRST]),
        ({"version": [FIRST, "last"]}, [FIRST, LAST]), ({"version": "all", "limit": 1}, [FIRST]),
        ({"spec_version": "2.0"}, []), ({"added_after": "2101-01-01T00:00:00.000Z"}, []),
    ],
    ids=str,
)  # fmt: skip
def test_the_official_client_reads_one_object_by_each_filter(
    house: House, filtered: str, filters, found
):
    page = house.taxii("upbeat", filtered).get_object(id_of(1), **filters)
    assert [each["modified"] for each in page.get("objects", [])] == found


def test_the_official_client_lists_versions_page_by_page(house: House, filtered: str):
    theirs = house.taxii("upbeat", filtered)
    first = theirs.object_versions(id_of(1), limit=1)
    assert (first["versions"], first["more"]) == ([FIRST], True)
    rest = theirs.object_versions(id_of(1), limit=1, next=first["next"])
    assert rest["versions"] == [LAST]
    assert theirs.object_versions(id_of(1), spec_version="2.0").get("versions", []) == []


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        ({"version": FIRST}, [LAST]), ({"version": "first"}, [LAST]),
        ({"version": "last"}, [FIRST]), ({"version": "all"}, []), ({}, []),
    ],
    ids=str,
)  # fmt: skip
def test_the_official_client_deletes_the_versions_that_it_names(house: House, filters, left):
    id = house.collection("upbeat")
    house.post("kr", id, indicator(1, FIRST), indicator(1, LAST), indicator(2))
    with pytest.raises(HTTPError, match="404"):
        house.taxii("kr", id).delete_object(id_of(1), spec_version="2.0")
    house.taxii("kr", id).delete_object(id_of(1), **filters)
    page = house.taxii("upbeat", id).get_objects(version="all", id=id_of(1))
    assert [each["modified"] for each in page.get("objects", [])] == left
    assert house.taxii("upbeat", id).get_objects(id=id_of(2))["objects"] == [indicator(2)]


def test_an_object_is_deleted(house: House):
    id = house.collection("upbeat")
    house.post("kr", id, indicator(1), indicator(1, "2026-02-01T00:00:00.000Z"), indicator(2))
    house.taxii("kr", id).delete_object(id_of(1))
    assert [each["id"] for each in house.taxii("upbeat", id).get_objects()["objects"]] == [id_of(2)]
    with pytest.raises(HTTPError, match="404"):
        house.taxii("kr", id).get_object(id_of(1))


def half_way(house: House, collection: str) -> str:
    """The cursor behind the first four of ten objects."""
    house.post("kr", collection, *(indicator(number) for number in range(10)))
    first = house.ask("upbeat", "GET", f"collections/{collection}/objects/?limit=4").json()
    assert [each["id"] for each in first["objects"]] == [id_of(number) for number in range(4)]
    cursor: str = first["next"]
    return cursor


def test_nothing_is_lost_or_repeated_while_others_write_and_the_server_is_killed(house: House):
    collection, pages = house.collection("upbeat"), house.collection("upbeat")
    taken: list[str] = []
    writers = [
        threading.Thread(target=write, args=(house, collection, start, taken))
        for start in (0, 10_000)
    ]
    poller = Poller(house, collection)
    for each in writers:
        each.start()
    cursor = half_way(house, pages)
    killed = False
    while any(each.is_alive() for each in writers):
        try:
            poller.poll()
        except httpx.HTTPError:
            continue  # between two servers: what had come is known, and is not asked for again
        if not killed and len(poller.found) > SIZE * 4:
            house.desk.kill()
            house.desk.start()
            killed = True
    assert killed
    rest = house.ask("upbeat", "GET", f"collections/{pages}/objects/?limit=4&next={cursor}").json()
    assert [each["id"] for each in rest["objects"]] == [id_of(number) for number in range(4, 8)]
    while poller.poll():
        pass
    assert set(poller.found) == set(taken)
    assert len(taken) == 2 * BATCHES * SIZE
    assert set(poller.found.values()) == {1}


def test_a_flood_is_cut_off_without_being_held_in_memory(house: House):
    collection = house.collection()
    sent = 0

    def flood():
        nonlocal sent
        yield b'{"objects":['
        for _ in range(1024):  # a gigabyte
            sent += 1
            yield b" " * (1 << 20)

    assert house.desk.server is not None
    before = _memory(house.desk.server.pid)
    path = f"collections/{collection}/objects/"
    # The connection is closed on whoever goes on sending; some clients then miss the answer.
    with contextlib.suppress(httpx.HTTPError):
        answer = house.ask("kr", "POST", path, content=flood(), headers={"Content-Type": MEDIA})
        assert answer.status_code == 413
    assert sent < 200
    assert _memory(house.desk.server.pid) - before < 150 << 20
    assert house.ask("kr", "GET", path).status_code == 200


def _memory(pid: int) -> int:
    """Bytes that a process holds."""
    with open(f"/proc/{pid}/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * 4096


def test_what_nobody_here_knows_is_passed_on(house: House):
    collection = house.collection("upbeat")
    own = {
        "type": "x-wallet-note", "spec_version": "2.1", "x_colour": ["blue", {"shade": 1.50}],
        "id": "x-wallet-note--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f",
        "created": "2026-01-01T00:00:00.000Z", "modified": "2026-01-01T00:00:00.000Z",
    }  # fmt: skip
    known = indicator(1, x_priority="high", labels=["wallet"])
    house.post("kr", collection, own, known)
    assert house.taxii("upbeat", collection).get_objects()["objects"] == [own, known]
