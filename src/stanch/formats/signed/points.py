"""Whether 32 bytes are a public key of Ed25519 at all (RFC 8032, section 5.1.3).

Refused are y of p or more, an x that does not exist, and the points of small order: under such a
key one signature holds for many messages, and nobody has the private key. Plain integers are fast
enough, and nothing here is secret.
"""

from typing import Final

P: Final = 2**255 - 19
D: Final = -121665 * pow(121666, -1, P) % P
ORDER: Final = 2**252 + 27742317777372353535851937790883648493  # of the base point, called L
_ROOT: Final = pow(2, (P - 1) // 4, P)  # a square root of -1

Point = tuple[int, int]


def decompressed(raw: bytes) -> Point | None:
    """The point that 32 bytes name, or None where they name none in the one way allowed."""
    if len(raw) != 32:
        return None
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * _ROOT % P
    if x * x % P != square or (x == 0 and sign):
        return None
    return (P - x if x & 1 != sign else x), y


def is_key(raw: bytes) -> bool:
    """Whether `raw` is a point not of small order: eight times it is not the neutral one."""
    point = decompressed(raw)
    for _ in range(3):
        point = None if point is None else _doubled(point)
    return point is not None and point != (0, 1)


def _doubled(point: Point) -> Point:
    """RFC 8032, section 5.1: the sum of a point and itself. The divisors are never zero."""
    x, y = point
    turn = D * x * x * y * y % P
    return (
        2 * x * y * pow(1 + turn, -1, P) % P,
        (y * y + x * x) * pow(1 - turn, -1, P) % P,
    )
