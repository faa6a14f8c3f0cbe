"""The engine behind the port."""

import os
import signal
import subprocess
import sys
import threading
import time

import duckdb
import pyarrow as pa
import pytest

from stanch.errors import StanchError
from stanch.store.engines.duckdb import connect
from stanch.store.parquet import write

FOREVER = "select count(*) from range(100000000) a(i), range(100000) b(j) where hash(i * j) = 1"


@pytest.fixture
def engine(tmp_path):
    with connect(tmp_path) as engine:
        yield engine


def test_queries_speak_of_files_by_name(engine, tmp_path):
    write(tmp_path / "it's.parquet", pa.table({"a": [3, 1, 2]}))
    engine.table("numbers", tmp_path / "it's.parquet")
    found = [value for batch in engine.stream("from numbers order by a") for value in batch["a"]]
    assert pa.array(found).to_pylist() == [1, 2, 3]
    assert engine.row("select sum(a)::int, count(*)::int from numbers") == (6, 3)


def test_nothing_is_said_on_stdout(engine):
    assert engine.row("select current_setting('enable_progress_bar')") == (False,)


def test_what_is_kept_lies_in_the_scratch_folder_until_dropped(engine, tmp_path):
    engine.keep("twice", "select 2 * range as b from range(5)")
    assert engine.row("select max(b) from twice") == (8,)
    assert [file.name for file in tmp_path.glob("*.parquet")] == ["twice.parquet"]
    engine.drop("twice")
    assert not list(tmp_path.glob("*.parquet"))
    with pytest.raises(duckdb.Error):
        engine.row("select 1 from twice")


def test_texts_sort_by_their_bytes(engine, tmp_path):
    texts = ["b", "a", "B", "é", "z", "~", "0x1", "0X1", "\U0001f600", "\uffee"]
    write(tmp_path / "texts.parquet", pa.table({"t": texts}))
    engine.table("texts", tmp_path / "texts.parquet")
    found = [value for b in engine.stream("from texts order by t") for value in b["t"].to_pylist()]
    assert found == sorted(texts, key=str.encode)


@pytest.mark.parametrize("ask", ["row", "stream"])
def test_ctrl_c_reaches_a_running_query(engine, ask):
    begun = time.monotonic()
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        list(getattr(engine, ask)(FOREVER))
    assert time.monotonic() - begun < 5
    assert engine.row("select 1") == (1,)


def test_too_little_memory_is_told_in_one_line(tmp_path):
    with connect(tmp_path, memory="8MB") as engine, pytest.raises(StanchError) as caught:
        engine.row(
            "select max(x) from (select list(i) as x from range(9000000) t(i) group by i % 2)"
        )
    assert "\n" not in str(caught.value)
    assert "memory" in str(caught.value)


STARVED = """
import resource, sys
from pathlib import Path
from stanch.errors import OutputError
from stanch.store.engines.duckdb import connect

resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    with connect(Path(sys.argv[1])) as engine:
        engine.keep("many", "select hash(range) as h from range(1000000)")
except OutputError as error:
    print(error)
"""


def test_a_full_disk_is_told_in_one_line(tmp_path):
    command = [sys.executable, "-c", STARVED, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "no space left on the disk for sorting\n"
