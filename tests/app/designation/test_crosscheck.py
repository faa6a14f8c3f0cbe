"""Where the subjects of a file are listed already, and what the file adds."""

from dataclasses import replace

import pytest

from stanch.app.designation.check import Request, check
from stanch.app.designation.export import Outputs, export
from stanch.app.lists import ListCommand, import_files
from stanch.errors import UsageError
from stanch.formats.addresses.forms import wallet_forms
from stanch.model.crosscheck import Standing
from stanch.model.desk.marking import Marking
from stanch.model.listed import (
    ORGANIZATION,
    PERSON,
    PRIMARY,
    Country,
    Entry,
    Identifier,
    ListedDate,
    ListedName,
)
from stanch.reports.designation.said import lines, news, sure
from stanch.store.home import Home
from tests.app.designation.sample import ETH, XBT, written
from tests.store.lists import put

OTHERS = ("1BpEi6DfDAUFd7GtittLSdBeYJvcoaVggu", "134r8iHv69xdT6p5qVKTsHrcUEuBVZAYak")
HAN = Entry(
    "17", PERSON, (ListedName("HAN Sim-il", PRIMARY),), ("DPRK3",),
    births=(ListedDate("1984", "1984-01-01", "1984-12-31"),),
    identifiers=(
        Identifier("passport", "999-410-081", "KP"),
        *(Identifier("wallet", each, asset="XBT") for each in (*OTHERS, ETH.lower())),
    ),
    listed_on="2017-01-11",
)  # fmt: skip


def home_with(folder, *entries):
    home = Home.create(folder / "home")
    put(home, "sdn", *entries)
    return home.folder


def found(folder, *entries, changes=(), level=None):
    done = check(Request(written(folder, *changes), level, home_with(folder, *entries)))
    return {each.id: each for each in done.found.subjects}


def test_partly_names_what_the_list_lacks(tmp_path):
    han = found(tmp_path, HAN, changes=[('asset = "XBT"', 'asset = "XBT"\nholder = "han"')])["han"]
    assert han.standing is Standing.PARTLY
    (one,) = han.entries
    assert (one.hit.list, one.hit.entry, one.since) == ("sdn", "17", "2017-01-11")
    assert one.new_wallets == (XBT,)
    assert one.new_names == ("한심일", "Simon Secretname")
    assert one.new_identifiers == ("email secret@mail.example",)
    assert news(one)[0] == "the entry has 3 wallets; 1 of the file's 2 is new"


def test_listed_has_everything_in_whatever_spelling(tmp_path):
    names = (*HAN.names, ListedName("한 심일"), ListedName("secretname, simon"))
    mail = Identifier("email", "Secret@mail.example")
    whole = replace(HAN, names=names, identifiers=(*HAN.identifiers, mail))
    han = found(tmp_path, whole)["han"]
    assert han.standing is Standing.LISTED
    assert news(han.entries[0]) == ("the entry has 3 wallets; none of the file's is new",)


def test_nowhere(tmp_path):
    got = found(tmp_path, Entry("1", PERSON, (ListedName("Nobody Atall", PRIMARY),)))
    assert {each.standing for each in got.values()} == {Standing.NOWHERE}
    assert set(got) == {"han", "trading", "w2"}


def test_perhaps_says_what_would_settle_it(tmp_path):
    group = Entry("E1", ORGANIZATION, (ListedName("Simulated Trade Group", PRIMARY),),
                  identifiers=(Identifier("registration", "X1", "SG"),))  # fmt: skip
    trading = found(tmp_path, group)["trading"]
    assert trading.standing is Standing.PERHAPS
    assert news(trading.entries[0]) == ()
    done = check(Request(written(tmp_path), None, tmp_path / "home"))
    assert any("what would settle it: " in line for line in lines(done.found))


def test_a_name_alone_makes_nobody_the_listed_one(tmp_path):
    namesake = Entry("18", PERSON, (ListedName("HAN Sim Il", PRIMARY),))
    han = found(tmp_path, namesake, HAN)["han"]
    assert [(each.hit.entry, each.standing) for each in han.entries] == [
        ("17", Standing.PARTLY),
        ("18", Standing.PERHAPS),
    ]
    assert han.entries[1].hit.score > 0.95
    said = "\n".join(lines(check(Request(written(tmp_path), None, tmp_path / "home")).found))
    assert "very probably the same, by the name alone" in said


def test_a_wallet_under_another_name_makes_nobody_that_one(tmp_path):
    gang = Entry("9", ORGANIZATION, (ListedName("EXAMPLE GANG", PRIMARY),),
                 identifiers=(Identifier("wallet", ETH),))  # fmt: skip
    han = found(tmp_path, gang)["han"]
    assert han.standing is Standing.WALLET
    said = "\n".join(lines(check(Request(written(tmp_path), None, tmp_path / "home")).found))
    assert "another name, and the same wallet" in said
    assert "certainly the same" not in said


