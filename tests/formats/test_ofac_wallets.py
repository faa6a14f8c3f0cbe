import json

import pytest

from stanch.formats.ofac_wallets import asset_of, parse
from stanch.formats.tag import RefusedTag


def test_the_asset_is_in_the_name():
    assert asset_of("sanctioned_addresses_XBT.txt") == "XBT"
    assert asset_of("sanctioned_addresses_ETH.json") == "ETH"
    assert asset_of("addresses.txt") is None


def test_lines_and_json_say_the_same():
    listed = ["1abc", "1def"]
    lines = list(parse("\ufeff1abc\n\n 1def \n", "sanctioned_addresses_XBT.txt"))
    array = list(parse(json.dumps(listed), "sanctioned_addresses_XBT.json"))
    assert [tag.address for tag in lines] == [tag.address for tag in array] == listed
    assert [tag.row for tag in lines] == [1, 3]
    assert {tag.currency for tag in lines} == {"XBT"}
    assert {tag.flags for tag in array} == {("sanctioned",)}


def test_other_json_values_are_refused():
    found = list(parse('["1abc", 5, null]', "sanctioned_addresses_XBT.json"))
    reason = "is not an address but another JSON value"
    assert found[1:] == [RefusedTag(2, reason), RefusedTag(3, reason)]


@pytest.mark.parametrize("text", ["", "{}", "[" * 100_000, "[1"])
def test_another_file_is_refused_as_a_whole(text):
    with pytest.raises(ValueError, match="is "):
        list(parse(text, "sanctioned_addresses_XBT.json"))


def test_a_file_of_another_name_is_refused():
    with pytest.raises(ValueError, match="is not named"):
        list(parse("1abc", "list.txt"))
