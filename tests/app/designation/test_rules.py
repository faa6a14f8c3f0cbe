"""Each rule of the linter: the sample keeps them all, and one change breaks one."""

import time

import pytest

from stanch.app.designation import rules
from stanch.app.designation.check import Request, lint
from stanch.formats.designation.keys import Faults
from stanch.model.designation import copy_for
from stanch.model.desk.marking import Marking
from stanch.registry.registry import checked
from tests.app.designation.sample import ETH, HASH, XBT, faults, written
from tests.registry import tables

SECOND = """
[[person]]
id = "second"
names = ["%s"]
births = ["%s"]
identifiers = [%s]
[[statement]]
text = "The second."
about = ["second"]
evidence = [{ source = "report" }]
"""
PASSPORT = '{ kind = "passport", value = "%s", issuer = "%s" }'


def test_the_sample_has_no_fault_and_no_notice(tmp_path):
    done = lint(Request(written(tmp_path)))
    assert (done.faults, done.notices) == ((), ())
    assert done.whole.subjects[0].name == "HAN Sim Il"


def test_a_large_file_is_checked_in_seconds(tmp_path):
    """At a desk it is a page that does it."""
    many = 1999
    names = ", ".join(f'{{ text = "Sec Name{n}", marking = "TLP:AMBER" }}' for n in range(many))
    text = "a reason of many words in a row to read " * 8
    more = f'[[person]]\nid = "large"\nmarking = "TLP:GREEN"\nnames = ["Open", {names}]\n'
    more += "".join(
        f'[[statement]]\ntext = "{n} {text}"\nabout = ["large"]\nmarking = "TLP:GREEN"\n'
        'evidence = [{ source = "report" }]\n'
        for n in range(many - 3)
    )
    folder = written(tmp_path, more=more)
    whole = lint(Request(folder)).whole
    faults = Faults("f")
    began = time.perf_counter()
    rules.check(whole, {}, faults)
    assert len(copy_for(whole, Marking.GREEN).statements) == many - 1
    assert time.perf_counter() - began < 3
    assert "leak" not in {each.rule for each in faults.found}


@pytest.mark.parametrize("secret", ["Long " + "word " * 30 + "name", "김" * 40])
def test_what_is_long_is_named_by_its_beginning(tmp_path, secret):
    """Nobody has to tell it to the end to give it away."""
    told = secret[:90]
    person = SECOND % (secret, "1990", "")
    more = person.replace("[[person]]", '[[person]]\nmarking = "TLP:AMBER"') + (
        f'[[statement]]\ntext = "Of {told} and others."\nabout = ["han"]\n'
        'marking = "TLP:GREEN"\nevidence = [{ source = "report" }]\n'
    )
    assert "leak" in {each.rule for each in lint(Request(written(tmp_path, more=more))).faults}


BROKEN = [
    # what the reader sees
    ('title = "A simulated file"', 'title = ""', "missing", "designation.title"),
    ('title = "A simulated file"', 'title = "  "', "missing", "designation.title"),
    ('text = "The firm kept the books."', 'text = " "', "missing", "statement[2].text"),
    ("simulation = true", 'legal_basis = [" "]', "missing", "designation.legal_basis[1]"),
    ('title = "A simulated file"', "title = 7", "type", "designation.title"),
    ('title = "A simulated file"', 'title = "A\\u202Efile"', "value", "designation.title"),
    ('title = "A simulated file"', 'titel = "A"\ntitle = "B"', "key", "designation.titel"),
    ("simulation = true", 'simulation = "yes"', "type", "designation.simulation"),
    ('marking = "TLP:AMBER"', 'marking = "SECRET"', "value", "designation.marking"),
    ("prepared = 2026-11-20", 'prepared = "2026-13"', "value", "designation.prepared"),
    ('format = "stanch-designation@1"', 'format = "other@1"', "value", "format"),
    ('kind = "passport"', 'kind = "library card"', "value", "person[1].identifiers[1].kind"),
    ('nationality = "KP"', 'nationality = "XX"', "value", "person[1].nationality[1]"),
    ('names = ["Simulated Trading Pte Ltd"]', "names = []", "missing", "organisation[1].names"),
    ('names = ["Simulated Trading Pte Ltd"]', "names = [7]", "type", "organisation[1].names[1]"),
    (f'trace = "{HASH}"', 'trace = "abc"', "value", "statement[2].evidence[2].trace"),
    (
        f'{{ trace = "{HASH}" }}',
        '{ note = "nothing" }',
        "missing",
        "statement[2].evidence[2].source",
    ),
    (
        'incident = "ronin-2022"',
        f'incident = "ronin-2022", trace = "{HASH}"',
        "type",
        "statement[1].evidence[1].trace",
    ),
    ("prepared = 2026-11-20", "prepared = 2999-01-01", "date", "designation.prepared"),
    # evidence and reasons
    ('evidence = [{ source = "letter" }]', "evidence = []", "evidence", "statement[3]"),
    ('about = ["trading"]', "about = []", "reason", "statement[2].about"),
    ('incident = "ronin-2022"', 'incident = "none-1"', "incident",
     "statement[1].evidence[1].incident"),
    ('{ source = "letter" }', '{ source = "none" }', "source", "statement[3].evidence[1].source"),
    ("eb9c37", "zz9c37", "transaction", "statement[1].evidence[3].transaction"),
    (
        '{ source = "letter" }',
        f'{{ account = "eip155:1:{ETH.replace("C0d8", "c0d8")}" }}',
        "account",
        "statement[3].evidence[1].account",
    ),
    ('about = ["han", "w2"]', 'about = ["han", "w2", "nobody"]', "reference", "statement[3].about"),
    ('holder = "han"', 'holder = "nobody"', "reference", "wallet[1].holder"),
    ('id = "trading", kind', 'id = "han", kind', "reference", "statement[2].actor"),
    # wallets and identifiers
    (ETH, ETH.replace("C0d8", "c0d8"), "wallet", "wallet[1].address"),
    (XBT, XBT[:-1] + "v", "wallet", "wallet[2].address"),
    (XBT, "no address", "wallet", "wallet[2].address"),
    ('"registration", value = "209912345Z"', '"lei", value = "LEI"', "identifier",
     "organisation[1].identifiers[1].value"),
    ("secret@mail.example", "secret", "identifier", "person[1].identifiers[2].value"),
    # names and dates
    ('"HAN Sim Il"', '"..."', "name", "person[1].names[1].text"),
    ('script = "Hang"', 'script = "Cyrl"', "script", "person[1].names[2].script"),
    ('"1984-05-12"', '"2027-05-12"', "date", "person[1].births[1]"),
    ('"1984-05-12"', '"1850"', "date", "person[1].births[1]"),
    ('"1984-05-12"', '"1984-02-30"', "value", "person[1].births[1]"),
    ('date = "2026-09"', 'date = "2027"', "date", "source[1].date"),
    # what stands twice
    ('id = "letter"', 'id = "report"', "duplicate", "source[2].id"),
    ('id = "trading"', 'id = "han"', "duplicate", "organisation[1].id"),
    # markings
    ('about = ["han", "w2"]', 'about = ["han", "w2"]\nmarking = "TLP:RED"', "marking",
     "statement[3].marking"),
    ('cover = "TLP:CLEAR"', 'cover = "TLP:RED"', "marking", "designation.cover"),
    ("sold stolen coins", "sold coins as Simon Secretname", "leak", "statement[1].text"),
    ("sold stolen coins", f"sold coins at {XBT}", "leak", "statement[1].text"),
    ("A simulated file", "A file on HAN Sim-il", "leak", "designation.title"),
    ("A simulated file", "한심일은", "leak", "designation.title"),
    ("How the coins were changed", f"{XBT} and others", "leak", "source report"),
    ("Sold by Han.", "See secret@mail.example", "leak", "statement[1].evidence[4]"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "rule", "key"), BROKEN)
