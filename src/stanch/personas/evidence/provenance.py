"""What a picture's own record says of how it was made: generated, or edited (indicators 46, 47).

Reads content credentials (C2PA) where a picture has them. That it was generated is worth 3 bits, if
the record fits the picture's bytes; that it was edited is context and worth nothing, since phones
and retouching do it. A picture without a record says nothing: most tools strip them. Stated, not
learned; real pictures and drawn avatars both carry such records.

False positives: avatars for privacy, filters of phones. A mark raises the priority of a review and
ties nobody.
"""

import json
from collections.abc import Iterator
from typing import Final

from stanch.model.personas import kinds
from stanch.personas.evidence.mark import Mark
from stanch.personas.evidence.sight import Sight

NAME: Final = "provenance@1"
GENERATED: Final = 3_000_000  # microbits


def find(sight: Sight) -> Iterator[Mark]:
    """Marks of records, in their order."""
    near = sight.near(kinds.PROVENANCE)
    generated: dict[int, bool] = {}
    edited: dict[int, bool] = {}
    for record, value in zip(near.record.tolist(), near.value, strict=True):
        said = json.loads(value)
        sure = bool(said.get("generated")) and bool(said.get("holds"))
        generated[record] = generated.get(record, False) or sure
        edited[record] = edited.get(record, False) or bool(said.get("edited"))
    for record in sorted(generated):
        if generated[record] or edited[record]:
            numbers = {"generated": int(generated[record]), "edited": int(edited[record])}
            yield Mark(record, NAME, GENERATED if generated[record] else 0, numbers)
