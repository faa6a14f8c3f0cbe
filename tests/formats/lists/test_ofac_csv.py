import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from tests.formats.lists.reading import read

from stanch.model.listed import (
    Address,
    Country,
    Entry,
    Identifier,
    ListedDate,
    ListedName,
    RefusedEntry,
)

NOTHING = ",-0- "
SDN = (
    '1,"KIM, Chol Su","individual","DPRK3] [CYBER2","Captain",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    '"DOB 1984."\r\n'
    '2,"MA DU SAN",vessel,DPRK4,-0- ,HMAB,General Cargo,100,90,"Korea, North",OMM,"MMSI 445."\r\n'
    "\x1a"
)
ALT = '1,7,"aka","김철수",-0- \r\n1,8,"fka","KIM, Chol",old\r\n9,9,"aka","NOBODY",-0- \r\n'
ADD = '1,5,"Street 1","Pyongyang","Korea, North",-0- \r\n'


def test_files_are_joined_by_number():
    found = read("ofac-csv", ("alt.csv", ALT), ("sdn.csv", SDN), ("add.csv", ADD))
    person, ship = found.entries.values()
    assert (person.id, person.schema, person.programs) == ("1", "Person", ("DPRK3", "CYBER2"))
    assert person.names == (
        ListedName("KIM, Chol Su", "primary", (("family", "KIM"), ("given", "Chol Su"))),
        ListedName("김철수", "alias", (("whole", "김철수"),)),
        ListedName("KIM, Chol", "former", (("family", "KIM"), ("given", "Chol"))),
    )
    assert person.roles == ("Captain",)
    assert person.births == (ListedDate("1984", "1984-01-01", "1984-12-31"),)
    assert person.addresses == (
        Address("Street 1, Pyongyang, Korea, North", "Pyongyang", country="Korea, North"),
    )
    assert person.other == (("alias 8", "old"),)
    assert ship.schema == "Vessel"
    assert ship.identifiers == (Identifier("call-sign", "HMAB"), Identifier("mmsi", "445"))
    assert ship.countries == (Country("Korea, North", "KP", "flag"),)
    assert ship.other == (
        ("Vess_type", "General Cargo"),
        ("Tonnage", "100"),
        ("GRT", "90"),
        ("Vess_owner", "OMM"),
    )
    assert found.refused == [
        RefusedEntry("alt.csv", 3, "belongs to number 9, which is not on the list")
    ]


def test_remarks_go_on_in_the_comments_where_they_were_cut():
    start = ("x" * 994) + "; DOB "
    main = f'1,"KIM",individual,DPRK{NOTHING * 7},"{start}"\r\n'
    found = read("ofac-csv", ("sdn.csv", main), ("c.csv", '1,"1984; alt. DOB 1985."\r\n'))
    births = found.entries["1"].births
    assert [birth.text for birth in births] == ["1984", "1985"]


def test_a_cut_at_a_blank_keeps_the_blank():
    start = ("x" * 986) + "; alt. Digital"
    main = f'1,"KIM",individual,DPRK{NOTHING * 7},"{start}"\r\n'
    rest = '1," Currency Address - XBT 1Kuf."\r\n'
    found = read("ofac-csv", ("sdn.csv", main), ("c.csv", rest))
    assert found.entries["1"].identifiers == (Identifier("wallet", "1Kuf", asset="XBT"),)


