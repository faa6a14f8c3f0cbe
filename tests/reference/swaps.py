"""Slow, plain twin of a trace with swaps: every rule written out, no state shared with src.

A purse is `(account, asset)` and holds parts `[owner, amount]`, oldest first. A transaction is a
list of legs `(payer, payee, asset, amount)`. Seeds are `{purse: (incident, limit)}` from the
first row on; `stops` are accounts that keep what they get.
"""

from collections import Counter
from fractions import Fraction

from tests.reference.twins import PAY, claimed


class SwapTwin:
    def __init__(self, method, incidents, seeds, stops):
        self.pay, self.incidents = PAY[method], incidents
        self.seeds, self.stops = seeds, stops
        self.left = {purse: limit for purse, (_, limit) in seeds.items()}
        self.purse = {}
        self.stolen, self.gone, self.come = Counter(), Counter(), Counter()  # (incident, asset)
        self.row = 0
        self.flows = Counter()  # (row, incident): followed there
        self.new = Counter()  # (row, incident): the theft itself

    def run(self, transactions):
        for legs in transactions:
            parties = swappers(legs)
            if parties:
                self.exchange(legs, parties)
            else:
                for leg in legs:
                    self.transfer(leg)
                    self.row += 1
        return self

    def held(self):
        sums = Counter()
        for purse, parts in self.purse.items():
            for owner, part in parts:
                if owner is not None:
                    sums[purse, owner] += part
        return +sums

    # -- one leg

    def parts(self, purse):
        return self.purse.setdefault(purse, [])

    def claim(self, purse, parts, newest=False, note=None):
        """What a seed makes of clean money that it gets."""
        if purse not in self.seeds:
            return parts
        incident, limit = self.seeds[purse]
        room = sum(a for _, a in parts) if limit is None else self.left[purse]
        parts, got = claimed(parts, incident, room, newest)
        if limit is not None:
            self.left[purse] -= got
        self.stolen[incident, purse[1]] += got
        if note is not None:
            self.new[note, incident] += got
        return parts

    def take(self, purse, amount):
        if purse[0] in self.stops:
            return [[None, amount]]
        missing = amount - sum(a for _, a in self.parts(purse))
        if missing > 0:
            self.purse[purse] = self.claim(purse, [[None, missing]]) + self.parts(purse)
        return self.pay(self.parts(purse), amount, self.incidents)

    def put(self, purse, parts):
        stop = purse[0] in self.stops
        self.purse[purse] = self.parts(purse) + [
            [o, a] for o, a in parts if a and (o is not None or not stop)
        ]

    def tell(self, parts):
        for owner, part in parts:
            if owner is not None:
                self.flows[self.row, owner] += part

    def transfer(self, leg):
        src, dst, asset, amount = leg
        if src != dst:
            parts = self.take((src, asset), amount)
            self.tell(parts)
            self.put((dst, asset), self.claim((dst, asset), parts, note=self.row))

    # -- a swap

    def exchange(self, legs, parties):
        net = nets(legs)
        pots, clean, first = {}, {}, self.row
        for src, dst, asset, amount in legs:
            settled_later = dst in parties and net[dst, asset] != 0
            if src == dst and (settled_later or (src in parties and net[src, asset] < 0)):
                pass
            elif src in parties and net[src, asset] < 0:
                parts = self.take((src, asset), amount)
                self.tell(parts)
                pots.setdefault((src, asset), []).extend(parts)
                clean[self.row] = amount
                income = [[None, amount]]
                if not settled_later:
                    income = self.claim((dst, asset), income, note=self.row)
                self.put((dst, asset), income)
            elif settled_later:
                parts = self.take((src, asset), amount)
                self.tell(parts)
                clean[self.row] = sum(a for o, a in parts if o is None)
                self.put((dst, asset), parts)
            else:
                self.transfer((src, dst, asset, amount))
            self.row += 1
        for party in sorted(parties):
            self.settle(party, (legs, net, first), pots, clean)

    def settle(self, party, transaction, pots, clean):
        legs, net, first = transaction
        shares = []
        for account, asset in sorted(pots):
            if account != party:
                continue
            parts = pots[account, asset]
            given, really = sum(a for _, a in parts), -net[account, asset]
            stolen = by_owner(parts)
            rows = receipts(legs, first, (party, asset))
            for k, part in largest_remainder(stolen, Fraction(given - really, given)).items():
                stolen[k] -= self.mark((party, asset), k, part, (rows, clean))
            for k, part in stolen.items():
                self.gone[k, asset] += part
            shares.append({k: Fraction(part, really) for k, part in stolen.items()})
        for asset in sorted(asset for account, asset in net if account == party):
            gained = net[party, asset]
            if gained <= 0:
                continue
            rows = receipts(legs, first, (party, asset))
            mean = Counter()
            for share in shares:
                for k, part in share.items():
                    mean[k] += part / len(shares)
            done = 0
            for k, part in largest_remainder(mean, Fraction(gained)).items():
                got = self.mark((party, asset), k, part, (rows, clean))
                self.come[k, asset] += got
                done += got
            self.income((party, asset), gained - done, (rows, clean))

    def income(self, purse, amount, where):
        if purse in self.seeds:
            incident, limit = self.seeds[purse]
            room = amount if limit is None else min(amount, self.left[purse])
            got = self.mark(purse, incident, room, where, new=True)
            self.stolen[incident, purse[1]] += got
            if limit is not None:
                self.left[purse] -= got

    def mark(self, purse, incident, amount, where, new=False):
        rows, clean = where
        amount = min(amount, sum(clean[row] for row in rows))
        if not amount:
            return 0
        if purse[0] in self.stops:
            self.purse[purse] = [*self.parts(purse), [incident, amount]]
        else:
            self.purse[purse], amount = claimed(self.parts(purse), incident, amount, True)
        left = amount
        for row in rows:
            part = min(left, clean[row])
            clean[row] -= part
            left -= part
            (self.new if new else self.flows)[row, incident] += part
        return amount


def nets(legs):
    net = Counter()
    for src, dst, asset, amount in legs:
        net[src, asset] -= amount
        net[dst, asset] += amount
    return net


def swappers(legs):
    net = nets(legs)
    gave = {account for (account, _), amount in net.items() if amount < 0}
    return gave & {account for (account, _), amount in net.items() if amount > 0}


def receipts(legs, first, purse):
    return [
        first + i for i, (src, dst, asset, _) in enumerate(legs)
        if (dst, asset) == purse and src != dst
    ]  # fmt: skip


def by_owner(parts):
    sums = Counter()
    for owner, part in parts:
        if owner is not None:
            sums[owner] += part
    return dict(sorted(sums.items()))


def largest_remainder(parts, factor):
    """Whole units of `part * factor` for each owner, by largest remainder, ties by owner."""
    exact = {k: part * factor for k, part in sorted(parts.items())}
    units = {k: int(value) for k, value in exact.items()}
    over = int(sum(exact.values())) - sum(units.values())
    for k in sorted(exact, key=lambda k: (units[k] - exact[k], k))[:over]:
        units[k] += 1
    return units
