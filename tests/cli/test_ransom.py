"""Payments of a ransomware campaign, from the registry's file to where the money ended."""

import csv

import pytest

from stanch.model.chain import ETHEREUM
from tests.cli.test_registry import run
from tests.registry.tables import written

GANG, MIXED, EXCHANGE, PAYER = (f"0x{digit * 40}" for digit in "1234")
PAID = ("0x" + "a" * 64, "0x" + "b" * 64)
TRANSFERS = f"""\
tx,time,from,to,amount
{PAID[0]},1556784000,{PAYER},{GANG},2.5
0x{"c" * 64},1556784060,{PAYER},{GANG},40
{PAID[1]},1556870400,{PAYER},{MIXED},0.75
0x{"d" * 64},1556956800,{GANG},{EXCHANGE},42.5
0x{"e" * 64},1556956860,{MIXED},{EXCHANGE},0.75
"""
INCIDENTS = [
    f"{name},ransomware,{victim},hospital,2019-05-02,,,,spring,frost,,TLP:CLEAR,paper,"
    for name, victim in (("clinic-2019", "Hill Clinic"), ("dentist-2019", "A Dentist"))
]
PAYMENTS = [
    f"clinic-2019,{ETHEREUM},{GANG},{PAID[0]},ETH,2.5,2019-05-02T08:00:00Z,paper",
    f"dentist-2019,{ETHEREUM},{MIXED},{PAID[1]},ETH,0.75,2019-05-03T08:00:00Z,paper",
]


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A registry with the payments, and a ledger with what became of them."""
    folder = tmp_path_factory.mktemp("ransom")
    written(folder / "registry", incidents=INCIDENTS, payments=PAYMENTS)
    (folder / "pay.csv").write_text(TRANSFERS)
    chain = ["--chain", ETHEREUM, "--asset", "ETH", "--decimals", "18"]
    build = ["ledger", "build", folder / "pay.csv", "--from", "csv", *chain]
    assert run(*build, "--out", folder / "ledger") == 0
    return folder


def rows(file):
    with file.open(newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("name", ["spring", "frost"])
def test_a_trace_follows_the_payments_of_a_campaign_and_of_a_strain(place, tmp_path, capsys, name):
    seeds, out = tmp_path / "seeds.csv", tmp_path / "trace"
    given = ["--registry", place / "registry", "--out", seeds]
    assert run("incidents", "seeds", name, *given) == 0
    assert capsys.readouterr().out.startswith("2 seeds")
    assert run("trace", "--ledger", place / "ledger", "--seeds", seeds, "--out", out) == 0
    ends = {
        (each["incident"], each["account"].rpartition(":")[2]): int(each["amount"])
        for each in rows(out / "endpoints.csv")
    }
    # What the gang had from elsewhere, 40 ETH under a transaction of its own, is in no payment.
    assert ends == {
        ("clinic-2019", EXCHANGE): 25 * 10**17,
        ("dentist-2019", EXCHANGE): 75 * 10**16,
    }


def test_the_incident_shows_its_campaign_and_each_payment(place, capsys):
    assert run("incidents", "show", "clinic-2019", "--registry", place / "registry") == 0
    shown = capsys.readouterr().out
    assert "campaign: spring" in shown
    assert "strain: frost" in shown
    assert f"2.5 ETH to {ETHEREUM}:{GANG} in {PAID[0]}" in shown
