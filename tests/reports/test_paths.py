import pytest

from stanch.errors import UsageError
from stanch.reports import evidence
from stanch.reports.explanation import Question, explain
from stanch.reports.explanation_text import Teller
from stanch.reports.trace_view import load
from tests.reports.golden import SEED, VICTIM, A, B, X, golden
from tests.reports.trace_folder import DAI, UNIT, account, flow, write


@pytest.fixture
def view(tmp_path):
    return load(golden(tmp_path))


def _ways(explanation):
    return [
        ([(s.flow.src, s.flow.dst, s.carried // UNIT) for s in path.steps], path.carried // UNIT)
        for path in explanation.paths
    ]


def test_the_heaviest_path_comes_first(view):
    (found,) = explain(view, Question(X))
    assert _ways(found) == [
        ([(VICTIM, SEED, 100), (SEED, A, 60), (A, X, 50)], 50),
        ([(VICTIM, SEED, 50), (SEED, B, 40), (B, X, 30)], 30),
    ]
    assert (found.traced // UNIT, found.inferred // UNIT, found.transfers) == (75, 5, 2)
    assert found.others == ()


def test_what_no_path_tells_is_summed_by_sender(view):
    (found,) = explain(view, Question(X, paths=1))
    (rest,) = found.others
    assert (rest.sender, rest.transfers, rest.traced // UNIT) == (B, 1, 25)


def test_the_words(view):
    (found,) = explain(view, Question(X))
    said = [line.text for line in Teller(view, found).lines()]
    assert said[0] == f"{X} (Hoby 3, exchange)"
    assert said[1].startswith("i: 75 ETH traced in 2 transfers; 75.0 % of the ETH")
    assert said[3] == "Path 1: 50 ETH, 62.5 % of what came"
    assert "60 ETH, all traced; this path 60 ETH, 60.0 % of the theft" in said[9]
    assert "30 ETH, 25 ETH traced and 5 ETH inferred" in said[-3]
    assert "paid beyond the balance seen" in said[-2]


def test_money_never_flows_back_in_time(tmp_path):
    rows = [
        flow(1, (SEED, B), 10, rule="seed"),
        flow(2, (A, X), 90),
        flow(3, (SEED, A), 90),
        flow(4, (B, X), 10),
    ]
    manifest = {"seeds": [{"incident": "i", "account": SEED}]}
    view = load(write(tmp_path, {"flows": rows}, manifest))
    first, second = explain(view, Question(X))[0].paths
    assert [step.flow.row for step in first.steps] == [2]
    assert [step.flow.row for step in second.steps] == [1, 4]


def test_a_path_goes_through_a_swap(tmp_path):
    pool = account(9)
    rows = [
        flow(1, (VICTIM, SEED), 100, rule="seed"),
        flow(2, (pool, SEED), 5000, rule="swap", asset=DAI, tx="t"),
        flow(2, (SEED, pool), 50, rule="swap", tx="t"),
        flow(3, (SEED, X), 5000, asset=DAI),
    ]
    manifest = {"seeds": [{"incident": "i", "account": SEED}]}
    view = load(write(tmp_path, {"flows": rows}, manifest))
    (path,) = explain(view, Question(X))[0].paths
    assert path.steps[-1].flow.asset == DAI
    assert path.carried == 5000


def test_a_loop_ends(tmp_path):
    rows = [flow(1, (SEED, A), 10, rule="seed")]
    rows += [flow(2 + n, (A, B) if n % 2 == 0 else (B, A), 10) for n in range(9)]
    view = load(write(tmp_path, {"flows": rows}))
    (path,) = explain(view, Question(B, paths=1))[0].paths
    assert [step.flow.row for step in path.steps] == [1, 2]


def test_a_seed_that_got_nothing_says_so(tmp_path):
    manifest = {"seeds": [{"incident": "i", "account": SEED}]}
    view = load(write(tmp_path, {"flows": [flow(1, (SEED, A), 10)]}, manifest))
    (found,) = explain(view, Question(SEED))
    assert "a seed of the trace; no traced" in Teller(view, found).lines()[1].text
    assert found.paths == ()


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        (Question("0xnobody"), "0xnobody is not in this trace"),
        (Question(X, incident="j"), r"incident j is not in this trace \(i\)"),
        (Question(X, asset="DAI"), "is in this trace, but not in asset DAI"),
    ],
)
def test_what_is_not_there(view, question, reason):
    with pytest.raises(UsageError, match=reason):
        explain(view, question)


def test_an_address_on_two_chains_needs_its_chain(tmp_path):
    other = A.replace("eip155:1", "eip155:56")
    view = load(write(tmp_path, {"flows": [flow(1, (SEED, A), 1), flow(2, (SEED, other), 1)]}))
    with pytest.raises(UsageError, match="name the chain too"):
        explain(view, Question(A.rsplit(":", 1)[1]))
    assert explain(view, Question(other))[0].transfers == 1


def test_the_heaviest_ways_are_searched_where_there_are_too_many(tmp_path, monkeypatch):
    monkeypatch.setattr(evidence, "MOST", 40)
    crowd = [account(100 + n) for n in range(200)]
    rows = [flow(1, (VICTIM, SEED), 10_000, rule="seed"), flow(2, (SEED, A), 6_000)]
    rows += [flow(3 + n, (SEED, each), 10) for n, each in enumerate(crowd)]
    rows += [flow(300 + n, (each, X), 10) for n, each in enumerate(crowd)]
    rows += [flow(600, (A, B), 6_000), flow(601, (B, X), 5_000)]
    manifest = {"seeds": [{"incident": "i", "account": SEED}]}
    view = load(write(tmp_path, {"flows": rows}, manifest))
    (found,) = explain(view, Question(X, paths=1))
    assert [step.flow.dst for step in found.paths[0].steps] == [SEED, A, B, X]
    assert found.paths[0].carried == 5_000
    assert (found.traced, found.transfers) == (7_000, 201)
    assert found.left_out > 300
    assert "not searched for paths" in Teller(view, found).lines()[-1].text
