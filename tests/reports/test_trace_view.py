import pytest

from stanch.errors import InputError
from stanch.reports.endings import Sum
from stanch.reports.material import gather
from stanch.reports.trace_view import load
from tests.reports.golden import golden
from tests.reports.trace_folder import UNIT, account, flow, write


def test_reads_what_a_trace_wrote(tmp_path):
    view = load(golden(tmp_path))
    (found,) = gather(view, view.incidents())
    assert [stream.traced // UNIT for stream in found.flows.streams] == [100, 60, 40, 25, 50]
    assert found.incident == "i"


def test_an_asset_without_a_symbol_goes_by_its_contract(tmp_path):
    view = load(write(tmp_path, {}))
    names = [f"eip155:1/erc20:0x{7:040x}", "eip155:9/slip44:60", "stanch:fiat/USD"]
    assert [view.denomination(each).symbol for each in names] == [
        "0x0000…00007", "coin 60", "USD",
    ]  # fmt: skip


def test_an_empty_bound_is_the_amount(tmp_path):
    end = ["i", account(1), "a", "held", 2**256, "", "", "", "", ""]
    view = load(write(tmp_path, {"endpoints": [end]}))
    (found,) = gather(view, ["i"])
    assert found.ends.assets["a"].fates["held"] == Sum(2**256, 2**256, 2**256, 0, 1)


def test_missing_file_is_named(tmp_path):
    golden(tmp_path)
    (tmp_path / "accounts.csv").unlink()
    with pytest.raises(InputError, match=r"accounts\.csv: is not there"):
        load(tmp_path)


def test_missing_column_is_named(tmp_path):
    golden(tmp_path)
    (tmp_path / "endpoints.csv").write_text("incident,account\n")
    with pytest.raises(InputError, match=r"endpoints\.csv: lacks the column asset, fate"):
        load(tmp_path)


def test_broken_manifest(tmp_path):
    golden(tmp_path)
    (tmp_path / "manifest.json").write_text("[1")
    with pytest.raises(InputError, match=r"manifest\.json: cannot be read"):
        load(tmp_path)


def test_an_amount_that_is_no_number_has_a_row(tmp_path):
    rows = [
        flow(1, (account(1), account(2)), 5),
        flow(2, (account(1), account(2)), 5, traced_amount="1.5"),
    ]
    with pytest.raises(
        InputError, match=r"flows\.csv, row 2: traced_amount is no whole number: '1\.5'"
    ):
        gather(load(write(tmp_path, {"flows": rows})), ["i"])
