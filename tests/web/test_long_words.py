"""Lists that are sorted by what people write go on, however long it is and in whatever script."""

import pytest

from tests.web.conftest import Client


@pytest.mark.parametrize("letter", ["x", "가", "𐐀"])
def test_a_list_goes_on_behind_the_longest_title(korea: Client, letter: str) -> None:
    made = [korea.post("/v1/cases", {"title": f"{letter * 199}{n}"}).json()["id"] for n in range(3)]
    found, after = [], {}
    while True:
        query = {"sort": "title", "limit": "1", **after}
        answer = korea.get("/v1/cases", params=query)
        assert answer.status_code == 200, answer.text
        found += [each["id"] for each in answer.json()["items"]]
        if (cursor := answer.json()["next"]) is None:
            break
        after = {"after": cursor}
    assert found == made
