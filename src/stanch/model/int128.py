"""Unsigned 128-bit integers as two 64-bit limbs, for compiled kernels.

A value is a pair `(lo, hi)` of uint64. Money is exact, so nothing here rounds except
`muldiv`, which gives the floor and the remainder. Division is Knuth's algorithm D
(The Art of Computer Programming, vol. 2, 4.3.1) with 64-bit digits.

Only uint64 may meet uint64 here: Numba turns uint64 with a signed integer into a float.
"""

from typing import TYPE_CHECKING, Any

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

if TYPE_CHECKING:
    from collections.abc import Callable

U64 = Any  # a uint64; Numba infers types of its own, so checking stops at compiled code

ZERO = np.uint64(0)
ONE = np.uint64(1)
MAX64 = np.uint64(0xFFFFFFFFFFFFFFFF)
HALF = np.uint64(0xFFFFFFFF)
S32 = np.uint64(32)
S64 = np.uint64(64)
TOP = np.uint64(1 << 63)


@intrinsic
def _mulhi(_context: Any, _a: Any, _b: Any) -> tuple[Any, "Callable[..., Any]"]:
    """High 64 bits of the product of two uint64: one machine instruction."""
    signature = types.uint64(types.uint64, types.uint64)

    def generate(_context: Any, builder: Any, _signature: Any, args: Any) -> Any:
        wide = ir.IntType(128)
        product = builder.mul(builder.zext(args[0], wide), builder.zext(args[1], wide))
        high = builder.lshr(product, ir.Constant(wide, 64))
        return builder.trunc(high, ir.IntType(64))

    return signature, generate


mulhi: Any = _mulhi


@njit(cache=True, inline="always")
def add(alo: U64, ahi: U64, blo: U64, bhi: U64) -> tuple[U64, U64]:
    """`a + b`, modulo 2^128."""
    lo = alo + blo
    carry = ONE if lo < alo else ZERO
    return lo, ahi + bhi + carry


@njit(cache=True, inline="always")
def sub(alo: U64, ahi: U64, blo: U64, bhi: U64) -> tuple[U64, U64]:
    """`a - b`, modulo 2^128; the caller knows that `b <= a`."""
    borrow = ONE if alo < blo else ZERO
    return alo - blo, ahi - bhi - borrow


@njit(cache=True, inline="always")
def lt(alo: U64, ahi: U64, blo: U64, bhi: U64) -> Any:
    """`a < b`."""
    return ahi < bhi or (ahi == bhi and alo < blo)


@njit(cache=True, inline="always")
def is_zero(lo: U64, hi: U64) -> Any:
    """`a == 0`."""
    return (lo | hi) == ZERO


@njit(cache=True)
def _leading_zeros(x: U64) -> U64:
    """Zero bits above the highest one bit of a non-zero uint64."""
    count = ZERO
    for step in (np.uint64(32), np.uint64(16), np.uint64(8), np.uint64(4), np.uint64(2), ONE):
        if (x >> (S64 - step)) == ZERO:
            count += step
            x <<= step
    return count


@njit(cache=True)
def _div_2by1(hi: U64, lo: U64, d: U64) -> tuple[U64, U64]:
    """`(hi:lo) / d` for normalised `d` (top bit set) and `hi < d`: quotient and remainder."""
    d1, d0 = d >> S32, d & HALF
    l1, l0 = lo >> S32, lo & HALF
    q1 = hi // d1
    r = hi - q1 * d1
    while q1 > HALF or q1 * d0 > ((r << S32) | l1):
        q1 -= ONE
        r += d1
        if r > HALF:
            break
    mid = ((hi << S32) | l1) - q1 * d
    q0 = mid // d1
    r = mid - q0 * d1
    while q0 > HALF or q0 * d0 > ((r << S32) | l0):
        q0 -= ONE
        r += d1
        if r > HALF:
            break
    return (q1 << S32) + q0, ((mid << S32) | l0) - q0 * d


@njit(cache=True)
def _div_3by2(n2: U64, n1: U64, n0: U64, d1: U64, d0: U64) -> tuple[U64, U64, U64]:
    """`(n2:n1:n0) / (d1:d0)` for normalised `d1` and `(n2:n1) < d`: quotient, remainder lo, hi."""
    if n2 >= d1:
        q, r = MAX64, n1 + d1
        small = r >= d1  # no carry out of n1 + d1
    else:
        q, r = _div_2by1(n2, n1, d1)
        small = True
    plo, phi = q * d0, mulhi(q, d0)
    while small and lt(n0, r, plo, phi):
        q -= ONE
        plo, phi = sub(plo, phi, d0, ZERO)
        r += d1
        small = r >= d1
    rlo, rhi = sub(n0, r, plo, phi)
    return q, rlo, rhi


@njit(cache=True)
def muldiv(tlo: U64, thi: U64, alo: U64, ahi: U64, blo: U64, bhi: U64) -> tuple[U64, U64, U64, U64]:
    """Floor and remainder of `t * a / b`, where `t <= b` and `a <= b` and `b > 0`.

    Returns `(q_lo, q_hi, r_lo, r_hi)`; `q <= min(t, a)` always fits.
    """
    if bhi == ZERO:
        plo, phi = tlo * alo, mulhi(tlo, alo)
        if phi == ZERO:
            q = plo // blo
            return q, ZERO, plo - q * blo, ZERO
        shift = _leading_zeros(blo)
        if shift != ZERO:
            phi = (phi << shift) | (plo >> (S64 - shift))
            plo <<= shift
        q, r = _div_2by1(phi, plo, blo << shift)
        return q, ZERO, r >> shift, ZERO
    return _muldiv_wide(tlo, thi, alo, ahi, blo, bhi)


@njit(cache=True)
def _muldiv_wide(
    tlo: U64, thi: U64, alo: U64, ahi: U64, blo: U64, bhi: U64
) -> tuple[U64, U64, U64, U64]:
    """`muldiv` for `b >= 2^64`: a 256-bit product over a 128-bit divisor."""
    if tlo == blo and thi == bhi:
        return alo, ahi, ZERO, ZERO
    if alo == blo and ahi == bhi:
        return tlo, thi, ZERO, ZERO
    p0, p1 = tlo * alo, mulhi(tlo, alo)
    p1, carry = add(p1, ZERO, tlo * ahi, ZERO)
    p2, p3 = add(mulhi(tlo, ahi), ZERO, carry, ZERO)
    p1, carry = add(p1, ZERO, thi * alo, ZERO)
    p2, p3 = add(p2, p3, carry, ZERO)
    p2, p3 = add(p2, p3, mulhi(thi, alo), ZERO)
    p2, p3 = add(p2, p3, thi * ahi, mulhi(thi, ahi))
    shift = _leading_zeros(bhi)
    if shift != ZERO:
        back = S64 - shift
        p3 = (p3 << shift) | (p2 >> back)
        p2 = (p2 << shift) | (p1 >> back)
        p1 = (p1 << shift) | (p0 >> back)
        p0 <<= shift
        bhi = (bhi << shift) | (blo >> back)
        blo <<= shift
    q1, rlo, rhi = _div_3by2(p3, p2, p1, bhi, blo)
    q0, rlo, rhi = _div_3by2(rhi, rlo, p0, bhi, blo)
    if shift != ZERO:
        rlo = (rlo >> shift) | (rhi << (S64 - shift))
        rhi >>= shift
    return q0, q1, rlo, rhi
