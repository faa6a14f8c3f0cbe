import gzip
import re
from collections import Counter
from pathlib import Path

import pytest
from tests.formats.lists.reading import read

from stanch.model.listed import Address, Country, Identifier, ListedDate, RefusedEntry, UnknownField

TITLES = (
    "_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,"
    "start_date,vessel_flag,remarks,alt_names,citizenships,dates_of_birth,nationalities,"
    "places_of_birth,ids,mood\n"
)
PERSON = (
    '7,SDN,7,Individual,DPRK3; CYBER2,"KIM, Chol Su",Captain,"Pyongyang, KP; China",,2018-09-06,,'
    '(Linked To: LAZARUS GROUP),"KIM, Chol; CHOLLI",RU,1984-03-05; 1985,KP,"Haeju, Korea, North",'
    '"KP, 2010-01-02, 563233595, Passport; 1Kuf, Digital Currency Address - XBT; Male, Gender; '
    'section 510.201, as amended; see 510.210, Secondary sanctions risk:; 55, Union Card",grim\n'
)
FIRM = "ab12,Entity List (EL),,,,ACME,,,79 FR 32441,,,DENIED,,,,,,,\n"


def test_every_cell_finds_its_place():
    found = read("us-csl", ("csl.csv", TITLES + PERSON + FIRM))
    person, firm = found.entries.values()
    assert (person.id, person.schema) == ("7", "Person")
    assert [name.text for name in person.names] == ["KIM, Chol Su", "KIM, Chol", "CHOLLI"]
    assert person.programs == ("DPRK3", "CYBER2")
    assert person.births == (
        ListedDate("1984-03-05", "1984-03-05", "1984-03-05"),
        ListedDate("1985", "1985-01-01", "1985-12-31"),
    )
    assert person.countries == (
        Country("KP", "KP", "nationality"),
        Country("RU", "RU", "citizenship"),
    )
    assert person.addresses == (
        Address("Pyongyang, KP", country="KP"),
        Address("China", country="China"),
    )
    assert person.identifiers == (
        Identifier("passport", "563233595", "KP", note="issued 2010-01-02"),
        Identifier("wallet", "1Kuf", asset="XBT"),
        Identifier("union card", "55"),
    )
    assert person.genders == ("male",)
    assert person.listed_on == "2018-09-06"
    assert person.related == (("Linked To", "LAZARUS GROUP"),)
    assert ("Secondary sanctions risk", "see 510.210") in person.other
    assert ("mood", "grim") in person.other
    assert (firm.id, firm.schema) == ("ab12", "LegalEntity")
    assert firm.programs == ("Entity List (EL)",)
    assert firm.legal_bases == ("79 FR 32441",)
    assert firm.remarks == ("DENIED",)
    assert found.unknown["mood"] == UnknownField("csl.csv", "mood", 1, "grim")
    assert found.unknown["ids: Union Card"].count == 1


def test_bad_rows_are_refused_and_the_rest_goes_on():
    text = TITLES + "1,2\n" + FIRM + FIRM.replace("ACME", "").replace("ab12", "c")
    found = read("us-csl", ("csl.csv", text))
    assert list(found.entries) == ["ab12"]
    assert found.refused == [
        RefusedEntry("csl.csv", 2, "has 2 columns, not 19"),
        RefusedEntry("csl.csv", 4, "has no name (entry c)"),
    ]


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", ",".join("a" * 1_000_000) + "\n"])
def test_another_file_is_refused_as_a_whole(text: str):
    with pytest.raises(ValueError, match=r"is empty|has not the columns"):
        read("us-csl", ("csl.csv", text))


def test_the_whole_list_of_may_2022(data_dir: Path):
    folder = data_dir / "screening" / "lists" / "watchman"
    data = gzip.decompress((folder / "csl_consolidated_2022-05-16.csv.gz").read_bytes())
    found = read("us-csl", ("csl.csv", data))
    # 14,160 rows; 71 entries stand on two or three of the lists.
    assert (len(found.entries), found.refused) == (14_160 - 112, [])
    belveb = dict.fromkeys(
        text[:5] for name, text in found.entries["18291"].other if name == "source"
    )
    assert list(belveb) == ["Capta", "Speci", "Secto"]
    entries = found.entries.values()
    kinds = Counter(each.kind for entry in entries for each in entry.identifiers)
    wallets = {each.value for entry in entries for each in entry.identifiers if each.asset}
    written = re.findall(r"(\w+), Digital Currency Address - ", data.decode())
    assert wallets == set(written)
    assert kinds["passport"] > 1_650
    assert all(birth.first for entry in entries for birth in entry.births)
    entry = found.entries["9935"]
    assert entry.identifiers == (Identifier("passport", "BC166787", "CA"),)
    assert len(entry.names) == 15
