import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.formats.tag import RawTag, RefusedTag
from stanch.formats.tagpack import Actor, Pack, parse

PACK = b"""
title: A pack
creator: somebody
label: from header
currency: BTC
confidence: web_crawl
category: exchange
source: https://example.org
lastmod: 2023-01-26
is_cluster_definer: true
tags:
- address: 1CKVszDdUp4ymGceAZpGzYEFr4RPNHYqaM
- address: '0x8589427373D6D84E98730D7795D8f6f8731FDA16'
  network: ETH
  label: of its own
  category: mixing_service
  concepts: [defi, mixing_service]
  abuse: phishing
  actor: tornado
  confidence: ownership
"""


def test_a_tag_takes_from_the_header_what_it_lacks():
    first, second = parse(PACK).tags
    assert first == RawTag(
        row=1,
        address="1CKVszDdUp4ymGceAZpGzYEFr4RPNHYqaM",
        name="from header",
        terms=("exchange",),
        currency="BTC",
        confidence=0.2,
        source="https://example.org",
    )
    assert (second.name, second.currency, second.entity) == ("of its own", "ETH", "tornado")
    assert second.terms == ("mixing_service", "defi", "phishing")
    assert (second.confidence, second.source) == (1.0, "https://example.org")


def test_bad_tags_are_refused_and_the_rest_goes_on():
    pack = parse(b"""
currency: BTC
tags:
- {label: no address}
- just text
- {address: 1a, label: [1, 2]}
- {address: 1a, label: x, confidence: sure}
- {address: 0x8589427373D6D84E98730D7795D8f6f8731FDA16, label: x}
- {address: 1a, currency: null, label: x}
- {address: 1a}
- {address: 1a, label: fine}
""")
    assert [tag.row for tag in pack.tags] == [8]
    assert pack.refused == [
        RefusedTag(1, "tag has no address"),
        RefusedTag(2, "tag has no fields"),
        RefusedTag(3, "label is not plain text"),
        RefusedTag(4, "confidence 'sure' is neither a number from 0 to 1 nor a known word"),
        RefusedTag(5, "address is a number in YAML: it needs quotes"),
        RefusedTag(6, "tag has no currency"),
        RefusedTag(7, "tag says nothing: no label, category, abuse or actor"),
    ]


def test_actors():
    pack = parse(b"actors:\n- {id: okex, label: OKX, categories: [exchange]}\n- {label: x}\n")
    assert pack.actors == [Actor("okex", "OKX", ("exchange",))]
    assert pack.refused == [RefusedTag(2, "actor has no id")]


@pytest.mark.parametrize(
    "data", [b"", b"- 1", b"title: x", b"tags: 3", b"tags:\n\t- x", b"\xff\xfe"]
)
def test_what_is_no_pack_is_refused_as_a_whole(data):
    with pytest.raises(ValueError, match="is "):
        parse(data)


def pack_or_reason(data):
    """Anything but a ValueError with a reason fails the test."""
    try:
        return parse(data)
    except ValueError as error:
        return str(error)


SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.dates(),
    st.lists(st.text(max_size=3), max_size=2),
)
FIELDS = st.sampled_from(
    ["address", "label", "currency", "category", "concepts", "abuse", "confidence", "actor", "x"]
)  # fmt: skip


@given(
    st.dictionaries(FIELDS, SCALARS),
    st.lists(st.one_of(SCALARS, st.dictionaries(FIELDS, SCALARS)), max_size=5),
)
def test_any_values_give_tags_or_refusals(header, entries):
    import yaml

    pack = parse(yaml.safe_dump(header | {"tags": entries}, allow_unicode=True).encode())
    rows = [each.row for each in (*pack.tags, *pack.refused)]
    assert sorted(rows) == list(range(1, len(entries) + 1))
    assert all(0 <= tag.confidence <= 1 and tag.address for tag in pack.tags)


@given(st.one_of(st.binary(max_size=200), st.text("tags:-\n {}[]&*!<>'\"#|a1", max_size=80)))
def test_any_bytes_give_a_pack_or_a_reason(data):
    data = data if isinstance(data, bytes) else data.encode()
    assert isinstance(pack_or_reason(data), Pack | str)


@given(st.text("&*!<>'\"|%@`?:,a1 ", max_size=12), st.integers(0, len(PACK)))
def test_a_torn_pack_gives_a_pack_or_a_reason(noise, place):
    assert isinstance(pack_or_reason(PACK[:place] + noise.encode() + PACK[place:]), Pack | str)
