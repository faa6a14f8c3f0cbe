"""Slow, plain twins of the methods: every unit of money written out, no state shared with src.

A purse is a list of parts `[owner, amount]`, oldest first; owner is an incident or None. A trace
is a list of `(row, {incident: amount})`, and what each purse holds at the end. Seeds are
`{purse: (incident, limit)}` from the first row on; stops keep what they get.
"""

from fractions import Fraction


class Claims:
    """What the seeds may still claim, and what they claimed: `{purse: (incident, limit)}`."""

    def __init__(self, seeds):
        self.seeds = seeds
        self.left = {purse: limit for purse, (_, limit) in seeds.items()}
        self.stolen = 0

    def of(self, purse, parts, newest=False):
        """The parts once a seed at `purse` has turned clean ones into stolen ones."""
        if purse not in self.seeds:
            return parts
        incident, limit = self.seeds[purse]
        room = sum(a for _, a in parts) if limit is None else self.left[purse]
        parts, got = claimed(parts, incident, room, newest)
        self.stolen += got
        if limit is not None:
            self.left[purse] -= got
        return parts


def claimed(parts, incident, room, newest):
    """Turn up to `room` of clean parts into stolen ones; the parts, and how much it was."""
    out, got = [], 0
    for owner, part in reversed(parts) if newest else parts:
        take = min(part, room - got) if owner is None else 0
        got += take
        out += [[incident, take], [owner, part - take]]
    return (list(reversed(out)) if newest else out), got


def trace(method, rows, purses, incidents, seeds, stops, opening):
    """Run `method` over rows of (from, to, amount); see the module text for what comes back."""
    purse = {p: ([[None, opening[p]]] if opening.get(p) else []) for p in range(purses)}
    claims = Claims(seeds)
    for p, (_, limit) in seeds.items():
        if limit is not None:
            purse[p] = claims.of(p, purse[p], newest=True)
    flows = []
    for i, (src, dst, amount) in enumerate(rows):
        if src == dst:
            continue
        if src in stops:
            parts = [[None, amount]]
        else:
            unseen = max(0, amount - sum(a for _, a in purse[src]))
            purse[src] = claims.of(src, [[None, unseen]]) + purse[src]
            parts = PAY[method](purse[src], amount, incidents)
        if any(owner is not None for owner, _ in parts):
            flows.append((i, _sums(parts)))
        parts = claims.of(dst, parts)
        purse[dst] = purse[dst] + [[o, a] for o, a in parts if o is not None or dst not in stops]
    held = {(p, k): a for p, parts in purse.items() for k, a in _sums(parts).items() if a}
    return flows, held, claims.stolen


def _sums(parts):
    """Stolen money among the parts, by incident."""
    sums = {}
    for owner, part in parts:
        if owner is not None:
            sums[owner] = sums.get(owner, 0) + part
    return sums


def pay_fifo(parts, amount, _):
    paid = []
    while amount:
        owner, part = parts[0]
        take = min(part, amount)
        paid.append([owner, take])
        amount -= take
        parts[0][1] -= take
        if not parts[0][1]:
            parts.pop(0)
    return paid


def pay_lifo(parts, amount, _):
    parts.reverse()
    paid = pay_fifo(parts, amount, _)
    parts.reverse()
    return paid


def pay_haircut(parts, amount, incidents):
    """Exact shares as fractions, floored in total, by largest remainder between incidents."""
    held = [sum(a for o, a in parts if o == k) for k in range(incidents)]
    balance = sum(a for _, a in parts)
    if not amount:
        return []
    share = Fraction(amount, balance)
    exact = [h * share for h in held]
    moved = [int(e) for e in exact]
    order = sorted(range(incidents), key=lambda k: (moved[k] - exact[k], k))
    for k in order[: int(sum(held) * share) - sum(moved)]:
        moved[k] += 1
    rest = [[k, held[k] - moved[k]] for k in range(incidents)]
    clean = balance - sum(held)
    parts[:] = [*rest, [None, clean - (amount - sum(moved))]]
    return [*([k, moved[k]] for k in range(incidents)), [None, amount - sum(moved)]]


PAY = {"fifo@1": pay_fifo, "lifo@1": pay_lifo, "haircut@1": pay_haircut}
