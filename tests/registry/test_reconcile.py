"""Published totals, taken apart: every incident in one place, and the sums agree."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from stanch.model.registry.words import Bar, PlaceRole, Valuation
from stanch.registry.reconcile import moves, reconcile, scope_of
from stanch.registry.registry import load
from stanch.registry.scope import Scope
from tests.reference import registry as plainly
from tests.registry.tables import cell, written

ACTORS = ((), ("lazarus",), ("apt38", "h0lygh0st"), ("nobody",))


@pytest.fixture(scope="module")
def shipped():
    return load()


def agreed(registry, claim, name, **choices):
    said = registry.claims[claim]
    (part,) = [each for each in said.slices if each.name == name]
    scope = scope_of(said)
    scope = Scope(**{each: choices.get(each, getattr(scope, each)) for each in scope.__slots__})
    return reconcile(part, scope, registry)


def ids(bucket):
    return {each.incident.id for each in bucket.counted}


def test_elliptic_of_may_2023(shipped):
    vietnam, hong_kong, japan, states, year = (
        agreed(shipped, "elliptic-2023-05", name)
        for name in ("vietnam", "hong-kong", "japan", "united-states", "2022")
    )
    assert (vietnam.gap, ids(vietnam.matched)) == (0, {"ronin-2022"})
    assert (hong_kong.gap, ids(hong_kong.matched)) == (0, {"kucoin-2020"})
    assert abs(japan.gap) <= 0.005 * japan.slice.usd
    assert ids(japan.disputed) == {"coincheck-2018", "bitpoint-2019"}
    assert states.gap == 497_000_000 - 114_020_000
    assert (year.gap, ids(year.matched)) == (0, {"ronin-2022", "harmony-2022"})
    assert ids(year.extra) == {"deribit-2022", "colorado-clinic-2022"}


def test_the_bar_and_the_disputed_move_the_figure(shipped):
    assert agreed(shipped, "elliptic-2023-05", "japan", disputed=False).matched.usd == 156_000_000
    assert ids(agreed(shipped, "elliptic-2023-05", "japan", bar=Bar.A).matched) == {"liquid-2021"}


def test_the_joint_statement_names_five_and_two_of_them_without_japan(shipped):
    found = agreed(shipped, "trilateral-2025-01", "named")
    assert len(found.matched.counted) == 5
    assert found.missing.counted == ()
    source = "joint-2025-01-14"
    said = {
        one.id: {each.body for each in one.statements if each.source == source}
        for one in shipped.incidents.values()
    }
    both, all_three = {"us-gov", "kr-gov"}, {"us-gov", "jp-gov", "kr-gov"}
    assert {id for id, bodies in said.items() if bodies == both} == {"wazirx-2024", "radiant-2024"}
    assert {id for id, bodies in said.items() if bodies == all_three} == {
        "dmm-2024", "upbit-2019", "rain-2024",
    }  # fmt: skip


def test_what_a_claim_names_and_the_scope_leaves_out_is_missing(tmp_path):
    registry = load(written(tmp_path, slices=cell("slices", 4, names="south-2020")))
    found = agreed(registry, "firm-2020", "2020", bar=Bar.A)
    assert [(each.incident.id, each.why) for each in found.missing.counted] == [
        ("south-2020", "bar")
    ]
    assert (found.matched.usd, found.gap) == (0, 600)


def test_a_publisher_is_counted_by_its_own_countries(tmp_path):
    folder = written(
        tmp_path,
        sources=["study,Example Firm,A study,2020-03-01,"],
        places=["south-2020,seat,JP,paper", "south-2020,seat,KR,study"],
    )
    registry = load(folder)
    assert ids(agreed(registry, "firm-2020", "korea").matched) == {"north-2019", "south-2020"}
    assert ids(agreed(registry, "firm-2020", "korea", publisher="").matched) == {"north-2019"}


def test_a_claim_of_a_group_counts_what_is_said_of_it_and_of_its_parts(tmp_path):
    folder = written(
        tmp_path,
        actors=["part,Part,,,group", "other,Other,,,"],
        incidents=[
            f"{name},theft,{name},exchange,2020-02,,,,,,,TLP:CLEAR,paper,"
            for name in ("eastern", "western", "suspected")
        ],
        amounts=[
            f"{name},stolen,,,{usd},,,as published,paper,"
            for name, usd in (("eastern", 70), ("western", 7), ("suspected", 3))
        ],
        statements=[
            "eastern,firm,attributes,part,2020-03-01,,paper,TLP:CLEAR,",
            "western,firm,attributes,other,2020-03-01,,paper,TLP:CLEAR,",
            "suspected,firm,suspects,group,2020-03-01,,paper,TLP:CLEAR,",
        ],
        claims=cell("claims", 2, actors="group", bar="D"),
    )
    registry = load(folder)
    whole = agreed(registry, "firm-2020", "total")
    assert (whole.matched.usd, ids(whole.matched)) == (1070, {"north-2019", "eastern"})
    named = agreed(registry, "firm-2020", "2020")  # names one that nobody attributes to a group
    assert [(each.incident.id, each.why) for each in named.missing.counted] == [
        ("south-2020", "actor")
    ]
    assert agreed(registry, "firm-2020", "total", actors=("part",)).matched.usd == 70
    assert agreed(registry, "firm-2020", "total", actors=()).matched.usd == 1580


def test_what_is_not_known_is_not_nought(tmp_path):
    registry = load(written(tmp_path))
    claim = registry.claims["firm-2020"]
    said = {
        (each.choice, each.value): each.usd
        for each in moves(claim.slices[1], scope_of(claim), registry)
    }
    assert said["place", PlaceRole.USERS] is None
    assert said["valuation", Valuation.PUBLICATION] is None
    assert said["valuation", Valuation.HIGH] == 1100


def test_every_incident_of_the_scope_is_in_one_place(shipped):
    for claim in shipped.claims.values():
        for part in claim.slices:
            found = reconcile(part, scope_of(claim), shipped)
            buckets = [ids(found.matched), ids(found.extra), ids(found.missing)]
            assert sum(map(len, buckets)) == len(set().union(*buckets))
            assert ids(found.disputed) <= ids(found.matched)
            assert found.gap == part.usd - found.matched.usd
            assert set(part.names) <= ids(found.matched) | ids(found.missing)


@given(
    some.sampled_from(Bar), some.booleans(), some.sampled_from(PlaceRole),
    some.sampled_from(Valuation), some.sampled_from(ACTORS),
)  # fmt: skip
@settings(deadline=None, max_examples=30)
def test_columns_count_what_the_plain_twin_counts(shipped, bar, disputed, place, valuation, actors):
    for claim in shipped.claims.values():
        said = scope_of(claim)
        scope = Scope(
            said.kinds, said.victims, bar, place, disputed, valuation, claim.publisher, actors
        )  # fmt: skip
        for part in claim.slices:
            found = reconcile(part, scope, shipped)
            plain, usd = plainly.figure(part, scope, shipped)
            assert ids(found.matched) | ids(found.extra) == plain
            assert found.matched.usd + found.extra.usd == usd
            for each in found.missing.counted:
                why = plainly.left_out(each.incident, scope, (part.first, part.last), shipped)
                assert each.why == (why or "country")


def test_a_registry_of_nothing_counts_nothing(tmp_path):
    folder = written(tmp_path)
    for table in ("incidents", "places", "amounts", "statements", "seeds", "links", "slices"):
        head = (folder / f"{table}.csv").read_text().splitlines()[0]
        (folder / f"{table}.csv").write_text(head + "\n")
    row = "firm-2020,total,KR,2019,2020,1600,,,2,,paper\n"
    with (folder / "slices.csv").open("a") as stream:
        stream.write(row)
    registry = load(folder)
    claim = registry.claims["firm-2020"]
    found = reconcile(claim.slices[0], scope_of(claim), registry)
    assert (len(found.matched), found.matched.usd, found.gap) == (0, 0, 1600)
    assert all(each.usd in (0, None) for each in moves(claim.slices[0], scope_of(claim), registry))
