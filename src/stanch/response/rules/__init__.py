"""The rules of block orders: pure functions of values, without database, clock or signatures.

`lifecycle` is where to begin: an order's standing, and what each thing that happens makes of it.
"""
