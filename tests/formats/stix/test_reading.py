"""Bundles of others: kept byte for byte, or refused with a reason, and nobody else with them."""

import contextlib
import gzip
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from stanch.formats.stix.reading import Limits, bundle_of, read

ID = "6aee0c9e-d883-5c7f-8790-f536a4332ac9"
AT = "2024-05-31T04:26:47.000Z"
GOOD = {"type": "identity", "spec_version": "2.1", "id": f"identity--{ID}", "created": AT,
        "modified": AT, "name": "Someone"}  # fmt: skip


def bundle(*raw):
    texts = [each if isinstance(each, str) else json.dumps(each) for each in raw]
    return f'{{"type":"bundle","id":"bundle--{ID}","objects":[{",".join(texts)}]}}'.encode()


def other(**changes):
    return GOOD | {"id": f"identity--{ID[:-1]}0"} | changes


def reasons(data, limits=Limits()):  # noqa: B008 - frozen
    return [each.reason for each in read(data, limits).refused]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("7", "is no JSON object"),
        ("{}", "has no type"),
        ({"type": "identity", "id": "identity--1"}, "has no id such as identity--UUID"),
        (other(id="identity--00000000-0000-0000-0000-000000000000"), "has no id such as"),
        (other(type="tool"), "is of type tool, and its id says identity"),
        (other(spec_version="2.0"), "is of STIX 2.0, not 2.1"),
        ({**{k: v for k, v in other().items() if k != "modified"}}, "has no modified"),
        ({**{k: v for k, v in other().items() if k != "name"}}, "has no name"),
        (other(created="2024-05-31"), "created is no timestamp"),
        (other(created="2024-02-31T00:00:00Z"), "created is no timestamp"),
        (other(modified="2023-01-01T00:00:00Z"), "modified is before created"),
        (other(created_by_ref="tool--" + ID), "created_by_ref holds what is no id"),
        (other(object_marking_refs=["x"]), "object_marking_refs holds what is no id of a marking"),
        (other(confidence=101), "confidence is no integer from 0 to 100"),
        (other(**{"Not Allowed": 1}), "only a-z, 0-9 and _"),
        (other(roles=[]), "roles is an empty list"),
        (other(extensions={}), "extensions is an empty object"),
        (
            other(external_references=[{"source_name": "a", "hashes": {}}]),
            "external_references holds an empty object",
        ),
        (other(sectors=["a", [[]]]), "sectors holds an empty list"),
        ('{"type":"x","type":"y"}', "names a key twice"),
        ('{"a": NaN}', "which is no number"),
        ('{"a": tru, "b": [1, {"c": "]}"}]}', "is no JSON"),
        ('{"a":' * 10_000 + "1" + "}" * 10_000, "is nested more than 64 levels deep"),
        ('{"a":' * 70 + "1" + "}" * 70, "is nested more than 64 levels deep"),
        ('{"a": ' + "9" * 5000 + "}", "limit"),
    ],
)
def test_one_that_breaks_a_rule_costs_nobody_else_a_place(bad, reason):
    last = other(name="Last", id=f"identity--{ID[:-1]}1")
    found = read(bundle(GOOD, bad, last))
    assert [each["name"] for each in found.objects] == ["Someone", "Last"]
    (refused,) = found.refused
    assert refused.place == 2
    assert reason in refused.reason


def test_what_somebody_calls_their_own_may_be_empty():
    """As ATT&CK has had it: it has to come back as it went."""
    own = other(x_mitre_aliases=[], labels=["a"], external_references=[
        {"source_name": "a", "x_more": {}}
    ])  # fmt: skip
    assert read(bundle(own)).objects == [own]


def test_one_id_and_time_has_one_content():
    changed = other(id=GOOD["id"], name="Another")
    later = GOOD | {"modified": "2024-06-01T00:00:00.000Z", "name": "Another"}
    found = read(bundle(GOOD, dict(reversed(GOOD.items())), changed, later))
    assert found.repeated == 1
    assert [each["name"] for each in found.objects] == ["Someone", "Another"]
    assert [str(each) for each in found.refused] == [
        f"object 3 ({GOOD['id']}): has the id and the time of another that says something else"
    ]


def test_what_nobody_knows_is_kept_byte_for_byte():
    strange = (
        f'{{ "type":"x-new",\t"id":"x-new--{ID}", "deep":{{"é":[1.50, 2e3]}},'
        f' "a_ref":"tool--{ID}" }}'
    )
    found = read(bundle(strange))
    assert [each.raw.decode() for each in found.taken] == [strange]
    again = read(bundle_of(found.taken, f"bundle--{ID}"))
    assert [each.raw for each in again.taken] == [each.raw for each in found.taken]


def test_what_would_cost_hours_is_broken_off():
    """Texts that never end, a thousand objects that are no JSON: seconds, not hours."""
    begun = time.monotonic()
    for text in ('"' + '\\"' * 2_000_000, '["' + '"' * 2_000_001, '"' * 2_000_001, "[" * 2_000_000):
        with contextlib.suppress(ValueError):
            assert read(b'{"objects":[nul, ' + text.encode()).taken == []
    found = read(bundle(*["{nul}"] * 1000, GOOD))
    assert len(found.refused) == 102
    assert "more than 100 of its objects cannot be read" in found.refused[-1].reason
    assert time.monotonic() - begun < 20


def test_sizes_are_held():
    assert reasons(bundle(GOOD), Limits(each=20)) == ["is longer than 20 bytes"]
    beyond = reasons(bundle(GOOD, other()), Limits(objects=1))
    assert beyond == ["is beyond the 1 objects that are read of one bundle"]
    for data, reason in (
        (b"x" * 11, "longer than 10 bytes"), (b"\xff", "not UTF-8"), (b"[]", "no JSON object"),
        (b'{"type":"report"}', "no bundle"), (b"{" * 9, "no JSON"),
    ):  # fmt: skip
        with pytest.raises(ValueError, match=reason):
            read(data, Limits(total=10) if b"xxx" in data else Limits())


def test_a_bundle_that_breaks_off_keeps_what_came():
    found = read(bundle(GOOD, other())[:-40])
    assert [each["id"] for each in found.objects] == [GOOD["id"]]
    assert "breaks off" in found.refused[-1].reason


@given(some.binary(max_size=200))
def test_any_bytes_are_read_or_refused(noise):
    for data in (noise, bundle("null")[:-6] + noise):
        with contextlib.suppress(ValueError):
            assert read(data).taken == []


def test_attack_goes_through_without_loss(data_dir):
    data = gzip.decompress((data_dir / "sharing" / "attack-enterprise.json.gz").read_bytes())
    found = read(data)
    assert (len(found.taken), found.refused, found.repeated) == (24_771, [], 0)
    whole = json.loads(data)
    again = bundle_of(found.taken, whole["id"])
    assert json.loads(again) == whole
    assert [each.raw for each in read(again).taken] == [each.raw for each in found.taken]
