"""`stanch stix export` of what a screening met and of personas, and under which terms it goes."""

import json
from collections import Counter

import pytest

from stanch.app.stix.personas import group_key
from stanch.formats.stix.extensions import said_by
from stanch.formats.stix.grading import grade_of
from stanch.formats.stix.markings import handling_of
from stanch.formats.stix.persona import token
from stanch.model.desk.marking import Marking, Pap
from tests.cli.test_stix import objects, run

ETH = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96"
TRON = "TJRyWwFs9wTFGZg3JbrVriFbNfCug5tDeC"
SEEN = ("--by", "Upbeat", "--seen", "2026-11-01T00:00:00Z/2026-11-27T00:00:00Z")
HOME = f"""row,address,list,entity_id,name,score,evidence,version,schema,programs
2,ethereum:{ETH},mine,NK-2,Wallet,1.000000,the same,1,Wallet,
5,{ETH.lower()},mine,NK-2,Wallet,1.000000,the same,1,Wallet,
5,{ETH.lower()},other,W-9,Wallet,1.000000,the same,1,Wallet,
"""
DESK = f"""row,address,kind,reference,chain,hop,asset,amount
1,{ETH},listing,ofac NK-2,eip155:1,0,,
1,{ETH},order,ord-0123456789abcdef,eip155:1,0,,
2,{TRON},exposure,ronin-2022,,3,,17
3,{TRON},listing,un KPe.1,,0,,
4,not-an-address-at-all,listing,un KPe.1,,0,,
"""
NAMES = """query_id,rank,list,entity_id,name,score,evidence,points
Customer Kim,1,un,KPi.001,KIM Chol Su,0.990000,the name,+20
Customer Lee,1,un,KPi.001,KIM Chol Su,0.700000,the name,+4
"""


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out.json"


def kinds(found):
    beside = ("extension-definition", "marking-definition")
    return Counter(each["type"] for each in found if each["type"] not in beside)


def table(tmp_path, text):
    file = tmp_path / "hits.csv"
    file.write_text(text)
    return file


def of(found, kind):
    return [each for each in found if each["type"] == kind]


def test_an_address_that_was_met_is_a_sighting_of_what_matches_it(tmp_path, out):
    assert run("stix", "export", "--hits", table(tmp_path, HOME), *SEEN, "--out", out) == 0
    found = objects(out)
    assert kinds(found) == {
        "cryptocurrency-wallet": 1, "identity": 2, "indicator": 1, "observed-data": 1,
        "sighting": 1,
    }  # fmt: skip
    (sighting,) = of(found, "sighting")
    assert (sighting["count"], sighting["description"]) == (2, "Listed: mine NK-2, other W-9.")
    assert sighting["first_seen"] == "2026-11-01T00:00:00.000Z"
    assert sighting["modified"] == sighting["last_seen"] == "2026-11-27T00:00:00.000Z"
    (wallet,) = of(found, "cryptocurrency-wallet")
    assert wallet["value"] == ETH.lower()
    first = out.read_bytes()
    turned = HOME.splitlines()
    turned = "\n".join([turned[0], *turned[:0:-1]])
    assert run("stix", "export", "--hits", table(tmp_path, turned), *SEEN, "--out", out) == 0
    assert out.read_bytes() == first


def test_what_a_desk_said_of_orders_and_of_passing_money_stays(tmp_path, out, capsys):
    assert run("stix", "export", "--hits", table(tmp_path, DESK), *SEEN, "--out", out) == 0
    said = capsys.readouterr().err
    for line in (
        "1 row of {} left out, of block orders: answer the order instead",
        "1 row of {} left out, of money that merely passed",
        "1 row of {} left out, whose address is no address of a wallet",
    ):
        assert line.format(tmp_path / "hits.csv") in said
    found = objects(out)
    assert kinds(found)["sighting"] == 2
    assert {said_by(each, "account") and said_by(each, "account")["accounts"][0]
            for each in of(found, "cryptocurrency-wallet")} == {
        f"eip155:1:{ETH.lower()}", None,
    }  # fmt: skip
    assert "ord-" not in out.read_text()
    assert "ronin" not in out.read_text()


