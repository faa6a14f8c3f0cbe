import pyarrow as pa
import pytest

from stanch.errors import InputError, UsageError
from stanch.model.tables import LABELS, REJECTED, TAGS
from stanch.pipeline.labels import attribute, load
from tests.attribution.tiny import TinyLedger, tag, tags

EVM = "0x" + "ab" * 20


def test_the_users_own_file_then_packs(tmp_path):
    own, pack = tmp_path / "own.csv", tmp_path / "pack.yaml"
    own.write_text(f"address,name,categories\n{EVM},mine,none\n0x1,bad,\n")
    pack.write_text(f"currency: ETH\ntags:\n- {{address: '{EVM}', label: a, category: dex}}\n")
    steps = []
    found = load([pack, own], lambda done, total: steps.append((done, total)))
    assert (found.tags.schema, found.rejected.schema) == (TAGS, REJECTED)
    assert found.tags["rank"].to_pylist() == [1000, 1]
    assert found.rejected["row"].to_pylist() == [3]
    total = own.stat().st_size + pack.stat().st_size
    assert steps == [(pack.stat().st_size, total), (total, total)]


def test_actors_speak_for_tags_that_say_nothing_else(tmp_path):
    (tmp_path / "actors.yaml").write_text("actors:\n- {id: x, label: X Ltd, categories: [otc]}\n")
    (tmp_path / "pack.yaml").write_text(
        f"currency: ETH\ntags:\n- {{address: '{EVM}', actor: x}}\n"
        f"- {{address: '{EVM}', actor: x, label: y, category: dex}}\n"
    )
    rows = load([tmp_path]).tags.to_pylist()
    said = {(row["name"], *row["terms"]) for row in rows}
    assert said == {("X Ltd", "otc"), ("y", "dex")}


def test_paths_are_checked_before_anything_is_read(tmp_path):
    (tmp_path / "empty.csv").write_text("")
    with pytest.raises(UsageError):
        load([tmp_path / "empty.csv", tmp_path / "none.csv"])
    with pytest.raises(InputError):
        load([tmp_path / "empty.csv"])


def test_stated_and_inferred_labels_together():
    ledger = TinyLedger().pay("0xa", "0xd", 100).pay("0xd", "0xh", 100)
    found = attribute(tags(tag("0xh", "Huobi 1"), tag("0xh", "x")), *ledger.tables())
    assert found.labels.schema == LABELS
    rows = [(row["account"], row["category"], row["inferred"]) for row in found.labels.to_pylist()]
    assert rows == [("eip155:1:0xd", "deposit", True), ("eip155:1:0xh", "exchange", False)]
    assert found.deposits.num_rows == 1
    assert found.lost["name"].to_pylist() == ["x"]


def test_no_tags_no_labels():
    ledger = TinyLedger().pay("0xa", "0xd", 100)
    found = attribute(tags(), *ledger.tables())
    assert found.labels.num_rows == 0
    assert isinstance(found.labels, pa.Table)
