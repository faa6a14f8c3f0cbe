"""Pictures and data beside the statistics: the reader's own, and each number opens its rows."""

import csv
import html
import io
import re
from hashlib import sha256

import pytest
from defusedxml import ElementTree

from stanch.web.config import Config
from stanch.web.server import create
from tests.registry.tables import written
from tests.web.conftest import NO_HURRY, ORIGIN, Client, World
from tests.web.pages.test_attributions import WEST, Desk, lines

FILES = ("/statistics.svg", "/statistics/map.svg", "/statistics.csv")
SVG, HREF = "{http://www.w3.org/2000/svg}", re.compile(r'href="(/statistics/rows\?[^"]*)"')
MANY = 120  # in one year, more than a row of the page names


@pytest.fixture
def crowded(world: World, tmp_path) -> Client:
    """A registry with many incidents of one year; of one, some was frozen in units alone."""
    thefts = [
        f"y-{n},theft,{sha256(bytes([n])).hexdigest()[:16]},exchange,2018-03-{n % 28 + 1:02},"
        ",,,,,,TLP:CLEAR,paper,"
        for n in range(MANY)
    ]
    said = [f"y-{n},police,attributes,,2018-06-01,,paper,TLP:CLEAR," for n in range(MANY)]
    folder = written(
        tmp_path / "registry",
        incidents=thefts,
        statements=said,
        amounts=[
            "north-2019,frozen,ETH,5,,,,,paper,",
            "south-2020,recovered,USDT,,20,,,as published,paper,",
            "south-2020,recovered,ETH,,,,30,as published,paper,",
            "south-2020,moved,USDT,,70,,,as published,paper,",
            "south-2020,moved,ETH,5,,,,,paper,",
        ],
    )
    world.app = create(
        world.desk, Config(origin=ORIGIN, rate=NO_HURRY, door=NO_HURRY, registry=folder)
    )
    return world.client(world.house.chief, "analyst")


def test_the_page_shows_both_pictures_and_links_the_data(korea: Client) -> None:
    page = korea.get("/statistics?by=country&bar=D").text
    pictures = re.findall(r'<img src="([^"]*)" alt="([^"]{20,})"', page)
    query = "?by=country&amp;bar=D"
    assert [each for each, _ in pictures] == [f"{path}{query}" for path in FILES[:2]]
    for path in FILES:
        assert f'href="{path}{query}"' in page
        answer = korea.get(html.unescape(f"{path}{query}"))
        assert answer.status_code == 200
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert korea.get(f"{path}?bar=Z").status_code == 422
    assert 'style="' not in page


@pytest.mark.parametrize("path", FILES)
def test_a_stranger_gets_none_of_them(korea: Client, path: str) -> None:
    answer = Client(korea.app).get(path)
    assert answer.status_code in (303, 401)
    assert "svg" not in answer.headers["content-type"]
    assert "ronin" not in answer.text


@pytest.mark.parametrize(
    "path",
    ["/statistics.svg?by=actor&bar=D", "/statistics/map.svg?bar=D&per=actor",
     "/statistics.svg?by=year&per=country"],
)  # fmt: skip
def test_each_bar_and_disc_opens_the_rows_of_its_sum(korea: Client, path: str) -> None:
    answer = korea.get(path)
    assert answer.headers["content-type"] == "image/svg+xml"
    root = ElementTree.fromstring(answer.text)
    opened = 0
    for link in root.iter(f"{SVG}a"):
        title = link.find(f".//{SVG}title")
        if title is None or opened == 4:
            continue
        page = lines(korea.get(link.get("href")))
        said = title.text.partition("; ")[2]
        known, _, more = said.partition(" and ")
        number = len(known.split()) + int(more.split()[0] if more else 0)
        assert f" {number:,} incident" in page
        opened += 1
    assert opened == 4


