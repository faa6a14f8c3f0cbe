"""Member x marking x release list x path of TAXII: what an oracle says, and no more.

What a member may not see is not listed, not counted, not found by its id, and is refused by the
words, the status and the headers by which what was never there is refused.
"""

import itertools
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy import select

from stanch.store.desk.tables import log
from tests.reference.release import PlainCollection, PlainObject
from tests.release.desk import COLLECTIONS, MEMBERS, Drawn, Served, collections, populate
from tests.taxii.objects import id_of

NEVER = "00000000-0000-4000-8000-000000000000"
# A desk keeps what was put there before, so that there is nothing to shrink to.
ONCE = {"phases": (Phase.generate,), "suppress_health_check": list(HealthCheck)}
FEW = settings(max_examples=1, **ONCE)
MANY = settings(max_examples=60, **ONCE)
IDS = [id_of(number, kind) for number in range(4) for kind in ("indicator", "url")]


def whole(drawn: Drawn, served: Served) -> None:
    """All paths of all members."""
    plain = populate(served, drawn)
    secrets = {each.secret for each in plain.objects}
    for member in MEMBERS:
        if not listed(served, plain, member):
            continue
        said = pages(served, plain, member)
        said += by_id(served, plain, member)
        said += rows(served, plain, member)
        mine = {each.secret for each in plain.seen(member)}
        for secret in secrets - mine:
            assert secret not in said, (member, secret)
    elsewhere(served, plain)
    logged(served, secrets)


@FEW
@given(drawn=collections())
def test_every_path_tells_each_member_what_is_theirs(served: Served, drawn: Drawn) -> None:
    whole(drawn, served)


@pytest.mark.slow
@MANY
@given(drawn=collections())
def test_every_path_in_many_populations(served: Served, drawn: Drawn) -> None:
    whole(drawn, served)


def listed(served: Served, plain: PlainCollection, member: str) -> bool:
    """Whether the collection is there for the member, in lists and by its id; and read."""
    taxii = served.get(member, COLLECTIONS).json().get("collections", [])
    desk = served.get(member, "/v1/collections").json()["items"]
    for found in (taxii, desk):
        assert (plain.id in {each["id"] for each in found}) == plain.known(member)
    for path in ("", "objects/", "manifest/", f"objects/{IDS[0]}/", f"objects/{IDS[0]}/versions/"):
        answer = served.get(member, f"{COLLECTIONS}{plain.id}/{path}")
        if not plain.known(member):
            never = served.get(member, f"{COLLECTIONS}{NEVER}/{path}")
            assert same(answer, never, plain.id, NEVER)
        elif not plain.reads(member) and path:
            assert answer.status_code == 403
    return plain.reads(member)


def same(one: Any, other: Any, hidden: str, never: str) -> bool:
    """Whether two refusals differ in nothing but the id that was asked for."""
    assert one.status_code == other.status_code == 404, (one.text, other.text)
    beside = ("x-request-id", "date")
    heads = [
        {name: value for name, value in each.headers.items() if name not in beside}
        for each in (one, other)
    ]
    assert heads[0] == heads[1]
    return str(one.text).replace(hidden, never) == str(other.text)


def pages(served: Served, plain: PlainCollection, member: str) -> str:
    """Objects and manifest, by all versions and types, in pages of two and as a whole."""
    told = ""
    for versions, types in itertools.product(
        ("last", "first", "all"), ("", "url", "indicator,url")
    ):
        expected = plain.page(member, versions, types.split(",") if types else ())
        query = {"match[version]": versions} | ({"match[type]": types} if types else {})
        for kind in ("objects", "manifest"):
            for limit in (2, 100):
                found, texts = crawled(served, plain, member, (kind, {**query, "limit": limit}))
                assert found == [each.id for each in expected], (member, kind, query)
                told += texts
    return told


