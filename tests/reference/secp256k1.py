"""secp256k1 from its equation (SEC 2, 2.4.1), in affine integers: slow, without libsecp256k1."""

import hashlib

P = 2**256 - 2**32 - 977
ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141

Point = tuple[int, int] | None


def added(one: Point, two: Point) -> Point:
    if one is None or two is None:
        return two if one is None else one
    (x1, y1), (x2, y2) = one, two
    if x1 == x2 and (y1 + y2) % P == 0:
        return None
    slope = (
        3 * x1 * x1 * pow(2 * y1, -1, P) if one == two else (y2 - y1) * pow(x2 - x1, -1, P)
    ) % P
    x = (slope * slope - x1 - x2) % P
    return x, (slope * (x1 - x) - y1) % P


def times(point: Point, scalar: int) -> Point:
    found: Point = None
    while scalar:
        if scalar & 1:
            found = added(found, point)
        point, scalar = added(point, point), scalar >> 1
    return found


def on_curve(x: int, odd: int) -> Point:
    """The point with this x, or None."""
    square = (x**3 + 7) % P
    y = pow(square, (P + 1) // 4, P)
    if x >= P or y * y % P != square:
        return None
    return x, y if y % 2 == odd else P - y


def decoded(data: bytes) -> Point:
    return on_curve(int.from_bytes(data[1:], "big"), data[0] - 2)


def encoded(point: Point) -> bytes:
    assert point is not None
    return bytes([2 + point[1] % 2]) + point[0].to_bytes(32, "big")


def hashed(item: str) -> bytes:
    """The first hash of the item that is the x of a point, with its even y."""
    for attempt in range(256):
        data = b"stanch-common-point@1\0" + bytes([attempt]) + item.encode()
        point = on_curve(int.from_bytes(hashlib.sha256(data).digest(), "big"), 0)
        if point is not None:
            return encoded(point)
    raise AssertionError