def test_panels_are_chosen_for_the_picture_and_the_data_and_not_for_the_table(
    korea: Client,
) -> None:
    page = korea.get("/statistics?by=year&per=country").text
    plain = korea.get("/statistics?by=year").text
    rows = re.compile(r'<th scope="row">(.*?)</tr>', re.DOTALL)
    assert rows.findall(page) == rows.findall(plain)
    assert "<option selected>country</option>" in page
    assert "a panel for each country" in page
    one, many = (ElementTree.fromstring(korea.get(f"/statistics.svg?by=year{each}").text)
                 for each in ("", "&per=country"))  # fmt: skip
    titles = [
        [each.text for each in root.iter(f"{SVG}text") if each.get("class") == "t"]
        for root in (one, many)
    ]
    assert len(titles[0]) == 1
    assert "Japan" in titles[1]
    data = csv.DictReader(io.StringIO(korea.get("/statistics.csv?by=year&per=country").text))
    assert data.fieldnames is not None
    assert data.fieldnames[:2] == ["country", "year"]
    shown = korea.get("/statistics/rows?by=year&per=country&bar=X&key=2018&panel=JP")
    assert "coincheck-2018" in shown.text
    assert "gate-2018" not in shown.text
    assert korea.get("/statistics/rows?by=year&per=country&key=2018").status_code == 404
    assert korea.get("/statistics?per=moon").status_code == 422


def test_a_telephone_gets_a_narrow_picture(korea: Client) -> None:
    root = ElementTree.fromstring(korea.get("/statistics.svg?by=actor&wide=no").text)
    assert root.get("width") == "400"
    assert all("wide" not in link.get("href") for link in root.iter(f"{SVG}a"))
    assert korea.get("/statistics?wide=no").status_code == 422


def test_what_is_more_than_a_row_names_is_a_link_to_all(crowded: Client) -> None:
    page = crowded.get("/statistics").text
    (url,) = re.findall(r'<a href="([^"]*)">and 20 more</a>', page)
    assert url == "/statistics/rows?by=year&amp;key=2018"
    found: list[str] = []
    url = html.unescape(url)
    while url:
        shown = crowded.get(url).text
        found += re.findall(r'<a href="/incidents/([^"]*)">', shown)
        onward = re.search(r'href="([^"]*)" rel="next"', shown)
        url = html.unescape(onward[1]) if onward else ""
    assert sorted(found) == sorted(f"y-{n}" for n in range(MANY))
    assert "122 incident" in lines(crowded.get("/statistics/rows?by=year"))  # the whole


def test_what_came_of_the_money_without_a_figure_is_told_and_opened(crowded: Client) -> None:
    said = lines(crowded.get("/statistics?last=2020"))
    assert "2019 North Coin 1 1,000 0 0 1 without a figure 0" in said
    assert "70 1 with a part of it 0 20 1 with a part of it" in said
    page = crowded.get("/statistics?last=2020").text
    (year, whole) = (
        html.unescape(each) for each in HREF.findall(page) if each.endswith("of=frozen_unvalued")
    )
    for url in (year, whole):
        assert re.findall(r"/incidents/([\w-]+)\"", crowded.get(url).text) == ["north-2019"]
    table = csv.DictReader(io.StringIO(crowded.get("/statistics.csv?last=2020").text))
    (row,) = (each for each in table if each["year"] == "2019")
    assert (row["frozen"], row["frozen_unvalued"], row["frozen_partial"]) == ("0", "1", "0")


@pytest.mark.parametrize("query", ["of=all", "after=x", "bar=Z", "keys=1"])
def test_rows_of_what_is_no_number_are_refused(korea: Client, query: str) -> None:
    assert korea.get(f"/statistics/rows?{query}").status_code == 422


def test_rows_of_a_key_that_nothing_has_are_not_found(korea: Client) -> None:
    assert korea.get("/statistics/rows?by=year&key=1999").status_code == 404


def test_pictures_data_and_rows_are_the_readers_own_and_say_their_marking(
    world: World, tmp_path
) -> None:
    desk = Desk(world, tmp_path / "registry")
    query = "?by=year&bar=A&first=2020&last=2020"
    asked = [f"{path}{query}" for path in (*FILES, "/statistics/rows")]
    before = [desk.laos.get(path).text for path in asked]
    case = desk.case()
    desk.judge(desk.korea, case, "Night Owl", marking="TLP:AMBER", release=["mem-japan"])
    for path in asked:
        seen = desk.japan.get(path).text
        assert "TLP:AMBER" in seen, path
        assert (WEST in seen) or "not known 70" in seen, path  # its country is not known
    key = f"/statistics/rows{query}&key=2020"
    assert WEST in desk.japan.get(key).text
    assert desk.laos.get(key).status_code == 404
    assert [desk.laos.get(path).text for path in asked] == before
    assert not any(WEST in text or "TLP:AMBER" in text for text in before)
