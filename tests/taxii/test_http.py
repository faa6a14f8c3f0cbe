"""Media types, statuses, headers and error messages, as TAXII 2.1 has them."""

import base64
import gzip
import json

import pytest

from stanch.sharing.collections import making
from tests.desk_world import COIN, EAST, JP, KR, NORTH, US
from tests.taxii.objects import id_of, indicator
from tests.taxii.place import MEDIA, ROOT, Place

OBJECTS = "collections/{}/objects/"


def error(answer, status: int) -> dict:
    """What an error message of TAXII says."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == MEDIA
    said = answer.json()
    assert said["http_status"] == str(status)
    assert said["title"]
    return said


def test_who_brings_no_key_is_asked_for_one_whatever_the_path(place: Place):
    id = place.collection()
    for path in ("/taxii2/", ROOT, f"{ROOT}collections/{id}/", f"{ROOT}no/such/", "/taxii2/x/"):
        answer = place.get(KR, path, headers={"Authorization": None})
        error(answer, 401)
        said = answer.headers["www-authenticate"]
        assert "Basic" in said
        assert "Bearer" in said


@pytest.mark.parametrize("said", ["Basic", "Basic !!!", "Basic YTpi", "Digest x", "Bearer ", "x"])
def test_what_is_no_key_lets_nobody_in(place: Place, said: str):
    error(place.get(KR, "/taxii2/", headers={"Authorization": said}), 401)


def test_basic_takes_the_key_as_the_password_of_any_name(place: Place):
    for name in ("", KR, "anything at all"):
        said = base64.b64encode(f"{name}:{place.key(KR)}".encode()).decode()
        answer = place.get(KR, "/taxii2/", headers={"Authorization": f"basic {said}"})
        assert answer.status_code == 200


def test_a_key_needs_a_scope_that_reads_and_another_to_write(place: Place):
    id = place.collection()
    for scope, read, write in (("read", 200, 403), ("share", 200, 202), ("screen", 403, 403)):
        key = {"Authorization": f"Bearer {place.key(KR, scope)}"}
        assert place.get(KR, OBJECTS.format(id), headers=key).status_code == read
        body = json.dumps({"objects": [indicator(1)]})
        assert place.send(KR, id, body, headers=key).status_code == write


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        (MEDIA, 200),
        ("application/taxii+json", 200),
        ("application/taxii+json; version=2.1", 200),
        ("text/html, application/taxii+json;version=2.1;q=0.5", 200),
        ("*/*", 200),
        (None, 200),
        ("application/taxii+json;version=2.0", 406),
        ("application/taxii+json;version=2.1;q=0", 406),
        ("application/json", 406),
        ("application/stix+json;version=2.1", 406),
    ],
)
def test_an_answer_is_in_the_media_type_of_taxii_or_refused(place: Place, accept, status):
    id = place.collection()
    for path in ("/taxii2/", ROOT, "collections/", f"collections/{id}/", OBJECTS.format(id)):
        answer = place.get(KR, path, headers={"Accept": accept})
        assert answer.status_code == status
        assert answer.headers["content-type"] == MEDIA


@pytest.mark.parametrize(
    ("media", "status"),
    [
        (MEDIA, 202),
        ("application/taxii+json", 202),
        ("Application/TAXII+JSON; Version=2.1", 202),
        ("application/taxii+json;version=2.0", 415),
        ("application/json", 415),
        ("application/stix+json;version=2.1", 415),
        ("", 415),
    ],
)
def test_a_post_is_of_the_media_type_of_taxii_or_refused(place: Place, media, status):
    body = json.dumps({"objects": [indicator(1)]})
    answer = place.send(KR, place.collection(), body, headers={"Content-Type": media})
    assert answer.status_code == status


def test_what_is_not_there_and_what_is_hidden_are_answered_alike(place: Place):
    hidden = place.filled(3)
    shown = place.collection(NORTH)
    place.post(KR, shown, indicator(1))
    never = "00000000-0000-4000-8000-000000000000"
    for rest in (
        "",
        "objects/",
        "manifest/",
        f"objects/{id_of(1)}/",
        f"objects/{id_of(1)}/versions/",
    ):
        there = error(place.get(NORTH, f"collections/{hidden}/{rest}"), 404)
        nowhere = error(place.get(NORTH, f"collections/{never}/{rest}"), 404)
        assert there == {**nowhere, "description": nowhere["description"].replace(never, hidden)}
    body = json.dumps({"objects": [indicator(9)]})
    error(place.send(NORTH, hidden, body), 404)
    error(place.ask(NORTH, "DELETE", f"collections/{hidden}/objects/{id_of(1)}/"), 404)
    error(place.get(NORTH, f"collections/{shown}/objects/{id_of(2)}/"), 404)
    error(place.get(NORTH, f"collections/{shown}/objects/{id_of(2)}/versions/"), 404)
    error(place.get(NORTH, "status/00000000-0000-4000-8000-000000000000/"), 404)
    error(place.get(NORTH, "/taxii2/elsewhere/collections/"), 404)


def test_a_status_is_told_to_whoever_posted(place: Place):
    id = place.collection(US, writers=(US,))
    status = place.post(US, id, indicator(1))
    assert place.get(US, f"status/{status['id']}/").json() == status
    error(place.get(KR, f"status/{status['id']}/"), 404)
    assert status["status"] == "complete"
    assert status["pending_count"] == 0
    place.world.database.clock.move(days=31)
    later = place.post(US, id, indicator(2))
    assert place.get(US, f"status/{later['id']}/").json() == later
    error(place.get(US, f"status/{status['id']}/"), 404)
    place.world.database.clock.move(days=-31)
    assert status["request_timestamp"].endswith("Z")


def test_who_may_only_write_does_not_read_and_the_other_way_round(place: Place):
    id = place.collection(US, writers=(JP,))
    place.post(JP, id, indicator(1))
    for rest in ("objects/", "manifest/", f"objects/{id_of(1)}/", f"objects/{id_of(1)}/versions/"):
        error(place.get(JP, f"collections/{id}/{rest}"), 403)
        assert place.get(US, f"collections/{id}/{rest}").status_code == 200
    error(place.ask(JP, "DELETE", f"collections/{id}/objects/{id_of(1)}/"), 403)
    error(place.ask(US, "DELETE", f"collections/{id}/objects/{id_of(1)}/"), 403)
    error(place.send(US, id, json.dumps({"objects": [indicator(2)]})), 403)
    told = place.get(JP, f"collections/{id}/").json()
    assert (told["can_read"], told["can_write"]) == (False, True)


def test_a_method_that_a_resource_does_not_have_is_named(place: Place):
    id = place.collection()
    for method, path, allowed in (
        ("POST", "/taxii2/", "GET, HEAD"),
        ("PUT", OBJECTS.format(id), "GET, HEAD, POST"),
        ("POST", f"collections/{id}/objects/{id_of(1)}/", "GET, HEAD, DELETE"),
        ("DELETE", f"collections/{id}/manifest/", "GET, HEAD"),
        ("OPTIONS", ROOT, "GET, HEAD"),
    ):
        answer = place.ask(KR, method, path)
        error(answer, 405)
        assert answer.headers["allow"] == allowed


def test_a_head_is_the_get_without_its_body(place: Place):
    id = place.filled(3)
    whole = place.get(KR, OBJECTS.format(id), headers={"Accept-Encoding": "identity"})
    head = place.ask(KR, "HEAD", OBJECTS.format(id), headers={"Accept-Encoding": "identity"})
    assert head.content == b""
    for name in ("content-length", "content-type", "x-taxii-date-added-first"):
        assert head.headers[name] == whole.headers[name]


def test_pages_say_when_their_first_and_last_object_were_added(place: Place):
    id = place.filled(5)
    named = place.get(KR, f"collections/{id}/manifest/").json()["objects"]
    added = [each["date_added"] for each in named]
    assert added == sorted(added)
    for path in (OBJECTS.format(id), f"collections/{id}/manifest/"):
        answer = place.get(KR, f"{path}?limit=3")
        assert answer.headers["x-taxii-date-added-first"] == added[0]
        assert answer.headers["x-taxii-date-added-last"] == added[2]
        assert answer.json()["more"] is True
    last = place.get(KR, f"{OBJECTS.format(id)}?added_after={added[2]}").json()
    assert [each["id"] for each in last["objects"]] == [each["id"] for each in named[3:]]
    none = place.get(KR, f"{OBJECTS.format(id)}?added_after={added[4]}")
    assert none.json() == {}
    for path in (OBJECTS.format(id), f"collections/{id}/manifest/"):
        none = place.get(KR, f"{path}?added_after={added[4]}")
        assert none.json() == {}
        assert none.headers["x-taxii-date-added-first"] == added[4], "one goes on from there"
        assert none.headers["x-taxii-date-added-last"] == added[4]
    never = place.get(KR, OBJECTS.format(place.collection()))
    assert never.headers["x-taxii-date-added-last"] == "1970-01-01T00:00:00.000000Z"


def test_whoever_does_not_say_what_they_are_is_answered(place: Place):
    assert place.get(KR, "/taxii2/", headers={"User-Agent": None}).status_code == 200


def test_collections_come_in_one_order_and_an_alias_is_of_one(place: Place):
    ids = {}
    with place.world.database.write() as tx:
        for owner in (KR, JP):
            new = making.NewCollection("Twice", alias="twice")
            ids[making.make(tx, place.world.analyst(owner), new)] = owner
        for id, owner in ids.items():
            making.grant(tx, place.world.analyst(owner), id, NORTH, (True, False))
    answer = place.get(NORTH, "collections/")
    assert place.get(NORTH, "collections/").json() == answer.json()
    (first,) = (x["id"] for x in answer.json()["collections"] if x.get("alias") == "twice")
    (other,) = ids.keys() - {first}
    assert place.get(NORTH, "collections/twice/").json()["id"] == first
    assert "alias" not in place.get(NORTH, f"collections/{other}/").json()
    assert place.get(ids[other], f"collections/{other}/").json()["alias"] == "twice"


def test_an_answer_is_packed_for_whoever_asks_for_it(place: Place):
    id = place.filled(30)
    plain = place.get(KR, OBJECTS.format(id), headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    packed = place.get(KR, OBJECTS.format(id), headers={"Accept-Encoding": "br, gzip;q=0.5"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) < len(plain.content) / 3
    assert gzip.decompress(gzip.compress(plain.content)) == plain.content
    none = place.get(KR, OBJECTS.format(id), headers={"Accept-Encoding": "gzip;q=0"})
    assert "content-encoding" not in none.headers


def test_paths_without_their_last_slash_lead_to_the_same(place: Place):
    id = place.filled(1)
    for path in (
        "/taxii2",
        "/taxii2/desk",
        f"{ROOT}collections",
        f"{ROOT}collections/{id}/objects",
    ):
        assert place.get(KR, path).content == place.get(KR, path + "/").content


def test_somebody_who_was_let_in_or_out_a_moment_ago_is(place: Place):
    id = place.filled(2, US)
    kr, database = place.world.analyst(KR), place.world.database
    for reads, status in ((True, 200), (False, 404), (True, 200)):
        with database.write() as tx:
            making.grant(tx, kr, id, US, (reads, False))
        assert place.get(US, OBJECTS.format(id)).status_code == status


def test_what_was_posted_is_there_at_once_and_what_was_deleted_is_not(place: Place):
    id = place.filled(1, US)
    seen = []
    for number in range(5, 10):
        place.post(KR, id, indicator(number))
        seen.append(len(place.get(US, OBJECTS.format(id)).json()["objects"]))
        gone = place.ask(KR, "DELETE", f"collections/{id}/objects/{id_of(number)}/")
        assert (gone.status_code, gone.content) == (200, b"")
        assert gone.headers["content-type"] == MEDIA
        seen.append(len(place.get(US, OBJECTS.format(id)).json()["objects"]))
    assert seen == [2, 1] * 5


def test_a_member_deletes_what_is_its_own_and_the_owner_whatever_lies_there(place: Place):
    id = place.collection(US, JP, writers=(US, JP))
    place.post(US, id, indicator(1), indicator(2))
    error(place.ask(JP, "DELETE", f"collections/{id}/objects/{id_of(1)}/"), 403)
    assert place.ask(US, "DELETE", f"collections/{id}/objects/{id_of(1)}/").status_code == 200
    assert place.ask(KR, "DELETE", f"collections/{id}/objects/{id_of(2)}/").status_code == 200
    assert place.get(US, OBJECTS.format(id)).json() == {}
    assert place.post(JP, id, indicator(1))["success_count"] == 1, "another may say it anew"


def test_deleting_takes_the_versions_that_are_asked_for(place: Place):
    times = [f"2026-0{month}-01T00:00:00.000Z" for month in (1, 2, 3)]
    id = place.collection()
    place.post(KR, id, *(indicator(1, at) for at in times))
    path = f"collections/{id}/objects/{id_of(1)}/"
    assert place.ask(KR, "DELETE", f"{path}?match[version]={times[1]}").status_code == 200
    assert place.get(KR, f"{path}versions/").json()["versions"] == [times[0], times[2]]
    assert place.ask(KR, "DELETE", f"{path}?match[version]=last").status_code == 200
    assert place.get(KR, f"{path}versions/").json()["versions"] == [times[0]]
    error(place.ask(KR, "DELETE", f"{path}?match[version]={times[2]}"), 404)
    error(place.ask(KR, "DELETE", f"{path}?match[spec_version]=2.0"), 404)
    assert place.ask(KR, "DELETE", f"{path}?match[spec_version]=2.1").status_code == 200
    error(place.get(KR, path), 404)


def test_nobody_is_told_more_for_asking_by_another_host(place: Place):
    error(place.get(KR, "/taxii2/", headers={"Host": "evil.example"}), 421)


def test_members_that_are_let_into_nothing_see_no_collections(place: Place):
    for member in (COIN, EAST):
        answer = place.get(member, "collections/")
        assert answer.json() == {}
