"""Whatever byte of a bundle is changed or cut off: it is refused, or proves the same."""

import io

from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.formats.evidence.packed import DESK_KEY, bundle
from tests.formats.signed.tiny import PIN

from stanch.errors import SignatureError
from stanch.formats.evidence import archive
from stanch.formats.evidence.archive import Archive
from stanch.formats.evidence.proof import prove


def _written() -> bytes:
    stream = io.BytesIO()
    archive.write(stream, bundle())
    return stream.getvalue()


WHOLE = _written()


def proves(data: bytes) -> str | None:
    """The hash of the evidence that is proved; None where the bundle is refused."""
    try:
        found = prove(Archive(io.BytesIO(data)), (PIN,), (DESK_KEY.public,))
    except SignatureError:
        return None
    assert found.logged == 3
    assert all(found.stamps.values())
    return f"{found.digest} {found.held}"


TRUE = proves(WHOLE)


@settings(max_examples=150)
@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
@example(0, 1)
@example(len(WHOLE) - 1, 255)
def test_a_byte_that_is_changed(at, by):
    data = bytearray(WHOLE)
    data[at] ^= by
    assert proves(bytes(data)) in (None, TRUE)


@settings(max_examples=30)
@given(st.integers(0, len(WHOLE) - 1), st.binary(max_size=20))
def test_a_bundle_that_is_cut_or_went_on(at, more):
    assert TRUE is not None
    assert proves(WHOLE[:at]) is None
    assert proves(WHOLE + more) in (None, TRUE)
    assert proves(WHOLE[at:]) in (None, TRUE)
    assert proves(more) is None
