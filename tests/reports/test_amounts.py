from stanch.reports.amounts import Denomination, moment, percent

ETH = Denomination("eip155:1/slip44:60", "ETH", 18)
USD = Denomination("stanch:fiat/USD", "USD", 2)


def test_short_amounts_keep_what_matters():
    cases = {
        175_100 * 10**18: "175,100 ETH",
        4_983_910_000_000_000_000_001: "4,983.91 ETH",
        175_100 * 10**18 + 1: "175,100.00 ETH",
        1_234_567_890_000_000_000: "1.2346 ETH",
        123_456: "0.000000000000123 ETH",
        999_999_999_999_999_999: "1.0000 ETH",
        0: "0 ETH",
        -5 * 10**17: "-0.5000 ETH",
    }
    assert {amount: ETH.short(amount) for amount in cases} == cases
    assert USD.short(94_564_673) == "945,646.73 USD"
    assert USD.short(94_564_670) == "945,646.70 USD"


def test_exact_amounts_lose_nothing():
    assert ETH.exact(4_983_910_000_000_000_000_001) == (
        "4,983.910000000000000001 ETH = 4983910000000000000001 smallest units"
    )
    assert str(2**256 - 1) in ETH.exact(2**256 - 1)
    assert ETH.short(2**256 - 1) == "1.157×10^59 ETH"


def test_unknown_decimals_show_smallest_units():
    assert Denomination("x", "X", None).short(1_234) == "1,234 X"


def test_percent_never_says_none_or_all_when_it_is_not():
    assert percent(966, 1000) == "96.6 %"
    assert percent(1, 10**9) == "< 0.1 %"
    assert percent(10**9 - 1, 10**9) == "> 99.9 %"
    assert percent(1, 1) == "100.0 %"
    assert percent(0, 5) == "0.0 %"
    assert percent(1, 0) == "–"


def test_moments_are_english_and_odd_text_is_left_alone():
    assert moment("2022-03-23T13:29:09Z") == "23 Mar 2022 13:29 UTC"
    assert moment("") == ""
    assert moment("yesterday") == "yesterday"
