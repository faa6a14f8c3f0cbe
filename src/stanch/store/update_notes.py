"""What an update remembers of each list, so that what did not change is not read again.

HOME/updates/NAME.json says which version the update found or made, and what it was made from:
sizes and times of files, or what a server said. Losing it costs a second reading, nothing more.
"""

import json
import os
from dataclasses import dataclass
from typing import Any

from stanch.store.home import Home
from stanch.store.list_version import json_bytes


@dataclass(frozen=True, slots=True)
class UpdateNotes:
    """The notes in one home."""

    home: Home

    def made_from(self, name: str) -> Any:
        """What the version in force was made from; None unless the last update made or found it."""
        latest = self.home.latest(name)
        try:
            said = json.loads((self.home.folder / "updates" / f"{name}.json").read_bytes())
        except (OSError, ValueError):
            return None
        if not isinstance(said, dict) or latest is None or said.get("version") != latest.version:
            return None
        return said.get("from")

    def note(self, name: str, version: str, made_from: Any) -> None:
        """Remember what `version` was made from."""
        file = self.home.folder / "updates" / f"{name}.json"
        draft = file.with_name(f".{name}.{os.getpid()}.partial")
        file.parent.mkdir(exist_ok=True)
        draft.write_bytes(json_bytes({"version": version, "from": made_from}))
        draft.replace(file)
