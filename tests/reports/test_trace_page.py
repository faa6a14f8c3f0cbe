import time
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest

from stanch.reports.trace_page import render
from stanch.reports.trace_view import load
from tests.reports.golden import golden
from tests.reports.trace_folder import DAI, ETH, UNIT, Thief, account, flow, write

EVIL = "<script>alert(1)</script>\"'&\u202egnp.exe\x00" + "W" * 5000


class Page(HTMLParser):
    """Collects what a page would load, its tags, and its text."""

    def __init__(self, html):
        super().__init__()
        self.loads, self.tags, self.text = [], [], []
        self.open = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.loads += [value for name, value in attrs if name in ("src", "href", "srcset", "data")]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        if not self.open or self.open[-1] not in ("style", "script"):
            self.text.append(data)


def pictures(html):
    """The SVG pictures of a page, parsed as XML."""
    return [ET.fromstring(part.split("</svg>")[0] + "</svg>") for part in _after(html, "<svg ")]


def _after(html, mark):
    return [mark + part for part in html.split(mark)[1:]]


def test_the_page_loads_nothing(small_case):
    html = render(small_case)
    page = Page(html)
    assert page.open == []
    assert page.loads == []
    assert "@import" not in html
    assert "http://" not in html.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in html
    assert "default-src 'none'" in html


def test_the_page_says_what_an_investigator_needs(tmp_path):
    html = render(load(golden(tmp_path)))
    text = " ".join("".join(Page(html).text).split())
    for said in (
        "affinity@1", "Stolen100 ETH", "Hoby exchange", "75 ETH", "75.0 %", "25 ETH", "Inferred",
        "12 – 18", "exact to the smallest unit", "23 Mar 2022 13:30 UTC",
    ):  # fmt: skip
        assert said in text, said
    assert f"100 ETH = {100 * UNIT} smallest units" in html
    assert "SIMULATION" not in text


def test_a_simulation_says_so(small_case):
    assert "SIMULATION: invented data, no real account, service or transaction" in "".join(
        Page(render(small_case)).text
    )


@pytest.mark.parametrize("case", ["small_case", "large_case"])
def test_pictures_are_valid_and_told(case, request):
    (picture,) = pictures(render(request.getfixturevalue(case)))
    space = "{http://www.w3.org/2000/svg}"
    told = [each.text for each in picture.iter(f"{space}title")]
    assert any("→" in text and "of what was stolen" in text for text in told)
    names = [each.text for each in picture.iter(f"{space}text")]
    assert {"Storm.Cash", "Hoby", "FTZ", "Services"} <= set(names)


def test_same_files_same_bytes(small_case, tmp_path):
    assert render(small_case) == render(small_case)
    assert render(load(golden(tmp_path / "a"))) == render(load(golden(tmp_path / "b")))


def test_outside_text_stays_text(tmp_path):
    ends = [["i" + EVIL, account(n), ETH, "mixer", 5, EVIL, EVIL, 4, 6, 1] for n in (2, 3)]
    ends += [["i" + EVIL, account(4), ETH, "held", 5, EVIL, "", 5, 5, 0]]
    flows = [flow(n, (account(1), account(n)), 5, incident="i" + EVIL, rule=EVIL) for n in (2, 4)]
    manifest = {
        "method": EVIL, "parameters": {EVIL: EVIL}, "notices": [{"text": EVIL}, EVIL],
        "inputs": [{"name": EVIL, "sha256": EVIL}], "suspected_services": [{EVIL: EVIL}, EVIL],
        "assets": {ETH: {"symbol": EVIL, "decimals": EVIL}},
        "seeds": [{"incident": "i" + EVIL, "account": EVIL, "time": EVIL, "tx": EVIL}],
    }  # fmt: skip
    html = render(load(write(tmp_path, {"flows": flows, "endpoints": ends}, manifest)))
    assert Page(html).tags.count("script") == 1
    assert "<script>alert" not in html
    assert "\u202e" not in html
    assert "\x00" not in html
    assert len(html) < 400_000
    assert len(pictures(html)) == 1


def test_nothing_at_all(tmp_path):
    html = render(load(write(tmp_path, {})))
    assert "How we know" in html
    assert pictures(html) == []


def test_one_account_without_endpoints(tmp_path):
    rows = [["i", account(1), ETH, 0, 0, 0, 0, "", "", "", "", 0, 0, ""]]
    manifest = {"incidents": [{"id": "i", "assets": [{"asset": ETH, "stolen": "5"}]}]}
    html = render(load(write(tmp_path, {"accounts": rows}, manifest)))
    assert "does not balance" in html


def test_money_that_never_moved_is_still_drawn(tmp_path):
    end = ["i", account(1), ETH, "held", 2**256, "", "", 2**256, 2**256, 0]
    (picture,) = pictures(render(load(write(tmp_path, {"endpoints": [end]}))))
    assert "0x" in "".join(picture.itertext())


def test_huge_amounts_stay_exact(tmp_path):
    end = ["i", account(2), ETH, "held", 2**256 - 1, "", "", 0, 2**256, 0]
    rows = [flow(1, (account(1), account(2)), 2**256 - 1)]
    html = render(load(write(tmp_path, {"flows": rows, "endpoints": [end]})))
    assert str(2**256 - 1) in html.replace(",", "")


def test_each_incident_has_its_picture(tmp_path):
    flows, ends = [], []
    for incident in ("one", "two"):
        thief = Thief(incident=incident)
        robbed, seed, leaf = thief.new(), thief.new(), thief.new()
        thief.pay(robbed, seed, 10 * UNIT, rule="seed")
        thief.pay(seed, leaf, 4 * UNIT)
        thief.pay(robbed, leaf, 9, asset=DAI)
        thief.pay(leaf, thief.new(), 9, asset=DAI)
        flows += thief.flows
        ends += thief.tables(skip=[robbed])["endpoints"]
    html = render(load(write(tmp_path, {"flows": flows, "endpoints": ends})))
    assert len(pictures(html)) == 2
    assert 'href="#incident-2"' in html
    assert 'id="incident-2"' in html


def test_ten_thousand_flows_in_five_seconds(tmp_path):
    thief = Thief(seed=7)
    robbed, seed = thief.new(), thief.new()
    thief.pay(robbed, seed, 10**30, rule="seed")
    reached = [seed]
    for _ in range(10_000):
        thief.wait(0.1)
        src = thief.random.choice(reached[-400:])
        dst = thief.random.choice(reached) if thief.random.random() < 0.6 else thief.new()
        amount = thief.balances[src, ETH] * thief.random.randint(1, 9) // 10
        if dst != src and amount:
            thief.pay(src, dst, amount)
            reached.append(dst)
    view = load(write(tmp_path, thief.tables(skip=[robbed]), thief.manifest(10**30, [seed])))
    begun = time.perf_counter()
    html = render(view)
    assert time.perf_counter() - begun < 5
    assert len(html) < 3_000_000