def test_a_wallet_that_a_list_has_by_itself(tmp_path):
    wallet = Entry("W", "Wallet", (ListedName(ETH, PRIMARY),),
                   identifiers=(Identifier("wallet", ETH),))  # fmt: skip
    assert found(tmp_path, wallet)["han"].standing is Standing.WALLET
    said = "\n".join(lines(check(Request(written(tmp_path), None, tmp_path / "home")).found))
    assert "the same wallet, listed by itself" in said


def test_a_wallet_of_nobody_is_looked_up_by_itself(tmp_path):
    # the same key in the form of Bitcoin Cash
    listed = Entry("9", ORGANIZATION, (ListedName("EXAMPLE GANG", PRIMARY),),
                   identifiers=(Identifier("wallet", wallet_forms(XBT)[0]),))  # fmt: skip
    wallet = found(tmp_path, listed)["w2"]
    assert wallet.standing is Standing.LISTED
    assert wallet.entries[0].entry_name == "EXAMPLE GANG"


@pytest.mark.parametrize("nationality", ["KP", "US"])
def test_nationality_counts_for_nothing(tmp_path, nationality):
    country = Country("Korea, North", "KP")
    han = found(
        tmp_path,
        replace(HAN, countries=(country,)),
        changes=[('nationality = "KP"', f'nationality = "{nationality}"')],
    )["han"]
    assert not any(each.code.startswith("country.") for each in han.entries[0].hit.evidence)
    assert han.entries[0].hit.points == found_points(tmp_path)


def found_points(folder):
    (folder / "alone").mkdir()
    change = ('nationality = "KP"\n', "")
    return found(folder / "alone", HAN, changes=[change])["han"].entries[0].hit.points


def test_what_a_reader_may_not_see_is_never_asked(tmp_path):
    secret = Entry("5", PERSON, (ListedName("Simon Secretname", PRIMARY),),
                   identifiers=(Identifier("email", "secret@mail.example"),))  # fmt: skip
    assert found(tmp_path, secret)["han"].standing is Standing.PARTLY
    (tmp_path / "green").mkdir()
    green = found(tmp_path / "green", secret, level=Marking.GREEN)
    assert {each.standing for each in green.values()} == {Standing.NOWHERE}
    assert "w2" not in green


def test_a_home_without_a_list(tmp_path):
    Home.create(tmp_path / "home")
    with pytest.raises(UsageError, match="holds no list"):
        check(Request(written(tmp_path), None, tmp_path / "home"))


def test_the_same_file_and_lists_give_the_same_page(tmp_path):
    home, file = home_with(tmp_path, HAN), written(tmp_path)
    pages = []
    for name in ("one.html", "two.html"):
        export(Request(file, None, home), Outputs(html=tmp_path / name))
        pages.append((tmp_path / name).read_bytes())
    assert pages[0] == pages[1]
    assert "listed, with less than this file has" in pages[0].decode()


def test_a_score_in_words():
    assert sure(1.0) == "almost certainly the same"
    assert sure(0.5) == "perhaps the same"


REAL = """format = "stanch-designation@1"
[designation]
id = "real"
title = "An extension of a listing"
author = "Unit"
prepared = 2026-11-20
marking = "TLP:GREEN"
[[person]]
id = "pak"
names = [{ text = "박재경", script = "Hang" }]
births = ["1933-06-10"]
identifiers = [{ kind = "passport", value = "554410661", issuer = "KP" }]
[[person]]
id = "other"
names = [{ text = "Gwendolyn Applethwaite" }]
[[wallet]]
id = "new"
chain = "eip155:1"
address = "0x578C0d8cc1396b14AEB4c7DD45885099F0949d3B"
holder = "pak"
[[statement]]
text = "A wallet of theirs is not on the list."
about = ["pak", "other"]
evidence = [{ incident = "ronin-2022" }]
"""


def test_a_listed_person_in_hangul_with_a_new_wallet(data_dir, tmp_path):
    journal = data_dir / "screening" / "lists" / "eu_journal" / "consolidated_32017R1509.csv"
    un = data_dir / "screening" / "lists" / "watchman" / "UN_consolidated.xml"
    home = tmp_path / "home"
    import_files(ListCommand(home, "eu-journal", (journal,)), lambda *_: None)
    import_files(ListCommand(home, "un", (un,)), lambda *_: None)
    (tmp_path / "real.toml").write_text(REAL, encoding="utf-8")
    done = check(Request(tmp_path / "real.toml", None, home))
    pak, other = done.found.subjects
    assert other.standing is Standing.NOWHERE
    assert pak.standing is Standing.PARTLY
    nearest = pak.entries[0]
    assert (nearest.hit.list, nearest.hit.entry) == ("eu-journal", "32017R1509-XV.A-d6c4c137")
    assert nearest.since == "2009-12-22"
    assert nearest.new_wallets == ("0x578C0d8cc1396b14AEB4c7DD45885099F0949d3B",)
    assert nearest.new_names == ()  # the journal has the Hangul
    assert nearest.new_identifiers == ()
    assert news(nearest)[0] == "the entry has no wallet; 1 of the file's 1 is new"
