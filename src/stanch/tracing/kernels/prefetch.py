"""Asking the processor for a line of memory before it is needed.

A ledger touches two random purses a row, and waiting for them is most of what a kernel does. The
rows ahead are known, so their purses are asked for some rows early. It changes no result.
"""

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic
from numba.np import arrayobj

AHEAD = 24  # rows: a visit to memory takes about as long as walking so many

_FOR_WRITE, _KEEP, _DATA = 1, 3, 1


@intrinsic
def _prefetch(_context: Any, array: Any, index: Any) -> tuple[Any, Callable[..., Any]]:
    """Ask for the line at `array[index]` (an array of any dimensions, by its first index)."""
    signature = types.void(array, index)

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        values = arrayobj.make_array(signature.args[0])(context, builder, args[0])
        word, byte, flag = ir.IntType(64), ir.IntType(8).as_pointer(), ir.IntType(32)
        place = context.cast(builder, args[1], signature.args[1], types.intp)
        stride = builder.extract_value(values.strides, 0)
        start = builder.ptrtoint(values.data, word)
        line = builder.inttoptr(builder.add(start, builder.mul(place, stride)), byte)
        kind = ir.FunctionType(ir.VoidType(), [byte, flag, flag, flag])
        ask = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        builder.call(ask, [line, *(flag(value) for value in (_FOR_WRITE, _KEEP, _DATA))])
        return context.get_dummy_value()

    return signature, generate


prefetch: Any = _prefetch