def test_bad_rows_are_refused_and_the_rest_goes_on():
    rows = (
        f"1,KIM,individual,DPRK{NOTHING * 8}\n",
        "2,RI\n",
        f"x,PAK,individual,DPRK{NOTHING * 8}\n",
        f"1,CHOE,individual,DPRK{NOTHING * 8}\n",
        f"4{NOTHING * 11}\n",
        f"5,\udcff,individual,DPRK{NOTHING * 8}\n",
        f"6,\u202eHAN,robot,DPRK{NOTHING * 8}\n",
        ",".join("7" * 5_000) + "\n",
        f"8,{'A' * 10_000},individual,DPRK{NOTHING * 8}\n",
    )
    found = read("ofac-csv", ("sdn.csv", "".join(rows).encode("utf-8", "surrogateescape")))
    assert list(found.entries) == ["1", "6", "8"]
    assert found.entries["6"].names[0].text == "\u202eHAN"
    assert found.entries["6"].schema == "LegalEntity"
    assert len(found.entries["8"].names[0].text) == 10_000
    assert list(found.unknown) == ["SDN_Type robot"]
    assert sorted((each.row, each.reason.partition(",")[0]) for each in found.refused) == [
        (2, "has 2 columns"),
        (3, "has no number of an entry in front"),
        (4, "number 1 stands on the list twice"),
        (5, "has no name (entry 4)"),
        (6, "is not UTF-8 text"),
        (8, "has more than 1"),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty"),
        ("a,b,c\n", "has 3 columns"),
        (ALT, "has no entries"),
        ("1,2\x00,3", "is no text"),
        ("1," * 4_000_000, "line of more than"),
    ],
)
def test_another_file_is_refused_as_a_whole(text: str, reason: str):
    with pytest.raises(ValueError, match=reason):
        read("ofac-csv", ("sdn.csv", text))


@pytest.fixture(scope="module")
def lists(data_dir: Path) -> Path:
    return data_dir / "screening" / "lists"


def test_the_whole_list_of_2021(lists: Path):
    files = [lists / "watchman" / f"bench_{name}.csv" for name in ("sdn", "alt", "add")]
    found = read("ofac-csv", *files)
    assert not found.refused
    assert Counter(each.schema for each in found.entries.values()) == {
        "Person": 4_620,
        "Organization": 3_673,
        "Vessel": 406,
        "Airplane": 277,
    }
    # Every alias of the file is there, under the entry that it belongs to.
    lines = (lists / "watchman" / "bench_alt.csv").read_text("utf-8").splitlines()
    for line in lines:
        number, _, rest = line.partition(",")
        if number.isdigit():
            name = rest.partition('","')[2].rpartition('",')[0].strip()
            assert any(each.text == name for each in found.entries[number].names), line
    kinds = Counter(each.kind for entry in found.entries.values() for each in entry.identifiers)
    assert (kinds["passport"], kinds["wallet"], kinds["imo"]) == (1_555, 81, 483)
    assert all(birth.first for entry in found.entries.values() for birth in entry.births)


def test_remarks_of_2023_with_wallets_and_passports(lists: Path):
    path = lists / "sancbook" / "sdn_2023-11.csv"
    found = read("ofac-csv", path)
    assert len(found.entries) == 11_443
    text = path.read_text("utf-8")
    wallets = {each.value for each in of_kind(found.entries.values(), "wallet")}
    assert wallets == set(re.findall(r"Digital Currency Address - \S+ (\w+)", text))
    assert len(wallets) == 206
    lazarus = found.entries["27307"]
    assert lazarus.names[0] == ListedName("LAZARUS GROUP", "primary")
    assert len([each for each in lazarus.identifiers if each.asset == "ETH"]) == 8
    assert ListedName("HIDDEN COBRA", "weak") in lazarus.names

    dprk = [entry for entry in found.entries.values() if "DPRK" in " ".join(entry.programs)]
    lines = [line for line in text.splitlines() if re.search(r"individual,[^,]*DPRK", line)]
    written = re.findall(r"Passport (\S*\d\w*)", " ".join(lines))
    numbers = {each.value for each in of_kind(dprk, "passport")}
    assert all(any(number.startswith(each) for number in numbers) for each in written)
    assert len(numbers) > 60


def of_kind(entries: Iterable[Entry], kind: str) -> list[Identifier]:
    return [each for entry in entries for each in entry.identifiers if each.kind == kind]
