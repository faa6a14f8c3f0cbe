"""What docs/cases.md tells people to type works at a desk that runs, line by line."""

from tests.docs.typed import typed
from tests.live_world import live_world


def test_the_page_from_the_first_report_to_the_closed_case(tmp_path):
    with live_world(tmp_path) as world:
        there = {"STANCH_SERVER": world.desk.url, "STANCH_API_KEY": world.people["kr"].api_key}
        done = typed("cases.md", tmp_path, there)
        (case,) = world.call("upbeat", "GET", "/v1/cases")["items"]
        judged = world.call("kr", "GET", f"/v1/cases/{case['id']}/judgements")["items"]
    assert (case["title"], case["state"]) == ("Theft at Upbeat", "closed")
    assert sorted(each["stance"] for each in judged) == ["attributes", "disputes"]
    assert "record: 0 valid, 0 invalid\nrepeats: rep-" in done.stderr
    assert (tmp_path / "copy.txt").read_bytes() == (tmp_path / "receipt.txt").read_bytes()
