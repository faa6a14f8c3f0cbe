"""Whole files, from dialect to dialect."""

import json
from dataclasses import replace

import pymisp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from tests.formats.stix.valid import checked
from tests.formats.wallets.test_pairs import taken
from tests.formats.wallets.things import TRANSACTIONS, WALLETS

from stanch.formats.tagpack import parse
from stanch.formats.wallets.dialects import DIALECTS
from stanch.formats.wallets.files import things_in, written
from stanch.model.shared import SharedTransaction, SharedWallet, Side

ETH = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96"
BTC = "12t9YDPgwueZ9NyMgw519p7AA8isjr6SMw"
RONIN = SharedWallet(
    ETH, "eip155:1", "eip155:1/slip44:60", "ETH", label="Ronin thief", note="Listed by OFAC.",
    balance="0.10", received="173600.000000000000000001", confidence="0.9", marking="TLP:AMBER",
)  # fmt: skip
PAID = SharedTransaction(
    "ab" * 32, "BTC", "bip122:000000000019d6689c085ae165831e93", "2017-05-12T08:00:00.000Z",
    "0.15", fee="0.00000728", inputs=(Side("payer", "0.15000728"),),
    outputs=(Side(BTC, "0.15"),), marking="TLP:CLEAR",
)  # fmt: skip


@pytest.mark.parametrize("name", sorted(DIALECTS))
@settings(max_examples=25)
@given(some.lists(WALLETS, max_size=3, unique_by=lambda each: each.address))
def test_a_file_of_wallets_comes_back(name, wallets):
    wallets = [taken(name, each) for each in wallets]
    made = written(name, wallets)
    assert made.data == written(name, wallets).data
    if name in ("tagpack", "ftm") and not wallets:
        return
    found = things_in(made.data)
    key = lambda each: each.address  # noqa: E731
    expected = list(wallets)
    if name.startswith("misp"):
        label = json.loads(made.data)["Event"]["Tag"]
        expected = [_under(each, label) for each in wallets]
    things = found.things
    if name == "misp-btc":  # kept as they came, too: written as MISP again, they stay btc objects
        things = [replace(each, carried=()) for each in things]
    assert sorted(things, key=key) == sorted(expected, key=key)


def _under(wallet, label):
    """An event's label is the narrowest of what is in it, and holds for all that is in it; so is
    its label of permissible actions.
    """
    names = {kind: name for each in label for kind, name in [_kind(each["name"].upper())]}
    return replace(wallet, **names)


def _kind(name):
    return ("pap" if name.startswith("PAP:") else "marking"), name


@settings(max_examples=25)
@given(some.lists(TRANSACTIONS, max_size=2, unique_by=lambda each: each.hash))
def test_a_bundle_of_transactions_comes_back(transactions):
    found = things_in(written("stix", transactions).data)
    back = [each for each in found.things if isinstance(each, SharedTransaction)]
    assert sorted(back, key=repr) == sorted(transactions, key=repr)


@pytest.mark.parametrize("name", ["stix", "opencti"])
def test_partners_programs_take_our_bundles(name):
    things = [RONIN, *([PAID] if name == "stix" else [])]
    objects = checked(written(name, things).data)
    (wallet,) = [each for each in objects if each.get("value") == ETH]

    assert wallet["object_marking_refs"] == [
        "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421"
    ]


def test_the_ids_of_the_field_are_ours(data_dir):
    (wallet,) = [
        each for each in json.loads(written("stix", [RONIN]).data)["objects"]
        if each["type"] == "cryptocurrency-wallet"
    ]  # fmt: skip
    import stix2

    class_ = stix2.v21.CustomObservable(
        "cryptocurrency-wallet", [("value", stix2.properties.StringProperty(required=True))],
        ["value"],
    )(type("Wallet", (), {}))  # fmt: skip
    assert class_(value=ETH).id == wallet["id"]


