"""Slow, plain twins of the methods: every unit of money written out, no state shared with src.

A purse is a list of parts `[owner, amount]`, oldest first; owner is an incident or None. A trace
is a list of `(row, {incident: amount})`, and what each purse holds at the end. Seeds are
`{purse: (incident, limit)}` from the first row on; stops keep what they get.
"""

from fractions import Fraction


def trace(method, rows, purses, incidents, seeds, stops, opening):
    """Run `method` over rows of (from, to, amount); see the module text for what comes back."""
    purse = {p: ([[None, opening[p]]] if opening.get(p) else []) for p in range(purses)}
    left = {p: limit for p, (_, limit) in seeds.items()}
    stolen = 0
    for p, (incident, limit) in seeds.items():
        if limit is not None:
            purse[p], got = _claim(purse[p], incident, limit, newest=True)
            left[p] -= got
            stolen += got
    flows = []
    for i, (src, dst, amount) in enumerate(rows):
        if src == dst:
            continue
        missing = 0 if src in stops else amount - sum(a for _, a in purse[src])
        if missing > 0:
            unseen = [[None, missing]]
            if src in seeds:
                incident, limit = seeds[src]
                unseen, got = _claim(
                    unseen, incident, missing if limit is None else left[src], False
                )
                stolen += got
                if limit is not None:
                    left[src] -= got
            purse[src] = unseen + purse[src]
        parts = [[None, amount]] if src in stops else PAY[method](purse[src], amount, incidents)
        moved = {}
        for owner, part in parts:
            if owner is not None:
                moved[owner] = moved.get(owner, 0) + part
        if moved:
            flows.append((i, moved))
        if dst in seeds:
            incident, limit = seeds[dst]
            room = amount if limit is None else left[dst]
            parts, got = _claim(parts, incident, room, newest=False)
            stolen += got
            if limit is not None:
                left[dst] -= got
        kept = [[o, a] for o, a in parts if o is not None] if dst in stops else parts
        purse[dst] = purse[dst] + kept
    held = {}
    for p, parts in purse.items():
        for owner, part in parts:
            if owner is not None and part:
                held[p, owner] = held.get((p, owner), 0) + part
    return flows, held, stolen


def _claim(parts, incident, room, newest):
    """Turn up to `room` of clean parts into stolen ones."""
    out, got = [], 0
    for owner, part in reversed(parts) if newest else parts:
        take = min(part, room - got) if owner is None else 0
        got += take
        out += [[incident, take], [owner, part - take]]
    return (list(reversed(out)) if newest else out), got


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
