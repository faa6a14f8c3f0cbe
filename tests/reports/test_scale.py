"""A page on a trace that is too large to be held as rows."""

import random
import re

from stanch.reports import roll
from stanch.reports.endings import LISTED
from stanch.reports.material import gather
from stanch.reports.trace_page import render
from stanch.reports.trace_view import load
from tests.reports.trace_folder import ETH, account, flow, write

TIME = "2022-03-23T13:30:09Z"


def wide_case(folder, accounts=4_000):
    """A seed pays everybody a little; a third of them forward to one of two services."""
    rng = random.Random(5)
    robbed, seed = account(0), account(1)
    hot = {"Hoby 1": account(2), "Storm: 10": account(3)}
    kinds = {"Hoby 1": "exchange", "Storm: 10": "mixer"}
    flows, rows, ends, came = [], [], [], dict.fromkeys(hot, 0)

    def tell(name, amount, held, label="", hop=1):
        kind = kinds.get(label, "")
        rows.append(["i", name, ETH, amount, amount - held, held, hop, TIME, TIME, label, kind,
                     0, 0, ""])  # fmt: skip
        if held:
            fate = {"exchange": "service", "mixer": "mixer"}.get(kind, "held")
            ends.append(["i", name, ETH, fate, held, label, kind, held, held, 0])

    total = 0
    for n in range(accounts):
        name, amount = account(10 + n), rng.randrange(1, 10**24)
        total += amount
        flows.append(flow(1 + n, (seed, name), amount))
        if n % 3 == 0:
            label = rng.choice(list(hot))
            flows.append(flow(1 + n, (name, hot[label]), amount))
            came[label] += amount
        tell(name, amount, 0 if n % 3 == 0 else amount)
    for label, amount in came.items():
        tell(hot[label], amount, amount, label, hop=2)
    tell(seed, total, 0, hop=0)
    theft = flow(0, (robbed, seed), total, rule="seed")
    stated = [{"asset": ETH, "stolen": str(total), "converted_in": "0"}]
    manifest = {
        "method": "haircut@1", "conservation": "exact",
        "incidents": [{"id": "i", "assets": stated}],
        "seeds": [{"incident": "i", "account": seed}],
        "assets": {ETH: {"symbol": "ETH", "decimals": 18}},
    }  # fmt: skip
    tables = {"flows": [theft, *flows], "accounts": rows, "endpoints": ends}
    return write(folder, tables, manifest), total, came


def test_no_amount_is_lost_in_the_crowd(tmp_path, monkeypatch):
    monkeypatch.setattr(roll, "KEPT", 100)
    monkeypatch.setattr("stanch.reports.pieces.BLOCK", 1 << 16)
    monkeypatch.setattr("stanch.reports.pieces.PIECE", 1 << 16)
    folder, total, came = wide_case(tmp_path)
    (found,) = gather(load(folder), ["i"])
    assert len(found.flows.streams) < 400
    assert found.flows.transfers == 1 + 4_000 + 1_334
    assert found.roll.accounts == 4_003
    assert sum(crowd.size for crowd in found.roll.crowds.values()) == 4_003 - 100
    paid = [stream for stream in found.flows.streams if stream.src == account(1)]
    assert sum(stream.traced for stream in paid) == total
    assert sum(stream.count for stream in paid) == 4_000
    for name, amount in zip((account(2), account(3)), came.values(), strict=True):
        assert sum(s.traced for s in found.flows.streams if s.dst == name) == amount
    assert sum(found.ends.spots.values()) == total
    assert sum(each.amount for each in found.ends.assets[ETH].fates.values()) == total


def test_crowds_and_pieces_change_no_figure(tmp_path, monkeypatch):
    folder, _, _ = wide_case(tmp_path)
    usual = _figures(render(load(folder)))
    monkeypatch.setattr(roll, "KEPT", 100)
    monkeypatch.setattr("stanch.reports.pieces.BLOCK", 1 << 16)
    monkeypatch.setattr("stanch.reports.pieces.PIECE", 1 << 16)
    page = render(load(folder))
    assert _figures(page) == usual
    assert "Of 4,003 accounts, the 3,903 through which least passed are counted together" in page


def _figures(page):
    """The tables of the page without the picture."""
    return re.findall(r"<t[dh][^>]*>.*?</t[dh]>", page.split("How it moved")[0], re.DOTALL)


def test_the_largest_holders_are_told(tmp_path):
    folder, _, _ = wide_case(tmp_path)
    (found,) = gather(load(folder), ["i"])
    rows = [line.split(",") for line in (folder / "endpoints.csv").read_text().splitlines()[1:]]
    held = sorted((int(row[4]) for row in rows if row[3] == "held"), reverse=True)
    told = found.ends.assets[ETH].holders
    assert [end.amount for end in told.largest] == held[:LISTED]
    assert told.sum.amount == sum(held)
