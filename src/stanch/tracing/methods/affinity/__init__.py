"""`affinity@1`: last in, first out, for the way in which thieves really commingle.

Plain LIFO lets every payment eat the newest money. Real accounts do not: money that arrives for
a purpose leaves for that purpose. LIFO stays the frame, and three rules stand before it:

1. pairing (`pairs.py`): income that leaves again as one payment of the same amount, as a short
   run of payments or a series of equal ones, or that gathers into one payment, is kept for it;
2. standing payments (`purse.py`): the same recipient and amount again draws on the same kind
   of money as before;
3. shortfall (`book.py`): what an account pays beyond the money it was seen to hold is inferred
   stolen where its money for that recipient is mostly stolen, capped by what it received.

Rules 1 and 2 only choose among lots that are really there: traced amounts are conserved. Rule 3
cannot be said under conservation: it fills `inferred` amounts, which are followed as inferred.
Pairing reads nothing but an account's own rows. It does not know what is stolen, so it cannot
chase a wished-for answer. docs/affinity.md has the rules in exact words, and what each is worth.
"""
