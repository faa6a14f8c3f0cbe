"""The case: its truth is exact, its traffic is plausible, and the same request gives the same."""

from collections import Counter, defaultdict
from itertools import pairwise

import pyarrow as pa
import pytest

from stanch.formats.addresses import evm
from stanch.model.kinds import CATEGORIES, FATES, KINDS
from stanch.model.tables import TRANSFERS
from stanch.sources.scenario import ScenarioRequest, generate
from stanch.sources.scenario.marks import CHAIN, DOLLAR, FEES, NATIVE, NULL, STAKED

REQUEST = ScenarioRequest(transfers=15_000, accounts=2_000, seed=5, incidents=2)


class Case:
    """A generated case, with its tables as rows of dicts."""

    def __init__(self, request: ScenarioRequest) -> None:
        scenario = generate(request)
        self.transfers = pa.Table.from_batches(scenario.transfers)
        self.rows = self.transfers.to_pylist()
        self.tables = {
            name.removesuffix(".csv"): [dict(zip(t.columns, r, strict=True)) for r in t.rows]
            for name, t in scenario.tables.items()
        }

    def labelled(self, category: str) -> set[str]:
        labels = self.tables["labels"]
        return {f"{CHAIN}:{one['address']}" for one in labels if one["category"] == category}


@pytest.fixture(scope="module")
def case() -> Case:
    return Case(REQUEST)


def test_stolen_plus_converted_in_is_the_sum_of_the_fates(case):
    fates = Counter()
    for end in case.tables["truth_endpoints"]:
        fates[end["incident"], end["asset"]] += end["amount"]
        assert end["fate"] in FATES
        assert end["amount"] > 0
    totals = {
        (t["incident"], t["asset"]): t["stolen"] + t["converted_in"]
        for t in case.tables["truth_totals"]
    }
    assert totals == fates
    assert {asset for _, asset in totals} == {NATIVE, DOLLAR, STAKED}


def test_flows_bring_every_account_to_its_endpoint(case):
    net = Counter()
    for flow in case.tables["truth_flows"]:
        net[flow["incident"], flow["to"], flow["asset"]] += flow["stolen_amount"]
        net[flow["incident"], flow["from"], flow["asset"]] -= flow["stolen_amount"]
    ends = case.tables["truth_endpoints"]
    kept = [end for end in ends if end["fate"] != "converted_out"]
    assert len(kept) > 50
    for end in kept:
        assert net.pop((end["incident"], end["account"], end["asset"])) == end["amount"]
    moved = {account for (_, account, _), units in net.items() if units}
    traders = case.labelled("dex") | case.labelled("bridge")
    assert len(moved - traders) == 1  # the pool that no list knows


def test_flows_are_transfers_of_at_least_that_much(case):
    paid = Counter()
    for row in case.rows:
        paid[row["tx"], row["from"], row["to"], row["asset"]] += int(row["amount"])
    for flow in case.tables["truth_flows"]:
        key = flow["tx"], flow["from"], flow["to"], flow["asset"]
        assert 0 < flow["stolen_amount"] <= paid[key]


def test_seeds_name_what_was_stolen(case):
    stolen = {(t["incident"], t["asset"]): t["stolen"] for t in case.tables["truth_totals"]}
    by_tx = defaultdict(list)
    for row in case.rows:
        by_tx[row["tx"]].append(row)
    forms = set()
    for seed in case.tables["seeds"]:
        later = [
            row
            for row in case.rows
            if row["to"] == seed["account"]
            and (not seed["time"] or row["time"].strftime("%Y-%m-%dT%H:%M:%SZ") >= seed["time"])
        ]
        first = later[0]
        assert int(first["amount"]) == stolen[seed["incident"], first["asset"]]
        assert seed["tx"] in ("", first["tx"])
        assert seed["amount"] in ("", int(first["amount"]))
        forms.add((bool(seed["tx"]), bool(seed["amount"])))
        if not seed["asset"]:  # all that it receives from then on is said to be stolen
            assert later == [first]
    assert forms == {(True, False), (False, True)}


