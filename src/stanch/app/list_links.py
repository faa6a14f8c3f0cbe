"""Which entries of a home's lists are one, found once for the versions in force and kept.

The links stand in `HOME/index/<state>/stanch-links@1/links.jsonl`, a line of JSON for each, where
the state is that of the versions in force: an import makes new ones and never spoils the old.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from stanch.app.csv_file import lines, whole_file
from stanch.app.home import home_at
from stanch.i18n import words
from stanch.model.hits import Evidence
from stanch.model.listed import Entry
from stanch.screening.linking import Link, Member, clusters, link
from stanch.store.home import Home
from stanch.store.index_folders import Built, opened
from stanch.store.list_version import json_bytes
from stanch.store.outdir import Kind

MARK: Final = "links.json"
LINES: Final = "links.jsonl"
FORMAT: Final = "stanch-links@1"
COLUMNS: Final = (
    "cluster",
    "verdict",
    "list_1",
    "entity_id_1",
    "name_1",
    "list_2",
    "entity_id_2",
    "name_2",
    "score",
    "points",
    "evidence",
)
_KIND: Final = Kind(MARK, "stanch-links", frozenset({MARK, LINES}))


@dataclass(frozen=True, slots=True)
class NamedLink:
    """A link, and the main name of each of the two."""

    link: Link
    names: tuple[str, str]


@dataclass(frozen=True, slots=True)
class ListLinks:
    """All links of the versions in force, and the clusters that they make."""

    links: tuple[NamedLink, ...]
    clusters: tuple[tuple[Member, ...], ...]

    def counts(self) -> list[tuple[str, str, int, int]]:
        """For each pair of lists how many links there are, and how many pairs held apart."""
        found: dict[tuple[str, str], list[int]] = {}
        for each in self.links:
            pair = (each.link.left.list, each.link.right.list)
            found.setdefault(pair, [0, 0])[not each.link.one] += 1
        return [(*pair, linked, apart) for pair, (linked, apart) in sorted(found.items())]

    def rows(self, language: str = "en") -> Iterator[tuple[str, ...]]:
        """A row for each link, as `COLUMNS` has them; a pair held apart has no cluster."""
        cluster_of = {member: at for at, group in enumerate(self.clusters, 1) for member in group}
        for each in self.links:
            found = each.link
            one = cluster_of.get(found.left)
            same = found.one and one is not None and one == cluster_of.get(found.right)
            yield (
                str(one) if same else "",
                _verdict(found, same),
                *found.left,
                each.names[0],
                *found.right,
                each.names[1],
                f"{found.score:.4f}",
                f"{found.points:.1f}",
                "; ".join(_said(evidence, language) for evidence in found.evidence),
            )


def list_links(home: Path | None) -> ListLinks:
    """The links of the versions in force; they are found where no earlier command has.

    Raises UsageError where there is no home, InputError where a list in it is damaged, OutputError
    where the links cannot be kept.
    """
    there = home_at(home)

    def write(partial: Path) -> None:
        found = _find(there)
        text = "".join(json.dumps(asdict(each), ensure_ascii=False) + "\n" for each in found)
        (partial / LINES).write_bytes(text.encode("utf-8", "backslashreplace"))
        (partial / MARK).write_bytes(json_bytes({"format": FORMAT, "links": len(found)}))

    built = Built(FORMAT, _KIND, write)
    with opened(there.index_dir, there.state_key(), built) as folder:
        lines = (folder / LINES).read_text("utf-8").split("\n")
    links = tuple(_read(json.loads(line)) for line in lines if line)
    return ListLinks(links, clusters(each.link for each in links))


def write_csv(found: ListLinks, out: Path, language: str = "en") -> None:
    """Write the rows to `out`, whole or not at all. Raises OutputError."""
    with whole_file(out) as draft:
        draft.write_bytes(lines([COLUMNS, *found.rows(language)]))


def _find(home: Home) -> list[NamedLink]:
    listed = [(each.list, entry) for each in home.current() for entry in each.entries()]
    names = {Member(name, entry.id): _name(entry) for name, entry in listed}
    return [NamedLink(each, (names[each.left], names[each.right])) for each in link(listed)]


def _name(entry: Entry) -> str:
    return entry.names[0].text if entry.names else entry.id


def _read(said: dict[str, Any]) -> NamedLink:
    one, other = said["names"]
    fields = said["link"]
    members = {side: Member(*fields[side]) for side in ("left", "right")}
    evidence = tuple(Evidence(**each) for each in fields["evidence"])
    return NamedLink(Link(**fields | members | {"evidence": evidence}), (one, other))


def _verdict(found: Link, same: bool) -> str:
    """`one`; `apart`; or `outdone`, where a stronger link has joined one of them elsewhere."""
    return "apart" if not found.one else "one" if same else "outdone"


def _said(evidence: Evidence, language: str) -> str:
    return f"{words(evidence, language)} ({evidence.points:+.1f})"
