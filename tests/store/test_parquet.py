"""Parquet files whose bytes depend on their rows alone."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from stanch.store.parquet import ROW_GROUP, Layout, Sink, write

ROWS = pa.table({"n": range(300_000), "t": [str(n % 97) for n in range(300_000)]})


def written(file, sizes):
    with Sink(file, ROWS.schema, Layout(repeating=("t",))) as sink:
        start = 0
        while start < len(ROWS):
            size = sizes[start % len(sizes)]
            sink.write(ROWS.slice(start, size))
            start += size
    return file.read_bytes()


def test_batches_leave_no_trace(tmp_path):
    one = written(tmp_path / "one", [300_000])
    assert one == written(tmp_path / "two", [999, 50_021, 7])
    footer = pq.ParquetFile(tmp_path / "one").metadata
    assert [footer.row_group(i).num_rows for i in range(3)] == [ROW_GROUP, ROW_GROUP, 54_240]
    assert pq.read_table(tmp_path / "two").equals(ROWS)


def test_columns_are_put_in_the_order_of_the_schema(tmp_path):
    with Sink(tmp_path / "file", ROWS.schema) as sink:
        sink.write(pa.table({"t": ["x"], "n": [1]}))
    assert pq.read_table(tmp_path / "file").to_pylist() == [{"n": 1, "t": "x"}]


def test_a_file_without_rows_has_its_columns(tmp_path):
    write(tmp_path / "file", ROWS.schema.empty_table())
    assert pq.read_table(tmp_path / "file").equals(ROWS.schema.empty_table())


def test_after_an_error_the_file_is_let_go(tmp_path):
    def stop():
        with Sink(tmp_path / "file", ROWS.schema) as sink:
            sink.write(ROWS.slice(0, 10))
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        stop()
    assert len(pq.read_table(tmp_path / "file")) == 0
