"""A member's own part of a ring: a key for this ring alone, and its points under it.

Both can be made before there is a ring, as each is used once: `prepare` leaves them beside the
version of the set, and the first ring that the set goes into takes them. Once the member was told,
they are removed.

    ring.json    the key, and of which version of which set it is
    points.bin   the set's points under it, rising
    order.bin    the place in items.txt of each
"""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from stanch.app.common.place import Place, read_json
from stanch.app.common.prepared import Prepared, Progress
from stanch.errors import InputError
from stanch.sharing.common import group, ring
from stanch.store.outdir import Kind, writing

FORMAT: Final = "stanch-common-ring@1"
_MARK: Final = "ring.json"
_KIND: Final = Kind(_MARK, "stanch-common-ring", frozenset({_MARK, "points.bin", "order.bin"}))


@dataclass(frozen=True, slots=True)
class Own:
    """The key of a member for a ring, its points under it, and which item each is."""

    key: bytes
    points: bytes
    order: npt.NDArray[np.intp]


def make_ahead(place: Place, ours: Prepared, progress: Progress) -> bool:
    """Make what the next ring with this version needs. False where it is there already."""
    spare = _spare(place, ours)
    if spare.exists():
        return False
    _make(spare, ours, progress)
    return True


def taken(place: Place, name: str, ours: Prepared, progress: Progress) -> Own:
    """What this member puts into a ring: made ahead or now, and kept until the ring is over."""
    there = place.private("rings", name)
    if there.exists() and not _is_of(there, ours):  # cut off before, with another set
        shutil.rmtree(there)
    if not there.exists():
        spare = _spare(place, ours)
        if spare.exists():
            spare.rename(there)
        else:
            _make(there, ours, progress)
    return own(place, name)


def own(place: Place, name: str) -> Own:
    """What was put into a ring. Raises InputError where it is gone or damaged."""
    folder = place.private("rings", name)
    try:
        key = bytes.fromhex(read_json(folder / _MARK, FORMAT)["key"])
        order = np.frombuffer((folder / "order.bin").read_bytes(), dtype="<i8")
        return Own(key, (folder / "points.bin").read_bytes(), order.astype(np.intp))
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(str(folder), "is missing or damaged: the ring cannot go on") from None


def remove(place: Place, name: str) -> None:
    """Forget the secrets of a ring that is over."""
    shutil.rmtree(place.private("rings", name), ignore_errors=True)


def _spare(place: Place, ours: Prepared) -> Path:
    return place.private("sets", ours.name, f"ring-v{ours.held.version}")


def _version(ours: Prepared) -> dict[str, object]:
    return {"series": ours.held.series, "version": ours.held.version}


def _is_of(folder: Path, ours: Prepared) -> bool:
    said = read_json(folder / _MARK, FORMAT)
    return {name: said.get(name) for name in ("series", "version")} == _version(ours)


def _make(out: Path, ours: Prepared, progress: Progress) -> None:
    key = group.new_scalar()
    total = ours.held.size
    points, order = ring.begun(ours.base, key, lambda done: progress("for a ring", done, total))
    with writing(out, _KIND) as folder:
        folder.chmod(0o700)
        said = {"format": FORMAT, "key": key.hex(), **_version(ours)}
        (folder / _MARK).write_text(json.dumps(said, sort_keys=True))
        (folder / "points.bin").write_bytes(points)
        (folder / "order.bin").write_bytes(order.astype("<i8").tobytes())
