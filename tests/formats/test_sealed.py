"""What is sealed opens for one purpose, bound to the same texts, and at the same desk alone."""

import pytest

from stanch.formats.sealed import Seal

SEED, SECRET = bytes(range(32)), b"kim:hunter2"


def test_it_opens_where_it_was_sealed() -> None:
    sealed = Seal.of(SEED, "a").close(SECRET, "link-1", "https://x/")
    assert SECRET not in sealed
    assert Seal.of(SEED, "a").open(sealed, "link-1", "https://x/") == SECRET
    assert repr(Seal.of(SEED, "a")) == "Seal()"


@pytest.mark.parametrize(
    ("seed", "purpose", "bound"),
    [
        (bytes(32), "a", ("link-1", "https://x/")),
        (SEED, "b", ("link-1", "https://x/")),
        (SEED, "a", ("link-2", "https://x/")),
        (SEED, "a", ("link-1", "https://y/")),
        (SEED, "a", ("link-1https://x/",)),
        (SEED, "a", ()),
    ],
)
def test_it_opens_for_nothing_else(seed: bytes, purpose: str, bound: tuple[str, ...]) -> None:
    sealed = Seal.of(SEED, "a").close(SECRET, "link-1", "https://x/")
    with pytest.raises(ValueError, match="not sealed by this desk"):
        Seal.of(seed, purpose).open(sealed, *bound)
    with pytest.raises(ValueError, match="not sealed by this desk"):
        Seal.of(SEED, "a").open(bytes([sealed[0] ^ 1]) + sealed[1:], "link-1", "https://x/")
