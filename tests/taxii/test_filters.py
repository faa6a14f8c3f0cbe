"""All filters of TAXII 2.1, alone and together, and the cursor that holds for what was asked."""

import pytest

from tests.desk_world import JP, KR, US
from tests.taxii.objects import id_of, indicator, url
from tests.taxii.place import Place

EARLY, MIDDLE, LATE = (f"2026-0{month}-01T00:00:00.000Z" for month in (1, 2, 3))


@pytest.fixture(scope="module")
def full(place: Place) -> str:
    """Three indicators, the first in three versions, and two URLs."""
    id = place.collection(US, JP)
    place.post(KR, id, indicator(1, MIDDLE), url(1))
    place.post(KR, id, indicator(1, EARLY), indicator(2), url(2))
    place.post(KR, id, indicator(1, LATE), indicator(3, MIDDLE))
    return id


def told(place: Place, id: str, query: str, of: str = "objects/") -> list[tuple[str, str]]:
    """Type and version of what is answered."""
    answer = place.get(US, f"collections/{id}/{of}{query}")
    assert answer.status_code == 200, answer.text
    return [(each["id"], each.get("modified", "")) for each in answer.json().get("objects", ())]


ONE = [(id_of(1), at) for at in (MIDDLE, EARLY, LATE)]
TWO, THREE = (id_of(2), EARLY), (id_of(3), MIDDLE)
URLS = [(id_of(1, "url"), ""), (id_of(2, "url"), "")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [URLS[0], TWO, URLS[1], ONE[2], THREE]),
        ("?match[version]=last", [URLS[0], TWO, URLS[1], ONE[2], THREE]),
        ("?match[version]=first", [URLS[0], ONE[1], TWO, URLS[1], THREE]),
        ("?match[version]=all", [ONE[0], URLS[0], ONE[1], TWO, URLS[1], ONE[2], THREE]),
        ("?match[version]=first,last", [URLS[0], ONE[1], TWO, URLS[1], ONE[2], THREE]),
        (f"?match[version]={MIDDLE}", [ONE[0], THREE]),
        (f"?match[version]={MIDDLE},first", [ONE[0], URLS[0], ONE[1], TWO, URLS[1], THREE]),
        ("?match[version]=2026-02-01T00:00:00Z", [ONE[0], THREE]),
        ("?match[version]=2025-02-01T00:00:00.000Z", []),
        ("?match[type]=url", URLS),
        ("?match[type]=url,indicator&limit=2", [URLS[0], TWO]),
        ("?match[type]=indicator", [TWO, ONE[2], THREE]),
        ("?match[type]=tool", []),
        (f"?match[id]={id_of(1)}", [ONE[2]]),
        (f"?match[id]={id_of(3)},{id_of(1)}", [ONE[2], THREE]),
        (f"?match[id]={id_of(1)}&match[version]=all", ONE),
        (f"?match[id]={id_of(1)}&match[type]=url", []),
        (f"?match[id]={id_of(1)},{id_of(1, 'url')}&match[type]=url,tool", [URLS[0]]),
        ("?match[spec_version]=2.1&match[type]=url", URLS),
        ("?match[spec_version]=2.0", []),
        ("?match[spec_version]=2.0,2.1&limit=1", [URLS[0]]),
        ("?match%5Btype%5D=url", URLS),
        ("?added_after=2001-01-01T00:00:00Z&match[type]=url", URLS),
        ("?added_after=2101-01-01T00:00:00.000Z", []),
    ],
)
def test_each_filter_finds_what_it_names(place: Place, full: str, query: str, found):
    assert told(place, full, query) == found
    manifest = place.get(US, f"collections/{full}/manifest/{query}").json()
    named = [each["id"] for each in manifest.get("objects", ())]
    assert named == [id for id, _ in found]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", [LATE]),
        ("?match[version]=all", [MIDDLE, EARLY, LATE]),
        ("?match[version]=first", [EARLY]),
        (f"?match[version]={EARLY}", [EARLY]),
        ("?match[version]=all&limit=2", [MIDDLE, EARLY]),
        ("?match[spec_version]=2.1", [LATE]),
        ("?match[spec_version]=2.0", []),
        ("?match[version]=2001-01-01T00:00:00.000Z", []),
        ("?added_after=2101-01-01T00:00:00Z", []),
    ],
)
def test_an_object_is_read_in_the_versions_that_are_asked_for(place: Place, full, query, found):
    answered = told(place, full, query, f"objects/{id_of(1)}/")
    assert answered == [(id_of(1), at) for at in found]


