import pytest
from hypothesis import given
from hypothesis import strategies as st

from stanch.formats.label_csv import COLUMNS, LabelColumns
from stanch.formats.tag import RawTag


def tag(header, *fields):
    return LabelColumns.of(header.split(",")).tag(7, fields)


def test_the_four_columns():
    row = tag("address,name,categories,source", "0xab", "'Huobi 1'", "exchange,huobi", "etherscan")
    assert row == RawTag(
        row=7, address="0xab", name="Huobi 1", terms=("exchange", "huobi"), source="etherscan"
    )


def test_columns_in_any_order_and_case_and_all_that_may_stand_beside():
    header = "Confidence,Chain,NAME,Address,entity,flags,valid_from,valid_to,note"
    row = tag(header, "0.9", "eip155:1", "x", "0xab", "okx", "dprk;theft", "2023-01-01", "", "?")
    assert (row.confidence, row.currency, row.entity) == (0.9, "eip155:1", "okx")
    assert (row.flags, row.valid_from) == (("dprk", "theft"), "2023-01-01")


@pytest.mark.parametrize(("source", "own"), [("", True), ("user", True), ("etherscan", False)])
def test_rows_without_a_source_are_the_users_own(source, own):
    row = tag("address,categories,source", "0xab", "exchange;nft", source)
    assert row.own is own
    assert row.terms == (("category:exchange" if own else "exchange"), "nft")


def test_the_column_category_is_always_chosen():
    row = tag("address,category,source", "0xab", "Mixer", "somebody")
    assert row.terms == ("category:mixer",)
    assert tag("address,category", "0xab", "wallet").terms == ("wallet",)


def test_a_caip10_account_brings_its_chain():
    row = tag("account,label", "eip155:56:0xab", "x")
    assert (row.currency, row.address) == ("eip155:56", "0xab")
    with pytest.raises(ValueError, match="not on chain"):
        tag("address,name,chain", "eip155:56:0xab", "x", "eip155:1")


@pytest.mark.parametrize(
    ("header", "fields", "reason"),
    [
        ("address,name", ("0xab", ""), "says nothing"),
        ("address,flags", ("0xab", "bad"), "not one of"),
        ("address,name,confidence", ("0xab", "x", "2"), "confidence"),
        ("address,name,confidence", ("0xab", "x", "nan"), "confidence"),
    ],
)
def test_bad_rows_have_a_reason(header, fields, reason):
    with pytest.raises(ValueError, match=reason):
        tag(header, *fields)


@pytest.mark.parametrize("header", ["name,categories", "address,amount", ""])
def test_another_table_is_refused(header):
    with pytest.raises(ValueError, match="has no column"):
        LabelColumns.of(header.split(","))


@given(st.lists(st.sampled_from([*COLUMNS, "x"]), min_size=1, max_size=6), st.data())
def test_any_row_gives_a_tag_or_a_reason(header, data):
    fields = data.draw(st.lists(st.text(max_size=12), min_size=len(header), max_size=len(header)))
    try:
        row = LabelColumns.of(header).tag(1, fields)
    except ValueError:
        return
    assert 0 <= row.confidence <= 1
    assert row.name or row.terms or row.flags or row.entity
