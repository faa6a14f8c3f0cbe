"""Label files as TAGS: TagPacks, label tables and lists of sanctioned addresses.

`read` takes one path that the user gave; `pipeline.labels` reads them all.
"""

from stanch.sources.labels.reader import Reading, files_of, read
from stanch.sources.labels.tag_rows import TagRows

__all__ = ["Reading", "TagRows", "files_of", "read"]
