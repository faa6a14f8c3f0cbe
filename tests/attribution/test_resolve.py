import csv
import gzip

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.attribution.resolve import resolve
from stanch.model.tables import LABELS
from stanch.sources.labels import Reading, read
from tests.attribution.tiny import tag, tags

A, B = "0x" + "a" * 40, "0x" + "b" * 40
ETH_A, BSC_A, ETH_B = f"eip155:1:{A}", f"eip155:56:{A}", f"eip155:1:{B}"
STOPS = {"exchange", "mixer", "otc", "gambling", "mining", "service", "bridge", "dex"}


def one(*rows, account=ETH_A):
    found = resolve(tags(*rows), pa.array([account])).labels.to_pylist()
    return found[0] if found else None


def test_a_tag_without_chain_speaks_of_every_chain_of_its_namespace():
    accounts = pa.array([ETH_A, BSC_A, ETH_B, f"tron:0x2b6653dc:{A}"])
    labels = resolve(tags(tag(A, "Binance 14")), accounts).labels
    assert labels.schema == LABELS
    assert labels["account"].to_pylist() == [ETH_A, BSC_A]


def test_a_tag_with_a_chain_speaks_of_that_chain_only():
    accounts = pa.array([ETH_A, BSC_A])
    labels = resolve(tags(tag(A, "Binance 14", chain="eip155:56")), accounts).labels
    assert labels["account"].to_pylist() == [BSC_A]


def test_the_users_own_word_goes_before_any_confidence():
    own = tag(A, "my note", ["category:none"], rank=3, confidence=0.1, source="mine.csv")
    label = one(tag(A, "Binance 14", confidence=1.0), own)
    assert (label["name"], label["category"]) == ("my note", "none")


def test_then_confidence_then_rank_then_name():
    def name(*rows):
        return one(*rows)["name"]

    assert name(tag(A, "Kraken 1", confidence=0.9, rank=1002), tag(A, "Binance 1")) == "Kraken 1"
    assert name(tag(A, "Kraken 1", rank=1001), tag(A, "Upbit 1", rank=1002)) == "Kraken 1"
    assert name(tag(A, "Kraken 1"), tag(A, "Binance 1")) == "Binance 1"


def test_none_does_not_beat_a_service_at_equal_confidence():
    service, thief = tag(A, "Kraken 1", rank=1002), tag(A, "A Hacker", rank=1001)
    assert one(service, thief)["category"] == "exchange"
    assert one(service, thief | {"confidence": 0.6})["category"] == "none"


def test_a_list_that_tells_no_function_never_hides_one():
    sure = tag(A, "OFAC SDN", ["ofac-sdn"], flags=["sanctioned"], confidence=1.0)
    label = one(sure, tag(A, "tornado.cash", ["mixing_service"], confidence=0.1))
    assert (label["category"], label["flags"]) == ("mixer", ["sanctioned"])


def test_flags_are_those_of_all():
    label = one(tag(A, "Lazarus group"), tag(A, "A Hacker"), tag(A, "x", flags=["sanctioned"]))
    assert label["flags"] == ["sanctioned", "dprk", "theft"]


def test_validity_and_entity_are_kept():
    row = tag(A, "OKEx 1", entity="okex", valid_from=5, valid_to=9)
    label = one(row)
    assert label["entity"] == "okx"
    assert label["valid_from"].microsecond == 5
    assert label["valid_to"].microsecond == 9


def test_what_lost_is_kept_with_the_reason():
    rows = [
        tag(A, "Binance 14", confidence=0.9),
        tag(A, "Kraken 2"),
        tag(A, "OFAC", ["sanction"], confidence=1.0),
    ]
    lost = resolve(tags(*rows), pa.array([ETH_A])).lost.to_pylist()
    assert [(row["name"], row["category"], row["why"]) for row in lost] == [
        ("Kraken 2", "exchange", "lower confidence"),
        ("OFAC", None, "tells no category"),
    ]


def test_nothing_to_say():
    assert one(tag(B, "Binance 14")) is None
    assert resolve(tags(), pa.array([ETH_A])).labels.num_rows == 0
    empty = resolve(tags(tag(A, "Binance 14")), pa.array([], pa.string()))
    assert (empty.labels.num_rows, empty.lost.num_rows) == (0, 0)


ROWS = st.builds(
    tag,
    st.sampled_from([A, B]),
    st.sampled_from(["Binance 14", "Kraken 2", "A Hacker", "", "X (XYZ)", "note"]),
    st.lists(
        st.sampled_from(["exchange", "bridge", "sanction", "nft", "category:otc"]), max_size=2
    ),
    chain=st.sampled_from([None, "eip155:1"]),
    entity=st.sampled_from([None, "okex"]),
    flags=st.sampled_from([[], ["dprk"]]),
    confidence=st.sampled_from([0.1, 0.5]),
    source=st.sampled_from(["a", "b"]),
    rank=st.sampled_from([0, 1, 1000, 1001]),
)


@given(st.lists(ROWS, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(rows, random):
    accounts = pa.array([ETH_A, BSC_A, ETH_B])
    mixed = random.sample(rows, len(rows))
    first, second = resolve(tags(*rows), accounts), resolve(tags(*mixed), accounts)
    assert first.labels.equals(second.labels)
    assert first.lost.equals(second.lost)
    pairs = sum((row["chain"] is None) * (row["address"] == A) + 1 for row in rows)
    assert first.labels.num_rows + first.lost.num_rows == pairs


@pytest.fixture(scope="module")
def real_tags(data_dir):
    reading = Reading()
    read(data_dir / "labels" / "evm_name_tags.csv.gz", 0, reading)
    return reading.rows.tags()


def label_all(real_tags, addresses):
    accounts = pa.array(sorted(f"eip155:1:{each}" for each in addresses if each))
    labels = resolve(real_tags, accounts).labels.to_pylist()
    return {row["account"].rpartition(":")[2]: row for row in labels}


def test_where_the_ronin_money_ended(data_dir, real_tags):
    folder = data_dir / "tracing" / "ronin"
    thieves = {row["address"] for row in csv.DictReader((folder / "ground_truth.csv").open())}
    paid = set()
    with gzip.open(folder / "external_txs.csv.gz", "rt") as file:
        for row in csv.DictReader(file):
            if row["from"] in thieves and row["to"] not in thieves and int(row["value"]) >= 10**20:
                paid.add(row["to"])
    found = label_all(real_tags, thieves | paid)
    services = {found[each]["category"] for each in paid}
    entities = sorted(found[each]["entity"] for each in paid)
    assert services == {"mixer", "exchange"}
    assert entities == ["ftx", "huobi", "huobi", "huobi", "tornado"]
    assert len(thieves) == 74
    assert not {each for each in thieves & found.keys() if found[each]["category"] in STOPS}


def test_no_thief_of_the_atomic_theft_is_a_stop(data_dir, real_tags):
    with (data_dir / "tracing" / "atomic" / "answer_flows.csv").open() as file:
        flows = list(csv.DictReader(file))
    senders = {row["from"] for row in flows}
    found = label_all(real_tags, senders | {row["to"] for row in flows})
    assert not {each for each in senders & found.keys() if found[each]["category"] in STOPS}
    assert {row["category"] for row in found.values()} == {"exchange", "bridge"}
