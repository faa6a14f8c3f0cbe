"""Named arrays in a folder, one .npy file each, mapped instead of read when opened.

Pages are shared between the processes that map one file, and loaded when they are touched.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from stanch.errors import InputError

Array = npt.NDArray[Any]

SUFFIX: Final = ".npy"


def write_arrays(folder: Path, arrays: Mapping[str, Array]) -> None:
    """Write each array to `folder` under its name."""
    for name, array in arrays.items():
        np.save(folder / (name + SUFFIX), array, allow_pickle=False)


def map_arrays(folder: Path) -> dict[str, Array]:
    """All arrays of `folder` by name. Raises InputError where a file is no whole array.

    They are mapped copy-on-write: kernels are compiled for arrays that may be written, and what
    somebody would write stays in that process.
    """
    found = {}
    for file in sorted(folder.glob("*" + SUFFIX)):
        try:
            mapped = np.load(file, mmap_mode="c", allow_pickle=False)
        except (OSError, ValueError, EOFError):
            raise InputError(str(file), "is damaged; delete its folder, it is built anew") from None
        found[file.stem] = np.asarray(mapped)
    return found
