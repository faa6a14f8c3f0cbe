import csv
import gzip

import pytest

from stanch.attribution.words import read_words, words

STOPS = {"exchange", "mixer", "otc", "gambling", "mining", "service", "bridge", "dex"}


def say(name, *terms, source="list.csv: etherscan", flags=()):
    meaning = words().meaning(name, terms, source, flags)
    return meaning.category, meaning.flags


@pytest.mark.parametrize(
    ("name", "terms", "category"),
    [
        ("Binance 14", ["exchange"], "exchange"),
        ("Binance 14", ["binance"], "exchange"),
        ("Huobi 10", [], "exchange"),
        ("FTX Exchange 2", ["ftx"], "exchange"),
        ("Huobi: Old Address 12", ["huobi", "old-contract"], "exchange"),
        ("binance reserve wallets USDT", [], "exchange"),
        ("Poloniex: GNT", ["exchange"], "exchange"),
        ("Bitkub: Hot Wallet 3", ["hot-wallet"], "exchange"),
        ("LAToken 2", ["exchange"], "exchange"),
        ("KuCoin", ["exchange"], "exchange"),
        ("Binance: Deposit Funder 3", ["binance"], "exchange"),
        ("Binance: Deposit 1", ["binance"], "deposit"),
        ("Alameda Research: Binance Deposit", ["fund"], "deposit"),
        ("Huobi_Deposit_0x8776", [], "deposit"),
        ("Deposit", [], "deposit"),
        ("HuobiToken (HT)", ["exchange", "otc"], "token"),
        ("Bitfinex LEO Token", ["bitfinex"], "token"),
        ("Binance Wrapped BTC", ["exchange"], "token"),
        ("FTT (FTX Token)", ["exchange"], "token"),
        ("Tornado.Cash: Router", ["ofac-sanctions-lists", "tornado-cash"], "mixer"),
        ("Tornado.Cash: 100 ETH", [], "mixer"),
        ("tornado.cash", ["mixing_service"], "mixer"),
        ("Samourai Wallet", ["coinjoin"], "mixer"),
        ("Tornado.Cash: Governance", ["tornado-cash"], "none"),
        ("Axie Infinity: Ronin Bridge", ["axie-infinity", "bridge"], "bridge"),
        ("Connext: ETH Bridge", ["connext"], "bridge"),
        ("Uniswap V3: Router", ["dex"], "dex"),
        ("SushiSwap: HM", ["sushiswap"], "dex"),
        ("ETHorse, Gambling", ["gambling    "], "gambling"),
        ("Bank Heist 4D, Gambling", ["gambling    "], "gambling"),
        ("Nanopool", ["mining"], "mining"),
        ("Genesis Trading: OTC Desk 4", ["otc"], "otc"),
        ("Nexo 2", ["loans", "nexo"], "service"),
        ("checksig reserve wallets", ["wallet_service"], "service"),
    ],
)
def test_category(name, terms, category):
    assert say(name, *terms)[0] == category


@pytest.mark.parametrize(
    ("name", "terms"),
    [
        ("maker_FAUCET", ["defi_lending"]),
        ("USDT_blacklisted", ["black_list"]),
        ("Fund: 0x82a...b64", ["fund"]),
        ("MEV Bot: 0x9E9...41A", ["mev-bot"]),
        ("OpenSea: Registry", ["market"]),
        ("OFAC", ["sanction"]),
        ("DepositRegistry", []),
        ("Curve.fi: HUSD Deposit", ["curve-fi"]),
        ("Nexo: WBTC Merchant Deposit Address", ["nexo"]),
        ("Liquid Lottery RTC", []),
    ],
)
def test_words_without_a_function_say_nothing(name, terms):
    assert say(name, *terms)[0] is None


