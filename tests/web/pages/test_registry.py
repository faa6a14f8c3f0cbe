"""Pages of incidents and claims: each figure with its rows, and the choices move them."""

import html
import re

import pytest

from stanch.web.pages import claims
from tests.web.conftest import Client


def test_incidents_are_listed_filtered_and_paged(korea: Client) -> None:
    first = korea.get("/incidents").text
    assert "79 incidents" in first
    assert "KelpDAO" in first
    assert 'rel="next"' in first
    assert "KelpDAO" not in korea.get("/incidents?after=25").text
    japan = korea.get("/incidents?country=JP&bar=A").text
    assert "DMM Bitcoin" in japan
    assert "Coincheck" not in japan
    assert "No incident fits" in korea.get("/incidents?year=1999").text


@pytest.mark.parametrize(
    "query", ["after=-1", "after=x", "after=9999999999", "bars=A", "bar=A&bar=B"]
)
def test_what_no_form_sends_is_refused(korea: Client, query: str) -> None:
    assert korea.get(f"/incidents?{query}").status_code == 422


def test_an_incident_has_every_word_and_source(korea: Client) -> None:
    shown = korea.get("/incidents/wazirx-2024").text
    for words in ("United States of America", "Republic of Korea", "TraderTraitor", "235,000,000"):
        assert words in shown
    assert "Joint statement on cryptocurrency thefts by the DPRK" in shown
    assert korea.get("/incidents/nothing").status_code == 404


def test_the_bar_moves_a_claim(korea: Client) -> None:
    assert "elliptic-2023-05" in korea.get("/claims").text
    shown = korea.get("/claims/elliptic-2023-05").text
    assert "718,000,000" in shown
    moved = korea.get("/claims/elliptic-2023-05?bar=C&disputed=out").text
    assert "718,000,000" not in moved
    assert "156,000,000" in moved
    assert korea.get("/claims/elliptic-2023-05?valuation=publication").status_code == 200
    assert korea.get("/claims/nothing").status_code == 404


def test_each_figure_that_a_choice_would_give_opens_the_rows_that_make_it(korea: Client) -> None:
    shown = (
        korea.get("/claims/elliptic-2023-05?bar=A").text
        + korea.get("/claims/monahan-2026-06?bar=A").text
    )
    links = dict.fromkeys(re.findall(r'<a href="(/claims/[^"#]*)#p-japan">([\d,]+)</a>', shown))
    assert ("/claims/elliptic-2023-05?bar=A&amp;disputed=out&amp;place=seat&amp;valuation=then",
            "97,000,000") in links  # fmt: skip
    for url, usd in links:
        japan = korea.get(html.unescape(url)).text.partition('id="p-japan"')[2]
        agrees = re.search(r'<dt>Agrees</dt><dd><a href="[^"]*">([\d,-]+)</a></dd>', japan)
        assert agrees[1] == usd, url


def test_each_number_of_a_claim_opens_the_rows_that_make_it(
    korea: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims, "_MOST", 2)  # as with more than a hundred of one figure
    monkeypatch.setattr(claims, "ROWS", 3)
    asked = ("elliptic-2023-05?bar=D", "trm-2026-04?bar=A")
    shown = "".join(korea.get(f"/claims/{each}").text for each in asked)
    links = dict(re.findall(r'<a href="(/claims/[^"]*/rows[^"]*)">([^<]*)</a>', shown))
    assert {re.search("of=([a-z]+)", each)[1] for each in links} == {
        "matched", "extra", "missing", "disputed"
    }  # fmt: skip
    for url, text in links.items():
        rows, number = followed(korea, html.unescape(url))
        assert len(rows) == len(set(rows))
        if "after=" in url:
            assert len(rows) == int(text.split()[0].replace(",", ""))
        else:
            assert len(rows) == number


def followed(client: Client, path: str) -> tuple[list[str], int]:
    """The incidents of a list, from page to page, and how many it says that there are."""
    rows: list[str] = []
    while True:
        page = client.get(path).text
        rows += re.findall(r'<th scope="row"><a href="/incidents/([^"]*)">', page)
        number = int(re.search(r"([\d,]+) incidents?, [\d,]+ US dollars", page)[1].replace(",", ""))
        onward = re.search(r'<a href="([^"]*)" rel="next">', page)
        if onward is None:
            return rows, number
        path = html.unescape(onward[1])


@pytest.mark.parametrize(
    ("query", "status"),
    [("slice=nothing&of=matched", 404), ("slice=japan&of=gap", 404), ("", 404),
     ("slice=japan&of=matched&bar=Z", 422), ("slice=japan&of=matched&after=x", 422)],
)  # fmt: skip
def test_rows_of_no_number_of_a_claim_are_refused(korea: Client, query: str, status: int) -> None:
    assert korea.get(f"/claims/elliptic-2023-05/rows?{query}").status_code == status


def test_a_claim_says_its_range_and_whom_it_counts(korea: Client) -> None:
    shown = korea.get("/claims/un-2023-02").text
    assert "630,000,000 to 1,000,000,000" in shown
    assert "<dt>Actors</dt><dd>all</dd>" in shown
    assert "<dt>Kinds</dt><dd>theft</dd>" in shown


def test_a_note_keeps_its_names(korea: Client) -> None:
    assert (
        "Hacking and ransomware, moved to wallets of Lazarus"
        in korea.get("/claims/elliptic-2023-05").text
    )


@pytest.mark.parametrize("query", ["bar=Z", "disputed=perhaps", "place=moon", "valuation=x", "x=1"])
def test_a_choice_that_is_none_is_refused(korea: Client, query: str) -> None:
    assert korea.get(f"/claims/elliptic-2023-05?{query}").status_code == 422


def test_nobody_sees_them_without_signing_in(korea: Client) -> None:
    stranger = Client(korea.app)
    for path in ("/incidents", "/incidents/ronin-2022", "/claims", "/claims/elliptic-2023-05"):
        answer = stranger.get(path)
        assert "Ronin" not in answer.text
        assert answer.status_code in (303, 401)


def test_every_number_of_the_statistics_opens_its_rows(korea: Client) -> None:
    shown = korea.get("/statistics?by=country&bar=D").text
    assert "Vietnam" in shown
    assert '<a href="/incidents/ronin-2022">' in shown
    assert "1 by bar" in shown
    assert "2017" in korea.get("/statistics").text
    assert korea.get("/statistics?first=2022&last=2022-06").status_code == 200
    for query in ("by=moon", "bar=Z", "first=May", "first=2023&last=2022", "x=1"):
        assert korea.get(f"/statistics?{query}").status_code == 422


def test_statistics_of_nothing(korea: Client) -> None:
    assert "all" in korea.get("/statistics?first=1999&last=1999").text
