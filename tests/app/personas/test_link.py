"""Linking a simulated intake, from its files to the files that it gives."""

import csv
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from stanch.app.personas.forgetting import Reason, erase
from stanch.app.personas.ingest import IngestRequest, ingest
from stanch.app.personas.link import FILES, LinkRequest, link
from stanch.app.personas.scenario import PersonasRequest, write_scenario
from stanch.app.personas.secret import Secret
from stanch.errors import UsageError
from stanch.formats.persona_result.folder import read
from stanch.i18n.personas import LANGUAGES, catalogue
from stanch.personas.linking.evidence import INDICATORS
from stanch.personas.linking.marks import MARKED
from tests.reference.link_scores import wrong
from tests.reference.linked import linked


class World:
    """A simulated intake of 1,200 applications, a tenth of them sent by operators."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.secret = Secret.make(folder / "key" / "personas.key")
        write_scenario(PersonasRequest(1_200, seed=4, operators=0.1), folder / "simulated")
        self.records = folder / "simulated" / "records.parquet"
        self.intake = self.taken_in(self.records, "intake")
        self.out = self.linked(self.intake, "out")

    def taken_in(self, records: Path, name: str) -> Path:
        pay = self.folder / "simulated" / "transfers.csv"
        ingest(IngestRequest((records,), self.folder / name, pay), self.secret, lambda _: None)
        return self.folder / name

    def linked(self, intake: Path, name: str, language: str = "en") -> dict[str, bytes]:
        out = self.folder / name
        link(LinkRequest(intake, out, language=language), self.secret)
        return {each: (out / each).read_bytes() for each in FILES}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("linking")
    yield World(folder)
    shutil.rmtree(folder)


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


def test_every_score_is_rebuilt_from_its_evidence_by_an_independent_script(world: World) -> None:
    bar = json.loads(world.out["manifest.json"])["parameters"]["bar_microbits"]
    found = rows(world.out["links.csv"])
    assert len(found) > 50
    assert {row["level"] for row in found} == {"operator", "farm"}
    assert [wrong(row, bar) for row in found] == [None] * len(found)
    spoilt = found[0] | {"bits": "1.000000"}
    assert wrong(spoilt, bar) == "the pieces do not add up"
    forged = found[0]["evidence"].replace('"pairs": ', '"pairs": 1')
    assert "weighs" in str(wrong(found[0] | {"evidence": forged}, bar))


def test_names_scripts_and_nationality_are_no_evidence(world: World) -> None:
    table = pq.read_table(world.records)
    scripts = ["김철수", "王小明", "山田太郎", "Олена Коваль", "Nguyễn Văn An", "Mary Glass", ""]
    swapped = table.set_column(
        table.column_names.index("name"), "name",
        pa.array([scripts[each % len(scripts)] for each in range(len(table))]),
    )  # fmt: skip
    states = ["KOR", "CHN", "USA", "BRA", None]
    place = table.column_names.index("nationality") if "nationality" in table.column_names else None
    nationality = pa.array([states[each % len(states)] for each in range(len(table))])
    if place is None:
        swapped = swapped.append_column("nationality", nationality)
    else:
        swapped = swapped.set_column(place, "nationality", nationality)
    pq.write_table(swapped, world.folder / "swapped.parquet")
    out = world.linked(
        world.taken_in(world.folder / "swapped.parquet", "in_swapped"), "out_swapped"
    )
    for name in ("clusters.csv", "links.csv", "people.csv"):
        assert out[name] == world.out[name], name


def test_a_second_run_gives_the_same_bytes(world: World) -> None:
    assert world.linked(world.intake, "out") == world.out


def test_clusters_are_mostly_right_and_honest_people_stay_out(world: World) -> None:
    cluster = {row["record_id"]: row["operator_id"] for row in rows(world.out["clusters.csv"])}
    labels = pq.read_table(world.folder / "simulated" / "labels.parquet").to_pylist()
    assert len(cluster) == len(labels)
    figures = linked(
        [cluster[each["record_id"]] for each in labels],
        [each["entity"] for each in labels],
        [each["kind"] != "benign" for each in labels],
    )
    assert figures.bcubed_f > 0.6, figures
    assert figures.honest_pulled_in <= 4, figures


def test_the_queue_begins_with_the_most_serious_and_says_why(world: World) -> None:
    people = rows(world.out["people.csv"])
    order = [(-int(row["priority"]), -float(row["bits"])) for row in people]
    assert order == sorted(order)
    assert all(row["reasons"] for row in people)
    tied = {row["operator_id"] for row in people if int(row["priority"]) == 3}
    assert tied


@pytest.mark.parametrize("language", ["ko", "ja"])
def test_reasons_are_said_in_the_language_and_nothing_else_changes(
    world: World, language: str
) -> None:
    out = world.linked(world.intake, f"out_{language}", language)
    for name in ("clusters.csv", "links.csv", "wallets.csv"):
        assert out[name] == world.out[name]
    said, english = (rows(each["people.csv"]) for each in (out, world.out))
    assert [row["record_id"] for row in said] == [row["record_id"] for row in english]
    assert all(one["reasons"] != other["reasons"] for one, other in zip(said, english, strict=True))
    assert not any("may be" in row["reasons"] for row in said)


def test_a_desk_reads_what_was_written(world: World) -> None:
    result = read(world.out)
    assert result.records == len(rows(world.out["clusters.csv"]))
    assert result.clusters


def test_every_indicator_has_words_in_every_language() -> None:
    for language in LANGUAGES:
        known = catalogue(language)
        for each in INDICATORS:
            assert f"evidence.{each.name.partition('@')[0]}" in known
        for name in set(MARKED) - {"listed@1"}:
            assert f"mark.{name.partition('@')[0]}" in known


def test_who_was_erased_is_in_no_answer(world: World) -> None:
    copy = world.folder / "copy"
    shutil.copytree(world.intake, copy)
    gone = rows(world.out["links.csv"])[0]["record_a"]
    before = world.secret.file.with_suffix(".erased")
    erase(copy, gone, Reason.REQUEST, world.secret)
    out = world.linked(copy, "out_erased")
    assert not any(gone.encode() in out[name] for name in FILES)
    before.unlink()  # the other tests have this person still


def test_an_unknown_language_is_refused(world: World) -> None:
    with pytest.raises(UsageError, match="en, ko, ja"):
        world.linked(world.intake, "out_xx", "xx")
