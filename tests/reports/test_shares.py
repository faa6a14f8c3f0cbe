from stanch.reports.material import gather
from stanch.reports.shares import WHOLE
from stanch.reports.trace_view import load
from tests.reports.trace_folder import DAI, ETH, account, flow, write

P, POOL, SEED = account(1), account(2), account(3)


def _shares(folder, rows, ends, stolen):
    endpoints = [["i", P, asset, fate, amount, "", "", "", "", ""] for asset, fate, amount in ends]
    known = [{"asset": asset, "stolen": amount} for asset, amount in stolen.items()]
    manifest = {"incidents": [{"id": "i", "assets": known}]}
    view = load(write(folder, {"flows": rows, "endpoints": endpoints}, manifest))
    (found,) = gather(view, ["i"])
    return found.shares


def test_a_swap_says_what_an_asset_is_worth(tmp_path):
    rows = [
        flow(1, (SEED, P), 100),
        flow(2, (P, POOL), 40, rule="swap"),
        flow(2, (POOL, P), 8000, rule="swap", asset=DAI),
    ]
    ends = [(ETH, "held", 60), (ETH, "converted_out", 40), (DAI, "held", 8000)]
    shares = _shares(tmp_path, rows, ends, {ETH: 100})
    assert shares.of(ETH, 100) == WHOLE
    assert shares.of(DAI, 8000) == WHOLE * 2 // 5
    assert shares.convert(2000, DAI, ETH) == 10


def test_a_refund_is_no_part_of_the_price(tmp_path):
    rows = [
        flow(1, (SEED, P), 100),
        flow(2, (P, POOL), 50, rule="swap"),
        flow(2, (POOL, P), 10, rule="swap"),
        flow(2, (POOL, P), 8000, rule="swap", asset=DAI),
    ]
    shares = _shares(tmp_path, rows, [(ETH, "held", 100), (DAI, "held", 8000)], {ETH: 100})
    assert shares.convert(8000, DAI, ETH) == 40


def test_assets_that_no_swap_ties_share_the_whole_evenly(tmp_path):
    rows = [flow(1, (SEED, P), 100), flow(2, (SEED, P), 7, asset=DAI)]
    shares = _shares(tmp_path, rows, [(ETH, "held", 100), (DAI, "held", 7)], {ETH: 100, DAI: 7})
    assert shares.of(ETH, 100) == shares.of(DAI, 7) == WHOLE // 2


def test_amounts_of_any_size(tmp_path):
    rows = [flow(1, (SEED, P), 2**256)]
    shares = _shares(tmp_path, rows, [(ETH, "held", 2**256)], {ETH: 2**256})
    assert shares.of(ETH, 2**255) == WHOLE // 2
