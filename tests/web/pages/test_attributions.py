"""What members judged of an incident, on the pages of each of them: their own, and nothing else."""

import re

import pytest

from stanch.members import organisations, people
from stanch.members.organisations import NewMember
from stanch.members.people import NewPerson
from stanch.web.config import Config
from stanch.web.server import create
from tests.registry.tables import written
from tests.web.conftest import KOREA, NO_HURRY, ORIGIN, Client, World

WEST = "west-2020"
INCIDENTS = [f"{WEST},theft,West Swap,defi,2020-01-10,,,,,,,TLP:CLEAR,paper,"]
PAYMENT = f"north-2019,eip155:1,0x{'7' * 40},0x{'a' * 64},ETH,1.5,2019-06-01,paper"
PAGES = ("/incidents", f"/incidents/{WEST}", "/statistics?bar=A", "/statistics?by=actor",
         "/statistics?disputed=out", "/claims/firm-2020?bar=A")  # fmt: skip


class Desk:
    """Korea, Japan and Laos at one desk, over a registry in which nobody attributes one theft."""

    def __init__(self, world: World, folder) -> None:
        registry = written(
            folder,
            incidents=INCIDENTS,
            actors=["part,Part,,,group"],
            amounts=[
                "west-2020,stolen,,,70,,,as published,paper,",
                "north-2019,moved,,,55,,,as published,paper,",
            ],
            payments=[PAYMENT],
            slices=["firm-2020,west,,2020,2020,70,,,,west-2020,paper"],
        )
        config = Config(origin=ORIGIN, rate=NO_HURRY, door=NO_HURRY, registry=registry)
        world.app = create(world.desk, config)
        self.world, house = world, world.house
        self.korea = world.client(house.chief, "analyst")
        self.japan, self.laos = (self.join(name) for name in ("Japan", "Laos"))

    def join(self, name: str) -> Client:
        house = self.world.house
        with self.world.desk.database.write() as tx:
            organisations.add(tx, house.chief, NewMember(name, "government", name))
            link = people.add_first(tx, house.chief, f"mem-{name.lower()}", NewPerson("First", []))
        return self.world.client(house.of_token(house.come_in(link)), "analyst")

    def case(self) -> str:
        shared = {"marking": "TLP:AMBER", "release": ["mem-japan"]}
        case = made(self.korea.post("/v1/cases", {"title": "Theft", **shared}))
        body = {"title": "West Swap", "incident": WEST}
        made(self.korea.post(f"/v1/cases/{case}/items",
                             {"kind": "incident", "body": body, **shared}))  # fmt: skip
        return case

    def judge(self, by: Client, case: str, actor: str, **more) -> None:
        said = {"actor": actor, "confidence": "moderate", "sources": ["seen at noon"], **more}
        made(by.post(f"/v1/cases/{case}/judgements", said))


def made(answer) -> str:
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


@pytest.fixture
def desk(world: World, tmp_path):
    return Desk(world, tmp_path / "registry")


def lines(answer) -> str:
    """A page's text, without tags, its blanks as one."""
    assert answer.status_code == 200, answer.text
    return " ".join(re.sub(r"<[^>]*>", " ", answer.text).split())


def test_each_member_sees_their_own_statements_bars_and_counts(desk: Desk) -> None:
    before = {page: desk.laos.get(page).text for page in PAGES}
    case = desk.case()
    to_japan = {"marking": "TLP:AMBER", "release": ["mem-japan"]}
    desk.judge(desk.korea, case, "Night Owl", **to_japan)
    desk.judge(desk.japan, case, "Night Owl", stance="disputes", marking="TLP:AMBER+STRICT")

    korea, japan, laos = (lines(each.get(f"/incidents/{WEST}"))
                          for each in (desk.korea, desk.japan, desk.laos))  # fmt: skip
    said = "attributes Night Owl"
    assert "Attribution bar X disputed" in laos
    assert "Nobody attributes it." in laos
    for page in (korea, japan):
        assert "Attribution bar A" in page
        assert said in page
        assert f"government, 2026-11-26, moderate confidence · TLP:AMBER · {case}" in page
        assert f"Korea: seen at noon, 2026-11-26 ({case})" in page
    assert "Marking TLP:AMBER Attribution bar A With what members judged" in korea
    assert "Japan" not in korea.partition("Who says who did it")[2]
    assert "Marking TLP:AMBER+STRICT Attribution bar A disputed" in japan
    assert "Japan Japan disputes Night Owl" in japan

    row = "West Swap 2020-01-10 theft not known"
    listed = [lines(each.get("/incidents")) for each in (desk.korea, desk.japan, desk.laos)]
    assert f"{row} A TLP:AMBER 70" in listed[0]
    assert f"{row} A disputed TLP:AMBER+STRICT 70" in listed[1]
    assert f"{row} X disputed 70" in listed[2]
    bars = [lines(each.get("/incidents?bar=A")) for each in (desk.korea, desk.japan, desk.laos)]
    assert ["2 incidents, 1,070 US" in each for each in bars] == [True, True, False]
    assert "1 incidents, 1,000 US" in bars[2]

    counted = [lines(each.get("/statistics?bar=A&first=2020&last=2020"))
               for each in (desk.korea, desk.japan, desk.laos)]  # fmt: skip
    assert "2020 West Swap 1 TLP:AMBER 70 0 0 0" in counted[0]
    assert "2020 West Swap 1 TLP:AMBER+STRICT 70 0 0 0" in counted[1]
    assert "all 0 0 0 0 0" in counted[2]
    assert "Left out: 1 by period, 2 by bar." in counted[2]
    undisputed = [lines(each.get("/statistics?bar=A&disputed=out&first=2020&last=2020"))
                  for each in (desk.korea, desk.japan)]  # fmt: skip
    assert "all West Swap 1 TLP:AMBER 70" in undisputed[0]
    assert "1 by disputed" in undisputed[1]
    actors = [lines(each.get("/statistics?by=actor"))
              for each in (desk.korea, desk.japan, desk.laos)]  # fmt: skip
    assert ["Night Owl West Swap 1" in each for each in actors] == [True, True, False]

    claims = [lines(each.get("/claims/firm-2020?bar=A"))
              for each in (desk.korea, desk.japan, desk.laos)]  # fmt: skip
    part = "west 2020 to 2020 Claimed 70 Agrees"
    assert [f"{part} 70" in each for each in claims] == [True, True, False]
    assert f"{part} 0" in claims[2]

    # What is not for Laos is nowhere: its pages are what they were, byte by byte.
    assert {page: desk.laos.get(page).text for page in PAGES} == before


