"""Slow, plain twin of `affinity@1`, written from the words of docs/affinity.md.

Everything is searched anew where it is needed: a purse is one list of lots, pairs are found by
trying all candidates. One asset, no swaps, no limits. Owners are CLEAN, incidents 0..n-1, and n..
for money that is only inferred to be theirs.
"""

from dataclasses import dataclass, field

CLEAN = -1


@dataclass
class Ledger:
    """Rows (from, to, amount), the transaction of each, and the purses that earn fees."""

    rows: list[tuple[int, int, int]]
    tx: list[int]
    fees: set[int]
    opening: dict[int, int]

    def own(self, purse):
        """Row numbers of a purse that move anything."""
        return [i for i, (s, d, a) in enumerate(self.rows) if purse in (s, d) and s != d and a]

    def income(self, purse):
        return [(i, self.rows[i][2]) for i in self.own(purse) if self.rows[i][1] == purse]

    def payments(self, purse):
        return [
            i
            for i in self.own(purse)
            if self.rows[i][0] == purse and self.rows[i][1] not in self.fees
        ]

    def fee_rows(self, purse, payment):
        """Fees that count with a payment: those of its transaction, if it is the first of it."""
        same = [i for i in self.payments(purse) if self.tx[i] == self.tx[payment]]
        if same[0] != payment:
            return []
        return [
            i
            for i, (src, dst, _) in enumerate(self.rows)
            if src == purse and dst in self.fees and self.tx[i] == self.tx[payment]
        ]

    def spending(self, purse):
        return [
            (i, self.rows[i][2] + sum(self.rows[f][2] for f in self.fee_rows(purse, i)))
            for i in self.payments(purse)
        ]


@dataclass
class Plan:
    """Pairs of a purse as (rows of income, rows of payments)."""

    pairs: list[tuple[list[int], list[int]]] = field(default_factory=list)

    def taken(self):
        return {row for pair in self.pairs for side in pair for row in side}

    def of(self, row):
        return next((n for n, pair in enumerate(self.pairs) if row in pair[0] + pair[1]), None)


def nearest(total, room, legs):
    """The leg nearest to `total` within `room`: then the smaller, then the first of `legs`."""
    fit = [leg for leg in legs if abs(leg[1] - total) <= room]
    return min(fit, key=lambda leg: (abs(leg[1] - total), leg[1]), default=None)


