"""Tables for people."""

from stanch.cli.columns import columns


def test_columns_are_as_wide_as_their_widest_cell_and_no_line_ends_in_blanks():
    rows = [("USD", "1"), ("a", "100"), ("ETH", "")]
    assert list(columns(("asset", "n"), rows, right=("n",))) == [
        "asset    n",
        "USD      1",
        "a      100",
        "ETH",
    ]


def test_no_row_is_a_heading_alone():
    assert list(columns(("id", "state"), [])) == ["id  state"]
