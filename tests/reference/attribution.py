"""Slow, plain twins of the passes behind `deposit_forward@1` and `busy_account@1`."""

from collections import defaultdict
from fractions import Fraction

from stanch.model.kinds import FEES

SHARE = Fraction(98, 100)


def deposits(moves, exchange, known):
    """Inferred deposit accounts of an account chain: {account: (exchange, share, n)}.

    `moves` are (payer, payee, asset, amount, form of the payee), `exchange` maps an exchange's
    wallets to it.
    """
    history = defaultdict(list)
    for payer, payee, asset, amount, form in moves:
        if payer != payee or form == FEES:
            history[payer, asset].append((-amount, payee, form))
        if payer != payee and form != FEES:
            history[payee, asset].append((amount, payer, form))
    verdicts = defaultdict(list)
    for (account, _), rows in history.items():
        if account not in known and any(each < 0 and form != FEES for each, _, form in rows):
            verdicts[account].append(_judge(rows, exchange))
    return {
        account: (found[0][0], min(each[1] for each in found), sum(each[2] for each in found))
        for account, found in verdicts.items()
        if None not in found and len({each[0] for each in found}) == 1
    }


def _judge(rows, exchange):
    paid = [(-amount, who) for amount, who, form in rows if amount < 0 and form != FEES]
    to = next((exchange[who] for _, who in paid if who in exchange), None)
    got = [(amount, who) for amount, who, _ in rows if amount > 0]
    if to is None or not got:
        return None
    last = max(i for i, row in enumerate(rows) if row[0] < 0 and exchange.get(row[1]) == to)
    had = sum(amount for amount, _, form in rows[:last] if amount > 0 or form == FEES)
    forwarded = sum(amount for amount, who in paid if exchange.get(who) == to)
    share = Fraction(forwarded, max(had, sum(amount for amount, _ in paid)))
    back = sum(amount for amount, who in got if who in exchange)
    if min(share, 1) < SHARE or 2 * back > sum(amount for amount, _ in got):
        return None
    count = sum(exchange.get(who) == to for _, who in paid)
    return to, min(share, Fraction(1)), count


def busy(moves, known, counterparties, transfers):
    """Suspected services: {account: (payers, payees, transfers)}."""
    payers, payees, count = defaultdict(set), defaultdict(set), defaultdict(int)
    for payer, payee, _, _, form in moves:
        if form != FEES and payer != payee:
            payers[payee].add(payer)
            payees[payer].add(payee)
            count[payer] += 1
            count[payee] += 1
    return {
        each: (len(payers[each]), len(payees[each]), count[each])
        for each in count
        if each not in known
        and min(len(payers[each]), len(payees[each])) >= counterparties
        and count[each] >= transfers
    }