def crawled(
    served: Served, plain: PlainCollection, member: str, asked: tuple[str, dict[str, Any]]
) -> tuple[list[str], str]:
    """The ids by `next` until there is no more, and all that was said."""
    kind, query = asked
    found: list[str] = []
    texts = ""
    while True:
        answer = served.get(member, f"{COLLECTIONS}{plain.id}/{kind}/", **query)
        assert answer.status_code == 200, answer.text
        body = answer.json()
        found += [each["id"] for each in body.get("objects", ())]
        texts += answer.text + str(answer.headers)
        assert bool(body.get("more")) == ("next" in body)
        if not body.get("more"):
            return found, texts
        assert body["objects"], "there is more, and a page holds nothing"
        query = {**query, "next": body["next"]}


def by_id(served: Served, plain: PlainCollection, member: str) -> str:
    """Each object by its id: all versions, or the refusal of one that was never there."""
    told = ""
    for id in IDS:
        never = f"{id.partition('--')[0]}--{NEVER}"
        expected = [each for each in plain.page(member, "all") if each.id == id]
        for path in ("", "versions/"):
            answer = served.get(member, f"{COLLECTIONS}{plain.id}/objects/{id}/{path}")
            if not expected:
                other = served.get(member, f"{COLLECTIONS}{plain.id}/objects/{never}/{path}")
                assert same(answer, other, id, never)
                gone = served.programs[member].delete(f"{COLLECTIONS}{plain.id}/objects/{id}/")
                assert gone.status_code in (403, 404, 406)
                continue
            assert answer.status_code == 200
            told += answer.text
            if path:
                assert sorted(answer.json()["versions"]) == sorted({e.version for e in expected})
        found, texts = crawled(
            served, plain, member, ("objects", {"match[id]": id, "match[version]": "all"})
        )
        assert found == [each.id for each in expected]
        told += texts
    return told + after(served, plain, member)


def after(served: Served, plain: PlainCollection, member: str) -> str:
    """`added_after` each time that the member was told: what follows, and nothing before."""
    manifest = served.get(
        member, f"{COLLECTIONS}{plain.id}/manifest/", **{"match[version]": "all"}
    ).json()
    rows = manifest.get("objects", [])
    for place, row in enumerate(rows):
        found, _ = crawled(
            served, plain, member,
            ("objects", {"added_after": row["date_added"], "match[version]": "all"}),
        )  # fmt: skip
        assert found == [each["id"] for each in rows[place + 1 :]]
    return str(manifest)


def rows(served: Served, plain: PlainCollection, member: str) -> str:
    """The desk's own list of what lies there."""
    told, query = "", {"versions": "all", "limit": 3}
    found: list[dict[str, Any]] = []
    while True:
        answer = served.get(member, f"/v1/collections/{plain.id}/objects", **query)
        assert answer.status_code == 200, answer.text
        told += answer.text
        found += answer.json()["items"]
        if answer.json()["next"] is None:
            break
        query = {**query, "after": answer.json()["next"]}
    expected: list[PlainObject] = plain.page(member, "all")
    assert [(each["id"], each["owner"]) for each in found] == [
        (each.id, each.owner) for each in expected
    ]
    return told


def elsewhere(served: Served, plain: PlainCollection) -> None:
    """A token is for who got it, for that collection and those filters: elsewhere it is no token,
    as one is that was made up.
    """
    owner = plain.owner
    first = served.get(owner, f"{COLLECTIONS}{plain.id}/objects/", limit=1).json()
    if "next" not in first:
        return
    asked = {"limit": 1, "next": first["next"]}
    made_up = {"limit": 1, "next": "AAAA" + first["next"][4:]}
    for member in MEMBERS:
        path = f"{COLLECTIONS}{plain.id}/objects/"
        answer, garbage = (served.get(member, path, **query) for query in (asked, made_up))
        if member == owner:
            assert answer.status_code == 200
        else:
            assert (answer.status_code, answer.text) == (garbage.status_code, garbage.text)
            assert answer.status_code != 200
    other = served.get(owner, f"{COLLECTIONS}{plain.id}/manifest/", **asked)
    assert other.status_code == served.get(owner, path, **made_up).status_code != 200


def logged(served: Served, secrets: set[str]) -> None:
    """The log, which every member's auditors read and export, names no object and none's words."""
    with served.world.database.read() as connection:
        said = " ".join(
            f"{row.subject} {row.said}"
            for row in connection.execute(select(log.c.subject, log.c.said))
        )
    for each in (*secrets, *IDS):
        assert each not in said
