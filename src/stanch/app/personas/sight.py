"""An intake as evidence looks at it: arrays, read when they are asked for."""

from pathlib import Path

import numpy as np

from stanch.app.personas.intake import Intake
from stanch.app.personas.services import services_of
from stanch.model.personas import kinds
from stanch.personas.evidence.sight import Keys, Near, Paid, Sight, keys_of, near_of


def sight_of(intake: Intake, labels: tuple[Path, ...] = ()) -> Sight:
    """What linking sees of an intake; accounts that `labels` call services tie nobody.

    Raises UsageError and InputError as the reader of labels does.
    """
    held: dict[str, Keys] = {}

    def keys(kind: str) -> Keys:
        if kind in (kinds.LINE, kinds.PASSAGE):
            return keys_of(intake.keys_of((kind,)))  # the large ones are not kept
        if kind not in held:
            held[kind] = keys_of(intake.keys_of((kind,)))
        return held[kind]

    def near(kind: str) -> Near:
        return near_of(intake.opened((kind,)))

    paid = intake.paid
    services = np.array(intake.key_of(kinds.WALLET, services_of(labels)), dtype=np.uint64)
    known = Paid(paid["src"].to_numpy(), paid["dst"].to_numpy(), services)
    return Sight(len(intake.records), keys, near, known)
