"""An incident leads to the cases that its reader may see, and tells of no other."""

from dataclasses import replace
from pathlib import Path

from stanch.web.server import create
from tests.registry.tables import BASE, written
from tests.web.conftest import CONFIG, UPBEAT, Client, World
from tests.web.pages.test_bodies import made


def test_a_case_is_named_to_who_may_see_it(
    world: World, korea: Client, upbeat: Client, tmp_path: Path
) -> None:
    own = made(korea, "/v1/cases", title="Theft")
    shared = made(korea, "/v1/cases", title="Theft", release=[UPBEAT])
    trace = f"sha256:{'a' * 64}"
    folder = written(
        tmp_path / "registry",
        links=[f"north-2019,case,{own}", f"north-2019,case,{shared}", f"north-2019,trace,{trace}"],
    )
    korea.app = upbeat.app = create(world.desk, replace(CONFIG, registry=folder))
    pages = {who: client.get("/incidents/north-2019").text for who, client in
             (("korea", korea), ("upbeat", upbeat))}  # fmt: skip
    assert own in pages["korea"]
    assert own not in pages["upbeat"]
    for page in pages.values():
        assert shared in page
        assert trace in page
        assert BASE["links"][1].rpartition(",")[2] not in page  # of a case that there is not
