"""What is sent to break the desk is refused with a reason, and others are answered."""

import json

import pytest

from tests.desk_world import KR, US
from tests.taxii.objects import indicator, url
from tests.taxii.place import Place

DEEP = b'{"a":' * 10_000 + b"1" + b"}" * 10_000


def envelope(*raws: bytes) -> bytes:
    return b'{"objects":[' + b",".join(raws) + b"]}"


def judged(place: Place, id: str, *raws: bytes) -> tuple[list[str], list[str]]:
    """What was taken in of an envelope, and why the rest was not."""
    answer = place.send(KR, id, envelope(*raws))
    assert answer.status_code == 202, answer.text
    said = answer.json()
    assert said["total_count"] == said["success_count"] + said["failure_count"] == len(raws)
    assert all(each["version"] for kind in ("successes", "failures") for each in said.get(kind, ()))
    return (
        [each["id"] for each in said.get("successes", ())],
        [each["message"] for each in said.get("failures", ())],
    )


def raw(number: int, **more) -> bytes:
    return json.dumps(indicator(number, **more)).encode()


def without(number: int, name: str) -> bytes:
    data = indicator(number)
    del data[name]
    return json.dumps(data).encode()


@pytest.mark.parametrize(
    ("hostile", "why"),
    [
        (DEEP, "nested"),
        (b"[" * 10_000 + b"]" * 10_000, "nested"),
        (raw(1, id="indicator--no-uuid"), "id"),
        (raw(1, id="indicator--00000000-0000-0000-0000-000000000000"), "id"),
        (raw(1, id="tool--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f"), "type"),
        (raw(1, modified="2999-01-01T00:00:00.000Z"), "ahead"),
        (raw(1, modified="2025-01-01T00:00:00.000Z"), "before"),
        (raw(1, modified="2026-01-01T00:00:00.0000000000001Z"), "nanosecond"),
        (raw(1, modified="2026-02-30T00:00:00.000Z"), "timestamp"),
        (raw(1, spec_version="2.0"), "2.0"),
        (raw(1, tlp="red"), "TLP:RED"),
        (raw(1, granular_markings="x"), "granular"),
        (raw(1, Name="x"), "property"),
        (raw(1, name="\ud800"), "surrogate"),
        (raw(1, name="x" * (1 << 20)), "longer"),
        (raw(1, pattern="[" * 5000 + "]" * 5000), "pattern"),
        (raw(1, pattern="[file:name MATCHES '^(a+)+$']"), "pattern"),
        (raw(1, pattern="[file:name MATCHES '(a|a?)*b']"), "pattern"),
        (raw(1, pattern="[file:name = 'x'"), "pattern"),
        (raw(1, pattern="[file:name = 'x]"), "pattern"),
        (raw(1, pattern="x" * 100_000), "pattern"),
        (without(1, "type"), "type"),
        (without(1, "modified"), "modified"),
        (without(1, "pattern"), "pattern"),
        (b"1", "object"),
        (b'"text"', "object"),
        (b'{"type":"indicator","type":"tool"}', "twice"),
        (b'{"type":NaN}', "number"),
        (b'{"type":"bundle","id":"bundle--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f"}', "bundle"),
    ],
)  # fmt: skip
def test_one_hostile_object_costs_the_others_nothing(place: Place, hostile: bytes, why: str):
    id = place.collection(US)
    good = [indicator(100), indicator(101)]
    raws = [json.dumps(each).encode() for each in good]
    taken, refused = judged(place, id, raws[0], hostile, raws[1])
    assert taken == [each["id"] for each in good]
    assert len(refused) == 1
    assert why in refused[0]
    assert place.get(US, f"collections/{id}/objects/").json()["objects"] == good


def test_what_stands_in_a_post_more_than_once_counts_so_often(place: Place):
    id = place.collection(US)
    red, web = indicator(2, tlp="red"), url(1)
    status = place.post(KR, id, *[indicator(1)] * 2, *[red] * 2, *[web] * 3)
    counts = ("total_count", "success_count", "failure_count", "pending_count")
    assert [status[each] for each in counts] == [7, 5, 2, 0]
    assert len(status["successes"]) == 5
    assert {each["version"] for each in status["failures"]} == {red["modified"]}
    assert len(place.get(US, f"collections/{id}/objects/").json()["objects"]) == 2


