"""Erase all that the log says of some subjects behind commitments; the log stays as it is."""

import re
from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection, select

from stanch.store.desk.commitments import erase
from stanch.store.desk.tables import log

_COMMITMENT: Final = re.compile(r'"(sha256:[0-9a-f]{64})"')


def forget(connection: Connection, subjects: Iterable[str]) -> int:
    """Erase the texts behind every commitment in the entries on `subjects`; returns how many."""
    gone = 0
    for subject in subjects:
        said = select(log.c.said).where(log.c.subject == subject)
        for text in connection.execute(said).scalars().all():
            gone += sum(erase(connection, made) for made in set(_COMMITMENT.findall(text)))
    return gone
