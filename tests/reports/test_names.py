import pytest

from stanch.reports.names import (
    clean,
    same_account,
    service_name,
    short_account,
    squeezed,
    whole,
)

ADDRESS = "0x098b716b8aaf21512996dc57eb0615e2383e2f96"


def test_clean_shows_what_would_hide():
    assert clean("a\u202eb\x00c\u200bd") == "a\ufffdb\ufffdc\ufffdd"
    assert clean(" two\n lines ") == "two lines"
    assert len(clean("x" * 10_000)) == 120


def test_squeezed_keeps_both_ends():
    assert squeezed("Atomic Wallet Hack 02 SRC", 16) == "Atomic Wa…02 SRC"
    assert squeezed("short", 16) == "short"


@pytest.mark.parametrize(
    ("label", "service"),
    [
        ("Huobi 10", "Huobi"),
        ("Tornado.Cash: 100 ETH", "Tornado.Cash"),
        ("Huobi (deposit)", "Huobi"),
        ("THORChain_vault_feaa_8402", "THORChain_vault"),
        ("1inch", "1inch"),
        ("Crypto Cafe", "Crypto Cafe"),
        ("42", "42"),
    ],
)
def test_service_name(label, service):
    assert service_name(label) == service


def test_same_account():
    account = f"eip155:1:{ADDRESS}"
    assert same_account(account, ADDRESS.upper().replace("X", "x"))
    assert same_account(account, account)
    assert not same_account(account, f"eip155:56:{ADDRESS}")
    assert not same_account("bip122:0:bc1qA", "bc1qa")
    assert short_account(account) == "0x098b…2f96"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("می\u200cخواهم", "می\u200cخواهم"),  # Persian: "I want"
        ("क्\u200dष", "क्\u200dष"),  # Devanagari, behind a virama
        ("\U0001f469\u200d\U0001f52c", "\U0001f469\u200d\U0001f52c"),
        ("Pay\u200cPal", "Pay\ufffdPal"),
        ("é\u200dé", "é\ufffdé"),
        ("می\u200c", "می\ufffd"),
        ("می\u200c خواهم", "می\ufffd خواهم"),
        ("می\u200c\u200cخ", "می\ufffd\ufffdخ"),
    ],
)
def test_what_joins_letters_stays_where_it_joins_them(text, shown):
    assert clean(text) == whole(text) == shown


def test_the_whole_of_a_text_is_cut_nowhere():
    text = "word " * 5000
    assert whole(text) == text.strip()
