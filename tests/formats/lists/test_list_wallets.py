from pathlib import Path

import pytest
from tests.formats.lists.reading import read

from stanch.model.listed import Entry, Identifier, ListedName, RefusedEntry


def test_each_address_is_an_entry_once():
    found = read(
        "ofac-wallets",
        ("lists/sanctioned_addresses_XBT.txt", "1Kuf\n1Abc\n"),
        ("lists/sanctioned_addresses_XBT.json", '["1Kuf", 7, "1Def\\u0000"]'),
        ("sanctioned_addresses_ETH.txt", "1Kuf\n"),
    )
    assert list(found.entries) == ["XBT:1Kuf", "XBT:1Abc", "ETH:1Kuf"]
    assert found.entries["XBT:1Abc"] == Entry(
        id="XBT:1Abc",
        schema="Wallet",
        names=(ListedName("1Abc", "primary"),),
        identifiers=(Identifier("wallet", "1Abc", asset="XBT"),),
    )
    file = "lists/sanctioned_addresses_XBT.json"
    assert found.refused == [
        RefusedEntry(file, 2, "is not an address but another JSON value"),
        RefusedEntry(file, 3, "is no address of any wallet"),
    ]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("addresses.txt", b"1Kuf", "is not named"),
        ("sanctioned_addresses_XBT.txt", b"\xff\xfe", "is not UTF-8"),
        ("sanctioned_addresses_XBT.json", b"{}", "not a list"),
    ],
)
def test_another_file_is_refused_as_a_whole(name: str, data: bytes, reason: str):
    with pytest.raises(ValueError, match=reason):
        read("ofac-wallets", (name, data))


def test_all_addresses_of_september_2024(data_dir: Path):
    files = sorted((data_dir / "ofac_addresses").glob("sanctioned_addresses_*.*"))
    found = read("ofac-wallets", *files)
    lines = [line for file in files if file.suffix == ".txt" for line in file.open()]
    assert len(found.entries) == len(lines) == 654
    assert found.refused == []