def test_versions_are_told_in_the_order_in_which_they_were_added(place: Place, full: str):
    path = f"collections/{full}/objects/{id_of(1)}/versions/"
    assert place.get(US, path).json() == {"more": False, "versions": [MIDDLE, EARLY, LATE]}
    first = place.get(US, f"{path}?limit=2").json()
    assert first["versions"] == [MIDDLE, EARLY]
    assert first["more"] is True
    rest = place.get(US, f"{path}?limit=2&next={first['next']}").json()
    assert rest == {"more": False, "versions": [LATE]}
    added = place.get(US, path).headers["x-taxii-date-added-first"]
    later = place.get(US, f"{path}?added_after={added}").json()
    assert later["versions"] == [EARLY, LATE]


@pytest.mark.parametrize(
    "query",
    [
        "?limit=0", "?limit=-1", "?limit=x", "?limit=", "?limit=1.5", "?limit=١",
        "?added_after=yesterday", "?added_after=", "?added_after=2026-01-01T00:00:00",
        "?added_after=2026-01-01T00:00:00%2B09:00", "?added_after=2026-13-01T00:00:00Z",
        "?match[version]=newest", "?match[version]=last,last", "?match[version]=all,first",
        "?match[version]=2026-01-01T00:00:00Z,2026-01-01T00:00:00.000Z", "?match[version]=",
        "?match[type]=", "?match[id]=%00",
        "?match[name]=x", "?sort=up", "?next=AAAA", "?next=!", "?limit=1&limit=2",
        "?match[id]=%FF", "?" + "&".join(f"a{n}=1" for n in range(60)),
    ],
)  # fmt: skip
def test_a_filter_that_is_none_is_refused(place: Place, full: str, query: str):
    answer = place.get(US, f"collections/{full}/objects/{query}")
    assert answer.status_code == 400, answer.text
    assert answer.json()["http_status"] == "400"


def test_a_limit_above_the_servers_is_the_servers(place: Place):
    id = place.collection(US)
    for part in range(0, 1100, 550):
        place.post(KR, id, *(indicator(number) for number in range(part, part + 550)))
    answer = place.get(US, f"collections/{id}/objects/?limit=99999999999999").json()
    assert (len(answer["objects"]), answer["more"]) == (1000, True)
    rest = place.get(US, f"collections/{id}/objects/?next={answer['next']}").json()
    assert (len(rest["objects"]), rest["more"]) == (100, False)


def test_a_cursor_holds_for_the_reader_the_collection_and_the_filters_it_was_given_for(
    place: Place, full: str
):
    path = f"collections/{full}/objects/"
    next = place.get(US, f"{path}?limit=2&match[version]=all").json()["next"]
    good = f"{path}?limit=3&match[version]=all&next={next}"
    assert len(place.get(US, good).json()["objects"]) == 3
    assert place.get(US, good).content == place.get(US, good).content
    other = place.collection(US)
    for member, query in (
        (JP, f"{path}?limit=2&match[version]=all&next={next}"),
        (US, f"{path}?limit=2&next={next}"),
        (US, f"{path}?limit=2&match[version]=all&match[type]=url&next={next}"),
        (US, f"collections/{full}/manifest/?match[version]=all&next={next}"),
        (US, f"collections/{other}/objects/?match[version]=all&next={next}"),
        (US, f"{path}?match[version]=all&next={next[:-2]}AA"),
    ):
        assert place.get(member, query).status_code == 400, query


def test_a_page_is_the_same_however_it_is_cut(place: Place, full: str):
    whole = place.get(US, f"collections/{full}/objects/?match[version]=all").json()["objects"]
    for limit in (1, 2, 3, 7):
        found, next = [], ""
        for _ in range(10):
            path = f"collections/{full}/objects/?match[version]=all&limit={limit}{next}"
            page = place.get(US, path).json()
            assert 0 < len(page["objects"]) <= limit
            found += page["objects"]
            if not page["more"]:
                break
            next = f"&next={page['next']}"
        assert found == whole
