"""Crossings of a bridge: by hand, at random, and those of the Nomad bridge."""

import csv
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stanch.ledger.bridges.ends import Crossing, End
from stanch.ledger.bridges.pairing import Terms, pair

HOUR = 3_600_000_000


def names(found: list[Crossing]) -> dict[str, str]:
    """Deposit to withdrawal."""
    return {each.deposit.id: each.withdrawal.id for each in found}


def several(start: int = 0) -> tuple[list[End], list[End]]:
    """Five crossings of amounts of their own, which teach assets and delays."""
    ours = [End(f"d{n}", start + n * HOUR, "ours", 1_000 + n) for n in range(5)]
    theirs = [End(f"w{n}", start + n * HOUR + HOUR // 2, "theirs", 1_000 + n) for n in range(5)]
    return ours, theirs


def test_by_amount() -> None:
    ours, theirs = several()
    assert names(pair(ours, theirs)) == {f"d{n}": f"w{n}" for n in range(5)}


def test_a_withdrawal_before_its_deposit_is_another_one() -> None:
    ours, theirs = several()
    late = [End("late", 9 * HOUR, "ours", 7)]
    early = [End("early", 8 * HOUR, "theirs", 7)]
    assert "late" not in names(pair(ours + late, theirs + early))


def test_what_nobody_put_in_is_left_alone() -> None:
    ours, theirs = several()
    stolen = [End(f"x{n}", 6 * HOUR + n, "theirs", 1_002) for n in range(3)]
    found = pair(ours, theirs + stolen)
    assert len(found) == 5
    assert names(found)["d2"] == "w2"


def test_rivals_are_named() -> None:
    ours, theirs = several()
    ours += [End("a", 10 * HOUR, "ours", 50), End("b", 10 * HOUR, "ours", 50)]
    theirs += [End("y", 10 * HOUR + HOUR // 2, "theirs", 50)]
    (found,) = [each for each in pair(ours, theirs) if each.withdrawal.id == "y"]
    assert found.probability == pytest.approx(0.5, abs=0.01)
    assert [each.id for each in found.rivals] == [{"a": "b", "b": "a"}[found.deposit.id]]


@pytest.mark.parametrize(("paid", "fits"), [(997, True), (996, False), (1_001, False)])
def test_a_fee(paid: int, fits: bool) -> None:
    ours, theirs = several()
    ours.append(End("d", 20 * HOUR, "ours", 1_000_000))
    theirs.append(End("w", 20 * HOUR + HOUR // 2, "theirs", paid * 1_000))
    found = names(pair(ours, theirs, Terms(fee=Fraction(3, 1000))))
    assert ("d" in found) == fits


def test_for_whom() -> None:
    ours, theirs = several()
    ours += [End("a", 10 * HOUR, "ours", 50, "p"), End("b", 10 * HOUR, "ours", 50, "q")]
    theirs += [
        End("x", 11 * HOUR, "theirs", 50, "q"),
        End("y", 12 * HOUR, "theirs", 50, "p"),
    ]
    found = names(pair(ours, theirs, Terms(match_party=True)))
    assert (found["a"], found["b"]) == ("y", "x")


@settings(max_examples=30)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_ends_changes_nothing(random: object) -> None:
    ours, theirs = several()
    ours += [End(f"e{n}", (30 + n) * HOUR, "ours", 9) for n in range(3)]
    theirs += [End(f"f{n}", (31 + n) * HOUR, "theirs", 9) for n in range(4)]
    mixed = list(ours), list(theirs)
    for each in mixed:
        random.shuffle(each)  # type: ignore[attr-defined]
    assert pair(*mixed) == pair(ours, theirs)


@pytest.mark.parametrize(("party", "least"), [(False, 0.92), (True, 0.998)])
def test_nomad(data_dir: Path, party: bool, least: float) -> None:
    """F1 against the published pairs; the attack's withdrawals have no deposit."""
    folder = data_dir / "tracing/nomad"
    with (folder / "cctxs_withdrawals.csv").open() as file:
        crossed = list(csv.DictReader(file))
    with (folder / "attacks.csv").open() as file:
        attacks = list(csv.DictReader(file))
    ours = [
        End(each["orig_tx_hash"], int(each["orig_timestamp"]) * 1_000_000,
            each["origin_token"], int(each["amount"]), each["beneficiary"])
        for each in crossed
    ]  # fmt: skip
    theirs = [
        End(each["dst_tx_hash"], int(each["dst_timestamp"]) * 1_000_000, each["dst_token"],
            int(each["amount"]), each["beneficiary"])
        for each in crossed
    ]  # fmt: skip
    theirs += [
        End(f"attack-{number}", int(each["dst_timestamp"]) * 1_000_000, each["dst_token"],
            int(each["amount"]), each["beneficiary"])
        for number, each in enumerate(attacks)
    ]  # fmt: skip
    truth = {each["orig_tx_hash"]: each["dst_tx_hash"] for each in crossed}
    found = pair(ours, theirs, Terms(match_party=party))
    right = sum(truth[each.deposit.id] == each.withdrawal.id for each in found)
    precision, recall = right / len(found), right / len(truth)
    assert 2 * precision * recall / (precision + recall) >= least
    sure = [each for each in found if each.probability >= 0.9]
    assert sum(truth[each.deposit.id] == each.withdrawal.id for each in sure) >= 0.995 * len(sure)
