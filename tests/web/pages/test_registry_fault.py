"""A registry that has got a fault: the one before stays, and no member reads what a fault names."""

from dataclasses import replace
from pathlib import Path

import pytest

from stanch.web.server import create
from tests.registry.tables import written
from tests.web.conftest import CONFIG, Client, World
from tests.web.pages.test_bodies import Made, sown  # noqa: F401

SECRET = "{id},theft,Secret Exchange,exchange,2020-01-02,,,,,,,TLP:RED,paper,"


def test_no_page_tells_a_fault(
    world: World,
    korea: Client,
    sown: Made,  # noqa: F811
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = written(tmp_path / "registry")
    korea.app = create(world.desk, replace(CONFIG, registry=folder))
    assert korea.get("/incidents").status_code == 200
    rows = [SECRET.format(id="secret-1"), SECRET.format(id="secret-2")]
    written(folder, incidents=rows)
    korea.app.state.house.shelf.settle()
    pages = ("/incidents", "/claims", "/claims/firm-2020", f"/meetings/{sown.first}/pack")
    api = f"/v1/meetings/{sown.first}/pack/page"
    for path in (*pages, api):
        answer = korea.get(path)
        assert answer.status_code == 200, path
        assert "Secret" not in answer.text
    assert "Secret Exchange looks like line" in capsys.readouterr().err  # its keeper finds why
