"""128-bit limbs against Python integers."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from stanch.model import int128

M = 1 << 128
WIDE = st.one_of(
    st.integers(0, M - 1),
    st.integers(0, 2**64 + 2),
    st.integers(0, 127).map(lambda n: 1 << n),
    st.integers(0, 127).map(lambda n: M - (1 << n)),
)


def limbs(value: int) -> tuple[np.uint64, np.uint64]:
    return np.uint64(value & (2**64 - 1)), np.uint64(value >> 64)


def whole(pair: tuple[int, int]) -> int:
    return int(pair[0]) | int(pair[1]) << 64


@given(WIDE, WIDE)
def test_add_sub_lt(a: int, b: int) -> None:
    assert whole(int128.add(*limbs(a), *limbs(b))) == (a + b) % M
    assert whole(int128.sub(*limbs(a), *limbs(b))) == (a - b) % M
    assert int128.lt(*limbs(a), *limbs(b)) == (a < b)


@settings(max_examples=2000, deadline=None)
@given(WIDE, WIDE, WIDE)
def test_muldiv_is_exact(x: int, y: int, z: int) -> None:
    t, a, b = sorted((x, y, z))[0], sorted((x, y, z))[1], max(x, y, z)
    if b == 0:
        return
    for one, other in ((t, a), (a, t), (b, a), (t, b), (b, b)):
        q0, q1, r0, r1 = int128.muldiv(*limbs(one), *limbs(other), *limbs(b))
        assert (whole((q0, q1)), whole((r0, r1))) == divmod(one * other, b)