def test_a_refused_object_keeps_its_version_and_what_is_beside_objects_is_passed_over(place: Place):
    body = {"x_example_note": 1, "objects": [indicator(1, pattern="["), indicator(2)]}
    answer = place.send(KR, place.collection(), json.dumps(body).encode())
    assert answer.status_code == 202
    (failure,) = answer.json()["failures"]
    assert (failure["id"], failure["version"]) == (indicator(1)["id"], indicator(1)["modified"])


def test_red_that_marks_a_part_counts_for_the_whole(place: Place):
    part = {"selectors": ["name"], "marking_ref": indicator(1, tlp="red")["object_marking_refs"][0]}
    taken, refused = judged(place, place.collection(), raw(1, granular_markings=[part]))
    assert (taken, len(refused)) == ([], 1)


def test_a_definition_that_names_red_by_another_id_is_believed(place: Place):
    own = {
        "type": "marking-definition", "spec_version": "2.1", "created": "2026-01-01T00:00:00.000Z",
        "id": "marking-definition--11111111-1111-4111-8111-111111111111",
        "definition_type": "tlp", "definition": {"tlp": "red"},
    }  # fmt: skip
    marked = raw(1, object_marking_refs=[own["id"]])
    taken, refused = judged(place, place.collection(), json.dumps(own).encode(), marked)
    assert (taken, len(refused)) == ([own["id"]], 1)


def test_one_id_with_other_content_is_refused_in_one_post_and_in_two(place: Place):
    id = place.collection()
    taken, refused = judged(place, id, raw(1), raw(1, name="else"))
    assert (len(taken), len(refused)) == (1, 1)
    taken, refused = judged(place, id, raw(1, name="third"))
    assert taken == []
    assert "something else" in refused[0]
    (lies,) = place.get(KR, f"collections/{id}/objects/").json()["objects"]
    assert lies["name"] == "Address 1"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422), (b"{}", 422), (b"[]", 422), (b'{"objects":[]}', 422), (b"\xff\xfe", 422),
        (b'{"objects":', 422), (b"null", 422), (b'{"objects":[' + b"[" * 200_000, 422),
        (b'{"type":"malware","objects":[]}', 422), (DEEP, 422),
    ],
)  # fmt: skip
def test_a_body_that_is_no_envelope_is_refused_as_a_whole(place: Place, body: bytes, status: int):
    answer = place.send(KR, place.collection(), body)
    assert answer.status_code == status, answer.text
    assert answer.json()["http_status"] == str(status)


def test_a_body_that_breaks_off_is_taken_as_far_as_it_goes(place: Place):
    id = place.collection()
    answer = place.send(KR, id, b'{"objects":[' + raw(1) + b"," + raw(2)[:40])
    said = answer.json()
    assert (said["success_count"], said["failure_count"]) == (1, 1)


def test_a_post_that_says_it_is_too_long_is_not_read(place: Place):
    answer = place.send(KR, place.collection(), b"{}", headers={"Content-Length": str(1 << 40)})
    assert answer.status_code == 413


def test_a_packed_post_is_refused(place: Place):
    answer = place.send(KR, place.collection(), b"x", headers={"Content-Encoding": "gzip"})
    assert answer.status_code == 415


def test_more_objects_than_one_post_may_bring_are_refused_one_by_one(place: Place):
    id = place.collection()
    small = [b'{"type":"x"}'] * 10_001
    answer = place.send(KR, id, envelope(*small))
    assert answer.status_code == 202
    assert answer.json()["failure_count"] == 10_001
    assert "beyond" in answer.json()["failures"][-1]["message"]


@pytest.mark.parametrize(
    "path",
    [
        "collections/%00/objects/", "collections/../../v1/members/", "collections/%2e%2e/",
        "collections/" + "a" * 5000 + "/", "status/%FF/", "collections/x/objects/%00/",
        "collections/'%20or%201=1--/objects/",
    ],
)  # fmt: skip
def test_paths_that_lead_nowhere_are_answered_as_such(place: Place, path: str):
    assert place.get(KR, path).status_code in (400, 404, 414)
