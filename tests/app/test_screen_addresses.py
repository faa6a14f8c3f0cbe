"""Files of addresses: one a line or a column of a table."""

import csv
import gzip

import pytest

from stanch.app.screen_addresses import screen_addresses
from stanch.errors import InputError, UsageError
from tests.app.screen_home import ETH, home_in

OTHER = "0x" + "1" * 40


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return home_in(tmp_path_factory.mktemp("addresses"))


def screened(home, tmp_path, text, out=None):
    (tmp_path / "in.csv").write_text(text)
    return screen_addresses(home, tmp_path / "in.csv", out, lambda _: None)


@pytest.mark.parametrize(("text", "row"), [
    (f"{OTHER}\n\nETH: {ETH}\n", 3), (f"address\n{ETH}\n", 2),
    (f"id;Wallet Address\n1;{OTHER}\n2;ethereum:{ETH}\n", 3),
    (f'time,account\n"1, 2",{ETH}\n', 2), (f"{ETH.upper()}", 1), (f"\ufeffaddress\r\n{ETH}\r\n", 2),
])  # fmt: skip
def test_a_listed_address(home, tmp_path, text, row):
    done = screened(home, tmp_path, text)
    assert (done.found, done.rejected) == (1, 0)
    assert [(each.row, hit.entry) for each, hit in done.hits] == [(row, "27307")]


def test_what_is_no_address_is_told(home, tmp_path):
    done = screened(home, tmp_path, f'address,x\n{OTHER},1\nKim,2\n,3\n"a\n{"f" * (1 << 21)}\n')
    assert (done.asked, done.found, done.rejected) == (1, 0, 4)
    assert [each.row for each in done.refused] == [3, 4, 5, 6]


def test_the_table(home, tmp_path):
    screened(home, tmp_path, f"{OTHER}\n{ETH}\n", tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(newline="", encoding="utf-8") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["row"], row["address"], row["entity_id"]) == ("2", ETH, "27307")
    assert row["evidence"] == f"the same wallet address: {ETH}, listed as {ETH} (+80.0)"
    assert row["programs"] == "DPRK3; CYBER2"


def test_a_table_without_addresses(home, tmp_path):
    with pytest.raises(InputError, match="without a column"):
        screened(home, tmp_path, "id,colour\n1,red\n", tmp_path / "out.csv")
    assert not list(tmp_path.glob("*out*")) + list(tmp_path.glob(".*"))


def test_no_home(tmp_path):
    with pytest.raises(UsageError, match="no home"):
        screened(None, tmp_path, ETH)


def test_a_damaged_packed_file_says_so(home, tmp_path):
    (tmp_path / "in.gz").write_bytes(gzip.compress(f"{OTHER}\n".encode() * 99)[:40])
    with pytest.raises(InputError, match="damaged gzip"):
        screen_addresses(home, tmp_path / "in.gz", None, lambda _: None)