@pytest.mark.parametrize("name", ["misp", "misp-btc"])
def test_pymisp_takes_our_events(name, data_dir):
    wallet = taken(name, RONIN)
    event = pymisp.MISPEvent()
    event.from_json(written(name, [wallet, PAID], "2024-05-31").data.decode())
    assert [each.name for each in event.objects] == (
        ["coin-address", "cryptocurrency-transaction"] if name == "misp"
        else ["btc-wallet", "btc-transaction"]
    )  # fmt: skip
    folder = data_dir / "sharing" / "misp-crypto"
    for each in event.objects:
        template = json.loads((folder / f"{each.name}.json").read_text())
        assert each.template_uuid == template["uuid"].lower()
        assert int(each.template_version) == template["version"]
        for attribute in each.attributes:
            known = template["attributes"][attribute.object_relation]
            assert attribute.type == known["misp-attribute"]
    again = things_in(event.to_json().encode())
    assert [each.address for each in again.things[:1]] == [ETH]
    assert again.things[0].received == RONIN.received
    assert again.things[0].chain == RONIN.chain


def test_graphsense_takes_our_packs():
    pack = parse(written("tagpack", [RONIN]).data)
    assert pack.refused == []
    assert [(each.address, each.name, each.currency) for each in pack.tags] == [
        (ETH, "Ronin thief", "ETH")
    ]


def test_several_say_something_of_one_address():
    other = SharedWallet(ETH, "eip155:56", label="Same key", marking="TLP:RED")
    made = written("stix", [RONIN, other])
    objects = checked(made.data)
    (wallet,) = [each for each in objects if each["type"] == "cryptocurrency-wallet"]
    assert wallet["object_marking_refs"] == [
        "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"
    ]
    assert things_in(made.data).things == [RONIN, other]


def test_a_dialect_says_what_it_cannot_carry():
    made = written("opencti", [RONIN, PAID])
    assert made.refused == ["OpenCTI has no object for a transaction"]
    assert set(made.beside) == {
        "chain", "asset", "symbol", "label", "balance", "received", "confidence",
    }  # fmt: skip
    assert set(written("misp", [RONIN]).beside) == {
        "asset", "label", "received", "balance", "confidence",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"{", "no JSON"), (b"x: 1", "neither JSON nor a TagPack"), (b"{}", "")],
)
def test_other_files_are_refused(data, reason):
    if not reason:
        assert things_in(data).things == []
        return
    with pytest.raises(ValueError, match=reason):
        things_in(data)


@pytest.mark.parametrize("name", ["stix", "opencti", "misp", "misp-btc"])
def test_permissible_actions_are_said_in_the_words_of_the_dialect(name):
    """And the narrowest holds where several statements are one object, or stand in one event."""
    wallet = SharedWallet(BTC, "bip122:000000000019d6689c085ae165831e93", symbol="BTC",
                          pap="PAP:AMBER")  # fmt: skip
    strict = replace(wallet, label="Another says", pap="PAP:RED", marking="TLP:GREEN")
    made = written(name, [wallet, strict])
    assert "pap" not in made.beside
    apart = name in ("stix", "opencti")  # there each keeps its own, under `also`
    found = sorted(each.pap for each in things_in(made.data).things)
    assert found == (["PAP:AMBER", "PAP:RED"] if apart else ["PAP:RED", "PAP:RED"])
    if apart:
        data = json.loads(made.data)["objects"]
        (one,) = [each for each in data if each["type"] == "cryptocurrency-wallet"]
        names = {each["id"]: each["name"] for each in data if each["type"] == "marking-definition"}
        assert {names[each] for each in one["object_marking_refs"]} == {"TLP:GREEN", "PAP:RED"}
    else:
        event = json.loads(made.data)["Event"]
        assert [each["name"] for each in event["Tag"]] == ["tlp:green", "PAP:RED"]
    for other in ("tagpack", "ftm"):
        beside = written(other, [replace(wallet, source="https://a.example/")])
        assert beside.beside["pap"] == 1
        assert [each.pap for each in things_in(beside.data).things] == ["PAP:AMBER"]