def test_a_party_that_was_met_is_its_entry_and_never_a_customer(tmp_path, out):
    assert run("stix", "export", "--hits", table(tmp_path, NAMES), *SEEN, "--out", out) == 0
    found = objects(out)
    (sighting,) = of(found, "sighting")
    assert (sighting["count"], sighting["confidence"]) == (2, 99)
    (party,) = [each for each in found if each["id"] == sighting["sighting_of_ref"]]
    assert party["name"] == "KIM Chol Su"
    assert party["external_references"] == [{"source_name": "un", "external_id": "KPi.001"}]
    assert "Customer" not in out.read_text()


def test_hits_that_say_too_little_are_named(tmp_path, out, capsys):
    none = table(tmp_path, "a,b\n1,2\n")
    for words, code, reason in (
        (("--hits", none, *SEEN), 1, "is it what `stanch screen` wrote?"),
        (("--hits", tmp_path / "no.csv", *SEEN), 2, "no such file"),
        (("--hits", none, "--seen", "2026-11-27T00:00:00Z"), 2, "--by: say who saw it"),
        (("--hits", none, "--by", "Upbeat", "--seen", "yesterday"), 2, "--seen"),
        (("--hits", none, "--by", "x", "--seen", "2026-11-27T00:00:00Z/2026-11-26T00:00:00Z"), 2,
         "ends before it begins"),
    ):  # fmt: skip
        assert run("stix", "export", *words, "--out", out) == code
        assert reason in capsys.readouterr().err
    assert run("stix", "export", "--hits", table(tmp_path, DESK.splitlines()[0]), *SEEN,
               "--out", out) == 2  # fmt: skip
    assert "nothing in it that can be shared" in capsys.readouterr().err
    assert not out.exists()


def test_personas_go_as_what_the_group_alone_can_read(tmp_path, out, capsys):
    key, rows = tmp_path / "wg-4.key", tmp_path / "personas.csv"
    assert run("stix", "group-key", "--out", key) == 0
    assert key.stat().st_mode & 0o077 == 0
    rows.write_text(
        "record_id,operator_id,kind,value\n"
        "r-1,OP-1,email,Kim.Su+work@Gmail.com\nr-2,OP-1,github,kimsu\nr-3,OP-2,phone,+821012345678\n"
    )
    words = ("--personas", rows, "--group", "wg-4", "--group-key", key,
             "--at", "2026-11-27T00:00:00Z", "--out", out)  # fmt: skip
    assert run("stix", "export", *words) == 0
    found = {each["name"]: each for each in of(objects(out), "identity")}
    assert set(found) == {"OP-1", "OP-2", "Stanch"}
    said = said_by(found["OP-1"], "persona")
    assert said["group"] == "wg-4"
    secret = group_key("wg-4", key)
    assert {each["hmac"] for each in said["identifiers"]} == {
        token(secret, "email", "kimsu@gmail.com"), token(secret, "github", "kimsu"),
    }  # fmt: skip
    for plain in ("kimsu", "Kim.Su", "1012345678", "r-1"):
        assert plain not in out.read_text()
    first = out.read_bytes()
    rows.write_text(json.dumps([
        {"persona": "OP-2", "identifiers": [{"kind": "Phone", "value": "0082 10 1234 5678"}]},
        {"persona": "OP-1", "identifiers": [{"kind": "github", "value": "kimsu"},
                                            {"kind": "email", "value": "kimsu@gmail.com"}]},
    ]))  # fmt: skip
    assert run("stix", "export", *words) == 0
    assert out.read_bytes() == first
    key.write_text("00" * 32)
    assert run("stix", "export", *words) == 0
    assert out.read_bytes() != first


