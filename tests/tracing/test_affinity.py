"""`affinity@1` against its plain twin, and against `lifo@1` where its rules cannot fire."""

from hypothesis import given, settings
from hypothesis import strategies as st

from stanch.tracing.unknown import leave_to_seeds
from tests.reference import affinity as twin
from tests.tracing.affinity_cases import EARNER, INCIDENTS, STOPPED, Case, cases, hubs, seen


def want(case):
    land = case.land()
    leave_to_seeds(land, case.active(), lambda columns: case.moves(columns, 1 << 20))
    opening = {purse: land.opening_of(purse) for purse in range(len(land.account))}
    ledger = twin.Ledger(case.rows, case.tx or list(range(len(case.rows))), {EARNER}, opening)
    seeds = {purse: (incident, start) for purse, (incident, start, _) in case.seeds.items()}
    return twin.trace(ledger, INCIDENTS, seeds, {STOPPED, EARNER} - {*seeds})


def by_kind(sums):
    """Sums by (place, owner) as two by (place, incident): traced and inferred."""
    traced = {(at, k): v for (at, k), v in sums.items() if k < INCIDENTS}
    inferred = {(at, k - INCIDENTS): v for (at, k), v in sums.items() if k >= INCIDENTS}
    return traced, inferred


def agree(case):
    trip, got = want(case), seen(case.walk())
    moved = {(row, k): v for row, sums in trip.moved.items() for k, v in sums.items()}
    assert (got.traced, got.inferred) == by_kind(moved)
    assert (got.held, got.guessed) == by_kind(trip.held())


@settings(max_examples=400, deadline=None)
@given(cases())
def test_every_flow_is_the_twins(case):
    agree(case)


@settings(max_examples=100, deadline=None)
@given(cases(amount=st.sampled_from([10, 20, 30, 1000, 1001]), most=60))
def test_busy_accounts_with_few_amounts_are_the_twins(case):
    agree(case)


@settings(max_examples=800, deadline=None)
@given(hubs())
def test_amounts_on_both_sides_of_a_tolerance_are_the_twins(case):
    agree(case)


POWERS = st.permutations(range(24)).flatmap(
    lambda powers: st.lists(
        st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=24, max_size=24
    ).map(lambda ways: [(*way, 1000 << power) for way, power in zip(ways, powers, strict=True)])
)


@settings(deadline=None)
@given(rows=POWERS, seeds=st.sets(st.integers(0, 4), min_size=1, max_size=3))
def test_without_a_pair_a_habit_or_a_shortfall_it_is_lifo(rows, seeds):
    """No power of two is near another, or near the sum of two to four others."""
    funds = [(5, purse, 1000 << 40 + purse) for purse in range(5)]  # nobody is ever short
    case = Case(funds + rows, {purse: (purse % INCIDENTS, 0, None) for purse in seeds})
    ours, plain = seen(case.walk()), seen(case.walk("lifo@1"))
    assert ours.traced == plain.traced
    assert ours.claimed == plain.claimed
    assert ours.held == plain.held
    assert not ours.inferred
