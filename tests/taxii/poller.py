"""Who polls a collection, and who writes into it meanwhile."""

import contextlib
import json
import time
from collections import Counter
from typing import Any

import httpx

from tests.taxii.house import MEDIA, House
from tests.taxii.objects import indicator

BATCHES, SIZE = 8, 25


class Poller:
    """A client that remembers when the last object that it has was added, and nothing else."""

    def __init__(self, house: House, collection: str) -> None:
        self.house, self.path = house, f"collections/{collection}/objects/"
        self.after = "1970-01-01T00:00:00Z"
        self.found: Counter[str] = Counter()

    def poll(self) -> int:
        """All pages there are now; returns how many objects came."""
        came, next = 0, ""
        while True:
            path = f"{self.path}?limit=7&added_after={self.after}{next}"
            answer = self.house.ask("upbeat", "GET", path)
            assert answer.status_code == 200, answer.text
            page = answer.json()
            for each in page.get("objects", ()):
                self.found[each["id"]] += 1
                came += 1
            last = answer.headers.get("x-taxii-date-added-last", self.after)
            if not page.get("more"):
                self.after = last
                return came
            if came % 2:  # once by the cursor, once by the time
                next = f"&next={page['next']}"
            else:
                next, self.after = "", last


def write(house: House, collection: str, from_: int, taken: list[str]) -> None:
    """Post batch after batch; one whose answer was lost is posted again, and is the same."""
    for batch in range(BATCHES):
        first = from_ + batch * SIZE
        objects: list[Any] = [indicator(number) for number in range(first, first + SIZE)]
        body = json.dumps({"objects": objects})
        for _ in range(200):
            with contextlib.suppress(httpx.HTTPError):
                path = f"collections/{collection}/objects/"
                headers = {"Content-Type": MEDIA}
                answer = house.ask("kr", "POST", path, content=body, headers=headers)
                if answer.status_code == 202:
                    break
            time.sleep(0.05)
        taken += [each["id"] for each in objects]