def test_personas_are_never_bare_and_never_told_in_part(tmp_path, out, capsys):
    key, rows = tmp_path / "k", tmp_path / "personas.csv"
    assert run("stix", "group-key", "--out", key) == 0
    good = "persona,kind,value\nOP-1,email,a@example.org\n"
    at = ("--at", "2026-11-27T00:00:00Z", "--group", "g")
    for text, words, reason in (
        (good, at, "--personas needs --group-key"),
        (good, ("--group-key", key, "--group", "g"), "--at: a file of personas has no time"),
        (good, (*at[:2], "--group-key", key), "--group: name the group"),
        ("persona,value\n", (*at, "--group-key", key), "has no columns persona, kind, value"),
        ("persona,kind,value\n", (*at, "--group-key", key), "names no persona"),
        (good + "OP-1,email,nobody\n", (*at, "--group-key", key), "email 'nobody' is no"),
        (good + ",email,b@example.org\n", (*at, "--group-key", key), "line 3: does not say whose"),
        (good + "OP-1,,b\n", (*at, "--group-key", key), "line 3: has no kind"),
        ("[{}]", (*at, "--group-key", key), "persona 1: has no list of identifiers"),
    ):
        rows.write_text(text)
        assert run("stix", "export", "--personas", rows, *words, "--out", out) in (1, 2)
        assert reason in capsys.readouterr().err
    rows.write_text(good)
    key.write_text("00" * 8)
    assert run("stix", "export", "--personas", rows, *at, "--group-key", key, "--out", out) == 2
    assert "32 bytes or more" in capsys.readouterr().err
    key.chmod(0o644)
    assert run("stix", "export", "--personas", rows, *at, "--group-key", key, "--out", out) == 2
    assert "others can read it" in capsys.readouterr().err
    assert not out.exists()


POLICY = {
    "iep_id": "0224bfdf-ea3a-49c3-96f6-66d908bb1845", "iep_version": 2, "name": "Working group 4",
    "description": "For members alone.", "start_date": "2026-11-27T00:00:00.000Z", "tlp": "amber",
    "encrypt_in_transit": "must", "permitted_actions": "internally-visible-actions",
    "affected_party_notifications": "must-not", "provider_attribution": "must-not",
    "unmodified_resale": "must-not",
}  # fmt: skip


def test_what_is_said_of_it_binds_all_that_goes_out(tmp_path, out):
    policy = tmp_path / "iep.json"
    policy.write_text(json.dumps(POLICY))
    terms = ("--pap", "PAP:AMBER", "--iep", policy, "--reliability", "B", "--credibility", "2",
             "--confidence", "wep:Likely/Probable")  # fmt: skip
    assert run("stix", "export", "wannacry-2017", *terms, "--out", out) == 0
    found = objects(out)
    known = {each["id"]: each for each in found if each["type"] == "marking-definition"}
    bound = Counter()
    for each in found:
        handling = handling_of(each.get("object_marking_refs", ()), known)
        if handling is None or each["type"] in ("extension-definition", "identity"):
            continue
        if each["type"] != "intrusion-set":
            assert (handling.pap, handling.tlp) == (Pap.AMBER, Marking.AMBER)
            assert [one.id for one in handling.policies] == [POLICY["iep_id"]]
        bound[each["type"]] += 1
        grade = grade_of(each)
        if each["type"] == "incident":
            assert (grade.reliability, grade.credibility, each["confidence"]) == ("B", "2", 70)
            assert said_by(each, "grading")["word"] == "Likely/Probable"
            assert 'admiralty-scale:source-reliability="b"' in each["labels"]
    assert {"incident", "opinion", "relationship", "cryptocurrency-wallet"} <= set(bound)
    # A policy of a partner's bundle is taken as it stands.
    policy.write_text(json.dumps(next(
        each for each in known.values() if each["name"] == "Working group 4"
    )))  # fmt: skip
    first = out.read_bytes()
    assert run("stix", "export", "wannacry-2017", *terms, "--out", out) == 0
    assert out.read_bytes() == first


def test_terms_that_are_none_are_refused(tmp_path, out, capsys):
    policy = tmp_path / "iep.json"
    for change, reason in (
        ({"tlp": "blue"}, "tlp is none of"), ({"iep_id": "1"}, "iep_id is no UUID"),
        ({"start_date": "today"}, "is no time"), ({"tlp": None}, "tlp is no text"),
    ):  # fmt: skip
        policy.write_text(json.dumps(POLICY | change))
        assert run("stix", "export", "ronin-2022", "--iep", policy, "--out", out) == 1
        assert reason in capsys.readouterr().err
    for words, reason in (
        (("--pap", "RED"), "PAP:RED"), (("--reliability", "G"), "an Admiralty code is"),
        (("--confidence", "Likely"), "say SCALE:WORD"),
        (("--confidence", "wep:perhaps"), "is no word of the scale"),
    ):  # fmt: skip
        assert run("stix", "export", "ronin-2022", *words, "--out", out) == 2
        assert reason in capsys.readouterr().err
    assert not out.exists()
