"""The client's side of TAXII 2.1 (OASIS, 2021): what partners' servers are asked and answer.

Written against the standard and against servers as they answer: `docs/partners.md` lists in what
these differ from it. Nothing in here knows a desk.
"""