def plan_of(ledger, purse):
    plan = Plan()
    income, spending = ledger.income(purse), ledger.spending(purse)
    groups = {}
    for row, size in spending:
        groups.setdefault(ledger.rows[row][1:], []).append((row, size))
    for (_, note), group in groups.items():
        total = sum(size for _, size in group)
        fit = [
            (amount, -row)
            for row, amount in income
            if row not in plan.taken() and row < group[0][0] and total <= amount < total + note
        ]
        if len(group) >= 3 and fit:
            plan.pairs.append(([-min(fit)[1]], [row for row, _ in group]))
    for row, size in spending:
        if row in plan.taken():
            continue
        before = [leg for leg in reversed(income) if leg[0] < row and leg[0] not in plan.taken()]
        if found := nearest(size, 3 * size // 1000, before):
            plan.pairs.append(([found[0]], [row]))
    for width in (2, 3, 4):
        split(plan, income, spending, width)
        merge(plan, income, spending, width)
    return plan


def split(plan, income, spending, width):
    free = [leg for leg in spending if leg[0] not in plan.taken()]
    at = 0
    while at + width <= len(free):
        run = free[at : at + width]
        total = sum(size for _, size in run)
        legs = [x for x in reversed(income) if x[0] < run[0][0] and x[0] not in plan.taken()]
        found = nearest(total, total // 1000, legs)
        if found:
            plan.pairs.append(([found[0]], [row for row, _ in run]))
        at += width if found else 1


def merge(plan, income, spending, width):
    free = [leg for leg in income if leg[0] not in plan.taken()]
    end = len(free)
    while end >= width:
        run = free[end - width : end]
        total = sum(amount for _, amount in run)
        legs = [x for x in spending if x[0] > run[-1][0] and x[0] not in plan.taken()]
        found = nearest(total, total // 1000, legs)
        if found:
            plan.pairs.append(([row for row, _ in run], [found[0]]))
        end -= width if found else 1


class Purse:
    """One list of lots [owner, amount, pair or None], in the order in which they were put."""

    def __init__(self, ledger, purse):
        self.ledger, self.purse, self.plan = ledger, purse, plan_of(ledger, purse)
        self.lots, self.habit = [], {}
        self.unseen, self.inferred = ledger.opening.get(purse, 0), 0

    def pair_of(self, row):
        if self.ledger.rows[row][0] == self.purse and self.ledger.rows[row][1] in self.ledger.fees:
            for payment in self.ledger.payments(self.purse):
                if row in self.ledger.fee_rows(self.purse, payment):
                    return self.plan.of(payment)
            return None
        return self.plan.of(row)

    def receive(self, row, pieces):
        self.lots += [[owner, amount, self.plan.of(row)] for owner, amount in pieces if amount]

    def draw(self, need, want, pieces):
        for lot in reversed([lot for lot in self.lots if want(lot)]):
            part = min(need, lot[1])
            lot[1] -= part
            need -= part
            if part:
                pieces.append((lot[0], part))
        self.lots = [lot for lot in self.lots if lot[1]]
        return need

    def pay(self, row):
        """The pieces of a payment, and its shortfall."""
        _, recipient, amount = self.ledger.rows[row]
        pair, pieces, left = self.pair_of(row), [], amount
        usual = self.habit.get((recipient, amount))
        if pair is not None:
            left = self.draw(left, lambda lot: lot[2] == pair, pieces)
        elif usual is not None:
            left = self.draw(left, lambda lot: lot[2] is None and lot[0] == usual, pieces)
        left = self.draw(left, lambda lot: lot[2] is None, pieces)
        short = min(left, self.unseen)
        self.unseen -= short
        left -= short
        while left and self.lots:
            pairs = list(dict.fromkeys(lot[2] for lot in self.lots))  # by their first lot
            left = self.draw(left, lambda lot, last=pairs[-1]: lot[2] == last, pieces)
        return pieces, short

    def close(self, row, pieces):
        _, recipient, amount = self.ledger.rows[row]
        if amount and recipient not in self.ledger.fees:
            sums = {CLEAN: 0}
            for owner, part in pieces:
                sums[owner] = sums.get(owner, 0) + part
            self.habit[recipient, amount] = min(sums, key=lambda owner: (-sums[owner], owner))
        pair = self.plan.of(row)
        if pair is not None and row == max(self.plan.pairs[pair][1]):
            rest = [[owner, part, None] for owner, part, of in self.lots if of == pair]
            self.lots = [lot for lot in self.lots if lot[2] != pair] + rest


class Trip:
    """One walk. `moved` is row -> {owner: amount}, before seeds claim what arrives."""

    def __init__(self, ledger, incidents, seeds, stops, first=None):
        self.ledger, self.incidents, self.seeds, self.stops = ledger, incidents, seeds, stops
        self.first, self.purses, self.moved, self.absorbed = first, {}, {}, {}
        self.got, self.covered = {}, {}
        for row in range(len(ledger.rows)):
            for purse in sorted(p for p, (_, start) in seeds.items() if start == row):
                self.open(purse, row)
            self.step(row)

    def step(self, row):
        src, dst, amount = self.ledger.rows[row]
        if src == dst:
            return
        pieces = [(CLEAN, amount)]
        if src in self.purses:
            self.fund(src, row)
            pieces = self.pay(src, row)
        sums = {}
        for owner, part in pieces:
            if owner != CLEAN:
                sums[owner] = sums.get(owner, 0) + part
        if sums:
            self.moved[row] = sums
        if self.active(dst, row):
            mine = self.seeds[dst][0]
            pieces = [(o if 0 <= o < self.incidents else mine, a) for o, a in pieces]
        stolen = [(owner, part) for owner, part in pieces if owner != CLEAN and part]
        if dst in self.stops:
            for owner, part in stolen:
                self.absorbed[dst, owner] = self.absorbed.get((dst, owner), 0) + part
            return
        if stolen:
            self.open(dst, row)
        if dst in self.purses:
            for owner, part in stolen:
                if owner < self.incidents:
                    sums = self.got.setdefault(dst, {})
                    sums[owner] = sums.get(owner, 0) + part
            self.purses[dst].receive(row, pieces)

    def active(self, purse, row):
        return purse in self.seeds and self.seeds[purse][1] <= row

    def fund(self, src, row):
        """What a seed pays beyond all that it has is its stolen money, and lies on top."""
        purse = self.purses[src]
        lacks = self.ledger.rows[row][2] - purse.unseen - sum(lot[1] for lot in purse.lots)
        if lacks > 0:
            assert self.active(src, row), "an opening is too small"
            purse.lots.append([self.seeds[src][0], lacks, None])

    def open(self, purse, before):
        if purse in self.purses:
            return
        state = self.purses[purse] = Purse(self.ledger, purse)
        for row in self.ledger.own(purse):
            if row < before and self.ledger.rows[row][0] == purse:
                state.close(row, state.pay(row)[0])
            elif row < before:
                state.receive(row, [(CLEAN, self.ledger.rows[row][2])])

    def pay(self, src, row):
        state, recipient = self.purses[src], self.ledger.rows[row][1]
        pieces, short = state.pay(row)
        if self.first is None and recipient not in self.ledger.fees:
            sums = self.covered.setdefault((src, recipient), {})
            for owner, part in pieces:
                sums[owner] = sums.get(owner, 0) + part
        pieces = pieces + self.shortfall(state, recipient, short)
        state.close(row, pieces)
        return pieces

    def shortfall(self, state, recipient, short):
        if self.first is None or not short:
            return [(CLEAN, short)] if short else []
        got = self.first.got.get(state.purse, {})
        basis = self.first.covered.get((state.purse, recipient))
        if not basis:
            income = sum(amount for _, amount in self.ledger.income(state.purse))
            basis = {**got, CLEAN: income - sum(got.values())}
        stolen = {owner: part for owner, part in basis.items() if owner != CLEAN}
        give = min(short, sum(got.values()) - state.inferred)
        if 2 * sum(stolen.values()) <= sum(basis.values()) or give <= 0:
            return [(CLEAN, short)]
        state.inferred += give
        parts = {k: give * v // sum(stolen.values()) for k, v in sorted(stolen.items())}
        parts[min(stolen, key=lambda k: (-stolen[k], k))] += give - sum(parts.values())
        pieces = [(k + self.incidents, part) for k, part in parts.items() if part]
        return [*pieces, (CLEAN, short - give)] if short > give else pieces

    def held(self):
        sums = dict(self.absorbed)
        for purse, state in self.purses.items():
            for owner, part, _ in state.lots:
                if owner != CLEAN:
                    sums[purse, owner] = sums.get((purse, owner), 0) + part
        return sums


def trace(ledger, incidents, seeds, stops):
    """Both walks; `seeds` is {purse: (incident, first row)}, none of them in `stops`."""
    return Trip(ledger, incidents, seeds, stops, Trip(ledger, incidents, seeds, stops))