def test_rows_are_transfers_in_canonical_order(case):
    assert case.transfers.schema.equals(TRANSFERS)
    places = [(row["time"], row["block"], row["tx_index"], row["log_index"]) for row in case.rows]
    assert all(a < b for a, b in pairwise(places))
    assert {row["kind"] for row in case.rows} <= set(KINDS)
    assert all(int(row["amount"]) > 0 for row in case.rows)
    same_second = Counter(row["time"] for row in case.rows)
    assert max(same_second.values()) >= 10


def test_only_mules_have_money_from_before(case):
    balance = Counter()
    short = set()
    for row in case.rows:
        balance[row["from"], row["asset"]] -= int(row["amount"])
        balance[row["to"], row["asset"]] += int(row["amount"])
        if balance[row["from"], row["asset"]] < 0:
            short.add(row["from"])
    assert len(short - {NULL}) == REQUEST.incidents


def test_native_transfers_pay_a_fee(case):
    kinds = defaultdict(set)
    for row in case.rows:
        kinds[row["tx"]].add(row["kind"])
        assert (row["to"] == FEES) == (row["kind"] == "fee")
    assert {"native"} not in kinds.values()
    assert sum(k == {"native", "fee"} for k in kinds.values()) > 1_000
    assert sum(k == {"token"} for k in kinds.values()) > 1_000


def test_every_way_of_laundering_is_there(case):
    ends = Counter((end["fate"], end["category"]) for end in case.tables["truth_endpoints"])
    assert set(ends) >= {
        ("held", ""),
        ("fee", ""),
        ("service", "exchange"),
        ("service", "otc"),
        ("mixer", "mixer"),
        ("bridge_unmatched", "bridge"),
        ("converted_out", "dex"),
        ("converted_out", ""),  # at the pool that no list knows
    }
    withdrawn = {(w["tx"], w["account"], w["mixer"]) for w in case.tables["truth_mixer"]}
    from_mixers = [row for row in case.rows if row["from"] in case.labelled("mixer")]
    outs = {(r["tx"], r["to"], r["from"]) for r in from_mixers if r["kind"] == "native"}
    assert withdrawn < outs  # lawful people use the mixer too
    mixed = sum(e["amount"] for e in case.tables["truth_endpoints"] if e["fate"] == "mixer")
    assert mixed == sum(w["amount"] for w in case.tables["truth_mixer"])


def test_labels_name_services_and_no_thief(case):
    labelled = set().union(*map(case.labelled, CATEGORIES))
    assert len(labelled) == len(case.tables["labels"])
    swept_from = {
        flow["from"]
        for flow in case.tables["truth_flows"]
        if flow["to"] in case.labelled("exchange")
    }
    assert len(swept_from) > 50
    assert not swept_from & labelled
    for label in case.tables["labels"]:
        assert evm.normalise(label["address"]) == label["address"]
        assert label["name"].startswith("Simulated ")


def test_degrees_follow_a_power_law(case):
    degree = Counter(row["from"] for row in case.rows) + Counter(row["to"] for row in case.rows)
    ranked = sorted(degree.values(), reverse=True)
    assert len(ranked) == pytest.approx(REQUEST.accounts, rel=0.6)
    assert ranked[len(ranked) // 2] <= 10
    assert ranked[0] > 100 * ranked[len(ranked) // 2]
    assert sum(ranked[: len(ranked) // 100]) > 0.35 * sum(ranked)


def test_the_same_request_gives_the_same_and_another_seed_does_not(case):
    again = Case(REQUEST)
    assert again.transfers.equals(case.transfers, check_metadata=True)
    assert again.tables == case.tables
    other = Case(ScenarioRequest(transfers=15_000, accounts=2_000, seed=6, incidents=2))
    assert other.tables["seeds"] != case.tables["seeds"]


@pytest.mark.parametrize(("transfers", "incidents", "seed"), [(5_000, 1, 1), (50_000, 10, 2)])
def test_about_as_many_rows_as_asked_for(transfers, incidents, seed):
    request = ScenarioRequest(transfers=transfers, seed=seed, incidents=incidents, accounts=1_000)
    scenario = generate(request)
    assert scenario.rows == pytest.approx(transfers, rel=0.05)
    assert sum(batch.num_rows for batch in scenario.transfers) == scenario.rows
    assert len({row[-1] for row in scenario.tables["seeds.csv"].rows}) == incidents
