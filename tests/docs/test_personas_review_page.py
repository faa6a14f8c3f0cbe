"""What docs/personas-review.md tells people to type works at a desk that runs, line by line."""

from tests.docs.typed import typed
from tests.live_world import live_world


def test_the_page_from_the_applications_to_taking_it_back(tmp_path):
    with live_world(tmp_path) as world:
        for name, file in (("kr", "first.session"), ("kr2", "second.session")):
            (tmp_path / file).touch(0o600)
            (tmp_path / file).write_bytes(world.people[name].session.text())
        there = {
            "STANCH_SERVER": world.desk.url,
            "STANCH_SESSION": str(tmp_path / "first.session"),
            "STANCH_HOME": str(tmp_path / "home"),
        }
        typed("personas-review.md", tmp_path, there)
        rows = world.call("kr", "GET", "/v1/personas?level=operator")["items"]
        (back,) = (each for each in rows if each["round"] > 1)
        assert (back["state"], back["people"]) == ("gone", 1)  # of two records one is forgotten
        assert world.call("kr", "GET", f"/v1/cases/{back['case']}")["state"] == "open"
        assert world.call("jp", "GET", "/v1/personas")["items"] == []
        assert world.call("jp", "GET", "/v1/personas/indicators")["items"] == []
    assert "이것은 질문이며 판정이 아니다." in (tmp_path / "report-ko.html").read_text()
    assert "wallet" in (tmp_path / "tags.csv").read_text()
