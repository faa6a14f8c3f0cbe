"""Where what stands in a bundle of evidence."""

import re
from typing import Final

EVIDENCE: Final = "evidence.jws"  # the maker's signature over all that is listed
DIRECTORY: Final = "directory.json"  # versions of the directory, from the pinned one on
CASE: Final = "case.json"  # the case, what lies in it, and judgements
LOG: Final = "log.json"  # what the desk's log proves of them
_CUSTODY: Final = re.compile(r"custody/\d{3}\.jws")
_STAMP: Final = re.compile(r"stamps/([0-9a-f]{64})\.json")


def custody(n: int) -> str:
    """The entry with this number."""
    return f"custody/{n:03d}.jws"


def stamp(digest: str) -> str:
    """What a log proves of the signed text with this hash."""
    return f"stamps/{digest.removeprefix('sha256:')}.json"


def file(item: str) -> str:
    """The bytes of a file that lies in the case."""
    return f"files/{item}"


def trace(item: str, name: str) -> str:
    """A file of the folder of a trace."""
    return f"traces/{item}/{name}"


def given(item: str, sha256: str) -> str:
    """A label or seed file that a trace was made of, by its hash: names may be anything."""
    return f"inputs/{item}/{sha256}"


def is_custody(name: str) -> bool:
    """Whether a file is an entry of custody."""
    return _CUSTODY.fullmatch(name) is not None


def stamped(name: str) -> str | None:
    """The hash of which a file is the stamp; None where it is none."""
    found = _STAMP.fullmatch(name)
    return f"sha256:{found[1]}" if found else None


def is_signed_for(name: str) -> bool:
    """Whether a file must stand in the maker's list: all but what proves itself."""
    own = name in (EVIDENCE, DIRECTORY) or is_custody(name) or stamped(name) is not None
    return not own