@pytest.mark.parametrize(
    ("name", "terms", "flags"),
    [
        ("Ronin Bridge Exploiter", ["ofac-sanctions-lists"], ("sanctioned", "theft")),
        ("Ronin Bridge Exploiter", ["bridge"], ("theft",)),
        ("Atomic Wallet Hack 01 OSRC", [], ("theft",)),
        ("Upbit Hacker 9.52: ChangeNow 1", [], ("theft",)),
        ("Kucoin Hacker", ["blocked", "exchange"], ("theft",)),
        ("", ["heist", "bridge"], ("theft",)),
        ("Fake_Phishing123", [], ("scam",)),
        ("Fake_Phishing123", ["exchange"], ("scam",)),
        ("Netwalker (Mailto)", ["ransomware"], ("ransomware",)),
        ("Lazarus group", ["user", "sanction"], ("sanctioned", "dprk")),
        ("Forsage.io Owner", ["service", "pyramid_scheme"], ("scam",)),
    ],
)
def test_whoever_robs_is_no_service(name, terms, flags):
    assert say(name, *terms) == ("none", flags)


@pytest.mark.parametrize(
    "name", ["Multichain Hack Alert 2182", "Ronin Hack Victim", "Nomad White Hat 3"]
)
def test_victims_are_no_thieves(name):
    assert say(name) == ("none", ())


@pytest.mark.parametrize("name", ["Hacken Token (HAI)", "HackerGold Token", "Ponzi (PONZI)"])
def test_a_token_is_not_what_its_name_plays_with(name):
    assert say(name) == ("token", ())


def test_sanctioned_mixer_stays_a_mixer():
    category, flags = say("Tornado.Cash: 10 ETH", "ofac-sanctions-lists", "tornado-cash")
    assert (category, flags) == ("mixer", ("sanctioned",))


def test_a_chosen_category_stands_whatever_the_name():
    assert say("Ronin Bridge Exploiter", "category:exchange") == ("exchange", ("theft",))
    assert say("Binance 14", "category:none")[0] == "none"


def test_stated_flags_mark_a_thief_too():
    assert say("wallet 3", "service", flags=("theft",)) == ("none", ("theft",))


def test_sources_may_mean_something_else():
    assert say("Hydra Market", "market", source="hydra.yaml: x") == ("service", ("darknet",))
    assert say("x", "user", source="p.yaml: https://home.treasury.gov/a") == (None, ("sanctioned",))
    assert say("Deposit", source="t.csv: tutela")[0] is None


@pytest.mark.parametrize(
    ("name", "terms", "entity"),
    [
        ("Huobi 10", ["exchange"], "huobi"),
        ("OKEx 5", ["exchange"], "okx"),
        ("Bitmax 2", [], "ascendex"),
        ("Crypto.com 2", [], "cryptocom"),
        ("Bitexlive 2", ["exchange"], "bitexlive"),
        ("Jump Trading: Binance Deposit", [], "binance"),
        ("Tornado.Cash: Router", [], "tornado"),
        ("Fake_Phishing123", [], None),
        ("HuobiToken (HT)", [], None),
    ],
)
def test_entity(name, terms, entity):
    assert words().meaning(name, tuple(terms), "").entity == entity


def test_a_mapping_with_an_unknown_category_is_refused():
    text = '[terms]\nbank = ["bank"]\n[flags]\n[marks]\nflags = []\n'
    lists = "".join(f"[{kind}]\n" for kind in ("exchange", "custodian", "mixer", "dex"))
    with pytest.raises(ValueError, match="bank"):
        read_words("source = []\nname = []\n" + text + lists)


def test_names_of_thieves_in_the_real_list_never_stop(data_dir):
    """Whatever list calls somebody a hacker, exploiter or phisher, the tag is no stop."""
    with gzip.open(data_dir / "labels" / "evm_name_tags.csv.gz", "rt") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if "Hacker" in row["name"] or "xploiter" in row["name"] or "Phishing" in row["name"]
        ]
    assert len(rows) > 5000
    for row in rows:
        terms = row["categories"].split(",")
        if "Gambling" not in row["name"]:
            assert say(row["name"], *terms, source=row["source"])[0] not in STOPS, row