def test_a_rule_that_is_broken(tmp_path, old, new, rule, key):
    assert (rule, key) in faults(tmp_path, (old, new))


def test_a_subject_without_a_reason(tmp_path):
    more = '[[vessel]]\nid = "ship"\nnames = ["EXAMPLE STAR"]\nflag = "PA"\n'
    assert faults(tmp_path, more=more) == [("reason", "vessel[1]")]


def test_a_wallet_of_nobody_without_a_reason(tmp_path):
    change = ('about = ["han", "w2"]', 'about = ["han"]')
    assert faults(tmp_path, change) == [("reason", "wallet[2]")]


def test_one_address_in_two_spellings_is_one_wallet(tmp_path):
    more = f'[[wallet]]\nid = "w9"\nchain = "eip155:1"\naddress = "{ETH.lower()}"\nholder = "han"\n'
    assert faults(tmp_path, more=more) == [("duplicate", "wallet[3].address")]


@pytest.mark.parametrize(
    ("name", "birth", "identifiers", "found"),
    [
        ("Sim-il HAN", "1984", "", True),  # the same words, and a birth that may be the same
        ("Sim-il HAN", "1985", "", False),  # a namesake
        ("Somebody Else", "1985", PASSPORT % ("999-410-081", "KP"), True),
        ("Somebody Else", "1985", PASSPORT % ("999410081", "SG"), False),
    ],
)  # fmt: skip
def test_two_tables_of_one_person(tmp_path, name, birth, identifiers, found):
    got = faults(tmp_path, more=SECOND % (name, birth, identifiers))
    assert (("duplicate", "person[2]") in got) is found


def test_notices_tell_and_are_no_faults(tmp_path):
    more = (
        SECOND % ("Latin Alone", "1970", "")
        + '[[wallet]]\nid = "w9"\nchain = "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp"\n'
        + 'address = "9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin"\nholder = "second"\n'
        + '[[source]]\nid = "idle"\npublisher = "A"\ntitle = "B"\ndate = 2020-01-01\n'
    )
    done = lint(Request(written(tmp_path, more=more)))
    assert done.faults == ()
    assert {(each.rule, each.key) for each in done.notices} == {
        ("script", "person[2].names"),
        ("wallet", "wallet[3].address"),
        ("source", "source[3]"),
    }
    assert all("notice: " in str(each) for each in done.notices)


def test_an_incident_that_is_narrower_than_the_statement(tmp_path):
    folder = tables.written(tmp_path, incidents=tables.cell("incidents", 2, marking="TLP:RED"))
    name = next(iter(checked(folder)[0]["incidents"]))["id"]
    file = written(tmp_path, ('"ronin-2022"', f'"{name}"'))
    (fault,) = lint(Request(file, registry=folder)).faults
    assert (fault.rule, fault.key) == ("leak", "statement[1].evidence[1].incident")


def test_a_fault_of_the_file_has_its_line(tmp_path):
    (fault,) = lint(Request(written(tmp_path, more="\nbroken broken"))).faults
    assert fault.rule == "file"
    assert fault.line == len(written(tmp_path).read_text().splitlines()) + 2
    assert str(fault).startswith(f"sim.toml, line {fault.line}: is no TOML")
