"""A simulated intake is what it says: deterministic, drawn alike, shared by accident and reused."""

import itertools
from collections import Counter
from functools import cache

import numpy as np
import pyarrow as pa
import pytest

from stanch.errors import UsageError
from stanch.sources.personas_scenario import PersonasRequest, simulate
from stanch.sources.personas_scenario import output as scenario_output

RECORDS = 3_000


@cache
def drawn(**settings: object) -> tuple[pa.Table, pa.Table, pa.Table]:
    intake = simulate(PersonasRequest(records=RECORDS, **settings))
    return pa.Table.from_batches(intake.applications), intake.labels, intake.transfers


def rows(**settings: object) -> list[dict]:
    applications, labels, _ = drawn(**settings)
    return [a | b for a, b in zip(applications.to_pylist(), labels.to_pylist(), strict=True)]


def test_the_same_request_gives_the_same_rows_whatever_the_batches(monkeypatch):
    applications, labels, transfers = drawn()
    monkeypatch.setattr(scenario_output, "BATCH", 777)
    intake = simulate(PersonasRequest(records=RECORDS))
    assert pa.Table.from_batches(intake.applications).equals(applications)
    assert intake.labels.equals(labels)
    assert intake.transfers.equals(transfers)
    other = simulate(PersonasRequest(records=RECORDS, seed=2))
    assert not next(other.applications).slice(0, 50).equals(applications.slice(0, 50))


def test_there_are_as_many_operators_and_second_applications_as_asked():
    labels = drawn()[1].to_pylist()
    assert len({each["record_id"] for each in labels}) == RECORDS
    operators = [each for each in labels if each["kind"] == "operator"]
    assert len(operators) == round(RECORDS * 0.0275)
    sizes = Counter(each["entity"] for each in operators)
    assert max(sizes.values()) <= 15
    assert sum(size > 1 for size in sizes.values()) > len(sizes) * 0.9  # the last may be cut
    honest = Counter(each["entity"] for each in labels if each["kind"] == "benign")
    assert set(honest.values()) == {1, 2}
    assert sum(size == 2 for size in honest.values()) / len(honest) == pytest.approx(0.04, abs=1e-3)
    assert all((each["farm"] is None) == (each["kind"] == "benign") for each in labels)


def test_culture_and_region_say_nothing_about_who_is_an_operator():
    labels = drawn(operators=0.5)[1].to_pylist()
    for column in ("culture", "region"):
        kinds = {kind: [e[column] for e in labels if e["kind"] == kind] for kind in
                 ("benign", "operator")}  # fmt: skip
        for value in set(kinds["benign"]):
            shares = [Counter(all_of)[value] / len(all_of) for all_of in kinds.values()]
            assert shares[0] == pytest.approx(shares[1], abs=0.035)  # four standard errors


def test_nobody_shares_a_mailbox_with_another_person():
    owners = {}
    for each in rows():
        person = each["entity"] if each["kind"] == "benign" else each["record_id"]
        local, _, host = each["email"].partition("@")
        box = f"{local.replace('.', '')}@{host}"  # as gmail.com reads it
        assert owners.setdefault(box, person) == person


def test_without_accidents_honest_people_share_nothing_that_is_their_own():
    people = rows(sharing=0, operators=0, twice=0)
    for column in ("device", "phone", "bank", "address", "photo"):
        values = [each[column] for each in people if each[column] is not None]
        assert len(set(values)) == len(values)
    shared = rows(sharing=2, operators=0, twice=0)
    for column in ("device", "phone", "bank", "address", "photo"):
        values = [each[column] for each in shared if each[column] is not None]
        assert len(set(values)) < len(values)


def test_what_is_shared_by_accident_differs_by_culture_and_region():
    people = rows(operators=0, twice=0, sharing=3)
    addresses = Counter(each["address"] for each in people)
    together = Counter(e["culture"] for e in people if addresses[e["address"]] > 1)
    in_all = Counter(each["culture"] for each in people)
    rate = {culture: together[culture] / count for culture, count in in_all.items()}
    assert rate["vi_VN"] > 1.5 * rate["de_DE"]
    by_address = Counter(ip for e in people for ip in set(e["ips"]))
    crowded = Counter(e["region"] for e in people if any(by_address[ip] > 5 for ip in e["ips"]))
    regions = Counter(each["region"] for each in people)
    assert (
        crowded["south_asia"] / regions["south_asia"]
        > 2 * crowded["north_america"] / regions["north_america"]
    )


