"""Where reading a collection stands: what to ask next, so that nothing is lost. Pure.

A *round* reads what was added since the last one, page by page. Within a round a server's own
`next` is followed while the chain holds; where it broke (a process died, an answer was lost, the
server forgot), the round goes on by time, from the newest object that came, once more: some
servers forget a page as soon as they have sent it. Objects that come twice are known by whoever
keeps them.

A round that brought something is followed by one that looks back a minute, since servers give one
time to many objects, or show an object later than its time says. One that brought nothing new
settles it.
"""

import json
from dataclasses import asdict, dataclass, fields, replace
from typing import Final

from stanch.client.taxii.dates import earlier, normal
from stanch.errors import UnreachableError

LIMIT: Final = 1000  # objects of a page, as asked; a server may give fewer
WIDEST: Final = 32_000  # of a page where more than that were added at one moment
LOOK_BACK: Final = 60  # seconds
LOOK_BACK_BY_CLOCK: Final = 300  # where only the server's clock is known, not when objects came


@dataclass(frozen=True, slots=True)
class Seen:
    """What a page said beside its objects. `last` is the newest time of addition on it, `clock` the
    server's own time; both normal, empty where it did not say. `mark` is the page's digest.
    """

    more: bool = False
    next: str = ""
    last: str = ""
    clock: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Cursor:
    """All times are normal texts, empty where there is none.

    `since`: where the round began. `by_time`: from where it goes on, where that is by time. `high`:
    the newest time of addition in this round; `top`: in all rounds. `clock`: the server's time as
    the round began. `every`: whether it lets all versions be asked for. `fresh`: whether the
    round brought something new.
    """

    since: str = ""
    next: str = ""
    by_time: str = ""
    high: str = ""
    top: str = ""
    clock: str = ""
    mark: str = ""
    limit: int = LIMIT
    every: bool = True
    fresh: bool = False
    under_way: bool = False

    def question(self) -> dict[str, str]:
        """The query of the next page."""
        asked = {"limit": str(self.limit)}
        if self.every:
            asked["match[version]"] = "all"
        if start := self.by_time or self.since:
            asked["added_after"] = start
        if self.next:
            asked["next"] = self.next
        return asked

    def resumed(self) -> "Cursor":
        """Where to go on when the chain of pages broke."""
        back = earlier(self.high, microseconds=1) if self.high else self.by_time
        return replace(self, next="", by_time=back, mark="")

    def after(self, page: Seen, new: int) -> "Cursor":
        """Where a page leaves us that brought `new` objects.

        Raises UnreachableError where the server leads in a circle, or says neither where nor from
        when it has more.
        """
        seen = replace(
            self,
            high=max(self.high, page.last),
            clock=self.clock or page.clock,
            fresh=self.fresh or new > 0,
            under_way=True,
        )
        if not page.more:
            return seen._settled()
        if page.next:
            if (page.next, page.mark) == (self.next, self.mark):
                raise UnreachableError("the server gives one page for ever: its list is a circle")
            return replace(seen, next=page.next, mark=page.mark)
        return seen._by_time(page)

    def text(self) -> str:
        """As a column keeps it."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def of(cls, text: str) -> "Cursor":
        """What a column kept; the beginning where it is empty."""
        said = json.loads(text) if text else {}
        return cls(**{each.name: said[each.name] for each in fields(cls) if each.name in said})

    def _by_time(self, page: Seen) -> "Cursor":
        if not page.last:
            raise UnreachableError("the server says that it has more, and not from where or when")
        start = earlier(page.last, microseconds=1)
        if start > (self.by_time or self.since):
            return replace(self, next="", by_time=start, mark="")
        if self.limit >= WIDEST:
            raise UnreachableError(
                f"more than {WIDEST:,} objects were added at one moment, and the server gives no "
                "way past them"
            )
        return replace(self, next="", limit=self.limit * 2, mark="")

    def _settled(self) -> "Cursor":
        top = max(self.top, self.high)
        since = earlier(top, seconds=LOOK_BACK) if top and self.fresh else top
        if not top and self.clock:
            since = earlier(self.clock, seconds=LOOK_BACK_BY_CLOCK)
        return Cursor(since=since or self.since, top=top, every=self.every)


def seen_of(said: dict[str, object], headers: dict[str, str], mark: str, clock: str) -> Seen:
    """What a page said, of the envelope's own properties and the answer's headers."""
    following = said.get("next")
    return Seen(
        more=said.get("more") is True,
        next=following if isinstance(following, str) else "",
        last=max(  # medallion names a page of one object by its first alone
            normal(headers.get(f"x-taxii-date-added-{which}")) for which in ("first", "last")
        ),
        clock=clock,
        mark=mark,
    )