def test_what_the_files_say_of_payments_and_of_what_was_moved(desk: Desk) -> None:
    shown = lines(desk.laos.get("/incidents/north-2019"))
    assert f"payment of 1.5 ETH, 2019-06-01, to eip155:1:0x{'7' * 40} in 0x{'a' * 64} " in shown
    assert "moved – 55 – as published" in shown
    counted = lines(desk.laos.get("/statistics?first=2019&last=2019"))
    # Under the year and under the whole: how many, and which of them have what was moved.
    assert "2019 North Coin Moved: North Coin 1 1,000 55 0 0" in counted
    assert "all North Coin Moved: North Coin 1 1,000 55 0 0" in counted


def test_red_is_for_the_person_alone(desk: Desk) -> None:
    case = desk.case()
    desk.judge(desk.korea, case, "Night Owl", marking="TLP:RED")
    colleague = desk.world.client(desk.world.house.chief, "analyst")
    assert "Night Owl" in lines(desk.korea.get(f"/incidents/{WEST}"))
    assert "TLP:RED" in lines(desk.korea.get("/incidents"))
    for page in PAGES:
        assert "Night Owl" not in colleague.get(page).text
        assert "TLP:RED" not in colleague.get(page).text


def test_who_may_not_see_the_naming_sees_no_statement(desk: Desk) -> None:
    """The judgement is for everybody, and so is the case; which incident it is about is not."""
    case = made(desk.korea.post("/v1/cases", {"title": "Theft", "marking": "TLP:GREEN"}))
    item = {"kind": "incident", "body": {"title": "West Swap", "incident": WEST}}
    made(desk.korea.post(f"/v1/cases/{case}/items", item))
    desk.judge(desk.korea, case, "Night Owl", marking="TLP:GREEN")
    assert "Night Owl" in lines(desk.laos.get(f"/cases/{case}"))
    assert "Night Owl" not in desk.laos.get(f"/incidents/{WEST}").text
    shown = lines(desk.korea.get(f"/incidents/{WEST}"))
    assert "Night Owl" in shown
    assert "Marking TLP:AMBER" in shown


def test_a_figure_is_marked_by_what_is_taken_out_of_it_too(desk: Desk) -> None:
    """By actor, a theft of a group goes to the part of it that a member names."""
    case = made(desk.korea.post("/v1/cases", {"title": "Theft", "marking": "TLP:GREEN"}))
    for incident in ("north-2019", WEST):
        item = {"kind": "incident", "body": {"title": "x", "incident": incident}}
        made(desk.korea.post(f"/v1/cases/{case}/items", {**item, "marking": "TLP:GREEN"}))
    desk.judge(desk.japan, case, "Part", marking="TLP:AMBER+STRICT")
    japan, laos = (lines(each.get("/statistics?by=actor")) for each in (desk.japan, desk.laos))
    assert "Part North Coin West Swap Moved: North Coin 2 TLP:AMBER+STRICT 1,070 55" in japan
    assert "Group" not in japan.partition("a hold")[2]
    assert "Group North Coin Moved: North Coin 1 1,000 55" in laos
    desk.judge(desk.korea, case, "Group", marking="TLP:RED", stance="disputes")
    desk.judge(desk.korea, case, "Group", marking="TLP:GREEN")
    out = lines(desk.korea.get("/statistics?by=actor&disputed=out"))
    assert "not known South Bridge 1 500 0" in out
    assert "all South Bridge 1 TLP:RED 500 0" in out


def test_the_case_says_its_incident_and_the_stance(desk: Desk) -> None:
    case = desk.case()
    desk.judge(desk.korea, case, "Night Owl", stance="suspects", marking="TLP:GREEN")
    page = desk.korea.get(f"/cases/{case}").text
    assert f'<a href="/incidents/{WEST}">' in page
    assert "suspects KR" in lines(desk.korea.get(f"/cases/{case}"))
    rows = desk.korea.get(f"/v1/cases/{case}/judgements?stance=suspects").json()["items"]
    assert [(each["stance"], each["owner"]) for each in rows] == [("suspects", KOREA)]
    (item,) = desk.korea.get(f"/v1/cases/{case}/items?incident={WEST}").json()["items"]
    assert item["incident"] == WEST
    wrong = {"actor": "x", "confidence": "low", "sources": ["s"], "stance": "thinks"}
    assert desk.korea.post(f"/v1/cases/{case}/judgements", wrong).status_code == 422