def test_handles_collide_more_often_where_many_have_one_name():
    people = rows(operators=0, twice=0, cultures=(("vi_VN", 1), ("en_US", 1)))
    handles = Counter(each["github"] for each in people)
    clash = Counter(e["culture"] for e in people if e["github"] and handles[e["github"]] > 1)
    assert clash["vi_VN"] > clash["en_US"]


def pairs_of_one_operator(people: list[dict]) -> list[tuple[dict, dict]]:
    teams: dict[str, list[dict]] = {}
    for each in people:
        if each["kind"] == "operator":
            teams.setdefault(each["entity"], []).append(each)
    return [pair for team in teams.values() for pair in itertools.combinations(team, 2)]


def same_lines(people: list[dict]) -> float:
    """The mean share of a persona's lines that another of one operator has word for word."""
    shares = []
    for one, other in pairs_of_one_operator(people):
        a, b = ({line for line in each["resume"].split("\n") if line[:1] == "-"} for each in
                (one, other))  # fmt: skip
        shares.append(len(a & b) / min(len(a), len(b)))
    return float(np.mean(shares))


def test_paraphrase_says_how_many_copied_lines_stay_word_for_word():
    verbatim, usual, reworded = (
        same_lines(rows(paraphrase=strength, operators=0.1)) for strength in (0, 0.5, 1)
    )
    assert verbatim > 0.1 > usual > reworded
    assert reworded < 0.005


def test_exact_values_join_only_a_part_of_an_operators_personas():
    pairs = pairs_of_one_operator(rows(operators=0.1))
    columns = ("device", "phone", "bank", "wallet", "photo", "address", "github")
    shared = [
        sum(one[c] is not None and one[c] == other[c] for c in columns) for one, other in pairs
    ]
    assert 0.2 < np.mean([count > 0 for count in shared]) < 0.6


def test_pay_of_honest_people_meets_only_at_exchanges_and_payrolls():
    people, transfers = rows(), drawn()[2].to_pylist()
    wallets = {each["wallet"]: each for each in people if each["wallet"] is not None}
    first = {}
    for each in transfers:
        if each["src"] in wallets:
            first.setdefault(each["dst"], []).append(wallets[each["src"]])
    collectors = [payers for payers in first.values() if len(payers) > 1]
    assert collectors
    assert all(each["kind"] == "operator" for payers in collectors for each in payers)
    assert all(len({each["farm"] for each in payers}) == 1 for payers in collectors)
    second = Counter(e["dst"] for e in transfers if e["src"] in first and e["dst"] not in wallets)
    assert max(second.values()) > 20  # an exchange: two hops on, everybody meets everybody


def test_a_mirrored_picture_is_the_mask_of_odd_columns_away():
    people = [e for e in rows(operators=0.3) if e["photo"] is not None]
    bits = np.array([[int(e["photo"][i : i + 16], 16) for i in range(0, 64, 16)] for e in people],
                    dtype=np.uint64)  # fmt: skip
    mask = np.uint64(0xAAAAAAAAAAAAAAAA)
    near = mirrored = 0
    numbers = {each["record_id"]: i for i, each in enumerate(people)}
    for one, other in pairs_of_one_operator(people):
        a, b = bits[numbers[one["record_id"]]], bits[numbers[other["record_id"]]]
        near += int(np.bitwise_count(a ^ b).sum()) <= 31
        mirrored += int(np.bitwise_count(a ^ b ^ mask).sum()) <= 31
    assert near > 3 * mirrored > 0


@pytest.mark.parametrize(
    "wrong", [{"records": 10}, {"paraphrase": 2}, {"cultures": (("xx", 1),)}, {"operators": -0.1}]
)
def test_what_cannot_be_simulated_is_refused(wrong):
    with pytest.raises(UsageError, match=next(iter(wrong))):
        PersonasRequest(**wrong)


@pytest.mark.slow
def test_a_hundred_thousand_people_of_each_culture():
    intake = simulate(
        PersonasRequest(records=1_200_000, operators=0, twice=0,
                        cultures=tuple((each.code, 1) for each in scenario_output.CULTURES))
    )  # fmt: skip
    counts = Counter(intake.labels["culture"].to_pylist())
    assert len(counts) == 12
    assert min(counts.values()) > 98_000
    assert sum(batch.num_rows for batch in intake.applications) == 1_200_000
