"""Arrays come back from a folder as they were, and a change to one stays in the process."""

import numpy as np
import pytest

from stanch.errors import InputError
from stanch.store.arrays import map_arrays, write_arrays


def test_arrays_of_all_kinds(tmp_path):
    arrays = {
        "b": np.arange(5, dtype=np.int32),
        "a": np.array([[1.5, 2.5]], np.float32),
        "none": np.zeros(0, np.int64),
        "flags": np.array([True, False, True]),
    }
    write_arrays(tmp_path, arrays)
    mapped = map_arrays(tmp_path)
    assert mapped.keys() == arrays.keys()
    for name, array in arrays.items():
        assert mapped[name].dtype == array.dtype
        assert mapped[name].tolist() == array.tolist()


def test_a_change_stays_here(tmp_path):
    write_arrays(tmp_path, {"a": np.arange(3)})
    map_arrays(tmp_path)["a"][0] = 7
    assert map_arrays(tmp_path)["a"].tolist() == [0, 1, 2]


def test_a_damaged_file_is_told(tmp_path):
    write_arrays(tmp_path, {"a": np.arange(3)})
    whole = (tmp_path / "a.npy").read_bytes()
    (tmp_path / "a.npy").write_bytes(whole[:-1])
    with pytest.raises(InputError, match="damaged"):
        map_arrays(tmp_path)
