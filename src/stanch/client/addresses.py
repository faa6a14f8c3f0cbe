"""The form in which snapshots know an address: lower case, and nothing around it.

Letters are folded for every chain, as the desk does: to find a Base58 address that differs from a
watched one in nothing but case takes more tries than to break a key. Checksums are not asked for;
an address that somebody mistyped is no reason to let one pass that is watched.
"""

import re
from typing import Final

from stanch.formats.addresses import NAMESPACES, normalise

_AROUND: Final = re.compile(r"[\s\-._:,'\"]+")
_SHAPE: Final = re.compile(r"[a-z0-9]{24,128}")
_XDC: Final = re.compile(r"xdc([0-9a-f]{40})")


def normal_form(text: str) -> str:
    """The form that is looked up; empty where it can be no address.

    >>> normal_form(" 0x098B716B8Aaf21512996dC57EB0615e2383E2f96 ")
    '0x098b716b8aaf21512996dc57eb0615e2383e2f96'
    """
    bare = text.strip()
    for namespace in NAMESPACES[:2]:  # in hex, Tron's forms are the desk's own to tell
        try:
            bare = normalise(namespace, bare)
            break
        except ValueError:
            continue
    form = _AROUND.sub("", bare).lower()
    if not _SHAPE.fullmatch(form):
        return ""
    return _XDC.sub(r"0x\1", form)
