"""The twin of `screening.watch`: rows in a list, every query a walk over all of them."""

from dataclasses import dataclass, field

from stanch.model.watched import Ended, Finding, Kind, Watched


@dataclass
class PlainWatch:
    """`rows` as they were given; `audiences` by number: member ids, or "all"."""

    audiences: dict[int, set[str] | str]
    rows: list[Watched] = field(default_factory=list)

    def change(self, added: list[Watched], ended: list[Ended]) -> None:
        self.rows = [row for row in self.rows if not any(_ends(each, row) for each in ended)]
        self.rows += added

    def look_up(self, account: str, member: str, exposures: bool) -> tuple[Finding, ...]:
        chain, address = _parts(account)
        found = set()
        for row in self.rows:
            on, at = _parts(row.account)
            if at.lower() != address.lower() or (chain and on and chain != on):
                continue
            members = self.audiences[row.audience]
            if not member or (members != "all" and member not in members):
                continue
            if row.kind != Kind.EXPOSURE or exposures:
                found.add(Finding(row.kind, row.reference, on, row.hop, row.asset, row.amount))
        return tuple(sorted(found))


def _ends(ended: Ended, row: Watched) -> bool:
    if (ended.kind, ended.reference) != (row.kind, row.reference):
        return False
    chain, address = _parts(ended.account)
    on, at = _parts(row.account)
    return not ended.account or (chain == on and address.lower() == at.lower())


def _parts(account: str) -> tuple[str, str]:
    *chain, address = account.split(":")
    return ":".join(chain), address
