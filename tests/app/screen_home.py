"""A home with two small lists, and the people who are screened against them."""

from pathlib import Path

from stanch.model.listed import PERSON, PRIMARY, Entry, Identifier, ListedName
from stanch.store.home import Home
from tests.store.lists import put

ETH = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96"
KIM = Entry(
    "17", PERSON, (ListedName("KIM Chol Su", PRIMARY), ListedName("김철수")), ("DPRK3",),
    identifiers=(Identifier("passport", "563410081", "Korea, North"),),
)  # fmt: skip
RI = Entry("18", PERSON, (ListedName("RI Yong Ho", PRIMARY),), ("DPRK4",))
LAZARUS = Entry(
    "27307", "Organization", (ListedName("LAZARUS GROUP", PRIMARY),), ("DPRK3", "CYBER2"),
    identifiers=(Identifier("wallet", ETH, asset="ETH"),),
)  # fmt: skip
ALSO_KIM = Entry("KPi.001", PERSON, (ListedName("Kim Chol Su", PRIMARY),), ("1718",))

CUSTOMERS = """id,name,passport,passport country,wallet,branch
1,Chol Su KIM,,,,Busan
2,Jane Doe,563-410-081,KP,,Seoul
3,John Doe,,,,Seoul
4,"Ri, broken
5,Kim Chol Su,Passport No. 563410081,DPRK,,Busan
6,Trader,,,ethereum:0x098b716b8aaf21512996dc57eb0615e2383e2f96,Busan
"""


def home_in(folder: Path) -> Path:
    home = Home.create(folder / "home")
    put(home, "sdn", KIM, RI, LAZARUS)
    put(home, "un", ALSO_KIM)
    return home.folder
