"""A signed snapshot of what one recipient may hold, to screen addresses without a server.

One file: a line with a JWS of the desk (`header`), then the rows it vouches for (`body`). `write`
makes one, `Snapshot.open` proves one whole and meant for whoever opens it, before a row is read.
"""

from stanch.formats.snapshot.header import TYP, Header, accept
from stanch.formats.snapshot.read import Opening, Snapshot, screen
from stanch.formats.snapshot.write import Issue, write

__all__ = ["TYP", "Header", "Issue", "Opening", "Snapshot", "accept", "screen", "write"]
