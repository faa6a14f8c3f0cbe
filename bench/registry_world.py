"""The desk of bench/registry.py: a filled registry, a body with a meeting before it, a proposed
designation, lists to ask about it; and, asked for apart, a judgement on every incident.
"""

import csv
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import as_file
from pathlib import Path

from fastapi import FastAPI
from tests.app.designation.sample import TEXT
from tests.app.designation.test_crosscheck import HAN, home_with
from tests.members.house import KOREA, House, founded
from tests.web.conftest import NO_HURRY, ORIGIN, Client

from stanch.app.desk import bodies, meetings
from stanch.app.desk.desk import Desk
from stanch.app.desk.words import (
    AskedBody,
    AskedSeat,
    NewItem,
    NewJudgement,
    NewMeeting,
    NewPaper,
    Shared,
)
from stanch.cases import cases, files, items, judgements
from stanch.formats.signed.jws import HEAD, sign
from stanch.formats.signed.keys import PrivateKey
from stanch.registry.files import shipped
from stanch.store import migrations
from stanch.store.desk.folder import Folder
from stanch.store.desk.transaction import Database
from stanch.store.engines import sql
from stanch.web.config import Config
from stanch.web.server import create

CALLED, MET = "2025-09-15T09:00:00Z", "2025-10-14T10:00"  # nine years of thefts lie before
RUN = 500  # incidents of one case


@dataclass(frozen=True)
class World:
    """A desk over a registry, and somebody who has signed in."""

    house: House
    desk: Desk
    app: FastAPI
    client: Client
    pages: tuple[str, ...]
    incidents: tuple[str, ...]

    def judged(self) -> None:
        """Korea judges every incident: some five hundred a case, and shows it to all."""
        by = self.house.caller(self.house.chief, "analyst")
        for at in range(0, len(self.incidents), RUN):
            with self.desk.database.write() as tx:
                case = cases.open_case(tx, by, f"Thefts from {at} on", Shared())
                for id in self.incidents[at : at + RUN]:
                    body = {"title": id, "incident": id}
                    items.add(tx, by, NewItem(case, "incident", body, Shared()))
                said = NewJudgement(case, "Lazarus Group", "high", ["simulated"], Shared())
                judgements.judge(tx, by, said)


def world(place: Path, size: int) -> World:
    """A desk with so many incidents, in an empty folder."""
    registry, lists = filled(place / "registry", size), home_with(place / "lists", HAN)
    folder = Folder.create(place / "desk")
    key = PrivateKey.from_seed(folder.seed())
    engine = sql.connect(folder.path)
    migrations.upgrade(engine)
    began, first = datetime.now(UTC), datetime.fromisoformat(CALLED)
    database = Database(
        engine, sql.reading(engine), lambda: first + (datetime.now(UTC) - began),
        lambda payload: sign(key, HEAD, dict(payload)),
    )  # fmt: skip
    house = founded(database, key)
    desk = Desk(house.desk, "Bench", folder, key, database)
    meeting, paper = met(desk, house)
    config = Config(
        origin=ORIGIN, rate=NO_HURRY, door=NO_HURRY, registry=registry, lists=lists
    )  # fmt: skip
    app = create(desk, config)
    person = house.person(house.chief, "analyst")
    client = Client(app).sign_in(house.link(house.chief, person))
    with (registry / "incidents.csv").open(newline="") as stream:
        ids = tuple(row["id"] for row in csv.DictReader(stream))
    body = bodies.one(desk, house.chief, meetings.one(desk, house.chief, meeting)["body"])["id"]
    at = f"/meetings/{meeting}"
    pages = (f"/bodies/{body}", at, f"{at}/pack?lang=en", f"{at}/pack?lang=ja",
             f"{at}/designations/{paper}")  # fmt: skip
    return World(house, desk, app, client, pages, ids)


def met(desk: Desk, house: House) -> tuple[str, str]:
    """A meeting that looks back on a quarter, with papers, a target, an action; its ids."""
    by = house.caller(house.chief, "analyst")
    body = bodies.found(desk, by, AskedBody(
        (AskedSeat(KOREA, "Ministry of Foreign Affairs", "co-chair"),), Shared(), name="Bench",
        basis="None", scope="Thefts", rule="FREQ=MONTHLY;INTERVAL=3;BYDAY=2TU",
        first="2025-01-01T10:00", zone="Asia/Seoul", minutes=180,
        agenda=(("review", "Review"), ("threats", "Threats")),
    ))  # fmt: skip
    new = NewMeeting("Seoul", Shared(), f"{MET}:00Z")
    meeting = meetings.call(desk, by, body, new)
    meetings.lay(desk, by, meeting, NewPaper("Bridges", Shared(), text="Two.", topic="threats"))
    with desk.database.write() as tx:
        case = cases.open_case(tx, by, "Theft", Shared())
        lying = NewItem(case, "file", {}, Shared())
        file = files.keep(tx, by, lying, "sim.toml", TEXT.encode())
    said = NewPaper("Proposed", Shared(), file=file, topic="sanctions")
    return meeting, meetings.lay(desk, by, meeting, said)


def filled(folder: Path, size: int) -> Path:
    """What is shipped, and simulated thefts until there are so many."""
    with as_file(shipped()) as there:
        shutil.copytree(there, folder)
    with (folder / "incidents.csv").open(newline="") as stream:
        head, *rows = csv.reader(stream)
    for table, line in simulated(head, size - len(rows)):
        with (folder / f"{table}.csv").open("a", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerow(line)
    return folder


def simulated(head: list[str], many: int) -> Iterator[tuple[str, list[object]]]:
    """Rows of the registry's tables, nine years of them; the same for the same number."""
    source, simulation = random.Random(1), "monahan-2026"
    for number in range(many):
        id, day = f"sim-{number}", source.randrange(9 * 336)
        happened = f"{2017 + day // 336}-{day % 336 // 28 + 1:02}-{day % 28 + 1:02}"
        said = {"id": id, "kind": "theft", "victim": f"{source.getrandbits(60):x}",
                "victim_kind": "exchange", "happened": happened, "marking": "TLP:CLEAR",
                "source": simulation}  # fmt: skip
        yield "incidents", [said.get(name, "") for name in head]
        usd = source.randint(10**4, 10**8)
        yield "amounts", [id, "stolen", "", "", usd, "", "", "simulated", simulation, ""]
        body, actor = source.choice(["us-fbi", "msmt", "elliptic"]), source.choice(["lazarus", ""])
        yield "statements", [id, body, "attributes", actor, "2026-01", "", simulation,
                             "TLP:CLEAR", ""]  # fmt: skip
        yield "places", [id, "seat", source.choice(["JP", "KR", "US", "VN", "HK"]), simulation]
