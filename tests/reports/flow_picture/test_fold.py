import itertools
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from stanch.reports.flow_picture.chains import runs
from stanch.reports.flow_picture.fold import Limits, fold, fold_together
from stanch.reports.flow_picture.graph import Person, Story, graph
from stanch.reports.flow_picture.picture import story
from stanch.reports.material import gather
from stanch.reports.shares import WHOLE, Shares
from stanch.reports.streams import Stream
from tests.reports.trace_folder import ETH, account

NAMES = [account(n) for n in range(30)]
TIGHT = Limits(accounts=4, services=2, branches=2, least=WHOLE // 50, run=2)
CATEGORIES = ("", "", "deposit", "exchange", "mixer")


@st.composite
def stories(draw):
    """Any transfers among thirty accounts, loops and all, and anything left anywhere."""
    number = st.integers(0, len(NAMES) - 1)
    moves = draw(st.lists(st.tuples(number, number, st.integers(1, 2**80)), max_size=60))
    streams = [
        Stream(i, NAMES[a], NAMES[b], ETH, n, n % 3, 1, time, time, False, True)
        for i, (a, b, n) in enumerate(moves)
        if a != b and (time := f"2022-01-01T{i:02d}")
    ]
    categories = draw(st.lists(st.sampled_from(CATEGORIES), min_size=30, max_size=30))
    spots, people = {}, {}
    for name, category in zip(NAMES, categories, strict=True):
        amount = draw(st.integers(0, 2**70))
        fate = {"exchange": "service", "mixer": "mixer"}.get(category, "held")
        label = f"{category} {amount % 4}" if category else ""
        spots[name, ETH, fate] = amount
        people[name] = Person(label, category, "2022")
    seeds = frozenset(NAMES[: draw(st.integers(0, 5))])
    return Story(streams, spots, people, {}, seeds, Shares({ETH: (WHOLE, 2**82)}))


def _fates(found):
    sums = Counter()
    for node in found.nodes.values():
        for fate, amounts in node.fates.items():
            sums.update({(fate, asset): amount for asset, amount in amounts.items()})
    return +sums


def _net(found):
    """What came less what left, per account, or per box summed over its accounts."""
    net = Counter()
    for edge in found.edges.values():
        for sums in (edge.traced, edge.inferred):
            for asset, amount in sums.items():
                net[edge.dst, asset] += amount
                net[edge.src, asset] -= amount
    return net


@given(stories())
def test_folding_keeps_all_money_and_all_accounts(told):
    whole = graph(told)
    before, net = _fates(whole), _net(whole)
    members = sorted(whole.nodes)
    folded = fold(whole, TIGHT)
    small = [key for key, node in folded.nodes.items() if node.kind == "account"][:3]
    folded = fold_together(folded, small, "test")
    assert sorted(m for node in folded.nodes.values() for m in node.members) == members
    assert _fates(folded) == before
    for key, node in folded.nodes.items():
        inside = sum(net[member, ETH] for member in node.members)
        assert _net(folded)[key, ETH] == inside


@given(stories())
def test_folding_keeps_its_limits(told):
    folded = fold(graph(told), TIGHT)
    kinds = Counter(node.kind for node in folded.nodes.values())
    assert kinds["service"] <= TIGHT.services + 1
    assert kinds["rest"] <= TIGHT.branches + 2
    assert all(src != dst for src, dst in folded.edges)


def test_five_hundred_accounts_become_a_picture(large_case):
    (found,) = gather(large_case, ["case-1"])
    whole = graph(story(found))
    folded = fold(whole, Limits())
    assert len(whole.nodes) > 450
    assert len(folded.nodes) < 85
    names = {node.name for node in folded.nodes.values() if node.kind == "service"}
    assert names == {"Storm.Cash", "Hoby", "FTZ"}


def test_a_run_is_found_in_the_order_of_the_money(small_case):
    (found,) = gather(small_case, ["case-1"])
    whole = graph(story(found))
    longest = max(runs(whole), key=len)
    assert len(longest) == 3
    assert all((a, b) in whole.edges for a, b in itertools.pairwise(longest))
