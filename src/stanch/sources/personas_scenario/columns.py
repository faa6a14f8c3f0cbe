"""Arrow columns made from whole NumPy arrays, without a Python object for a row."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stanch.sources.personas_scenario.chance import U64, Int

_HEX: Final = np.frombuffer(b"".join(b"%02x" % byte for byte in range(256)), "S2")


def chosen(options: Sequence[str] | pa.StringArray, indices: Int) -> pa.StringArray:
    """The option of each row."""
    table = options if isinstance(options, pa.Array) else pa.array(options, pa.string())
    return table.take(pa.array(indices))


def joined(*pieces: pa.StringArray | str) -> pa.StringArray:
    """The pieces of each row, one after the other."""
    return pc.binary_join_element_wise(*pieces, "")


def numbers(values: Int, digits: int = 1) -> pa.StringArray:
    """Whole numbers in decimal, with zeros before them up to so many digits."""
    text = pc.cast(pa.array(values), pa.string())
    return text if digits == 1 else pc.utf8_lpad(text, digits, "0")


def hexed(words: Sequence[U64], digits: int) -> pa.StringArray:
    """The first `digits` hexadecimal digits of the words of each row; `digits` is even."""
    block = np.stack(words, axis=1).astype(">u8")
    text = _HEX[block.view(np.uint8).reshape(len(block), -1)[:, : digits // 2]]
    offsets = np.arange(len(block) + 1, dtype=np.int32) * digits
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(text))]
    return pa.StringArray.from_buffers(len(block), buffers[1], buffers[2])


def dotted(addresses: Int) -> pa.StringArray:
    """IPv4 addresses, given as numbers."""
    octets = [(addresses >> shift) & 255 for shift in (24, 16, 8, 0)]
    return pc.binary_join_element_wise(*(numbers(each) for each in octets), ".")


def unless(missing: np.ndarray[tuple[int], np.dtype[np.bool_]], text: pa.StringArray) -> pa.Array:
    """`text` without the rows that are missing."""
    return pc.if_else(pa.array(missing), pa.scalar(None, pa.string()), text)
