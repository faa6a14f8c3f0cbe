"""JSON files of any size, cut or damaged anywhere."""

import gzip
import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stanch.errors import InputError
from stanch.sources.etherscan import json_rows as module
from stanch.sources.etherscan.json_rows import json_rows
from stanch.sources.reading import Broken

RECORDS = [{"hash": f"0x{n:x}", "value": str(n), "text": 'ü{}[],\\"'} for n in range(30)]
WHOLE = json.dumps({"status": "1", "result": RECORDS}, ensure_ascii=False).encode()

quick = settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(st.integers(1, 200))
def test_records_do_not_depend_on_how_the_file_is_cut_into_chunks(tmp_path, size):
    path = tmp_path / "x.json"
    path.write_bytes(WHOLE)
    chunk, module.CHUNK = module.CHUNK, size
    try:
        assert list(json_rows(path)) == RECORDS
    finally:
        module.CHUNK = chunk


@quick
@given(st.integers(30, len(WHOLE) - 3), st.booleans())
def test_a_file_cut_anywhere_keeps_the_whole_records_before(tmp_path, cut, packed):
    path = tmp_path / "x.json"
    if packed:
        content = gzip.compress(WHOLE, mtime=0)
        path.write_bytes(content[: 20 + cut * (len(content) - 30) // len(WHOLE)])
    else:
        path.write_bytes(WHOLE[:cut])
    *records, last = json_rows(path)
    assert records == RECORDS[: len(records)]
    assert isinstance(last, Broken)
    assert last.row == len(records) + 1


@quick
@given(st.binary(max_size=200))
def test_any_bytes_are_records_or_refused(tmp_path, junk):
    path = tmp_path / "x.json"
    path.write_bytes(b'[{"hash": "0x1"},' + junk)
    try:
        rows = list(json_rows(path))
    except InputError:
        return
    assert rows[0] == {"hash": "0x1"}
    assert all(isinstance(row, dict | Broken) for row in rows)


def test_broken_text_costs_one_record(write):
    path = write("x.json", b'[{"hash":"1"},{"hash":"\xff"},{"hash":"3"},7]')
    assert list(json_rows(path)) == [
        {"hash": "1"},
        Broken(2, "is not UTF-8 text"),
        {"hash": "3"},
        Broken(4, "is not a JSON object"),
    ]


def test_answers_may_follow_one_another(write):
    page = json.dumps({"status": "1", "result": RECORDS[:2]})
    assert list(json_rows(write("x.json", f"{page}\n{page}"))) == RECORDS[:2] * 2
