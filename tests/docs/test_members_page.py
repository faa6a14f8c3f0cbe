"""What docs/members.md tells people to type works at a desk that runs, line by line."""

from tests.docs.typed import typed
from tests.live_desk import live_desk


def test_the_page_from_the_first_link_to_signing_out(tmp_path):
    with live_desk(tmp_path / "desk") as desk:
        (tmp_path / "kim.link").write_text(desk.link)
        there = {"STANCH_SERVER": desk.url, "STANCH_SESSION": str(tmp_path / "session")}
        done = typed("members.md", tmp_path, there)
    for name in ("mina.link", "lee.link", "night.key"):
        secret = (tmp_path / name).read_text().strip()
        assert secret.startswith(("stl_", "stk_"))
        assert secret not in done.stdout
        assert secret not in (tmp_path / "serve.log").read_text()
    assert not (tmp_path / "session").exists()
